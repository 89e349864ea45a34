"""Lines are understood by tables and network together; without the network by the tables alone, and that is told."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from robot.core.condition import Condition
from robot.core.percepts import REMARK, Utterance, VoiceActivity
from robot.sense.language import line_reader
from robot.sense.language.greeted import behind_greeting
from robot.sense.language.line_meaning import join
from robot.sense.language.line_reader import LineReader
from robot.sense.language.mentions import mentions
from robot.sense.language.reading_pool import ReadingPool
from robot.sense.language.remarked import with_remark
from robot.sense.language.spoken_language import spoken_language
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from robot.core.percepts import Percept
    from robot.parts.workers import Worker


def heard(text: str, language: str = "en") -> Utterance:
    """As hearing gives it."""
    found = TABLES.understand(text, language)
    return Utterance(0.0, text, found.intent, found.slots, found.confidence, language=language)


def test_what_the_tables_hold_needs_no_network() -> None:
    reader = LineReader(TABLES, network=False)
    (taken,) = reader.over([heard("what time is it")])
    assert isinstance(taken, Utterance)
    assert taken.intent == "what_time_is_it"
    assert reader.health().condition is Condition.OFF


def test_what_they_do_not_hold_is_read_by_the_network() -> None:
    reader = LineReader(TABLES, lockstep=True)
    try:
        lines = [
            heard("me hip's giving me some stick tonight"),
            heard("hello"),
            heard("give us a shout in four minutes"),
        ]
        taken = reader.over([*lines[:2], VoiceActivity(0.1, speaking=False), lines[2]])
        meanings = [one.intent for one in taken if isinstance(one, Utterance)]
        assert meanings == ["tells_pain", "greeting", "wants_timer"]
        assert reader.health().condition is Condition.OK
    finally:
        reader.close()


def test_readers_of_one_pool_go_on_with_one_process_and_one_that_died_is_given_to_nobody() -> None:
    pool = ReadingPool()
    pids = []
    try:
        for _ in range(2):
            reader = LineReader(TABLES, lockstep=True, pool=pool)
            (taken,) = reader.over([heard("me hip's giving me some stick tonight")])
            assert isinstance(taken, Utterance)
            assert taken.intent == "tells_pain"
            pids.append(reader.pid)
            reader.close()
        assert pids[0] == pids[1] is not None
        dead = pool.take()
        os.kill(dead.pid, signal.SIGKILL)
        assert dead.wait(60.0)
        pool.give_back(dead)
        worker = pool.take()
        assert worker.pid != pids[0]
        worker.close()
    finally:
        pool.end()


class Hand(ReadingPool):
    """Gives one process, which was ready long ago, and answers all that it was sent at once."""

    def __init__(self) -> None:
        super().__init__()
        self.alive, self.silent, self.busy = True, False, False
        self.last_words: tuple[str, ...] = ()
        self._lines: list[str] = []
        self._toil = 0.0

    @property
    def toil(self) -> float:
        self._toil += self.busy
        return self._toil

    def take(self) -> Worker:
        return cast("Worker", self)

    def send(self, line: str) -> None:
        self._lines.append(line)

    def receive(self) -> list[tuple[Any, ...]]:
        lines, self._lines = ([], self._lines) if self.silent else (self._lines, [])
        last, self.last_words = self.last_words, ()
        return [*([last] if last else []), *(("read", line, (("tells_pain", 0.9),), ()) for line in lines)]

    def close(self) -> None:
        self.alive = False


def meanings(percepts: list[Percept]) -> list[str]:
    return [one.intent for one in percepts if isinstance(one, Utterance)]


def impatient(monkeypatch: pytest.MonkeyPatch) -> tuple[Hand, LineReader, Utterance]:
    """A reader that waits for nothing that comes late, the process behind it, and a line that it has read."""
    monkeypatch.setattr(line_reader, "PATIENCE_S", 0.0)
    hand = Hand()
    reader, line = LineReader(TABLES, pool=hand), heard("me hip's giving me some stick tonight")
    assert meanings(reader.over([line])) == ["tells_pain"]
    return hand, reader, line


def test_the_same_line_twice_at_once_is_read_twice() -> None:
    hand = Hand()
    reader = LineReader(TABLES, pool=hand)
    line = heard("me hip's giving me some stick tonight")
    assert meanings(reader.over([line, line])) == ["tells_pain"] * 2
    hand.silent = True
    assert meanings(reader.over([line])) == [], "what was read is not kept"


def test_a_process_that_was_ready_before_is_not_waited_for_as_if_it_were_loading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_reader, "RETRY_S", 0.0)
    hand, reader, line = impatient(monkeypatch)
    hand.silent = True
    assert meanings(reader.over([line])) == ["unknown"]
    assert reader.health().condition is Condition.LESSER
    hand.silent, hand.alive = False, True
    assert meanings(reader.over([line])) == ["tells_pain"]
    assert reader.health().condition is Condition.OK


def test_a_process_that_is_late_is_kept_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """To load it anew would take longer than whatever keeps it."""
    hand, reader, line = impatient(monkeypatch)
    hand.silent = hand.busy = True
    assert meanings(reader.over([line])) == ["unknown"]
    assert hand.alive
    assert reader.health().condition is Condition.LESSER
    hand.silent = hand.busy = False
    assert meanings(reader.over([])) == []
    assert reader.health().condition is Condition.OK
    assert meanings(reader.over([line])) == ["tells_pain"]


def test_a_process_that_works_and_never_answers_is_not_borne_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "SILENT_S", 0.0)
    hand, reader, line = impatient(monkeypatch)
    hand.silent = hand.busy = True
    reader.over([line])
    reader.over([line])
    assert not hand.alive
    assert reader.health().condition is Condition.LESSER


def test_why_a_process_that_was_late_ended_is_told_and_not_that_it_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    hand, reader, line = impatient(monkeypatch)
    hand.silent = hand.busy = True
    assert meanings(reader.over([line])) == ["unknown"]
    hand.last_words, hand.alive = ("fault", "the network is damaged", "fetch it again"), False
    assert meanings(reader.over([line])) == ["unknown"]
    assert reader.health().reason == "the network is damaged"


def test_a_reader_that_is_killed_leaves_the_tables_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "RETRY_S", 0.0)
    reader = LineReader(TABLES, lockstep=True)
    try:
        reader.start()
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        (taken,) = reader.over([heard("me hip's giving me some stick tonight")])
        assert isinstance(taken, Utterance)
        assert taken.intent == "unknown"
        assert reader.health().condition is Condition.LESSER
        (again,) = reader.over([heard("me hip's giving me some stick tonight")])
        assert isinstance(again, Utterance)
        assert again.intent == "tells_pain"
        assert reader.health().condition is Condition.OK
    finally:
        reader.close()


def test_no_network_overrules_what_stops_the_robot() -> None:
    words = replace(heard("stop it right now please"), intent="stop", confidence=0.85)
    assert join(words, (("tells_angry", 0.99),)).intent == "stop"


def test_a_doubtful_network_leaves_a_sure_table() -> None:
    words = replace(heard("how much time do we spend together"), intent="my_week", confidence=0.96)
    assert join(words, (("asks_age", 0.3),)).intent == "my_week"
    assert join(words, (("asks_age", 0.9),)).intent == "asks_age"


@pytest.mark.parametrize(
    ("text", "language", "dark"),
    [
        ("I slept badly last night", "en", True),
        ("not bad at all", "en", False),
        ("we had a lovely day", "en", False),
        ("j'ai passé une sale journée", "fr", True),
        ("c'est pas mal du tout", "fr", False),
    ],
)
def test_nobody_is_congratulated_on_bad_news(text: str, language: str, dark: bool) -> None:  # noqa: FBT001 - a row of the table
    words = Utterance(0.0, text, language=language, confidence=0.0)
    taken = join(words, (("good_news", 0.9), ("tells_bad_day", 0.05)))
    assert (taken.intent != "good_news") == dark


@pytest.mark.parametrize(
    ("readings", "meaning"),
    [
        ((("tells_pain", 0.65), ("i_am_ill", 0.3)), "tells_pain"),
        ((("tells_pain", 0.3), ("i_am_ill", 0.2)), "tells_hard"),
        ((("good_news", 0.3), ("tells_visit", 0.2)), "tells_good"),
        ((("tells_weather", 0.3), ("tells_plan", 0.2)), "tells_something"),
        ((("good_news", 0.3), ("tells_pain", 0.3)), "tells_something"),
        ((("asks_fact", 0.4), ("tells_pain", 0.1)), "asks_fact"),
        ((("asks_fact", 0.2), ("tells_pain", 0.2)), "unknown"),
    ],
)
def test_where_no_meaning_is_sure_the_tone_of_what_was_told_counts(
    readings: tuple[tuple[str, float], ...], meaning: str
) -> None:
    assert join(Utterance(0.0, "and so it went on", confidence=0.0), readings).intent == meaning


@pytest.mark.parametrize(
    ("text", "language", "slots"),
    [
        ("my sister Emma is coming on Sunday", "en", {"who": "your sister", "relation": "sister", "called": "Emma"}),
        ("My grandson's called Leo", "en", {"who": "your grandson", "called": "Leo"}),
        ("we had to put Bess down on Tuesday", "en", {"who": "Bess", "when": "on tuesday"}),
        ("I miss Paris", "en", {}),
        ("they keep them late Fridays", "en", {}),
        ("there was fog down at the Saltings", "en", {}),
        ("a purée of fog sur la Saône", "fr", {}),
        ("trente ans aux chantiers de La Ciotat", "fr", {}),
        ("on voit même plus Fourvière", "fr", {}),
        ("they pay her Attendance Allowance now", "en", {}),
        ("la mère de Julie est venue", "fr", {"who": "Julie"}),
        ("ma petite-fille Léa passe demain", "fr", {"who": "ta petite-fille", "called": "Léa", "when": "demain"}),
        ("j'ai vu Madame Dupont", "fr", {"who": "Madame Dupont"}),
    ],
)
def test_whom_and_when_a_line_speaks_of(text: str, language: str, slots: dict[str, str]) -> None:
    found = dict(mentions(text, language))
    assert slots.items() <= found.items()
    assert bool(found) == bool(slots)


@pytest.mark.parametrize(
    ("text", "present", "language"),
    [
        ("j'ai mal au dos", "en", "fr"),
        ("I miss my wife", "fr", "en"),
        ("merci", "en", "en"),
        ("non", "en", "en"),
        ("Paris", "en", "en"),
        ("raconte-moi une histoire", "en", "fr"),
        ("où est maman ?", "en", "fr"),
    ],
)
def test_the_language_changes_only_where_that_is_plain(text: str, present: str, language: str) -> None:
    assert spoken_language(text, present) == language


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("Morning, Bowlby. I slept badly again.", "I slept badly again."),
        ("Bonjour Bowlby je me suis levée tôt", "je me suis levée tôt"),
        ("Salut mon grand, on joue à quoi ?", "on joue à quoi ?"),
        ("Bonjour mon père ne respire plus", "Bonjour mon père ne respire plus"),
        ("Bonjour, mon petit frère ne bouge plus", "mon petit frère ne bouge plus"),
        ("Morning sickness is killing me", "Morning sickness is killing me"),
        ("Hi-fi is broken again now", "Hi-fi is broken again now"),
        ("Hello there, you", "Hello there, you"),
    ],
)
def test_a_greeting_alone_is_left_out_before_what_is_told(line: str, behind: str) -> None:
    assert behind_greeting(line) == behind


def test_where_somebody_may_be_in_need_nothing_is_a_remark() -> None:
    calm, doubted = (replace(heard("the house is so empty"), need=(("none", p),)) for p in (0.99, 0.5))
    assert dict(with_remark(calm, "empty_house", 0.9).slots)[REMARK] == "empty_house"
    assert with_remark(doubted, "empty_house", 0.9) == doubted
