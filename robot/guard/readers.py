"""What a line tells of need, by all that reads it, and by the lines before it in the talk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Self

from robot.guard.crisis.classifier import Assessment, CrisisClassifier
from robot.guard.emergency.reader import Danger, EmergencyReader
from robot.guard.episode.answers import AnswerReader
from robot.guard.harm.reader import HarmReader
from robot.guard.light_lines import ALONE, GRAVE, counts, has_figures
from robot.guard.second_opinion import (
    GENERAL,
    danger_of,
    danger_of_few_words,
    danger_together,
    length_of,
    risk_alone,
    risk_of,
    risk_of_few_words,
    risk_together,
)
from robot.sense.language.repeats import with_fewer

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.guard.episode.episode import NeedEpisode

BEREAVED, PEACEFUL = "tells_death", 0.95  # who tells that, and surely is in no need, is in grief


class ToldOfNeed(NamedTuple):
    """A danger, by network and machine and by the machine `alone`, the risk, and whether another harms somebody."""

    danger: Danger
    alone: Danger
    found: Assessment
    harmed: bool


class Readers(NamedTuple):
    """What reads lines; it keeps nothing, and robots of one process may share it."""

    crisis: CrisisClassifier
    emergency: EmergencyReader
    harm: HarmReader
    answers: AnswerReader

    @classmethod
    def load(cls) -> Self:
        """With what ships. Raises ModelError, ConfigError."""
        return cls(CrisisClassifier.load(), EmergencyReader.load(), HarmReader.load(), AnswerReader.load())

    def told(self, words: Utterance, episode: NeedEpisode) -> ToldOfNeed:
        """What a line tells; the episode keeps how grave it was, and what it hinted at, for the lines after it."""
        words = replace(words, text=with_fewer(words.text, 1))
        danger = alone = self.emergency.assess(words.text, words.language)
        found = self.crisis.assess(words.text, words.language)
        if words.need and len(words.text.split()) > ALONE:
            danger = _danger(words, danger, episode)
            in_talk = episode.risks.weighed(words.t, risk_of(found, words.need))
            meaning, p = words.readings[0] if words.readings else ("", 0.0)
            bereaved = meaning == BEREAVED and words.calm >= PEACEFUL
            sure = 0.0 if meaning in GRAVE and not bereaved else p
            length, before = length_of(words.text), None if episode.kind else in_talk
            found = risk_together(found, words.need, length, before, meant=sure)
        elif episode.kind:
            found = risk_alone(found)
        else:
            found = risk_of_few_words(found, words.need)
            if not has_figures(words.text):  # of numbers to call the network knows nothing
                danger = danger_of_few_words(danger, words.need)
        harm = self.harm
        harmed = (harm.is_hinted(words) and episode.hint(words.t)) or harm.is_told(words)
        return ToldOfNeed(danger, alone, found, harmed=harmed)


def _danger(words: Utterance, alone: Danger, episode: NeedEpisode) -> Danger:
    """The danger by network and machine; `alone`: by the machine."""
    length = length_of(words.text)
    in_talk = episode.dangers.weighed(words.t, danger_of(alone, words.need, length))
    danger = danger_together(alone, words.need, length, None if episode.kind else in_talk)
    general = danger.kind == GENERAL and not alone.kind and not episode.kind
    return Danger("", danger.score) if general and counts(words) else danger
