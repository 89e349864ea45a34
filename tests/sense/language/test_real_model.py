"""A real model, the smallest there is, run by the real engine: it speaks, can be cut, and opens no port."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition
from robot.core.intents import Cause, Consult, LineOfTalk
from robot.sense.language.model import suggester
from robot.sense.language.model.published import KNOWN, found
from robot.sense.language.model.suggester import Suggester
from robot.sense.language.model.suggesting_worker import ModelSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from robot.core.percepts import Suggested

MODEL = KNOWN[0]
WAITS_S = 120.0  # for a machine that does much else meanwhile


class Speaking:
    """The model, polled as a loop does."""

    def __init__(self) -> None:
        assert found(MODEL) is not None, f"bowlby models fetch --shared {MODEL.name}"
        settings = ModelSettings("", "", beyond_home=False, sentences=2, memory_mb=2500, language="en")
        self.suggester = Suggester(MODEL.name, settings, patience_s=WAITS_S)
        self.t = 0.0
        self.came: list[Suggested] = []
        self.until(lambda: self.suggester.health().condition is Condition.OK)

    def until(self, done: Callable[[], object]) -> None:
        end = stopwatch() + WAITS_S
        while not done():
            assert stopwatch() < end, self.suggester.health()
            self.came += self.suggester.poll(self.t)
            nap(0.01)

    def ask(self, text: str, seed: int = 0) -> list[str]:
        self.came.clear()
        self.begin(text, seed)
        self.until(lambda: any(one.last for one in self.came))
        return [one.text for one in self.came if one.text and not one.why]

    def begin(self, text: str, seed: int = 0) -> None:
        line = LineOfTalk(person=True, text=text)
        self.suggester.ask(Consult(Cause("test", 1.0), (line,), "en", seed=seed), self.t)


@pytest.fixture(scope="module")
def speaking() -> Iterator[Speaking]:
    one = Speaking()
    yield one
    one.suggester.close()


@pytest.mark.slow
def test_it_speaks_in_whole_sentences_and_alike_for_a_seed(speaking: Speaking) -> None:
    said = speaking.ask("What is the capital of France?", seed=3)
    assert said
    assert all(text[0].isupper() or not text[0].isalpha() for text in said)
    assert len(said) <= 2
    assert speaking.ask("What is the capital of France?", seed=3) == said


@pytest.mark.slow
def test_it_is_cut_and_answers_the_next_question(speaking: Speaking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggester, "STOPS_WITHIN_S", WAITS_S)
    pid = speaking.suggester.pid
    speaking.came.clear()
    speaking.begin("Tell me a very long story of a lemon.")
    speaking.suggester.cut()
    speaking.until(lambda: speaking.suggester._cut_at is None)
    assert speaking.came == []
    assert speaking.ask("What is the capital of France?", seed=3)
    assert speaking.suggester.pid == pid, "it was killed, not cut"


@pytest.mark.slow
def test_it_opens_no_port(speaking: Speaking) -> None:
    sockets = {
        link.readlink().name.removeprefix("socket:[").removesuffix("]")
        for link in Path(f"/proc/{speaking.suggester.pid}/fd").iterdir()
        if str(link.readlink()).startswith("socket:")
    }
    for table in ("tcp", "tcp6", "udp", "udp6"):
        rows = Path(f"/proc/{speaking.suggester.pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]
        assert not sockets & {row.split()[9] for row in rows}
