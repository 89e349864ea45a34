"""The watch over what is said: words of self-harm are heard as such, whatever else they were taken for (duty 27).

It stands between sense and attend, so that no mode, hush or farewell comes before it. What it hears it tells by the
intent of the utterance: `self_harm` (plainly said) or `self_harm_maybe` (to be asked about), with the slot `line`.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.messages import Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.guard.crisis import Crisis
    from robot.messages import Percept

log = logging.getLogger(__name__)

SELF_HARM, SELF_HARM_MAYBE = "self_harm", "self_harm_maybe"
INTENTS = {"crisis": SELF_HARM, "ask": SELF_HARM_MAYBE}
LINES = {"FR": "3114", "US": "988"}  # suicide prevention lines; numbers of the state, day and night
EMERGENCY = "112"  # every other country of the EU, and any mobile phone
HOME = {"fr": "FR", "en": "US"}  # where a language is taken to be spoken when no country is configured


def help_line(country: str | None, language: str) -> str:
    """The number to call: of the configured country (ISO 3166, two letters), else of the language's."""
    return LINES.get(country or HOME.get(language, ""), EMERGENCY)


class Watch:
    """Looks at every utterance once."""

    def __init__(self, crisis: Crisis, country: str | None = None) -> None:
        self._crisis = crisis
        self._country = country

    def over(self, percepts: Sequence[Percept]) -> list[Percept]:
        """The percepts, with each utterance as it is to be taken. An utterance keeps its words."""
        return [self._taken(percept) if isinstance(percept, Utterance) else percept for percept in percepts]

    def _taken(self, words: Utterance) -> Utterance:
        found = self._crisis.assess(words.text, words.language)
        slots = (*words.slots, ("line", help_line(self._country, words.language)))
        if found.level != "none":
            log.warning("words of self-harm (%s, %.2f): %s", found.level, found.score, found.why)
            return replace(words, intent=INTENTS[found.level], slots=slots, confidence=1.0)
        if words.intent in INTENTS.values():  # the intent reader took a denial or an idiom for it
            return replace(words, intent="unknown", slots=slots)
        return replace(words, slots=slots)
