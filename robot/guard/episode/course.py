"""The course of an episode of need: what each line means outside of one and inside, and what becomes of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.manners import is_bright
from robot.core.meanings import meanings
from robot.guard.episode.answers import OTHER
from robot.guard.episode.episode import BY_PERSON, ENDS, HARM, NeedEpisode
from robot.guard.harm.reader import WANTS_CARE
from robot.guard.light_lines import (
    CLEAR,
    FAIRLY,
    TELLING,
    at_length,
    goes_on_calmly,
    is_calm_again,
    lightly,
    ordinary,
    weighs,
)
from robot.guard.need_meanings import EMERGENCY, EMERGENCY_MAYBE, HEAVY, NEED, OWN, SELF_HARM, SELF_HARM_MAYBE
from robot.guard.second_opinion import DANGER_BARS, GENERAL, probable
from robot.sense.language.lexicon import plain
from robot.texts.languages import house

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.guard.crisis.classifier import Assessment, Level
    from robot.guard.emergency.reader import Danger
    from robot.guard.readers import Readers, ToldOfNeed
    from robot.sense.language.phrases import Phrases

BODILY = frozenset({"poison", "bleeding", "breath", "collapse"})  # what comes before a wish to die in the same line
ACTS = frozenset({"calls", "coming", "no_phone", "refuses", "unsure", "farewell"})  # answers of who is in danger
HERE = frozenset({"helped", "coming"})  # of who is with somebody: who harms them may be that one
SETTLED = frozenset({"denies", "safe", "helped", "coming", "number"})  # answers that leave nothing to be asked about
VAGUE = frozenset({"", GENERAL, "violence", "intruder"})  # dangers that harm may be behind, where they are not plain
# How probable a wish to die must be by the network, with a sign of one and without, where harm by another is told.
SOME_RISK, MUCH_RISK = 0.05, 0.5
HUSHES = frozenset({"stop", "quiet"})
CURT = 4  # words: "he's here", « Il est là ! », of whom that is said
NO_DENIAL = 0.2  # risk of a line that is no denial, whatever it says: “just so tired, I want to sleep and not wake up”
CALM_LEVELS = frozenset({"none", "faint"})


class Taken(NamedTuple):
    """The intent of a line as it is to be taken, and its slots beside whom to call."""

    intent: str
    slots: dict[str, str]


class EpisodeCourse:
    """Moves one episode, line by line."""

    def __init__(self, episode: NeedEpisode, readers: Readers, phrases: Phrases) -> None:
        self._episode = episode
        self._readers = readers
        self._slight = False  # what began the episode was little: an ordinary line shows that it was none
        self._listed = _listed(phrases)

    def take(self, words: Utterance, told: ToldOfNeed, *, guess: bool) -> Taken:
        """A line, by what it tells. `guess`: it may be an answer in a game."""
        danger, alone, found, harmed = told
        vague = danger.kind in VAGUE and not danger.sure and not (danger.kind and danger.plain)
        if self._episode.kind == "danger" and self._episode.danger == HARM:
            named = alone.kind not in VAGUE or (alone.kind in BY_PERSON and not harmed)
            told_of = alone if named and not (danger.kind and danger.plain) else danger
            return self._of_harm(words, told_of, found, harmed=harmed)
        if self._episode.kind == "danger":
            return self._of_danger(words, danger, found)
        if self._episode.kind:
            return self._inside(words, danger, found)
        if harmed and vague and not _at_risk(found, words):
            return self._harmed(words, found.level, anew=bool(danger.kind))
        return self._outside(words, danger, found, guess=guess)

    def _outside(self, words: Utterance, danger: Danger, found: Assessment, *, guess: bool) -> Taken:
        """A line while nothing is open. `guess`: it may be an answer in a game."""
        episode, t = self._episode, words.t
        listed = self._stands_in_tables(words)
        plainly = found.level == "crisis" and found.sign
        if danger.kind and not listed and (not plainly or danger.sure or danger.kind in BODILY):
            self._slight = False
            unnamed = danger.kind == GENERAL and not danger.sure
            episode.open(t, "emergency" if danger.plain else "danger", danger.kind, unnamed=unnamed)
            return _taken(EMERGENCY if danger.plain else EMERGENCY_MAYBE, danger=danger.kind)
        if found.level == "crisis" and not (listed and not found.sign):
            self._slight = False
            episode.open(t, "crisis")
            return _taken(SELF_HARM)
        if t <= episode.given_until and self._readers.answers.read(words.text, words.language) == "number":
            return _taken(NEED, move="number", need=episode.given, danger=episode.given_danger)
        if danger.unsure and found.level == "none" and not listed:
            found = found._replace(level="faint", sign=False)
        asked_what = danger.unsure and danger.score > DANGER_BARS.first  # a danger that the talk has made less likely
        doubt = guess if found.sign else listed or guess or (found.score < weighs(words) and not asked_what)
        understood = words.intent != "unknown" and (words.confidence >= CLEAR or ordinary(words, FAIRLY))
        if found.level == "none" or doubt:
            careful = self._readers.harm.is_hinted(words, WANTS_CARE) and not (understood or listed or guess)
            return _taken(HEAVY if careful else words.intent)
        if episode.add(t, found.level):
            self._slight = True
            episode.open(t, "doubt")
            return _taken(SELF_HARM_MAYBE)
        return _taken(words.intent if understood or is_bright(words.manners) else HEAVY)

    def _inside(self, words: Utterance, danger: Danger, found: Assessment) -> Taken:
        """A line while an episode is open: an answer first; nothing else answers it."""
        episode, t = self._episode, words.t
        episode.last = t
        move = self._move(words, danger, found)
        answerless = self._slight and move == OTHER and not danger.kind and found.level in CALM_LEVELS
        was_none = answerless and (ordinary(words) or (episode.kind == "doubt" and is_calm_again(words, found)))
        calm = move == OTHER and found.level == "none" and not danger.kind and goes_on_calmly(words)
        if was_none or episode.goes_on(calm=calm, danger=bool(danger.kind)):
            episode.end(t)
            if was_none:
                episode.add(t, "faint")
            return _taken(words.intent)
        settled = move in SETTLED
        if words.intent in HUSHES and not settled and found.level == "none" and not danger.kind:
            return _taken(words.intent)  # "it stopped bleeding" is none
        if danger.kind and not settled and (danger.kind != episode.danger or episode.kind != "emergency"):
            self._slight = self._slight and not danger.plain
            episode.open(t, "emergency", danger.kind)
            return _taken(EMERGENCY, danger=danger.kind)
        if found.level == "crisis" and not settled and (episode.kind != "emergency" or episode.danger == HARM):
            self._slight, again = False, episode.kind == "crisis"
            episode.open(t, "crisis")
            return _taken(NEED, move="grows", need="crisis") if again else _taken(SELF_HARM)
        if episode.kind == "doubt":
            return self._answered(words, move, found)
        if episode.kind == "crisis" and move == "no":
            move = "refuses"
        kind = episode.kind
        if move in ENDS:
            episode.let_go(t)
        elif move in {"late", "admits", "grows"}:
            episode.ended = False
        return _taken(NEED, move=move, need=kind)

    def _move(self, words: Utterance, danger: Danger, found: Assessment) -> str:
        """What it answers; where a person is the danger, "he's here" tells of no help. What sounds like good news and
        tells of a danger by name, or of more risk amid a wish to die, is none: it grows.
        """
        move = self._answer(words)
        there = self._episode.danger in BY_PERSON and move in HERE and len(words.text.split()) <= CURT
        if self._episode.kind == "crisis" and found.level != "none":
            belied = move in SETTLED - {"number"} | {"calls"}
        else:
            belied = move in ENDS and _is_named(danger)
        if belied:
            return "grows"
        return OTHER if there else move

    def _answer(self, words: Utterance) -> str:
        """The move of a line as it counts here: "he has gone" is good news only of who was the danger, and who wants to
        die and needs no help does not take that back.
        """
        episode = self._episode
        move = self._readers.answers.read(words.text, words.language)
        if move == "left":
            return "safe" if episode.danger in BY_PERSON else OTHER
        if move == "unneeded":
            return "refuses" if episode.kind == "crisis" else "safe"
        return move

    def _harmed(self, words: Utterance, risk: Level = "none", *, anew: bool = False) -> Taken:
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
            return _taken(EMERGENCY_MAYBE, danger=HARM)
        episode.again = True
        return _taken(NEED, move="grows", need="danger", danger=HARM, again="yes")

    def _of_harm(self, words: Utterance, danger: Danger, found: Assessment, *, harmed: bool) -> Taken:
        """A line after that was asked. Who is there or comes may be the one who does it, and much that answers the
        careful question is said here of something else: only a bare yes is one.
        """
        episode, t, again = self._episode, words.t, "yes" if self._episode.again else ""
        episode.last = t
        move = self._answer(words)
        at_risk = _at_risk(found, words) or (found.level == "ask" and not harmed)
        elsewhere = at_length(words) and (self._slight or goes_on_calmly(words))
        yes = move == "affirms" and not again and not elsewhere
        urgent = bool(danger.kind) and danger.plain
        if (yes or urgent) and (not at_risk or danger.sure or danger.kind in BODILY):
            self._slight = False
            episode.open(t, "emergency", danger.kind if urgent and danger.kind != GENERAL else HARM)
            return _taken(EMERGENCY, danger=episode.danger)
        if at_risk:
            self._slight = found.level == "ask"
            episode.open(t, "doubt" if self._slight else "crisis")
            return _taken(SELF_HARM_MAYBE if self._slight else SELF_HARM)
        if move in {"denies", "no", "safe"} and not harmed and not danger.kind:
            episode.let_go(t)
            return _taken(NEED, move="denies", need="danger", danger=HARM, again=again)
        if words.intent in HUSHES:
            return _taken(words.intent)
        none = self._slight and (elsewhere or goes_on_calmly(words))
        clear = again or none or ordinary(words) or self._stands_in_tables(words)
        if clear and (none or move in {OTHER, "thanks"}) and not harmed and not danger.kind:
            episode.end(t)
            return _taken(words.intent)
        episode.again = episode.again or move not in HERE | {"number"}
        return _taken(NEED, move=move, need="danger", danger=HARM, again=again)

    def _of_danger(self, words: Utterance, danger: Danger, found: Assessment) -> Taken:
        """A line after it was asked whether anybody is in danger: who is calm, or does not answer twice, is not."""
        episode, t = self._episode, words.t
        episode.last = t
        move = self._answer(words)
        if move in {"denies", "no", "safe", "helped"} and found.level != "crisis" and not _is_named(danger):
            return self._denied(words, move, "danger")
        if move in ACTS:
            episode.open(t, "emergency", danger.kind or episode.danger)
            return _taken(NEED, move=move, need="emergency")
        elsewhere = at_length(words) and goes_on_calmly(words) and not danger.kind  # « Oui, enfin, ça repousse… »
        if (move in {"affirms", "admits", "late"} and not elsewhere) or (danger.kind and danger.plain):
            episode.open(t, "emergency", danger.kind or episode.danger)
            return _taken(EMERGENCY, danger=episode.danger)
        if found.level in {"crisis", "ask"}:
            self._slight = found.level == "ask"
            episode.open(t, "doubt" if self._slight else "crisis")
            return _taken(SELF_HARM_MAYBE if self._slight else SELF_HARM)
        hushed = words.intent in HUSHES
        clear = episode.again or at_length(words) or ordinary(words) or self._stands_in_tables(words)
        if hushed or (clear and (elsewhere or move in {OTHER, "thanks"}) and not danger.kind):
            if not hushed:
                episode.end(t)
            return _taken(words.intent)
        episode.again = True
        return _taken(NEED, move=move, need="danger")

    def _answered(self, words: Utterance, move: str, found: Assessment) -> Taken:
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
            return _taken(SELF_HARM)
        return _taken(NEED, move=move, need="doubt")

    def _denied(self, words: Utterance, move: str, need: str) -> Taken:
        """A no to what was asked, which is over at once; but "no, it's my husband, he hits me"."""
        if self._readers.harm.is_named(words):
            return self._harmed(words)
        self._episode.let_go(words.t)
        return _taken(NEED, move="helped" if move == "helped" else "denies", need=need)

    def _stands_in_tables(self, words: Utterance) -> bool:
        return (words.language, plain(words.text).strip(" .!?")) in self._listed


def _taken(intent: str, **slots: str) -> Taken:
    return Taken(intent, slots)


def _is_named(danger: Danger) -> bool:
    """Whether words tell which danger it is, and leave no question."""
    return danger.kind not in {"", GENERAL} and (danger.plain or danger.sure)


def _at_risk(found: Assessment, words: Utterance) -> bool:
    """Whether a line that may tell of harm rather tells of a wish to die; without a network its signs decide."""
    if found.level != "ask" or not words.need:
        return found.level == "crisis" or (found.level == "ask" and found.sign)
    return probable(words.need) >= (SOME_RISK if found.sign else MUCH_RISK)


@lru_cache(maxsize=1)  # the robots of one process have the same tables
def _listed(phrases: Phrases) -> frozenset[tuple[str, str]]:
    """The house's own wordings, each with its language, of what is neither told nor need. Nobody has looked for need
    through those that a behaviour of somebody's own brings, or a language.
    """
    return frozenset(
        (language, plain(wording))
        for language in house()
        if language in phrases.languages
        for intent, wordings in phrases.wordings(language).items()
        if intent in meanings() and intent not in TELLING and intent not in OWN
        for wording in wordings
    )
