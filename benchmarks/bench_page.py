"""The page: what an observed tick costs the loop, how soon a browser shows it, and how often.

`python -m benchmarks.bench_page`; one JSON line a figure.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.figures import tell
from robot.core.clock import nap, stopwatch
from robot.page.server.feed import Feed
from robot.page.server.server import Page
from tests.support.background import Background
from tests.support.browser import chromium
from tests.support.noted_controls import Asked
from tests.support.page_robot import tick

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from robot.core.tick import Tick

VIEWERS = 5
SECONDS = 10.0
KNOCKS = 10_000
# Each drawn picture's tick number with the moment, on the machine's one clock, in ms.
WATCH = """() => {
    const canvas = document.querySelector(".scene canvas");
    window.shown = [];
    let last = "";
    const look = () => {
        if (canvas.dataset.tick !== last) shown.push([Number((last = canvas.dataset.tick)), Date.now()]);
        requestAnimationFrame(look);
    };
    look();
}"""
CLOCK = "Date.now()"
FLOOD = """
import asyncio, sys
port, rate = int(sys.argv[1]), int(sys.argv[2])
request = f"GET / HTTP/1.1\\r\\nHost: 192.0.2.7:{port}\\r\\nCookie: bowlby=guess\\r\\n\\r\\n".encode()
async def knock():
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await reader.readline()
        writer.close()
    except OSError:
        pass
async def main():
    clock, knocks, n = asyncio.get_running_loop().time, set(), 0
    start = clock()
    while True:
        while n < (clock() - start) * rate:
            n += 1
            if len(knocks) < 2000:
                knocks.add(task := asyncio.create_task(knock()))
                task.add_done_callback(knocks.discard)
        await asyncio.sleep(0.001)
asyncio.run(main())
"""
VIEWER = """
import asyncio, json, sys
from websockets.asyncio.client import connect
async def view(url):
    async with connect(url) as line:
        await line.send(json.dumps({"want": {"camera": True, "sound": False}}))
        async for _ in line:
            pass
async def main(url, count):
    await asyncio.gather(*(view(url) for _ in range(count)))
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


def cost_of_seeing() -> None:
    feed, ticks = Feed(), [tick(n, Asked()) for n in range(1, 6)]
    rounds = 20_000
    best = min(_time(feed, ticks, rounds) for _ in range(5))
    tell("see", best / (rounds * len(ticks)) * 1e6, "us", 2)


def _time(feed: Feed, ticks: list[Tick], rounds: int) -> float:
    start = stopwatch()
    for _ in range(rounds):
        for one in ticks:
            feed.see(one)
    return stopwatch() - start


class Beat(Background):
    """A loop of 50 ticks a second that notes when each was seen and which began more than 5 ms late."""

    def __init__(self, page: Page, asked: Asked) -> None:
        super().__init__()
        self._page, self._asked = page, asked
        self.seen: dict[int, float] = {}
        self.late = self.ticks = 0

    def _work(self) -> None:
        start, n = stopwatch(), 0
        while not self._end.is_set():
            n += 1
            nap(max(0.0, start + n * 0.02 - stopwatch()))
            self.ticks += 1
            self.late += stopwatch() - (start + n * 0.02) > 0.005
            now = tick(n, self._asked)
            self._page.see(now)
            self.seen[n] = stopwatch()


def in_a_browser(browser: Browser) -> None:
    asked = Asked()
    started = stopwatch()
    page = Page(asked, port=0)
    page.start()
    page.wait_ready()
    tell("server ready", stopwatch() - started, "s", 4)
    with Beat(page, asked) as beat:
        view = browser.new_page(viewport={"width": 1280, "height": 900})
        opened = stopwatch()
        view.goto(page.url)
        view.wait_for_function("document.querySelector('.scene canvas')?.dataset.frames > 0")
        tell("first picture", stopwatch() - opened, "s", 2)
        view.wait_for_timeout(3000)
        before = stopwatch()
        offset = view.evaluate(CLOCK) / 1000 - (before + stopwatch()) / 2
        view.evaluate(WATCH)
        view.wait_for_timeout(SECONDS * 1000)
        shown = view.evaluate("shown")
        delays = [at / 1000 - offset - beat.seen[n] for n, at in shown if n in beat.seen]
        tell("pose shown after, median", statistics.median(delays) * 1000, "ms", 80)
        tell("pose shown after, p95", statistics.quantiles(delays, n=20)[-1] * 1000, "ms", 120)
        tell("pictures drawn", len(shown) / SECONDS, "1/s", 15, least=True)
    page.stop()


def with_many_viewers() -> None:
    """Late ticks of a loop in this process with five lines open, each taking poses and camera pictures."""
    asked = Asked()
    page = Page(asked, port=0)
    page.start()
    page.wait_ready()
    viewers = subprocess.Popen([sys.executable, "-c", VIEWER, page.url.replace("http", "ws") + "live", str(VIEWERS)])
    nap(2.0)
    with Beat(page, asked) as beat:
        nap(SECONDS)
    tell(f"late ticks with {VIEWERS} viewers", 100 * beat.late / beat.ticks, "%", 0.5)
    viewers.terminate()
    viewers.wait()
    page.stop()


def under_a_flood() -> None:
    """Late ticks of a loop in this process while strangers knock. One of the two cores is busy with the knocking."""
    asked = Asked()
    page = Page(asked, port=0, lan=True)
    page.start()
    page.wait_ready()
    nap(1.0)
    flood = subprocess.Popen([sys.executable, "-c", FLOOD, page.url.rstrip("/").rpartition(":")[2], str(KNOCKS)])
    nap(0.5)
    with Beat(page, asked) as beat:
        nap(SECONDS)
    tell(f"late ticks under {KNOCKS} requests a second", 100 * beat.late / beat.ticks, "%", 5)
    flood.terminate()
    flood.wait()
    page.stop()


def main() -> None:
    cost_of_seeing()
    with chromium() as browser:
        in_a_browser(browser)
    with_many_viewers()
    under_a_flood()


if __name__ == "__main__":
    main()
