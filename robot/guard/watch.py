"""The watch over what is said: danger to life or health now (duty 41), words of self-harm (duty 27), and the episode
that they begin (duty 42), whatever else they were taken for.

It stands between sense and attend, so that no mode, hush or farewell comes before it. What it hears it tells by the
intent of the utterance: `emergency`, or `emergency_maybe` where it is to be asked about, as it is where another person
harms somebody (the slot `danger` tells which danger it is, `helplines` who helps then); `self_harm` (plainly said),
`self_harm_maybe` (serious doubt: to be asked about), `heavy` (faint doubt: a caring turn that names nothing); inside an
episode `need`, with the slot `move`. The slots `emergency`, `line` and `hours` hold whom to call, and `meant` what the
line was taken for before. It tells of the episode itself by the percept `Need`.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.percepts import Need, Utterance
from robot.guard.episode.course import EpisodeCourse
from robot.guard.episode.episode import HARM, NeedEpisode
from robot.guard.light_lines import is_a_letter, is_a_number
from robot.guard.need_meanings import MEANT, OWN
from robot.guard.numbers.numbers import Service, called, helplines
from robot.texts.catalogue import read_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.percepts import Percept
    from robot.guard.readers import Readers
    from robot.sense.language.phrases import Phrases

log = logging.getLogger(__name__)

SERVICES: dict[str, Service] = {
    **dict.fromkeys(("fire", "gas"), "fire"),
    **dict.fromkeys(("intruder", "violence", HARM), "police"),
}
GUESS = 5  # words, at most, of an answer in a game


class Watch:
    """Looks at every utterance once, and tells whom to call."""

    def __init__(self, readers: Readers, country: str | None, phrases: Phrases) -> None:
        """`country`: where the robot lives, as configured; the language that is spoken just now changes no number."""
        self._readers = readers
        self._country = country
        self._episode = NeedEpisode()
        self._told = Need(0.0, "")
        self._spoken = phrases.languages[0]
        self._course = EpisodeCourse(self._episode, readers, phrases)
        read_ahead("need")
        for language in phrases.languages:  # looked up now: the loop must not wait for it later
            for service in ("medical", *SERVICES.values()):
                called(country, language, service)
            helplines(country, language)

    def over(self, percepts: Sequence[Percept], now: float, spoken: str, words_until: float = -1.0) -> list[Percept]:
        """The percepts, with each utterance as it is to be taken, and what became of the episode. An utterance keeps
        its words; one that was taken so before, in a recording, is taken so again. Whom to call is told in the language
        `spoken` by the robot, whatever the words were in. Until `words_until` a game or a skill waits for words: a mere
        doubt about a few is none ("I give up").
        """
        self._spoken = spoken
        self._episode.pass_time(now)
        if not percepts and self._episode.kind == self._told.kind:
            return []
        out: list[Percept] = []
        heard = False
        for percept in percepts:
            if isinstance(percept, Utterance):
                out.append(self._taken(percept, words_until))
                heard = True
            else:
                out.append(percept)
        if self._episode.kind != self._told.kind or (heard and self._episode.kind):
            need = self._need(now)
            if need != replace(self._told, t=now):
                self._told = need
                out.append(need)
        return out

    def _need(self, now: float) -> Need:
        episode = self._episode
        if not episode.kind:
            return Need(now, "")
        to_call = called(self._country, self._spoken, SERVICES.get(episode.danger, "medical"))
        number = to_call.emergency if episode.kind in {"emergency", "danger"} else to_call.line
        return Need(now, episode.kind, number, episode.since)

    def _taken(self, words: Utterance, words_until: float) -> Utterance:
        meant = dict(words.slots).get(MEANT, words.intent)
        meant = "unknown" if meant in OWN else meant  # the intent reader took a denial or an idiom for it
        words = replace(words, intent=meant)
        of_little = is_a_letter(words.text) or is_a_number(words.text)
        if not words.text.strip() or (not self._episode.kind and of_little):
            return words
        guess = words.t <= words_until and len(words.text.split()) <= GUESS
        intent, slots = self._course.take(words, self._readers.told(words, self._episode), guess=guess)
        taken = self._as(words, intent, **slots)
        if taken.intent in OWN:
            log.warning("words of need: %s, episode: %s", taken.intent, self._episode.kind or "none")
        return taken

    def _as(self, words: Utterance, intent: str, **slots: str) -> Utterance:
        """The utterance with this intent, and whom to call."""
        service = SERVICES.get(slots.get("danger", self._episode.danger), "medical")
        told = dict(words.slots) | dict(called(self._country, self._spoken, service).slots) | slots
        if slots.get("danger") == HARM:
            told["helplines"] = helplines(self._country, self._spoken)
        if intent in OWN and words.t <= self._episode.by_person_until:
            told["by_person"] = "yes"
        told.pop(MEANT, None)
        if intent in OWN:
            return replace(words, intent=intent, slots=tuple({**told, MEANT: words.intent}.items()), confidence=1.0)
        return replace(words, intent=intent, slots=tuple(told.items()))
