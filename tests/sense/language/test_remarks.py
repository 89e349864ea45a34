"""Particular things that many people say are known in words that taught nothing, and answered as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.core.errors import ModelError
from robot.core.percepts import REMARK
from robot.sense.language.reader.learned import Learned
from robot.sense.language.reader.network import MEANING, MeaningNetwork
from robot.sense.language.reader.remarks import Remarks
from robot.sense.language.remarked import REMARKED
from tests.support.tables import TABLES
from tests.support.talk import greeted, last_answer
from training.remarks.lines import STRANGERS, answered, lines, stamp, uptakes

if TYPE_CHECKING:
    from pathlib import Path


def test_what_ships_bears_the_stamp_of_its_lines_and_of_the_network() -> None:
    """Whoever changes a line, or trains the network anew, must teach the remarks again."""
    told = lines()
    remarks = Remarks.load()
    assert remarks.names == tuple(dict.fromkeys(line.remark for line in answered(told, uptakes())))
    assert remarks.stamp == stamp(told, uptakes(), Learned.load().stamp)


def test_each_has_its_answers_and_no_answer_is_left_over() -> None:
    keys = {key.removeprefix("ask_") for key in TABLES.keys if key.removeprefix("ask_").startswith("remark_")}
    assert keys == {f"remark_{name}" for name in Remarks.load().names}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "known"), [("en", 0.22), ("fr", 0.21)])
def test_wordings_of_another_hand_are_known(language: str, known: float) -> None:
    """What is measured today: most of what is not known is answered by its meaning."""
    network, remarks = MeaningNetwork.load(), Remarks.load()
    every = [line for line in lines(STRANGERS) if line.language == language]
    strangers = answered(every, uptakes())
    encoded = [network.encode(line.text) for line in strangers]
    read = [remarks.of(encoding, network.judge(MEANING, encoding)) for encoding in encoded]
    found = list(zip(read, (line.remark for line in strangers), strict=True))
    taken = [one.name == name for one, name in found if one.probability >= REMARKED]
    assert len(every) >= 260
    assert sum(taken) / len(found) >= known
    assert sum(taken) / len(taken) >= 0.75


def test_a_file_that_is_none_is_told_with_its_remedy(tmp_path: Path) -> None:
    place = tmp_path / "remarks.npz"
    place.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"weights are damaged") as told:
        Remarks.load(place)
    assert "training.remarks.train" in told.value.remedy


@pytest.mark.parametrize(
    ("language", "line", "remark"),
    [
        ("en", "My cat just sits and stares at you, you know.", "cat_stares_at_robot"),
        ("en", "My mom says I have to be nice to you.", "told_to_be_nice_to_robot"),
        ("en", "Which is heavier, a kilo of feathers or a kilo of bricks?", "fact_kilo_feathers_bricks"),
        ("fr", "Est-ce que le Père Noël existe pour de vrai ?", "is_santa_real"),
    ],
)
def test_a_strangers_line_is_answered_as_the_particular_thing_that_it_is(language: str, line: str, remark: str) -> None:
    with greeted(language) as talk:
        told = talk.say(line)
    assert told.said[0].phrase == f"remark_{remark}"


@pytest.mark.parametrize(
    ("language", "line"), [("en", "We buried my father today"), ("fr", "Nous avons enterré mon père aujourd'hui")]
)
def test_what_lacks_what_a_remark_speaks_of_is_not_taken_for_it(language: str, line: str) -> None:
    assert REMARK not in last_answer(language, line).slots


@pytest.mark.parametrize(
    ("line", "behavior"),
    [("Set a timer for the cake that sank, ten minutes.", "timer"), ("What is seven times eight?", "asks_math")],
)
def test_what_asks_for_something_to_be_done_stays_that(line: str, behavior: str) -> None:
    with greeted() as talk:
        told = talk.say(line)
    assert behavior in told.said[0].phrase
    assert REMARK not in told.said[0].phrase
