"""What tables and network find of one line is one meaning; what stops the robot, bad news and need go before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from robot.core.percepts import REMARK, Utterance
from robot.sense.language.line_meaning import join
from robot.sense.language.remarked import with_remark
from tests.support.tables import TABLES


def heard(text: str, language: str = "en") -> Utterance:
    """As hearing gives it."""
    found = TABLES.understand(text, language)
    return Utterance(0.0, text, found.intent, found.slots, found.confidence, language=language)


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


def test_where_somebody_may_be_in_need_nothing_is_a_remark() -> None:
    calm, doubted = (replace(heard("the house is so empty"), need=(("none", p),)) for p in (0.99, 0.5))
    assert dict(with_remark(calm, "empty_house", 0.9).slots)[REMARK] == "empty_house"
    assert with_remark(doubted, "empty_house", 0.9) == doubted
