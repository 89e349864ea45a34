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
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from robot.core.manners import is_bright
from robot.core.percepts import Need, Utterance
from robot.guard.crisis.classifier import CrisisClassifier
from robot.guard.emergency.reader import Danger, EmergencyReader
from robot.guard.episode.answers import OTHER, AnswerReader
from robot.guard.episode.episode import BY_PERSON, ENDS, HARM, NeedEpisode
from robot.guard.harm.reader import WANTS_CARE, HarmReader
from robot.guard.light_lines import (
    ALONE,
    CLEAR,
    FAIRLY,
    GRAVE,
    TELLING,
    at_length,
    counts,
    goes_on_calmly,
    has_figures,
    is_a_letter,
    is_a_number,
    is_calm_again,
    lightly,
    ordinary,
    weighs,
)
from robot.guard.numbers.numbers import Service, called, helplines
from robot.guard.second_opinion import (
    DANGER_BARS,
    GENERAL,
    danger_of,
    danger_of_few_words,
    danger_together,
    length_of,
    probable,
    risk_alone,
    risk_of,
    risk_of_few_words,
    risk_together,
)
from robot.sense.language.lexicon import plain
from robot.texts.catalogue import read_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.percepts import Percept
    from robot.guard.crisis.classifier import Assessment, Level
    from robot.sense.language.phrases import Phrases

log = logging.getLogger(__name__)

EMERGENCY, EMERGENCY_MAYBE = "emergency", "emergency_maybe"
SELF_HARM, SELF_HARM_MAYBE, HEAVY, NEED = "self_harm", "self_harm_maybe", "heavy", "need"
# Intents that the watch alone gives.
OWN = frozenset({EMERGENCY, EMERGENCY_MAYBE, SELF_HARM, SELF_HARM_MAYBE, HEAVY, NEED})
MEANT = "meant"  # the slot that keeps what a line was taken for before
HUSHES = frozenset({"stop", "quiet"})
SERVICES: dict[str, Service] = {
    **dict.fromkeys(("fire", "gas"), "fire"),
    **dict.fromkeys(("intruder", "violence", HARM), "police"),
}
BODILY = frozenset({"poison", "bleeding", "breath", "collapse"})  # what comes before a wish to die in the same line
ACTS = frozenset({"calls", "coming", "no_phone", "refuses", "unsure", "farewell"})  # answers of who is in danger
HERE = frozenset({"helped", "coming"})  # of who is with somebody: who harms them may be that one
VAGUE = frozenset({"", GENERAL, "violence", "intruder"})  # dangers that harm may be behind, where they are not plain
# How probable a wish to die must be by the network, with a sign of one and without, where harm by another is told.
SOME_RISK, MUCH_RISK = 0.05, 0.5
CURT = 4  # words: "he's here", « Il est là ! », of whom that is said
GUESS = 5  # words, at most, of an answer in a game
BEREAVED, PEACEFUL = "tells_death", 0.95  # who tells that, and surely is in no need, is in grief
NO_DENIAL = 0.2  # risk of a line that is no denial, whatever it says: “just so tired, I want to sleep and not wake up”
CALM_LEVELS = frozenset({"none", "faint"})


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


class Watch:
    """Looks at every utterance once, and keeps the episode."""

    def __init__(self, readers: Readers, country: str | None, phrases: Phrases) -> None:
        """`country`: where the robot lives, as configured; the language that is spoken just now changes no number."""
        self._readers = readers
        self._country = country
        self._episode = NeedEpisode()
        self._told = Need(0.0, "")
        self._slight = False  # what began the episode was little: an ordinary line shows that it was none
        self._listed = _listed(phrases)
        read_ahead("need")
        for language in phrases.languages:  # looked up now: the loop must not wait for it later
            for service in ("medical", *SERVICES.values()):
                called(country, language, service)
            helplines(country, language)

    def over(self, percepts: Sequence[Percept], now: float, words_until: float = -1.0) -> list[Percept]:
        """The percepts, with each utterance as it is to be taken, and what became of the episode. An utterance keeps
        its words; one that was taken so before, in a recording, is taken so again. Until `words_until` a game or a
        skill waits for words: a mere doubt about a few is none ("I give up").
        """
        self._episode.pass_time(now)
        if not percepts and self._episode.kind == self._told.kind:
            return []
        out: list[Percept] = []
        language = ""
        for percept in percepts:
            if isinstance(percept, Utterance):
                out.append(self._taken(percept, words_until))
                language = percept.language
            else:
                out.append(percept)
        if self._episode.kind != self._told.kind or (language and self._episode.kind):
            need = self._need(now, language)
            if need != replace(self._told, t=now):
                self._told = need
                out.append(need)
        return out

    def _need(self, now: float, language: str) -> Need:
        episode = self._episode
        if not episode.kind:
            return Need(now, "")
        to_call = called(self._country, language, SERVICES.get(episode.danger, "medical"))
        number = to_call.emergency if episode.kind in {"emergency", "danger"} else to_call.line
        return Need(now, episode.kind, number, episode.since)

    def _taken(self, words: Utterance, words_until: float) -> Utterance:
        meant = dict(words.slots).get(MEANT, words.intent)
        meant = "unknown" if meant in OWN else meant  # the intent reader took a denial or an idiom for it
        words = replace(words, intent=meant)
        of_little = is_a_letter(words.text) or is_a_number(words.text)
        if not words.text.strip() or (not self._episode.kind and of_little):
            return words
        danger = alone = self._readers.emergency.assess(words.text, words.language)
        found = self._readers.crisis.assess(words.text, words.language)
        if words.need and len(words.text.split()) > ALONE:
            danger = self._danger(words, danger)
            in_talk = self._episode.risks.weighed(words.t, risk_of(found, words.need))
            meaning, p = words.readings[0] if words.readings else ("", 0.0)
            bereaved = meaning == BEREAVED and words.calm >= PEACEFUL
            sure = 0.0 if meaning in GRAVE and not bereaved else p
            length, before = length_of(words.text), None if self._episode.kind else in_talk
            found = risk_together(found, words.need, length, before, meant=sure)
        elif self._episode.kind:
            found = risk_alone(found)
        else:
            found = risk_of_few_words(found, words.need)
            if not has_figures(words.text):  # of numbers to call the network knows nothing
                danger = danger_of_few_words(danger, words.need)
        harm = self._readers.harm
        harmed = (harm.is_hinted(words) and self._episode.hint(words.t)) or harm.is_told(words)
        if self._episode.kind == "danger" and self._episode.danger == HARM:
            named = alone.kind not in VAGUE or (alone.kind in BY_PERSON and not harmed)
            taken = self._of_harm(
                words, alone if named and not (danger.kind and danger.plain) else danger, found, harmed=harmed
            )
        elif self._episode.kind == "danger":
            taken = self._of_danger(words, danger, found)
        elif self._episode.kind:
            taken = self._inside(words, danger, found)
        else:
            guess = words.t <= words_until and len(words.text.split()) <= GUESS
            vague = danger.kind in VAGUE and not danger.sure and not (danger.kind and danger.plain)
            if harmed and vague and not _at_risk(found, words):
                taken = self._harmed(words, found.level, anew=bool(danger.kind))
            else:
                taken = self._outside(words, danger, found, guess=guess)
        if taken.intent in OWN:
            log.warning("words of need: %s, episode: %s", taken.intent, self._episode.kind or "none")
        return taken

    def _danger(self, words: Utterance, alone: Danger) -> Danger:
        """The danger by network and machine; `alone`: by the machine."""
        length = length_of(words.text)
        in_talk = self._episode.dangers.weighed(words.t, danger_of(alone, words.need, length))
        danger = danger_together(alone, words.need, length, None if self._episode.kind else in_talk)
        general = danger.kind == GENERAL and not alone.kind and not self._episode.kind
        return Danger("", danger.score) if general and counts(words) else danger

    def _outside(self, words: Utterance, danger: Danger, found: Assessment, *, guess: bool) -> Utterance:
        """A line while nothing is open. `guess`: it may be an answer in a game."""
        episode, t = self._episode, words.t
        listed = self._stands_in_tables(words)
        plainly = found.level == "crisis" and found.sign
        if danger.kind and not listed and (not plainly or danger.sure or danger.kind in BODILY):
            self._slight = False
            unnamed = danger.kind == GENERAL and not danger.sure
            episode.open(t, "emergency" if danger.plain else "danger", danger.kind, unnamed=unnamed)
            return self._as(words, EMERGENCY if danger.plain else EMERGENCY_MAYBE, danger=danger.kind)
        if found.level == "crisis" and not (listed and not found.sign):
            self._slight = False
            episode.open(t, "crisis")
            return self._as(words, SELF_HARM)
        if t <= episode.given_until and self._readers.answers.read(words.text, words.language) == "number":
            return self._as(words, NEED, move="number", need=episode.given, danger=episode.given_danger)
        if danger.unsure and found.level == "none" and not listed:
            found = found._replace(level="faint", sign=False)
        asked_what = danger.unsure and danger.score > DANGER_BARS.first  # a danger that the talk has made less likely
        doubt = guess if found.sign else listed or guess or (found.score < weighs(words) and not asked_what)
        understood = words.intent != "unknown" and (words.confidence >= CLEAR or ordinary(words, FAIRLY))
        if found.level == "none" or doubt:
            careful = self._readers.harm.is_hinted(words, WANTS_CARE) and not (understood or listed or guess)
            return self._as(words, HEAVY if careful else words.intent)
        if episode.add(t, found.level):
            self._slight = True
            episode.open(t, "doubt")
            return self._as(words, SELF_HARM_MAYBE)
        return self._as(words, words.intent if understood or is_bright(words.manners) else HEAVY)

    def _inside(self, words: Utterance, danger: Danger, found: Assessment) -> Utterance:
        """A line while an episode is open: an answer first; nothing else answers it."""
        episode, t = self._episode, words.t
        episode.last = t
        move = self._move(words)
        answerless = self._slight and move == OTHER and not danger.kind and found.level in CALM_LEVELS
        was_none = answerless and (ordinary(words) or (episode.kind == "doubt" and is_calm_again(words, found)))
        calm = move == OTHER and found.level == "none" and not danger.kind and goes_on_calmly(words)
        if was_none or episode.goes_on(calm=calm, danger=bool(danger.kind)):
            episode.end(t)
            if was_none:
                episode.add(t, "faint")
            return self._as(words, words.intent)
        if words.intent in HUSHES and found.level == "none" and not danger.kind:
            return self._as(words, words.intent)
        settled = move in {"denies", "safe", "helped", "number", "coming"}
        if danger.kind and not settled and (danger.kind != episode.danger or episode.kind != "emergency"):
            self._slight = self._slight and not danger.plain
            episode.open(t, "emergency", danger.kind)
            return self._as(words, EMERGENCY, danger=danger.kind)
        if found.level == "crisis" and not settled and (episode.kind != "emergency" or episode.danger == HARM):
            self._slight, again = False, episode.kind == "crisis"
            episode.open(t, "crisis")
            return self._as(words, NEED, move="grows", need="crisis") if again else self._as(words, SELF_HARM)
        if episode.kind == "doubt":
            return self._answered(words, move, found)
        if episode.kind == "crisis" and move == "no":
            move = "refuses"
        kind = episode.kind
        if move in ENDS and (kind == "crisis" or move != "denies"):
            episode.let_go(t)
        elif move in {"late", "admits"}:
            episode.ended = False
        return self._as(words, NEED, move=move, need=kind)

    def _move(self, words: Utterance) -> str:
        """What it answers; where a person is the danger, "he's here" tells of no help."""
        move = self._readers.answers.read(words.text, words.language)
        there = self._episode.danger in BY_PERSON and move in HERE and len(words.text.split()) <= CURT
        return OTHER if there else move

    def _harmed(self, words: Utterance, risk: Level = "none", *, anew: bool = False) -> Utterance:
        """Somebody tells that another person harms them: it is asked whether they are in danger now, once in a talk,
        and `anew` where a danger is heard as well. A `risk` that is told with it adds up. Where no cue names it, a calm
        line shows that it was none.
        """
        episode, t = self._episode, words.t
        again = t <= episode.given_until and episode.given_danger == HARM and not anew
        self._slight = not self._readers.harm.is_named(words)
        episode.open(t, "danger", HARM)
        episode.add(t, risk)
        if not again:
            return self._as(words, EMERGENCY_MAYBE, danger=HARM)
        episode.again = True
        return self._as(words, NEED, move="grows", need="danger", danger=HARM, again="yes")

    def _of_harm(self, words: Utterance, danger: Danger, found: Assessment, *, harmed: bool) -> Utterance:
        """A line after that was asked. Who is there or comes may be the one who does it, and much that answers the
        careful question is said here of something else: only a bare yes is one.
        """
        episode, t, again = self._episode, words.t, "yes" if self._episode.again else ""
        episode.last = t
        move = self._readers.answers.read(words.text, words.language)
        at_risk = _at_risk(found, words) or (found.level == "ask" and not harmed)
        elsewhere = at_length(words) and (self._slight or goes_on_calmly(words))
        yes = move == "affirms" and not again and not elsewhere
        urgent = bool(danger.kind) and danger.plain
        if (yes or urgent) and (not at_risk or danger.sure or danger.kind in BODILY):
            self._slight = False
            episode.open(t, "emergency", danger.kind if urgent and danger.kind != GENERAL else HARM)
            return self._as(words, EMERGENCY, danger=episode.danger)
        if at_risk:
            self._slight = found.level == "ask"
            episode.open(t, "doubt" if self._slight else "crisis")
            return self._as(words, SELF_HARM_MAYBE if self._slight else SELF_HARM)
        if move in {"denies", "no", "safe"} and not harmed and not danger.kind:
            episode.let_go(t)
            return self._as(words, NEED, move="denies", need="danger", danger=HARM, again=again)
        if words.intent in HUSHES:
            return self._as(words, words.intent)
        none = self._slight and (elsewhere or goes_on_calmly(words))
        clear = again or none or ordinary(words) or self._stands_in_tables(words)
        if clear and (none or move in {OTHER, "thanks"}) and not harmed and not danger.kind:
            episode.end(t)
            return self._as(words, words.intent)
        episode.again = episode.again or move not in HERE | {"number"}
        return self._as(words, NEED, move=move, need="danger", danger=HARM, again=again)

    def _of_danger(self, words: Utterance, danger: Danger, found: Assessment) -> Utterance:
        """A line after it was asked whether anybody is in danger: who is calm, or does not answer twice, is not."""
        episode, t = self._episode, words.t
        episode.last = t
        move = self._readers.answers.read(words.text, words.language)
        if move in {"denies", "no", "safe", "helped"} and found.level != "crisis":
            return self._denied(words, move, "danger")
        if move in ACTS:
            episode.open(t, "emergency", danger.kind or episode.danger)
            return self._as(words, NEED, move=move, need="emergency")
        elsewhere = at_length(words) and goes_on_calmly(words) and not danger.kind  # « Oui, enfin, ça repousse… »
        if (move in {"affirms", "admits", "late"} and not elsewhere) or (danger.kind and danger.plain):
            episode.open(t, "emergency", danger.kind or episode.danger)
            return self._as(words, EMERGENCY, danger=episode.danger)
        if found.level in {"crisis", "ask"}:
            self._slight = found.level == "ask"
            episode.open(t, "doubt" if self._slight else "crisis")
            return self._as(words, SELF_HARM_MAYBE if self._slight else SELF_HARM)
        hushed = words.intent in HUSHES
        clear = episode.again or at_length(words) or ordinary(words) or self._stands_in_tables(words)
        if hushed or (clear and (elsewhere or move in {OTHER, "thanks"}) and not danger.kind):
            if not hushed:
                episode.end(t)
            return self._as(words, words.intent)
        episode.again = True
        return self._as(words, NEED, move=move, need="danger")

    def _answered(self, words: Utterance, move: str, found: Assessment) -> Utterance:
        """An answer to the careful question."""
        episode, t = self._episode, words.t
        risk = found.level != "none"
        grave = risk and found.score > NO_DENIAL
        if move in {"denies", "no", "safe", "helped"} and not grave:
            return self._denied(words, move, "doubt")
        evasive = risk or (bool(words.readings) and not ordinary(words, FAIRLY) and not lightly(words))
        affirmed = move in {"affirms", "admits", "late", "farewell", "unsure", "refuses", "no_phone"}
        if grave or affirmed or (evasive and move in {OTHER, "stay", "unsaid"}):
            self._slight = False
            episode.open(t, "crisis")
            return self._as(words, SELF_HARM)
        return self._as(words, NEED, move=move, need="doubt")

    def _denied(self, words: Utterance, move: str, need: str) -> Utterance:
        """A no to what was asked, which is over at once; but "no, it's my husband, he hits me"."""
        if self._readers.harm.is_named(words):
            return self._harmed(words)
        self._episode.let_go(words.t)
        return self._as(words, NEED, move="helped" if move == "helped" else "denies", need=need)

    def _stands_in_tables(self, words: Utterance) -> bool:
        return (words.language, plain(words.text).strip(" .!?")) in self._listed

    def _as(self, words: Utterance, intent: str, **slots: str) -> Utterance:
        """The utterance with this intent, and whom to call."""
        service = SERVICES.get(slots.get("danger", self._episode.danger), "medical")
        told = dict(words.slots) | dict(called(self._country, words.language, service).slots) | slots
        if slots.get("danger") == HARM:
            told["helplines"] = helplines(self._country, words.language)
        if intent in OWN and words.t <= self._episode.by_person_until:
            told["by_person"] = "yes"
        told.pop(MEANT, None)
        if intent in OWN:
            return replace(words, intent=intent, slots=tuple({**told, MEANT: words.intent}.items()), confidence=1.0)
        return replace(words, intent=intent, slots=tuple(told.items()))


def _at_risk(found: Assessment, words: Utterance) -> bool:
    """Whether a line that may tell of harm rather tells of a wish to die; without a network its signs decide."""
    if found.level != "ask" or not words.need:
        return found.level == "crisis" or (found.level == "ask" and found.sign)
    return probable(words.need) >= (SOME_RISK if found.sign else MUCH_RISK)


@lru_cache(maxsize=1)  # the robots of one process have the same tables
def _listed(phrases: Phrases) -> frozenset[tuple[str, str]]:
    """The wordings, each with its language, of what is neither told nor need."""
    return frozenset(
        (language, plain(wording))
        for language in phrases.languages
        for intent, wordings in phrases.wordings(language).items()
        if intent not in TELLING and intent not in OWN
        for wording in wordings
    )
