"""The watch over what is said: words of self-harm are heard as such, whatever else they were taken for (duty 27).

It stands between sense and attend, so that no mode, hush or farewell comes before it. What it hears it tells by the
intent of the utterance: `self_harm` (plainly said) or `self_harm_maybe` (to be asked about), with the slot `line`.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.messages import Utterance
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.messages import Percept
    from robot.guard.crisis.classifier import CrisisClassifier
    from robot.sense.language.phrases import Phrases

log = logging.getLogger(__name__)

SELF_HARM, SELF_HARM_MAYBE = "self_harm", "self_harm_maybe"
INTENTS = {"crisis": SELF_HARM, "ask": SELF_HARM_MAYBE}
LINES = {"FR": "3114", "US": "988"}  # suicide prevention lines; numbers of the state, day and night
EMERGENCY = "112"  # every other country of the EU, and any mobile phone
HOME = {"fr": "FR", "en": "US"}  # where a language is taken to be spoken when no country is configured


def help_line(country: str | None, language: str) -> str:
    """The number to call: of the configured country (ISO 3166, two letters), else of the configured language's."""
    return LINES.get(country or HOME.get(language, ""), EMERGENCY)


# Up to which risk a mere doubt, without any sign, gives way to what the line was clearly understood as: people say
# goodbye, ask what the robot feels for them, and give it away, in words that the classifier knows from the others.
# No teaching line of risk is lost by it. [our choice]
UNDERSTOOD = {"goodbye": 0.1, "do_you_love_me": 0.5, "end_of_life": 0.8, "without_a_maker": 0.5}
CLEAR = 0.8  # confidence
# A line that stands in the phrase tables word for word means what it stands there for (“enough”, “why not”), whatever
# it is doubted for; but not where somebody tells how they are, or leaves.
HEAVY = frozenset({"i_am_sad", "i_am_lonely", "i_am_scared", "help", "goodbye", "end_of_life"})


class Watch:
    """Looks at every utterance once."""

    def __init__(self, crisis: CrisisClassifier, line: str, phrases: Phrases) -> None:
        """`line`: see `help_line`. Where the house stands is not changed by the language that is spoken just now."""
        self._crisis = crisis
        self._line = line
        self._listed = frozenset(
            (language, plain(wording))
            for language in phrases.languages
            for intent, wordings in phrases.wordings(language).items()
            if intent not in HEAVY and intent not in INTENTS.values()
            for wording in wordings
        )

    def over(self, percepts: Sequence[Percept]) -> list[Percept]:
        """The percepts, with each utterance as it is to be taken. An utterance keeps its words; one that was taken so
        before, in a recording, is taken so again.
        """
        return [self._taken(percept) if isinstance(percept, Utterance) else percept for percept in percepts]

    def _taken(self, words: Utterance) -> Utterance:
        found = self._crisis.assess(words.text, words.language)
        slots = tuple({**dict(words.slots), "line": self._line}.items())
        doubt = found.level == "ask" and not found.sign
        clear = words.confidence >= CLEAR and found.score < UNDERSTOOD.get(words.intent, 0.0)
        listed = (words.language, plain(words.text).strip(" .!?")) in self._listed
        settled = (doubt and clear) or (listed and not found.sign)
        if found.level != "none" and not settled:
            log.warning("words of self-harm (%s, %.2f): %s", found.level, found.score, found.why)
            return replace(words, intent=INTENTS[found.level], slots=slots, confidence=1.0)
        if words.intent in INTENTS.values():  # the intent reader took a denial or an idiom for it
            return replace(words, intent="unknown", slots=slots)
        return replace(words, slots=slots)
