"""What people say is understood in wordings of their own; what the robot says keeps the house rules; slips are told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.errors import ConfigError
from robot.core.meanings import act_of, meanings
from robot.sense.language import phrases
from tests.support.wordings import other_talk, wordings

if TYPE_CHECKING:
    from robot.sense.language.phrases import Phrases

SHIPPED = Path(__file__).parents[3] / "behaviors" / "phrases"
FRENCH = Path(__file__).parents[3] / "robot" / "texts" / "fr"
FILLED = {
    "en": {"name": "Anna", "Name": "Anna", "person": "my sister", "time": "seven"},
    "fr": {"name": "Anna", "Name": "Anna", "person": "ma sœur", "time": "sept heures"},
}
FEELING = {
    "en": r"\bI(?:'m| am)? (?:\w+ )?(?:feel|love|miss|need|suffer|hope you stay|am sad|am lonely|am happy)\b",
    "fr": r"\b(?:je (?:t'|vous )?(?:ressens|aime|souffre|suis (?:triste|heureux))|me manqu|j'aime|j'ai besoin)",
}


@pytest.fixture(scope="module")
def tables() -> Phrases:
    return phrases.load()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_listed_wording_is_its_intent(tables: Phrases, language: str) -> None:
    wrong = []
    for intent, listed in tables.wordings(language).items():
        for wording in listed:
            line = re.sub(r"\{(\w+)\}", lambda slot: FILLED[language][slot.group(1)], wording)
            heard = tables.understand(line, language)
            if heard.intent != intent:
                wrong.append((line, intent, heard.intent))
    assert not wrong


@pytest.mark.parametrize("language", ["en", "fr"])
def test_at_least_forty_intents_with_eight_wordings(tables: Phrases, language: str) -> None:
    listed = tables.wordings(language)
    assert len(listed) >= 40
    assert min(len(lines) for lines in listed.values()) >= 8
    assert set(listed) == set(tables.intents)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_wordings_are_understood(tables: Phrases, language: str) -> None:
    lines = [(line, intent) for intent, new in wordings(language).items() for line in new]
    listed = {line.lower() for known in tables.wordings(language).values() for line in known}
    fresh = [(line, intent) for line, intent in lines if line.lower() not in listed]
    wrong = [(line, intent) for line, intent in fresh if tables.understand(line, language).intent != intent]
    assert len(fresh) > 150
    assert len(wrong) <= 0.08 * len(fresh), wrong


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_means_nothing_stays_unknown(tables: Phrases, language: str) -> None:
    taken = [line for line in other_talk(language) if tables.understand(line, language).intent != "unknown"]
    assert len(taken) <= 3, taken


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_of_self_harm_are_never_missed_here(tables: Phrases, language: str) -> None:
    missed = [
        line for line in wordings(language)["self_harm"] if tables.understand(line, language).intent != "self_harm"
    ]
    assert not missed


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("I nearly died laughing", "en"),
        ("this game is killing me", "en"),
        ("I'm dying to see that film", "en"),
        ("j'étais mort de rire", "fr"),
        ("je meurs de faim", "fr"),
        ("je meurs d'envie de voir ce film", "fr"),
    ],
)
def test_idioms_are_no_crisis(tables: Phrases, line: str, language: str) -> None:
    assert tables.understand(line, language).intent != "self_harm"


def test_capitals_accents_and_apostrophes_do_not_matter(tables: Phrases) -> None:
    for line in ("Ça va ?", "ca va", "COMMENT ÇA VA", "comment\u00a0ca va"):
        assert tables.understand(line, "fr").intent == "how_are_you"
    for line in ("What's your name?", "whats your name", "WHAT\u2019S YOUR NAME"):
        assert tables.understand(line, "en").intent == "what_is_your_name"


@pytest.mark.parametrize("line", ["", "   ", "...", "?!", "\n", "💥", "x" * 5000, "no " * 500])
def test_odd_lines_do_no_harm(tables: Phrases, line: str) -> None:
    assert 0.0 <= tables.understand(line, "en").confidence <= 1.0
    assert 0.0 <= tables.understand(line, "fr").confidence <= 1.0


def test_names_and_people_fill_slots(tables: Phrases) -> None:
    assert tables.understand("Hello, my name is Anne-Marie!", "en").slots == (("name", "Anne-Marie"),)
    assert tables.understand("my name is marie and I am sad", "en").intent in ("my_name_is", "i_am_sad")
    assert tables.understand("I am tired", "en").intent != "my_name_is"
    assert tables.understand("I saw my friend Anna yesterday", "en").slots == (("person", "your friend Anna"),)
    assert tables.understand("j'ai appelé ma sœur", "fr").slots == (("person", "ta sœur"),)


@pytest.mark.parametrize(
    ("line", "moves"),
    [
        ("make it six", True),
        ("Make it half past six, please.", True),
        ("make it 7 instead", True),
        ("Make it stop, it hurts.", False),
        ("make it two cups of flour", False),
    ],
)
def test_a_reminder_is_moved_to_a_time_alone(tables: Phrases, line: str, moves: bool) -> None:  # noqa: FBT001 - a row of the table
    assert (tables.understand(line, "en").intent == "wants_move_reminder") == moves


def test_stop_is_heard_first(tables: Phrases) -> None:
    assert tables.understand("hello, please stop!", "en").intent == "stop"
    assert tables.understand("bonjour, arrête !", "fr").intent == "stop"


# ---------------------------------------------------------------- what the robot says


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_robot_claims_no_feelings(tables: Phrases, language: str) -> None:
    for key in tables.keys:
        for variant in tables.variants(key, language):
            denied = re.sub(r"(?i)no feelings|cannot love|do not feel|ne ressens rien|ne peux pas aimer", "", variant)
            assert not re.search(FEELING[language], denied, re.IGNORECASE), (key, variant)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", ["farewell", "good_night", "answer_goodbye", "answer_good_night"])
def test_a_farewell_asks_nothing(tables: Phrases, key: str, language: str) -> None:
    for variant in tables.variants(key, language):
        assert "?" not in variant
        assert not re.search(r"(?i)stay|already|before you|wait|don't|reste|déjà|attends|avant", variant)
        assert len(variant) < 60


def test_every_intent_has_an_answer(tables: Phrases) -> None:
    assert {f"answer_{intent}" for intent in tables.intents} <= set(tables.keys)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_people_tell_is_taken_up_without_a_question_and_asked_about_apart(tables: Phrases, language: str) -> None:
    assert {f"answer_{name}" for name in meanings() if act_of(name) == "tells"} <= set(tables.keys)
    asked = [key.removeprefix("ask_") for key in tables.keys if key.startswith("ask_")]
    assert len(asked) > 100
    for meaning in asked:
        for lead in ("ask", "later"):
            for text in tables.variants(f"{lead}_{meaning}", language) if f"{lead}_{meaning}" in tables.keys else ():
                assert text.endswith("?"), (lead, meaning, text)
        for lead in ("answer", "more"):
            for text in tables.variants(f"{lead}_{meaning}", language) if f"{lead}_{meaning}" in tables.keys else ():
                assert "?" not in text, (lead, meaning, text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_was_named_fits_into_every_wording(tables: Phrases, language: str) -> None:
    """“your sister”, “Emma” or “tes petits-enfants”: no capital, no elision and no singular hangs on it."""
    amiss = {
        "en": r"(?:^|[.!?] )\{who\}|\b(?:does|is|are|has) \{who\}|\{who\} (?:is|was|has|knows)\b",
        "fr": r"(?:^|[.!?] )\{who\}|\b(?:de|que|si|le|la) \{who\}|\{who\} (?:est|a|va|fait)\b",
    }
    named = [(key, text) for key in tables.keys for text in tables.variants(key, language) if "{who}" in text]
    assert len(named) > 200
    for key, text in named:
        assert not re.search(amiss[language], text), (key, text)


def test_variants_are_chosen_by_the_generator(tables: Phrases) -> None:
    said = {tables.choose("greet_again", "en", np.random.default_rng(seed)) for seed in range(20)}
    assert said == set(tables.variants("greet_again", "en"))
    again = [tables.choose("greet_again", "en", np.random.default_rng(5)) for _ in range(3)]
    assert len(set(again)) == 1
    wording = tables.variants("greet_by_name", "fr")[0]
    assert tables.fill("greet_by_name", wording, "fr", [("name", "Léa"), ("other", "x")]).count("Léa")


def test_no_wording_comes_again_while_another_is_left(tables: Phrases) -> None:
    chance, lately = np.random.default_rng(3), list[str]()
    every = tables.variants("greet_again", "en")
    for _ in range(4 * len(every)):
        lately.append(tables.choose("greet_again", "en", chance, lately))
    assert all(set(lately[i : i + len(every)]) == set(every) for i in range(0, len(lately), len(every)))


def test_an_unknown_phrase_names_the_nearest(tables: Phrases) -> None:
    with pytest.raises(ConfigError, match=r"did you mean farewell\?"):
        tables.choose("fairwell", "en", np.random.default_rng(0))
    with pytest.raises(ConfigError, match=r"needs the slot \{name\}"):
        tables.fill("greet_by_name", "Hello {name}!", "en", ())


def test_what_is_said_may_stand_in_parts(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "phrases")
    for language, text in (("en", "Tea."), ("fr", "Du thé.")):
        (tmp_path / "phrases" / f"said_tea_{language}.toml").write_text(f'tea_time = "{text}"\n', encoding="utf-8")
    assert phrases.load(tmp_path / "phrases").variants("tea_time", "fr") == ("Du thé.",)
    (tmp_path / "phrases" / "said_tea_en.toml").write_text('farewell = "Tea."\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"said_tea_en\.toml:1: farewell stands in said_en\.toml too"):
        phrases.load(tmp_path / "phrases")


# ---------------------------------------------------------------- slips of those who edit

Edit = tuple[str, str, str, str, str]
SLIPS: list[Edit] = [
    ("heard_en.toml", "\n[heard]\n", "\n[hearrd]\n", r"heard_en\.toml:\d+: nothing here is called hearrd", "heard"),
    (
        "heard_en.toml",
        'first = ["self_harm"',
        'first = ["self_ham"',
        r"heard_en\.toml:\d+: no intent is called",
        "self_harm",
    ),
    ("heard_en.toml", '["stop", "stop it"', '["stop", "hello"', r"'hello' stands under", "take one"),
    ("heard_en.toml", '["stop", "stop it"', '["stop", 3', r"stop must be a list of texts", 'write: \\["one"'),
    (
        "heard_fr.toml",
        "\n[heard]\n",
        "\n[heard]\nhop = ['hop']\n",
        r"heard_fr\.toml:\d+: hop is not in heard_en",
        "add it",
    ),
    ("heard_en.toml", "{name}", "{nam}", r"the slot {nam} is unknown", "did you mean name"),
    ("heard_en.toml", 'stemmer = "english"', 'stemmer = "englich"', r"the stemmer 'englich' is unknown", "english"),
    ("heard_en.toml", '["ill", "sick"', '["ill", "sad"', r"'sad' belongs to ill and to sad", "take one"),
    ("said_fr.toml", "cannot =", "canot =", r"said_fr\.toml:\d+: canot is not in said_en\.toml", "did you mean cannot"),
    ("said_en.toml", "Hello {name}!", "Hello!", r"the wordings of greet_by_name have different slots", "same {slots}"),
    ("said_en.toml", "Hello {name}!", "Hello {name}, {oh!", r"greet_by_name has a brace", "as {name}"),
    ("said_en.toml", "time_is = [", "time_is = [[", r"said_en\.toml:\d+: this is not TOML", "close the list"),
    ("said_fr.toml", 'day_is = ["Nous sommes {day}."]', 'day_is = ["Oui."]', r"day_is has other slots", "same {slots}"),
]


@pytest.mark.parametrize(("name", "old", "new", "message", "remedy"), SLIPS, ids=[slip[3][:40] for slip in SLIPS])
def test_a_slip_is_told_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, message: str, remedy: str
) -> None:
    for file in SHIPPED.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        if file.name == name:
            assert old in text
            text = text.replace(old, new, 1) if old != "{name}" else text.replace(old, new)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        phrases.load(tmp_path)
    assert re.search(remedy, str(caught.value))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"add said_en\.toml"):
        phrases.load(tmp_path)
    (tmp_path / "said_en.toml").write_text("a = 'b'\n")
    with pytest.raises(ConfigError, match=r"no heard_en\.toml"):
        phrases.load(tmp_path)


TIED = "I've hit rock bottom at Scrabble, seventeen points."  # two meanings have as many votes


def test_what_a_line_is_taken_for_is_the_same_in_every_process() -> None:
    code = f"from robot.sense.language.phrases import load; print(load().understand({TIED!r}, 'en'))"
    heard = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},  # by which the order of a set goes
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(heard) == 1


NAMED = ("person", "people", "topics", "who", "name", "cause", "value", "about", "reason")  # may begin with a vowel


@pytest.mark.parametrize(
    "path", [*SHIPPED.glob("said_*fr.toml"), FRENCH / "told_cause.po", FRENCH / "page.po"], ids=lambda path: path.name
)
def test_nothing_french_stands_before_a_name_that_it_would_be_elided_with(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('"page.because"\nmsgstr "parce que {reason}"', "")
    slots = "|".join(NAMED)
    assert re.findall(rf"(?i)\b(?:de|que|le|la|si|ne|se|je|me|te|ce) \{{(?:{slots})\}}", text) == []
