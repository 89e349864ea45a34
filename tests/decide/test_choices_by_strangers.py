"""What to choose between in the words of people who had never met it: things, and no asides."""

from __future__ import annotations

import pytest

from robot.sense.language.choices import choices_in
from tests.support.talk import last_answer


@pytest.mark.parametrize(
    ("language", "lines", "holds"), [("en", ["Pass your verdict, blue tie or the green one?"], "one, ")]
)
def test_it_is_understood_as_people_say_it(language: str, lines: list[str], holds: str) -> None:
    assert holds in last_answer(language, *lines).answer


@pytest.mark.parametrize(
    ("language", "line", "things"),
    [
        ("en", "Pass your verdict, blue tie or the green one?", ("blue tie", "the green one")),
        ("en", "Help me decide, red scarf or the grey one?", ("red scarf", "the grey one")),
        ("en", "Your honest opinion, the beach or the woods?", ("the beach", "the woods")),
        ("en", "quick question, tea or the coffee?", ("tea", "the coffee")),
        ("en", "tea or coffee, you decide", ("tea", "coffee")),
        ("en", "Come on, your vote, apples or pears?", ("apples", "pears")),
        ("fr", "Ton verdict, cravate bleue ou la verte ?", ("cravate bleue", "la verte")),
        ("fr", "Donne-moi ton avis, la robe rouge ou la noire ?", ("la robe rouge", "la noire")),
        ("fr", "Aide-moi à choisir, soupe ou la salade ?", ("soupe", "la salade")),
        ("fr", "Allez, tranche, le vélo ou le bus ?", ("le vélo", "le bus")),
        ("fr", "thé ou café, à toi de choisir", ("thé", "café")),
    ],
)
def test_it_picks_one_of_what_stands_behind_the_comma(language: str, line: str, things: tuple[str, str]) -> None:
    answer = last_answer(language, line)
    assert answer.said[0].behavior == "chance"
    assert any(answer.answer.strip(" .").endswith(thing) for thing in things)


@pytest.mark.parametrize(
    ("language", "line", "things"),
    [
        ("en", "Should I choose a phone call, a text or an email?", ("a phone call", "a text", "an email")),
        (
            "en",
            "A room with a sea view, a garden room or an attic?",
            ("a sea view", "a garden room", "an attic"),
        ),
        ("en", "A quick question, tea or coffee?", ("tea", "coffee")),
        ("en", "Your call, the red one or the blue one?", ("the red one", "the blue one")),
        ("fr", "Un conseil, thé ou café ?", ("thé", "café")),
        ("fr", "Un menu au choix, une soupe ou un gâteau ?", ("un menu au choix", "une soupe", "un gâteau")),
    ],
)
def test_a_clause_with_a_thing_in_it_is_no_aside(language: str, line: str, things: tuple[str, ...]) -> None:
    assert choices_in(line, language) == things
