"""Games by voice are played to their end in both languages, bear an aside, and give way to whatever else is wanted."""

from __future__ import annotations

import re

import pytest

from robot.core.intents import Hold, Look
from robot.decide.dialogue.game import AT_ONCE
from robot.sense.language.lexicon import plain
from tests.support.tables import TABLES
from tests.support.talk import Talk

LINES = {
    "en": {
        "number": "let's play guess a number",
        "riddle": "ask me a riddle",
        "chain": "let us play word chain",
        "opposites": "let us play opposites",
        "simon": "simon says",
        "guess_mine": "guess my number",
        "enough": "I don't want to play any more",
        "time": "what time is it",
        "again": "say that again",
        "unsure": "I don't know",
        "tell": "tell me",
        "me": "me",
        "you": "you",
        "up": "simon says look up",
        "still": "ears up",
        "jump": "simon says jump",
        "is_it": "is it {}",
        "bye": "goodbye",
    },
    "fr": {
        "number": "on joue à deviner un nombre",
        "riddle": "pose-moi une devinette",
        "chain": "jouons à la chaîne de mots",
        "opposites": "jouons aux contraires",
        "simon": "jacques a dit",
        "guess_mine": "devine mon nombre",
        "enough": "je ne veux plus jouer",
        "time": "quelle heure est-il",
        "again": "tu peux répéter",
        "unsure": "je sais pas",
        "tell": "la réponse",
        "me": "moi",
        "you": "toi",
        "up": "jacques a dit regarde en haut",
        "still": "lève les oreilles",
        "jump": "jacques a dit saute",
        "is_it": "c'est {}",
        "bye": "au revoir",
    },
}
both = pytest.mark.parametrize("language", ["en", "fr"])
seeded = pytest.mark.parametrize(("language", "seed"), [("en", 0), ("en", 7), ("fr", 0), ("fr", 7)])


def number_said(talk: Talk) -> int:
    found = re.search(r"\d+", talk.last)
    assert found is not None, talk.last
    return int(found.group())


# ---------------------------------------------------------------- numbers


@seeded
def test_the_robot_s_number_is_found_by_its_higher_and_lower(language: str, seed: int) -> None:
    with Talk(language, seed) as talk:
        assert talk.says(LINES[language]["number"]) == ["number_mine"]
        low, high = 1, 30
        for _ in range(8):
            guess = (low + high) // 2
            (phrase, *rest) = talk.says(LINES[language]["is_it"].format(guess))
            if phrase == "number_found":
                assert rest == ["number_swap"]
                break
            assert phrase.removesuffix("_close") in {"number_higher", "number_lower"}
            assert phrase.endswith("_close") or any(isinstance(one, Hold) and one.light for _, one in talk.done)
            low, high = (guess + 1, high) if "higher" in phrase else (low, guess - 1)
        else:
            pytest.fail("never found")


@pytest.mark.parametrize(
    ("language", "over", "under", "at_most", "between"),
    [
        ("en", "is it more than {}?", "less than {}?", "is it {} or less?", "is it between {} and {}?"),
        ("fr", "est-ce plus grand que {} ?", "moins de {} ?", "c'est {} ou moins ?", "c'est entre {} et {} ?"),
    ],
)
def test_a_question_about_its_number_is_answered_and_is_no_guess(
    language: str, over: str, under: str, at_most: str, between: str
) -> None:
    said = {True: ["number_yes"], False: ["number_no"]}
    with Talk(language, 3) as talk:
        talk.says(LINES[language]["number"])
        low, high = 1, 30
        while low < high:
            middle = (low + high) // 2
            (phrase,) = talk.says(over.format(middle))
            low, high = (middle + 1, high) if phrase == "number_yes" else (low, middle)
        for number in (low - 1, low, low + 1):
            assert talk.says(over.format(number)) == said[low > number]
            assert talk.says(under.format(number)) == said[low < number]
            assert talk.says(at_most.format(number)) == said[low <= number]
        assert talk.says(between.format(low - 1, low + 1)) == ["number_yes"]
        assert talk.says(f"{low} {low + 1}") == ["number_unclear"]
        assert talk.says(str(low)) == ["number_found", "number_swap"]


@pytest.mark.parametrize(
    ("language", "begins", "guess", "aside"),
    [
        ("en", "let's play guess the number between 1 and 3", "I think it's maybe {}", "a hint for this one please"),
        (
            "fr",
            "devine un nombre entre 1 et 3, c'est moi qui devine",
            "je crois que c'est peut-être {}",
            "un petit indice pour moi",
        ),
    ],
)
def test_a_small_number_is_a_guess_in_a_longer_line(language: str, begins: str, guess: str, aside: str) -> None:
    numbers = {"en": ("one", "two", "three"), "fr": ("un", "deux", "trois")}[language]
    with Talk(language) as talk:
        assert talk.says(begins) == ["number_mine"]
        assert talk.says(aside) not in (["number_higher_close"], ["number_lower_close"], ["number_found"])
        said = [talk.says(guess.format(number))[0] for number in numbers]
        assert "number_unclear" not in said
        assert any(phrase == "number_found" for phrase in said)


@seeded
def test_it_finds_the_person_s_number_and_notices_when_none_is_left(language: str, seed: int) -> None:
    higher, lower, yes = {"en": ("higher", "it is lower", "yes"), "fr": ("plus grand", "c'est plus petit", "oui")}[
        language
    ]
    with Talk(language, seed) as talk:
        assert talk.says(LINES[language]["guess_mine"]) == ["number_yours"]
        talk.says(yes)
        for _ in range(8):
            guess = number_said(talk)
            if guess == 22:
                break
            assert talk.says(higher if guess < 22 else lower) == ["number_ask"]
        assert talk.says(yes) == ["number_guessed"]
        talk.says(LINES[language]["guess_mine"])
        talk.says(yes)
        said = [talk.says(higher) for _ in range(8)]
        assert ["number_lost"] in said


@both
def test_the_number_is_told_to_whoever_gives_up(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["number"])
        assert talk.says("99") == ["number_outside"]
        assert talk.says(LINES[language]["unsure"]) == ["number_was", "number_swap"]
        assert talk.says({"en": "no", "fr": "non"}[language]) == ["game_end"]
        assert talk.says("12") != ["number_ask"]


# ---------------------------------------------------------------- riddles


@seeded
def test_a_riddle_waits_gives_a_hint_and_is_solved(language: str, seed: int) -> None:
    with Talk(language, seed) as talk:
        (phrase,) = talk.says(LINES[language]["riddle"], 6)
        solution = TABLES.variants(phrase.replace("riddle_", "riddle_words_"), language)[0].split(",")[0]
        assert talk.wait(12) == []
        assert talk.says({"en": "is it a sock", "fr": "c'est une chaussette"}[language]) == ["riddle_wrong"]
        assert re.search(rf"\b{plain(solution)[0].upper()}\b", talk.last)
        assert talk.says(solution, 6) == ["riddle_right", phrase.replace("riddle_", "riddle_answer_")]


REMARKS = {
    "en": (
        "My grandmother had some very rude ones, I'll not tell you those, you're far too young.",
        "My brother-in-law gets on my nerves with his pub jokes and that red car of his.",
    ),
    "fr": (
        "Ma grand-mère en avait des pas mal salées, j'te les dirai pas, t'es trop jeune.",
        "Il m'énerve, mon beau-frère, avec ses plaisanteries de comptoir et sa voiture rouge.",
    ),
}


@both
def test_a_long_remark_is_no_guess_and_the_riddle_waits_on(language: str) -> None:
    first, second = REMARKS[language]
    guess = {"en": "is it a sock", "fr": "c'est une chaussette"}[language]
    with Talk(language) as talk:
        talk.says(LINES[language]["riddle"], 6)
        assert not any(phrase.startswith("riddle") for phrase in talk.says(first, 6))
        assert talk.says(guess, 6) == ["riddle_wrong"]
        talk.says(first, 6)
        talk.says(second, 6)
        assert "riddle_wrong" not in talk.says(guess, 6)  # two in a row have left it


@both
def test_every_solution_of_every_riddle_is_taken(language: str) -> None:
    """A solution that means “quiet” would silence it."""
    keys = [key for key in TABLES.keys if re.fullmatch(r"riddle_words_\d+", key)]
    words = [word.strip() for key in keys for word in TABLES.variants(key, language)[0].split(",")]
    assert len(words) > 20
    assert not [word for word in words if TABLES.understand(word, language).intent in AT_ONCE]


@both
def test_who_does_not_know_gets_a_hint_and_then_the_solution(language: str) -> None:
    with Talk(language) as talk:
        (phrase,) = talk.says(LINES[language]["riddle"], 6)
        assert talk.says(LINES[language]["unsure"]) == ["riddle_hint"]
        told = ["riddle_told", phrase.replace("riddle_", "riddle_answer_")]
        assert talk.says(LINES[language]["unsure"], 6) == told


# ---------------------------------------------------------------- words


@seeded
def test_a_chain_of_words_goes_on_by_the_last_letter_to_a_friendly_end(language: str, seed: int) -> None:
    with Talk(language, seed) as talk:
        assert talk.says(LINES[language]["chain"], 8) == ["chain_begin"]
        said: set[str] = set()
        for _ in range(12):
            letter = talk.last.rstrip(". ?")[-1].lower()
            fitting = [word for word in TABLES.variants("chain_words", language) if plain(word)[0] == letter]
            word = next(word for word in [*fitting, letter + "ana"] if word not in said)
            said.add(word)
            found = talk.says(word, 6)
            assert len(found) == 1, (word, found)
            phrase = found[0]
            if phrase in {"chain_end", "chain_out"}:
                break
            assert phrase in {"chain_mine", "chain_used"}
        else:
            pytest.fail("it has no end")
        assert talk.says(word) != ["chain_mine"]


@both
def test_a_word_with_another_letter_is_asked_for_again_and_help_is_given(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["chain"], 8)
        letter = talk.last.rstrip(". ?")[-1].lower()
        assert talk.says("zzz" if letter != "z" else "qqq") == ["chain_wrong"]
        assert talk.says(LINES[language]["tell"], 6) == ["chain_helped"]


@both
def test_opposites_are_heard_and_another_is_told(language: str) -> None:
    with Talk(language) as talk:
        assert talk.says(LINES[language]["opposites"], 6) == ["opposite_begin"]
        pairs = dict(pair.split(": ") for pair in TABLES.variants("opposite_pairs", language))
        heard = []
        for n in range(6):
            asked = next(word for word in pairs if re.search(rf"\b{word}\b", talk.last))
            heard += talk.says(pairs[asked].split()[0] if n % 2 else "xylophone", 6)
        assert heard.count("opposite_right") == 3
        assert heard.count("opposite_other") == 3
        assert heard[-1] == "opposite_end"


@both
def test_no_opposite_is_a_word_that_would_end_the_game(language: str) -> None:
    fits = [word for pair in TABLES.variants("opposite_pairs", language) for word in pair.split(": ")[1].split()]
    assert not [word for word in fits if TABLES.understand(word, language).intent in AT_ONCE]


# ---------------------------------------------------------------- Simon says


@seeded
def test_as_simon_it_commands_asks_after_a_trick_and_ends(language: str, seed: int) -> None:
    with Talk(language, seed) as talk:
        assert talk.says(LINES[language]["simon"]) == ["simon_who"]
        said = talk.says(LINES[language]["you"], 110)
        commands = [phrase for phrase in said if phrase in {"simon_says", "simon_head"}]
        assert said[0] == "simon_mine"
        assert said[-1] == "simon_over"
        assert len(commands) == 7
        assert said.count("simon_caught") == len(commands) - said.count("simon_said")


def test_somebody_who_is_simon_moves_its_head_and_ears() -> None:
    for language in ("en", "fr"):
        with Talk(language) as talk:
            lines = LINES[language]
            talk.says(lines["simon"])
            assert talk.says(lines["me"], 12) == ["simon_yours"]
            before = len(talk.done)
            assert talk.says(lines["up"], 2) == ["simon_obeys"]
            assert any(isinstance(one, Look) and one.pitch > 0.3 for _, one in talk.done[before:])
            assert talk.robot.pose.neck_pitch > 0.15
            talk.wait(4)
            assert talk.says(lines["jump"]) == ["simon_cannot"]
            kept = [talk.says(lines["still"]) for _ in range(10)]
            assert kept.count(["simon_keeps_still"]) > kept.count(["simon_fooled"])
            assert len(kept) == kept.count(["simon_keeps_still"]) + kept.count(["simon_fooled"])


# ---------------------------------------------------------------- what any game owes


@both
@pytest.mark.parametrize("game", ["number", "riddle", "chain", "opposites", "simon"])
def test_a_game_ends_when_somebody_has_had_enough(language: str, game: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language][game], 8)
        assert talk.says(LINES[language]["enough"]) == ["game_end"]
        talk.says("17")
        assert not talk.last.startswith(("number", "riddle"))


@both
@pytest.mark.parametrize("game", ["number", "riddle", "chain"])
def test_a_plain_question_is_answered_by_whom_it_belongs_to(language: str, game: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language][game], 8)
        assert talk.says(LINES[language]["time"]) == ["answer_what_time_is_it"]
        assert talk.says(LINES[language]["bye"]) == ["farewell"]


@both
def test_an_aside_does_not_end_a_game(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["number"])
        assert talk.says(LINES[language]["again"], 6) == ["answer_repeat"]
        assert talk.says("30")[0].startswith("number_")


@both
def test_stop_ends_a_game_without_a_word(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["number"])
        assert talk.says("stop") == []
        assert "number_higher" not in talk.says("1") + talk.says("30")


def test_a_game_that_nobody_goes_on_with_is_not_asked_for_again() -> None:
    with Talk("en") as talk:
        talk.says("ask me a riddle", 6)
        assert talk.wait(110) == []
        assert talk.says("a clock") != ["riddle_right", "riddle_answer_1"]
