"""A recording of ten minutes on the page: how long it takes to open, and how soon a jump shows in a browser.

`python -m benchmarks.bench_recording`; one JSON line a figure.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import tell
from robot.config.schema import Config
from robot.core.clock import generator, stopwatch
from robot.recording.seekable import SeekableRecording
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.browser import SCENE, chromium
from tests.support.heart import shown

SECONDS = 600.0
JUMPS = 40
# From the bar's own event to the picture that shows the tick, on the page's clock, in ms.
JUMP = f"""async ([t, n]) => {{
    const bar = document.querySelector("input[type=range]"), canvas = document.querySelector("{SCENE}");
    const begun = performance.now();
    bar.value = t;
    bar.dispatchEvent(new Event("input"));
    while (Number(canvas.dataset.tick) !== n) await new Promise(requestAnimationFrame);
    return performance.now() - begun;
}}"""


def record(path: Path) -> None:
    """Ten minutes of company, without pictures."""
    options = Options(SightFrom.truth, WordsFrom.text, 7, fast=True, fps=10.0, language=None, record=path)
    with SimSession("visit", scenarios.load("visit")[1], Config(), options) as session:
        session.headless(SECONDS)


def in_a_browser(film: SeekableRecording) -> list[float]:
    """The time of each of some jumps, ms."""
    rng = generator(1)
    with shown(film) as url, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        page.wait_for_function(f"document.querySelector('{SCENE}').dataset.tick !== undefined")
        goals = [int(second) for second in rng.permutation(int(SECONDS) - 1)[:JUMPS]]
        return [float(page.evaluate(JUMP, [second, second * 50])) for second in goals]


def main() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ten.mcap"
        record(path)
        begun = stopwatch()
        film = SeekableRecording(path)
        tell("recording_opened", stopwatch() - begun, "s", 10.0)
        took = sorted(in_a_browser(film))
        tell("jump_shown_p95", took[round(0.95 * len(took)) - 1], "ms", 500.0)


if __name__ == "__main__":
    main()
