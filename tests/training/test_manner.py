"""How to go along with a line is taught by what judges found fitting, and chosen by it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from robot.core.errors import ConfigError
from robot.core.manners import MANNERS, best, clashes, is_bright
from robot.core.percepts import Utterance
from robot.core.typed_toml import parse
from robot.decide.dialogue.manner import manner_of
from robot.sense.language import phrases
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.probe import MANNER, UPTAKE, Probe
from tests.support.talk import last_answer
from training.manner.lines import FITS, HURTS, ONE_IN, JudgedFile, JudgedLine, lines, stamp, worths
from training.manner.train import taught

if TYPE_CHECKING:
    from robot.decide.behavior import State


def test_what_ships_bears_the_stamp_of_its_lines_and_of_the_uptake_it_stands_on() -> None:
    """Whoever changes a line, or trains uptake anew, must teach this again."""
    assert Probe.load(MANNER).stamp == stamp(lines(), Probe.load(UPTAKE).stamp)


@pytest.fixture(scope="module")
def met() -> list[tuple[JudgedLine, str]]:
    """Lines that were set aside, each with the manner that is worth most by what the others teach."""
    network, told = MeaningNetwork.load(), lines()[:: ONE_IN // 2]  # every second one of these is set aside
    encodings = np.stack([network.encode(as_read(line.text)) for line in told])
    aside = np.arange(len(told)) % 2 == 0
    layer = taught(encodings[~aside], worths(told)[~aside], Probe.load(UPTAKE).head.layer)
    return [
        (line, MANNERS[int(layer.over(encoding).argmax())])
        for line, encoding, apart in zip(told, encodings, aside, strict=True)
        if apart
    ]


@pytest.mark.soak  # hundreds of lines through the network
@pytest.mark.slow
@pytest.mark.parametrize(("language", "fitting", "wrong"), [("en", 0.3, 0.17), ("fr", 0.23, 0.17)])
def test_lines_set_aside_are_met_more_fittingly_than_by_i_hear_you(
    met: list[tuple[JudgedLine, str]], language: str, fitting: float, wrong: float
) -> None:
    """What is measured today, but for a hundredth; the plain manner fits one line in thirteen."""
    found = [(line, manner) for line, manner in met if line.language == language]
    assert sum(manner in line.fitting for line, manner in found) >= fitting * len(found)
    assert sum(manner not in line.fitting + line.acceptable for line, manner in found) <= wrong * len(found)
    assert sum("plain" in line.fitting for line, _ in found) <= 0.1 * len(found)


def test_wit_at_the_wrong_time_is_worth_least() -> None:
    sad = JudgedLine("He's been gone two years.", "en", ("hard", "plain"), ("nuisance",))
    assert [sad.worth(manner) for manner in ("hard", "nuisance", "wonder", "funny")] == [FITS, 0.0, -1.0, HURTS]
    assert JudgedLine("I passed!", "en", ("wonder",), ()).worth("funny") == -1.0


def test_the_best_of_those_that_may_be_is_taken() -> None:
    manners = (("funny", 0.2), ("plain", 0.0), ("hard", -0.9))
    assert best(manners, {"plain", "hard"}) == "plain"
    assert not best((), MANNERS)
    assert is_bright(manners)
    assert clashes("hard", manners)
    assert not clashes("good", manners)
    assert clashes("daily", manners[::-1])
    assert not clashes("hard", ())


def test_where_only_the_probe_of_uptake_is_lost_manners_are_taken_all_the_same() -> None:
    manner = SimpleNamespace(language="en")
    state = cast("State", SimpleNamespace(tables=phrases.load(), diary=SimpleNamespace(manner=manner)))
    words = Utterance(0.0, "She told it to the cat.", "tells_something", manners=(("funny", 0.3), ("plain", -0.3)))
    assert manner_of(state, words, "plain") == "funny"


def test_a_manner_that_there_is_not_is_told_with_its_line() -> None:
    with pytest.raises(ConfigError, match="manners that there are not: merry"):
        parse(JudgedFile, 'lines = [["I passed!", "merry", ""]]', "lines.toml")


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "So the vet reckons the dog's fat and I'm supposed to be surprised.", "more_funny"),
        ("en", "They've moved the marmalade again in the big Tesco.", "more_wonder"),
        ("en", "I put the bins out on the wrong day. Again.", "more_nuisance"),
        ("fr", "Le gamin du dessus apprend la trompette. Voilà.", "more_wonder"),
        ("fr", "J'ai écrit trois pages de thèse et j'en ai effacé cinq. Bilan négatif.", "more_nuisance"),
        ("fr", "Mon coloc a mis mon pull en cachemire à soixante. Maintenant il va au chat.", "more_funny"),
    ],
)
def test_lines_of_strangers_are_gone_along_with_as_is_worth_most(language: str, line: str, phrase: str) -> None:
    assert last_answer(language, line).said[0].phrase == phrase


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My dog was run over."),
        ("en", "Found Len's reading glasses in the bread bin. He's been gone two years and they still turn up."),
        ("fr", "La ferme de mes parents a brûlé cette nuit."),
    ],
)
def test_nothing_bright_and_no_sigh_is_said_to_what_is_grave(language: str, line: str) -> None:
    said = {one.phrase for one in last_answer(language, line).said}
    assert not said & {"more_funny", "more_good", "more_wonder", "more_nuisance", "more_plan"}
