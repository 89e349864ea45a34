"""The network's opinion on words of need counts beside the machines' own, by lines that nothing was tuned to."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from robot.guard.crisis.classifier import Assessment
from robot.guard.emergency.reader import Danger
from robot.guard.second_opinion import danger_together, risk_together
from training.need.listener import DOUBTFUL, Listener, at_risk
from training.need.sets import LOOKED_AT, SetFile, files

if TYPE_CHECKING:
    from collections.abc import Iterator

CALM = (("none", 0.999), ("plain", 0.001))
STRANGERS = [file for file in files() if file.hand not in LOOKED_AT]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with closing(Listener()) as made:
        yield made


def test_what_the_machine_alone_doubts_the_network_lets_go() -> None:
    doubted = Assessment("ask", 0.45, "", sign=False)
    assert risk_together(doubted, CALM).level == "none"
    assert risk_together(doubted, (("veiled", 0.8), ("none", 0.2))).level == "ask"


def test_what_it_is_sure_of_the_number_answers() -> None:
    assert risk_together(Assessment("crisis", 1.4, "", sign=True), (("plain", 0.97),)).level == "crisis"


def test_a_plain_sign_is_asked_about_whatever_the_network_makes_of_it() -> None:
    assert risk_together(Assessment("crisis", 0.1, "", sign=True), CALM).level == "ask"


def test_a_danger_that_only_the_network_hears_is_a_call_for_help() -> None:
    assert danger_together(Danger("", 0.1), (("danger", 0.99),)).kind == "call"
    assert danger_together(Danger("fire", 0.3), (("danger", 0.9),)).kind == "fire"
    let_go = danger_together(Danger("call", 0.5), CALM)
    assert not let_go.kind
    assert not let_go.unsure


@pytest.mark.slow
@pytest.mark.parametrize("file", STRANGERS, ids=lambda file: file.language)
def test_a_stranger_is_heard(listener: Listener, file: SetFile) -> None:
    """What is measured today; the bars are told in docs/care.md."""
    lines, language = file.sets, file.language

    def share(texts: tuple[str, ...], **how: str) -> float:
        return sum(at_risk(listener.taken(text, language, **how)) for text in texts) / len(texts)  # type: ignore[arg-type]

    assert share(lines.plain) >= 0.98
    assert share(lines.ordinary) <= 0.01
    assert share(lines.near) <= 0.07
    assert share(lines.affirm, after=DOUBTFUL[language]) >= 0.85
    assert share(lines.deny, after=DOUBTFUL[language]) <= 0.2
