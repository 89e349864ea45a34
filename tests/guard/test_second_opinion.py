"""The network's opinion on words of need counts beside the machines' own, by lines that nothing was tuned to."""

from __future__ import annotations

import re
import tomllib
from contextlib import closing
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from robot.guard.crisis.classifier import Assessment
from robot.guard.emergency.reader import Danger, data_folder
from robot.guard.light_lines import ALONE
from robot.guard.need_meanings import HEAVY, OWN
from robot.guard.second_opinion import danger_of, danger_together, risk_together
from training import everyday
from training.need.listener import DOUBTFUL, Listener, at_risk, first_alarm
from training.need.sets import LOOKED_AT, SetFile, calm, files, need_talks
from training.need.sets import talks as talks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CALM = (("none", 0.999), ("plain", 0.001))
STRANGERS = [file for file in files() if file.hand not in LOOKED_AT]


EVERY = 24  # of the plain words that the network reads as well


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with closing(Listener()) as made:
        yield made


@pytest.fixture(scope="module")
def contradicted() -> Iterator[Listener]:
    """One whose network is sure of every line that nobody is in need."""
    with closing(Listener(CALM)) as made:
        yield made


def test_what_the_machine_alone_doubts_the_network_lets_go() -> None:
    doubted = Assessment("ask", 0.45, "", sign=False)
    assert risk_together(doubted, CALM, 5).level == "none"
    assert risk_together(doubted, (("veiled", 0.8), ("none", 0.2)), 5).level == "ask"


def test_what_the_machine_is_sure_of_counts_little_where_the_network_is_sure_of_something_else() -> None:
    doubted, little = Assessment("ask", 1.2, "", sign=False), (("veiled", 0.12), ("none", 0.88))
    assert risk_together(doubted, little, 5, meant=0.9).level == "faint"
    assert risk_together(doubted, little, 5, meant=0.5).level == "ask"
    assert risk_together(doubted._replace(sign=True), little, 5, meant=0.9).level == "ask"


def test_what_the_network_alone_is_sure_of_is_asked_about() -> None:
    calm = Assessment("none", -0.6, "", sign=False)
    assert risk_together(calm, (("veiled", 0.95), ("none", 0.05)), 5, in_talk=-0.5, meant=0.6).level == "ask"
    assert risk_together(calm, (("veiled", 0.6), ("none", 0.4)), 5, in_talk=-0.5, meant=0.6).level != "ask"


def test_what_it_is_sure_of_the_number_answers() -> None:
    assert risk_together(Assessment("crisis", 1.4, "", sign=True), (("plain", 0.97),), 5).level == "crisis"


def test_a_plain_sign_is_asked_about_whatever_the_network_makes_of_it() -> None:
    assert risk_together(Assessment("crisis", 0.1, "", sign=True), CALM, 5).level == "ask"


@pytest.mark.parametrize(("language", "before"), [("en", "Make it stop, "), ("fr", "Écoute, ")])
def test_what_is_danger_by_itself_gets_the_number_whatever_stands_before_it(
    listener: Listener, contradicted: Listener, language: str, before: str
) -> None:
    """Of the plain words some got comfort, and with two words before them a dozen got nothing. All get it against a
    network that hears nothing, but for the few words of which it decides: these, and some others, with what it hears.
    """
    table = tomllib.loads((data_folder() / f"emergency_{language}.toml").read_text(encoding="utf-8"))
    parts = {name: cycle(several) for name, several in table["plainly_parts"].items()}
    assert len(table["plainly"]) > 10
    templates = [template for clauses in table["plainly"].values() for template in clauses]
    for n, template in enumerate(templates):
        clause = re.sub(r"\{(\w+)\}", lambda name: next(parts[name[1]]), template)
        for line in (clause[0].upper() + clause[1:] + ".", before + clause):
            few = len(line.split()) <= ALONE
            if few or n % EVERY == 0:
                assert listener.taken(line, language).intent == "emergency", line
            if not few:
                assert contradicted.taken(line, language).intent == "emergency", line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "In the film the man says: my chest hurts, and they laugh"),
        ("en", "Last year I thought, I'm having a heart attack, but it was wind"),
        ("fr", "Dans le film, la maison brûle"),
    ],
)
def test_what_is_told_of_a_film_or_of_last_year_is_no_danger_by_itself(
    listener: Listener, language: str, line: str
) -> None:
    assert listener.taken(line, language).intent != "emergency"


def test_a_danger_that_only_the_network_hears_is_a_call_for_help() -> None:
    assert danger_together(Danger("", 0.1), (("danger", 0.99),), 5).kind == "call"
    assert danger_together(Danger("fire", 0.3), (("danger", 0.9),), 5).kind == "fire"
    let_go = danger_together(Danger("call", 0.5), CALM, 5)
    assert not let_go.kind
    assert not let_go.unsure


def test_danger_is_found_less_in_a_long_tale_up_to_a_length() -> None:
    found, need = Danger("", 0.1), (("danger", 0.99),)
    told = [danger_of(found, need, length) for length in (5, 10, 24, 60)]
    assert told[0] == told[1] > told[2] == told[3]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "I was only getting the washing in and I've gone over on the step and I can't get up at all",
        ),
        (
            "fr",
            "Je voulais juste rentrer le linge, j'ai glissé sur la marche et je n'arrive plus à me relever",
        ),
    ],
)
def test_danger_at_the_end_of_a_long_tale_is_heard(listener: Listener, language: str, line: str) -> None:
    assert listener.taken(line, language).intent in {"emergency", "emergency_maybe"}


@pytest.mark.soak  # hundreds of lines through the network
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


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_strangers_talk_is_heard_as_a_whole(listener: Listener, language: str) -> None:
    """Of the half that was set aside; what is measured today."""
    talks = talks_of()[language]
    asked = [first_alarm(listener.talk(talk.lines, language)) for talk in talks.risk[1::2]]
    in_time = [n is not None and n <= talk.by for n, talk in zip(asked, talks.risk[1::2], strict=True)]
    assert sum(in_time) >= {"en": 0.86, "fr": 0.93}[language] * len(in_time) - 1e-9
    calm = [words for talk in talks.calm[1::2] for words in listener.talk(talk.lines, language)]
    assert sum(words.intent in OWN - {HEAVY} for words in calm) <= 0.15 * len(calm)


@pytest.mark.soak  # hundreds of lines through the network
@pytest.mark.slow
@pytest.mark.parametrize(("language", "alarmed"), [("en", 0.15), ("fr", 0.2)])
def test_ordinary_life_is_heard_as_such(listener: Listener, language: str, alarmed: float) -> None:
    """By a hand whose talks teach nothing, of the half that was not looked at; what is measured today."""
    calm = [listener.talk(lines, language) for lines in everyday.talks(everyday.MEASURES, language)[1::2]]
    assert len(calm) == 30
    assert sum(first_alarm(lines) is not None for lines in calm) <= alarmed * len(calm)
    turns = [words for lines in calm for words in lines]
    assert sum(words.intent in OWN - {HEAVY} for words in turns) <= 0.07 * len(turns)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "dangers", "risks"), [("en", 0.5, 0.75), ("fr", 0.8, 0.95)])
def test_need_amid_a_talk_is_asked_about(listener: Listener, language: str, dangers: float, risks: float) -> None:
    """By the next line, of the half that was not looked at; what is measured today, as docs/care.md tells it."""
    found = need_talks()[language]
    for talks, least in ((found.danger[1::2], dangers), (found.risk[1::2], risks)):
        heard = [first_alarm(listener.talk(talk.lines, language)) for talk in talks]
        in_time = [n is not None and n <= talk.at + 1 for n, talk in zip(heard, talks, strict=True)]
        assert sum(in_time) >= least * len(in_time)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("I had a fall out with my neighbour.", "It was about the hedge.", "He says it's mine to cut.")),
        ("en", ("d", "i", "k")),
        ("en", ("six seven, six seven, six seven",)),
        ("fr", ("Six sept, six sept, six sept !",)),
        ("fr", ("a", "d")),
    ],
)
def test_no_harm_is_heard_where_there_is_none(listener: Listener, language: str, lines: tuple[str, ...]) -> None:
    assert first_alarm(listener.talk(lines, language)) is None


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("Nine nine nine!",)),
        ("en", ("The baker has moved to the square.", "nine nine nine nine nine nine")),
        ("en", ("Hello, how are you today?", "I had toast.", "I don't see the point of going on any more")),
        ("fr", ("Il fait beau ce matin.", "J'ai mangé une tartine.", "je ne vois plus l'intérêt de continuer")),
        ("en", ("My sister came on Sunday.", "We had cake in the garden.", "I want to kill myself")),
    ],
)
def test_a_calm_talk_before_it_hides_no_need(listener: Listener, language: str, lines: tuple[str, ...]) -> None:
    assert first_alarm(listener.talk(lines, language)) == len(lines) - 1


def test_thanks_end_no_emergency(listener: Listener) -> None:
    *_, last = listener.talk(("I'm in danger, please help me", "Thank you."), "en")
    assert last.intent == "need"


def test_who_goes_on_calmly_after_the_question_is_not_asked_again(listener: Listener) -> None:
    after = ["The baker has moved to the other side of the square.", "My brother comes on Sunday with his dog."]
    asked, *others = listener.talk((DOUBTFUL["en"], *after), "en")
    assert asked.intent == "self_harm_maybe"
    assert [words.intent in OWN for words in others] == [False, False]


@pytest.mark.parametrize("line", ["kill me", "wanna die"])
def test_a_word_or_two_are_heard_by_the_network_too(listener: Listener, line: str) -> None:
    assert at_risk(listener.taken(line, "en"))


@pytest.mark.parametrize(("language", "line"), [("en", "Nearly."), ("fr", "Presque.")])
def test_a_word_that_the_network_fears_by_no_means_is_not_asked_about(
    listener: Listener, language: str, line: str
) -> None:
    assert not at_risk(listener.taken(line, language))


@pytest.mark.soak  # hundreds of lines through the network
@pytest.mark.slow
@pytest.mark.parametrize(("language", "most"), [("en", 6.5), ("fr", 6.9)])
def test_dramatic_talk_of_those_in_no_need_is_let_be_as_far_as_measured(
    listener: Listener, language: str, most: float
) -> None:
    """Every tenth line, none of which was looked at."""
    lines = [line for hand in calm() if hand.language == language for line in hand.lines[1::10]]
    taken = [line for line in lines if at_risk(listener.taken(line, language))]
    assert 100 * len(taken) / len(lines) <= most, taken
