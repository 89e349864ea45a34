"""A listener takes lines up as what they are: a nuisance, good news, a wish, something said of the robot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.errors import ModelError
from robot.core.uptake import ASKING, CLEARLY, KINDS, TROUBLE, jars, kind_of
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import Learned
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.probe import HARM, MANNER, UPTAKE, Probe, ProbeKind
from tests.support.talk import last_answer
from training import everyday
from training.uptake.lines import lines, stamp

if TYPE_CHECKING:
    from pathlib import Path


def test_what_ships_bears_the_stamp_of_its_lines_and_of_the_network() -> None:
    """Whoever changes a line, or trains the network anew, must teach this again."""
    assert Probe.load(UPTAKE).stamp == stamp(lines(), Learned.load().stamp)


@pytest.mark.soak  # hundreds of lines through the network
@pytest.mark.slow
@pytest.mark.parametrize(("language", "asked"), [("en", 0.76), ("fr", 0.7)])
def test_turns_of_another_hand_are_taken_up_as_they_are(language: str, asked: float) -> None:
    """What is measured today, but for a line that processors round to one side or the other. Kinds of what is told lie
    close together; whether something is asked does not.
    """
    network, head = MeaningNetwork.load(), Probe.load(UPTAKE)
    turns = [turn for turn in everyday.measuring() if turn.language == language]
    found = np.stack([head.head.probabilities(network.encode(as_read(turn.text))) for turn in turns])
    right = np.array([KINDS.index(turn.uptake) for turn in turns])
    asking, trouble = ([KINDS.index(kind) for kind in kinds] for kinds in (ASKING, TROUBLE))
    sure = found[:, asking].sum(axis=1) >= CLEARLY
    assert np.mean(found.argmax(axis=1) == right) >= 0.45
    assert np.mean(np.isin(right[sure], asking)) >= asked
    untroubled = found[:, trouble].sum(axis=1) < 0.1
    assert np.mean(np.isin(right[untroubled], trouble)) <= 0.12


def test_an_answer_jars_where_it_pities_nothing_or_cheers_trouble() -> None:
    glad, sorry = (("good", 0.9), ("daily", 0.1)), (("hard", 0.9), ("daily", 0.1))
    assert jars("hard", glad)
    assert jars("nuisance", glad)
    assert jars("good", sorry)
    assert not jars("hard", sorry)
    assert not jars("good", glad)
    assert not jars("hard", ())
    assert kind_of(sorry) == "hard"
    assert not kind_of((("hard", 0.3), ("plan", 0.2)))


@pytest.mark.parametrize("kind", [UPTAKE, MANNER, HARM], ids=lambda kind: kind.name)
def test_a_file_that_is_none_is_told_with_its_remedy(tmp_path: Path, kind: ProbeKind) -> None:
    place = tmp_path / kind.file
    place.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"weights are damaged") as told:
        Probe.load(kind, place)
    assert f"training.{kind.name}.train" in told.value.remedy


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "The neighbours are drilling and it's not even seven o'clock.", "more_nuisance"),
        ("en", "My daughter got into Leeds! To do law!", "more_good"),
        ("en", "I'm not convinced you understand a single word of this.", "more_robot"),
        ("en", "Keep an eye on the house.", "unknown_wish"),
        ("fr", "Mon coloc a encore laissé sa poêle tremper depuis jeudi.", "more_nuisance"),
        ("fr", "Surveille bien la maison pendant que je dors.", "unknown_wish"),
    ],
)
def test_a_line_without_a_meaning_of_its_own_is_taken_up_as_what_it_is(language: str, line: str, phrase: str) -> None:
    assert last_answer(language, line).said[0].phrase == phrase


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My tomatoes have come up lovely this year, you should see them."),
        ("fr", "J'ai fini le puzzle de mille pièces toute seule !"),
    ],
)
def test_nobody_is_pitied_who_tells_of_no_trouble(language: str, line: str) -> None:
    said = last_answer(language, line).said[0].phrase
    assert said not in {"remark_tomatoes_failed", "answer_tells_disappointed", "more_hard"}
