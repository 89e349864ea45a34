"""In a game a line is looked at for the few answers that it may be, and for numbers."""

from __future__ import annotations

import pytest

from robot.sense.language.answers import any_fits
from robot.sense.language.numbers import numbers_in
from tests.support.tables import TABLES


@pytest.mark.parametrize(
    ("line", "wording", "fits"),
    [
        ("I think it is HIGHER!", "higher", True),
        ("highers", "higher", False),
        ("too low, I'd say", "too low", True),
        ("too very low", "too low", False),
        ("is it a clock?", "is it...", True),
        ("what is it", "is it...", False),
        ("more", "(more)", True),
        ("tell me more", "(more)", False),
        ("Lève les oreilles", "leve les oreilles", True),
        ("l\u2019horloge", "horloge", True),
        ("", "higher", False),
    ],
)
def test_a_wording_fits_where_its_words_stand_together(line: str, wording: str, *, fits: bool) -> None:
    assert any_fits(line, [wording]) == fits


@pytest.mark.parametrize(
    ("line", "language", "names"),
    [
        ("no, it's smaller", "en", {"no", "lower"}),
        ("non, c'est plus petit", "fr", {"no", "lower"}),
        ("simon says ears up", "en", {"simon", "ears_up", "move_up", "wiggle_ears"}),
        ("je donne ma langue au chat", "fr", {"give_up"}),
        ("j'ai plus envie de jouer", "fr", {"enough"}),
        ("the weather is fine", "en", {"guess"}),
    ],
)
def test_a_line_has_the_names_of_what_it_may_answer(line: str, language: str, names: set[str]) -> None:
    assert names <= TABLES.answers(line, language)


@pytest.mark.parametrize(
    ("line", "language", "numbers"),
    [
        ("is it twenty-one?", "en", (21,)),
        ("I say seven", "en", (7,)),
        ("two", "en", (2,)),
        ("a hundred", "en", (100,)),
        ("17 or 18", "en", (17, 18)),
        ("one of the things that I saw there", "en", ()),
        ("quatre-vingt-dix-sept", "fr", (97,)),
        ("c'est deux", "fr", (2,)),
        ("soixante et onze", "fr", (71,)),
        ("un peu de pain pour ma mère", "fr", ()),
        ("no idea", "en", ()),
    ],
)
def test_numbers_are_read_in_figures_and_words(line: str, language: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(line, language) == numbers
