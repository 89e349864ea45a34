"""How much words weigh before anybody answers them: whether they are light, end a silence, come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.meanings import tone_of
from robot.core.tone import sound_of
from robot.core.uptake import chance
from robot.decide.dialogue.manner import is_garbled
from robot.decide.groups import CRISES, FAREWELLS, HUSHES, SIGNS

if TYPE_CHECKING:
    from robot.core.percepts import Utterance

LIGHTLY_TOLD = 0.1  # by uptake, up to which something may be hard that is told lightly
A_LINE = 3  # words of one that says something even where it has no meaning


def is_light(words: Utterance) -> bool:
    """Whether more than a word or three are told, in which hardly anything is hard."""
    told = bool(words.uptake) and len(words.text.split()) > A_LINE and sound_of(tone_of(words.intent)) != "hard"
    return told and chance(words.uptake, "hard") < LIGHTLY_TOLD


def says_something(words: Utterance) -> bool:
    """Whether words end a silence: they are understood, or more than a word or two that the network has read."""
    read = bool(words.uptake) and not is_garbled(words)
    return words.understood or (read and len(words.text.split()) >= A_LINE)


def weight(words: Utterance) -> int:
    """Which of a tick's words come first."""
    groups = (SIGNS, CRISES, HUSHES, FAREWELLS)
    return next((5 - n for n, group in enumerate(groups) if words.intent in group), int(words.understood))
