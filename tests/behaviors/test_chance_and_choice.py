"""Chance is drawn evenly within what was asked, a choice is one of what was named, and rounds are kept fair."""

from __future__ import annotations

import re

import pytest

from robot.sense.language.choices import choices_in
from robot.sense.language.numbers import range_in
from tests.support.tables import TABLES
from tests.support.talk import Talk

BRIEF_S = 1.0  # of robot time, in which a short answer has begun
both = pytest.mark.parametrize("language", ["en", "fr"])
LINES = {
    "en": {
        "coin": "flip a coin",
        "die": "roll a die",
        "two": "roll two dice",
        "range": "pick a random number between twenty and thirty",
        "choice": "should I wear the blue shirt or the white one?",
        "unnamed": "help me choose one",
        "game": "let's play rock paper scissors",
        "yes": "yes",
        "no": "no",
    },
    "fr": {
        "coin": "pile ou face",
        "die": "lance un dé",
        "two": "lance deux dés",
        "range": "tire un nombre au hasard entre vingt et trente",
        "choice": "je mets la chemise bleue ou la blanche ?",
        "unnamed": "aide-moi à choisir",
        "game": "on joue à pierre feuille ciseaux",
        "yes": "oui",
        "no": "non",
    },
}
SHOWN = {
    "en": {"rock": "stone", "paper": "paper", "scissors": "the scissors"},
    "fr": {"rock": "pierre", "paper": "la feuille", "scissors": "ciseaux"},
}
BEATS = {("rock", "scissors"), ("scissors", "paper"), ("paper", "rock")}


@both
def test_a_coin_shows_both_its_sides(language: str) -> None:
    with Talk(language) as talk:
        sides = {phrase for _ in range(8) for phrase in talk.says(LINES[language]["coin"], BRIEF_S)}
    assert sides == {"chance_coin_heads", "chance_coin_tails"}


@both
def test_a_die_has_six_sides_and_two_are_added(language: str) -> None:
    with Talk(language) as talk:
        seen = set()
        for _ in range(8):
            assert talk.says(LINES[language]["die"], BRIEF_S) == ["chance_die"]
            seen |= {int(number) for number in re.findall(r"\d+", talk.last)}
        assert seen <= set(range(1, 7))
        assert len(seen) >= 3
        assert talk.says(LINES[language]["two"], BRIEF_S) == ["chance_dice"]
        first, second, total = (int(number) for number in re.findall(r"\d+", talk.last))
        assert first + second == total


@both
def test_a_number_is_drawn_from_the_range_that_was_named(language: str) -> None:
    with Talk(language) as talk:
        seen = set()
        for _ in range(6):
            assert talk.says(LINES[language]["range"], BRIEF_S) == ["chance_number"]
            seen |= {int(number) for number in re.findall(r"\d+", talk.last)}
    assert seen <= set(range(20, 31))
    assert len(seen) >= 3


@both
def test_it_picks_one_of_the_two_that_were_named(language: str) -> None:
    named = {"en": ("the blue shirt", "the white one"), "fr": ("la chemise bleue", "la blanche")}[language]
    with Talk(language) as talk:
        picked = set()
        for _ in range(6):
            (phrase,) = talk.says(LINES[language]["choice"], BRIEF_S)
            assert named[["choose_first", "choose_second"].index(phrase)] in talk.last
            picked.add(phrase)
        assert picked == {"choose_first", "choose_second"}
        assert talk.says(LINES[language]["unnamed"], BRIEF_S) == ["answer_asks_choose"]


@both
def test_a_round_is_won_by_the_rules_and_chosen_before_it_is_heard(language: str) -> None:
    names = {TABLES.variants(one, language)[0]: one for one in ("rock", "paper", "scissors")}
    lines = LINES[language]
    results = set()
    with Talk(language) as talk:
        assert talk.says(lines["game"]) == ["rps_start"]
        for _ in range(3):
            for theirs, line in SHOWN[language].items():
                (result, again) = talk.says(line, BRIEF_S)
                assert again == "rps_again"
                mine = next(one for name, one in names.items() if name in talk.robot.said[-2].text)
                won = {"rps_win": (theirs, mine) in BEATS, "rps_lose": (mine, theirs) in BEATS}
                assert won.get(result, mine == theirs)
                results.add(result)
                assert talk.says(lines["yes"], BRIEF_S) == ["rps_start"]
        assert talk.says(lines["no"]) == ["rps_which"]
        talk.says(SHOWN[language]["rock"], BRIEF_S)
        assert talk.says(lines["no"]) == ["game_end"]
    assert results == {"rps_win", "rps_lose", "rps_draw"}


@pytest.mark.parametrize(
    ("language", "line", "named"),
    [
        ("en", "Which one should I wear, the blue shirt or the white one?", ("the blue shirt", "the white one")),
        ("en", "Tea or coffee?", ("tea", "coffee")),
        ("en", "Shall I walk or take the bus?", ("walk", "take the bus")),
        ("en", "Hey Bowlby, red or blue?", ("red", "blue")),
        ("en", "Help me choose: pizza, pasta or soup?", ("pizza", "pasta", "soup")),
        ("en", "My red coat or my blue coat tonight?", ("your red coat", "your blue coat")),
        ("en", "Should I call him or not?", ()),
        ("en", "Me or my son?", ()),
        ("en", "Which one do you want?", ()),
        ("fr", "La bleue ou la blanche ?", ("la bleue", "la blanche")),
        ("fr", "Je prends mon manteau rouge ou le bleu ?", ("ton manteau rouge", "le bleu")),
        ("fr", "Qu'est-ce que je mange, une pomme ou une poire ?", ("une pomme", "une poire")),
        ("fr", "Tu préfères le thé ou le café ?", ("le thé", "le café")),
        ("fr", "Je l'appelle ou pas ?", ()),
    ],
)
def test_what_is_to_be_chosen_between_is_read_from_the_line(language: str, line: str, named: tuple[str, ...]) -> None:
    assert choices_in(line, language) == named


@pytest.mark.parametrize(
    ("language", "line", "ends"),
    [
        ("en", "a number between one and ten", (1, 10)),
        ("en", "between fifty and one hundred please", (50, 100)),
        ("en", "from 1 to 6", (1, 6)),
        ("en", "between you and me", None),
        ("fr", "un nombre entre un et dix", (1, 10)),
        ("fr", "choisis un nombre de 1 à 50", (1, 50)),
        ("fr", "entre toi et moi", None),
    ],
)
def test_a_range_is_read_in_words_and_figures(language: str, line: str, ends: tuple[int, int] | None) -> None:
    assert range_in(line, language) == ends


@pytest.mark.parametrize(
    ("language", "line", "low", "high"),
    [
        ("en", "think of a number between fifty and sixty", 50, 60),
        ("fr", "pense à un nombre entre cinquante et soixante", 50, 60),
    ],
)
def test_the_number_game_is_played_in_the_range_that_was_named(language: str, line: str, low: int, high: int) -> None:
    with Talk(language) as talk:
        assert talk.says(line) == ["number_mine"]
        assert re.findall(r"\d+", talk.last) == [str(low), str(high)]
        assert talk.says("10") == ["number_outside"]
        assert talk.says(str(low))[0] in {"number_higher", "number_higher_close", "number_found"}
