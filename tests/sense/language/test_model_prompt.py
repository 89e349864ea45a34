"""What a language model is told: the duties in the language spoken, the talk, and of people what they agreed to."""

from __future__ import annotations

import pytest

from robot.core.intents import Cause, Consult, LineOfTalk
from robot.sense.language.model.prompt import messages, standing
from robot.texts.catalogue import languages

NOTE = "my sister is coming on Sunday"
LINES = (
    LineOfTalk(person=True, text="hello"),
    LineOfTalk(person=False, text="Hello Ada!"),
    LineOfTalk(person=False, text="Good to see you."),
    LineOfTalk(person=True, text="the moon is a lemon rind"),
)
ASKED = Consult(
    Cause("test", 1.0), LINES, "en", people=2, name="Ada", minor=True, notes=(NOTE,), hour=15, weekday=5, seed=1
)


def test_it_is_told_the_duties_who_is_here_and_the_talk_in_turns() -> None:
    system, *talk = messages(ASKED, stays_here=True)
    assert system.role == "system"
    assert system.text.startswith(standing("en").text)
    for told in ("Saturday afternoon", "2 people", "Ada", "child", NOTE):
        assert told in system.text
    assert [(one.role, one.text) for one in talk] == [
        ("user", "hello"),
        ("assistant", "Hello Ada! Good to see you."),
        ("user", "the moon is a lemon rind"),
    ]


def test_what_the_memory_keeps_stays_on_this_device() -> None:
    system = messages(ASKED, stays_here=False)[0]
    assert NOTE not in system.text
    assert "Ada" not in system.text
    assert "Saturday" in system.text


@pytest.mark.parametrize("language", languages())
def test_every_duty_of_speech_is_in_every_language(language: str) -> None:
    text = standing(language).text
    assert len(text.split()) < 260  # a small machine reads some forty of them a second
    told = {
        "en": (
            "machine",
            "no feelings",
            "stay",
            "Sell nothing",
            "other people",
            "medical",
            "side",
            "secret",
            "flatter",
        ),
        "fr": ("machine", "ni sentiments", "rester", "Ne vends rien", "autres", "médical", "parti", "cache", "flatte"),
    }
    assert [one for one in told[language] if one not in text] == []
