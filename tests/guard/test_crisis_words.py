"""Words of self-harm are known by their meaning, in both languages, and what only sounds alike passes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.errors import ModelError
from robot.guard.crisis.classifier import CrisisClassifier, Weights
from robot.guard.crisis.meaning import data_folder
from tests.support.imports import HOUSE
from tests.support.wordings import other_talk, wordings
from training.crisis import train
from training.crisis.lines import LANGUAGES, WRITER, Phrase, background, phrases, teaching
from training.crisis.measure import measure

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def crisis() -> CrisisClassifier:
    """Judges each line once, however many tests measure it."""
    made = CrisisClassifier.load()
    made.assess = cache(made.assess)  # type: ignore[method-assign]
    return made


@pytest.fixture(scope="module")
def lines() -> list[Phrase]:
    return phrases()


def everyday() -> list[Phrase]:
    """Ordinary talk that measures."""
    return list(background(aside=True))


@pytest.fixture(scope="module")
def aside(lines: list[Phrase]) -> list[Phrase]:
    """What is set aside for measuring."""
    return [line for line in lines if line.aside]


@pytest.mark.parametrize(("language", "risks", "calm"), [("en", 219, 373), ("fr", 265, 365)])
def test_the_bars_hold_for_what_was_set_aside_before_there_were_rules(
    crisis: CrisisClassifier, aside: list[Phrase], language: str, risks: int, calm: int
) -> None:
    figures = measure(crisis, [p for p in aside if p.first_aside and p.language == language])
    assert (figures.risks, figures.calm) == (risks, calm)  # nothing is added to it, nor taken from it
    assert figures.missed <= 2.0
    assert figures.alarms <= 5.0


@pytest.mark.soak  # hundreds of lines
@pytest.mark.slow
@pytest.mark.parametrize(("language", "missed", "of_plain", "alarms"), [("en", 5.4, 2.3, 4.0), ("fr", 6.0, 3.7, 5.0)])
def test_what_was_set_aside_is_heard(
    crisis: CrisisClassifier,
    aside: list[Phrase],
    language: str,
    missed: float,
    of_plain: float,
    alarms: float,
) -> None:
    """What is measured today with the later writers, of whom some wrote to mislead."""
    here = [line for line in aside if line.language == language]
    figures = measure(crisis, here)
    assert figures.risks >= 1000
    assert len([p for p in here if p.group in {"idioms", "negations", "others_and_stories"}]) >= 200
    assert len([p for p in here if p.group.startswith(WRITER)]) >= 2700
    assert figures.missed <= missed
    assert figures.alarms <= alarms
    assert measure(crisis, [p for p in here if p.label == "crisis"]).missed <= of_plain


@pytest.mark.parametrize(
    ("language", "lines_of_each", "missed", "alarms"), [("en", (387, 585), 3.9, 5.4), ("fr", (395, 590), 2.3, 4.5)]
)
def test_strangers_are_heard(
    crisis: CrisisClassifier, language: str, lines_of_each: tuple[int, int], missed: float, alarms: float
) -> None:
    """A voice that nothing was tuned to: what a new voice may expect."""
    lines = [p for p in phrases("strangers") if p.language == language]
    figures = measure(crisis, lines)
    assert (figures.risks, figures.calm) == lines_of_each
    assert figures.missed <= missed
    assert figures.alarms <= alarms
    assert measure(crisis, [p for p in lines if p.label == "crisis"]).missed <= 2.6


@pytest.mark.soak  # hundreds of lines through the network
def test_the_page_tells_the_figures_as_they_are_measured(crisis: CrisisClassifier, lines: list[Phrase]) -> None:
    text = (HOUSE / "docs" / "tested.md").read_text(encoding="utf-8")
    told = re.findall(r"\d+\.\d", text.partition("**Words of self-harm**")[2].partition("\n- **")[0])
    measured = []
    for these in (phrases("strangers"), [p for p in lines if p.first_aside]):
        figures = [measure(crisis, [p for p in these if p.language == language]) for language in LANGUAGES]
        measured += [f"{share:.1f}" for n in (1, 2, 5) for share in (one[n] for one in figures)]
    talk = [measure(crisis, [p for p in everyday() if p.language == language]) for language in LANGUAGES]
    measured += [f"{one.alarms:.1f}" for one in talk]
    assert told == measured


@pytest.mark.soak  # thousands of lines
@pytest.mark.parametrize("language", ["en", "fr"])
def test_ordinary_talk_is_seldom_asked_about(crisis: CrisisClassifier, language: str) -> None:
    """By the classifier alone; what a line was clearly understood as lets still less of it through."""
    figures = measure(crisis, [p for p in everyday() if p.language == language])
    assert figures.calm >= 6000
    assert figures.alarms <= 2.9
    assert figures.shouts <= 0.3


def test_no_line_that_teaches_is_one_that_measures(lines: list[Phrase], aside: list[Phrase]) -> None:
    """Writers who never met write the same line now and then."""
    twin = aside[0]
    again = twin._replace(group="later", text=f"{twin.text.upper()} !!")
    assert not again.aside
    taught = teaching([*lines, again])
    measures = {(p.language, p.letters) for p in (*aside, *phrases("strangers"))}
    assert not measures & {(p.language, p.letters) for p in taught}
    assert len(taught) > 90_000


@pytest.mark.parametrize("language", ["en", "fr"])
def test_wordings_of_another_hand_are_all_heard_and_commands_seldom_mistaken(
    crisis: CrisisClassifier, language: str
) -> None:
    said = wordings(language)
    assert [line for line in said["self_harm"] if crisis.assess(line, language).level == "none"] == []
    others = [line for intent, lines in said.items() if intent != "self_harm" for line in lines]
    mistaken = [line for line in others if crisis.assess(line, language).level not in {"none", "faint"}]
    assert len(mistaken) <= 0.03 * len(others)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_talk_of_other_things_passes(crisis: CrisisClassifier, language: str) -> None:
    levels = {line: crisis.assess(line, language).level for line in other_talk(language)}
    assert [line for line, level in levels.items() if level not in {"none", "faint"}] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "everyone would be better off without me"),
        ("en", "I have put my affairs in order"),
        ("en", "im gonna kill my self"),
        ("en", "I DONT WANT TO LIVE ANYMORE"),
        ("en", "It was a lovely day, we had cake, and tonight I will take all my pills"),
        ("fr", "Je n'en peux plus de vivre"),
        ("fr", "je nen peux plus de vivre"),
        ("fr", "bientôt je ne serai plus un poids pour personne"),
        ("fr", "JE VEUX MOURIR"),
        ("fr", "Je compte me flinguer avant la fin de la semaine."),
        ("fr", "jveux mourrir"),
    ],
)
def test_risk_is_heard_in_any_dress(crisis: CrisisClassifier, language: str, line: str) -> None:
    assert crisis.assess(line, language).level != "none"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I'm dying of laughter"),
        ("en", "this traffic kills me"),
        ("en", "my grandfather died last year"),
        ("en", "I would never hurt myself"),
        ("en", "he killed the process"),
        ("en", "kill the lights"),
        ("en", "I am sad today"),
        ("fr", "je meurs de faim"),
        ("fr", "je suis mort de rire"),
        ("fr", "je ne me ferais jamais de mal"),
        ("fr", "ma mère va me tuer"),
    ],
)
def test_what_only_sounds_alike_passes(crisis: CrisisClassifier, language: str, line: str) -> None:
    found = crisis.assess(line, language)
    assert (found.level, found.why) == ("none", "")


def test_an_idiom_hides_nothing_that_stands_beside_it(crisis: CrisisClassifier) -> None:
    assert crisis.assess("I am dying of laughter but really I want to die", "en").level == "crisis"
    assert crisis.assess("je rigole mais au fond je veux mourir", "fr").level == "crisis"
    assert crisis.assess("je meurs de faim et je veux mourir", "fr").level == "crisis"


def test_another_language_than_the_set_one_is_heard(crisis: CrisisClassifier) -> None:
    assert crisis.assess("je veux me tuer", "en").level == "crisis"
    assert crisis.assess("I want to kill myself", "fr").level == "crisis"


@pytest.mark.parametrize(
    ("language", "calm", "risk"),
    [
        (
            "en",
            "we went to the market and bought apples and bread and then we met the neighbours and had coffee ",
            "and i do not want to live any more and then ",
        ),
        (
            "fr",
            "on est allés au marché et on a acheté des pommes et du pain et puis on a vu les voisins et bu un café ",
            "et je veux plus vivre et puis ",
        ),
    ],
)
def test_long_talk_without_a_full_stop_hides_nothing(
    crisis: CrisisClassifier, language: str, calm: str, risk: str
) -> None:
    found = crisis.assess(f"{calm * 3}{risk}{calm * 3}", language)
    assert found.level == "crisis"
    assert found.score >= 0.5  # it was heard by 0.05 before windows as narrow as what is said in passing
    assert crisis.assess(calm * 3, language).level == "none"


@pytest.mark.parametrize("line", ["", "   ", "...", "!?", "😀", "\x00", "a" * 100_000, "’’’ - --", "12 34"])
def test_strange_lines_are_calm(crisis: CrisisClassifier, line: str) -> None:
    assert crisis.assess(line, "en").level == "none"


def test_the_weights_that_ship_bear_the_stamp_of_these_lines_and_this_training(lines: list[Phrase]) -> None:
    """Whoever changes a line, a table, how lines are read or how is learned from them, must train anew."""
    learned, stamped = train.shipped()
    assert stamped == train.stamp(lines, learned)


@pytest.mark.soak
def test_the_weights_that_ship_are_those_that_training_finds(lines: list[Phrase]) -> None:
    found, (shipped, _) = train.train(lines), train.shipped()
    assert all(np.array_equal(a, b) for a, b in zip(found, shipped, strict=True))


def test_what_ships_is_small() -> None:
    with (data_folder() / "crisis_weights.npz").open("rb") as file:
        assert len(file.read()) < 2_000_000


def test_weights_that_cannot_be_used_say_what_mends_them(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    np.savez(
        path, used=np.array([255], np.uint8), weights=np.zeros((2, 8), np.int8), scale=np.ones(2), bias=np.zeros(2)
    )
    with pytest.raises(ModelError, match=r"training\.crisis\.train"):
        Weights.load(path)
    path.write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"training\.crisis\.train"):
        Weights.load(path)
