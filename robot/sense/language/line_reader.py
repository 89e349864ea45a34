"""The reader: what a line means, by the tables where they are sure, else by the network of meanings beside the loop.

Utterances come from hearing with what the tables took them for. Those that the tables are sure of pass at once; the
others wait for the network, which works in a process of its own (`reading_worker.py`) and starts with the first of
them. With `lockstep` the loop waits for it, so that a run repeats. Where there is no network the tables decide alone,
and health says so.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import stopwatch
from robot.core.language_words import any_of
from robot.core.meanings import act_of, is_of_itself, meanings
from robot.core.messages import REMARK, SAID_BACK, Condition, Health, Readings, Utterance
from robot.core.tone import likeliest_act, told_by_tone
from robot.core.typed_toml import Table
from robot.sense.language.addressee import without_robot
from robot.sense.language.as_asked import as_asked
from robot.sense.language.greeted import behind_greeting
from robot.sense.language.mentions import mentions
from robot.sense.language.polarity import is_dark, without_cheer
from robot.sense.language.reading_pool import new_worker
from robot.sense.language.reflection import reflected
from robot.sense.language.spoken_language import spoken_language
from robot.texts.languages import brought
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.messages import Percept
    from robot.parts.workers import Worker
    from robot.sense.language.phrases import Phrases
    from robot.sense.language.reading_pool import ReadingPool

log = logging.getLogger(__name__)

SETTLED = 0.98  # of the tables: a wording that stands in them
PLAIN = 0.8  # of the tables, for what must never be missed
LIKELY = 0.95  # of the tables, against a network that is not sure
BRIEF = 2  # words, which alone may mean anything: the network must be sure
FEW = 6  # words of a line that is taken for a command; in a longer one it may be said in passing ("quiet lad, Daniel")
# Of the remarks: from where on a line is the one that it is likest to; and where its meaning is clear and answers it.
REMARKED, REMARKED_SURELY, CLEAR = 0.45, 0.7, 0.9
# Meanings whose own answers duties ask for.
OWED = frozenset(
    {
        "are_you_alive",
        "are_you_human",
        "are_you_recording",
        "do_you_love_me",
        "keep_a_secret",
        "keep_from_parents",
        "promise_never_to_leave",
        "should_i_buy",
        "what_do_i_feel",
        "without_a_maker",
    }
)
ASKING = (
    "do_you_",
    "are_you_",
    "can_you_",
    "will_you_",
    "what_",
    "why_",
    "how_",
    "where_",
    "who_",
    "should_",
)  # remarks
SOMETHING = "tells_something"
CALM, CALMLY = "none", 0.8  # of the kinds of need: how probable it must be that a remark is none
UNTOLD, LESS_SURE = 0.005, 0.5  # of two opinions: what one gives a meaning that it does not tell; the lines' weight
SURE, PERHAPS, CERTAIN = 0.5, 0.4, 0.95  # of the network; the last for what would still the robot
CURT = frozenset({"social", "answers", "manages"})  # acts that a line of some words must surely have: it may tell more
ASKED = 0.35  # of what a question may ask, where it is likest to something told
PARTICULAR = 0.6  # from where on it is said what somebody tells; below it only the tone of it counts
LISTED, HEARD_OF = 3, 0.05  # readings of the network in which a meaning of the tables counts as confirmed
# What the tables decide where they are fairly sure: what a person must be able to rely on.
TRUSTED = 0.8  # how much of the tables' confidence counts where the network has their meaning among its first
COMMANDS = frozenset({"wants", "manages"})
INTRODUCES = "i_spoke_of"
NAMES_ONESELF = "my_name_is"  # nothing without a name
OF_A_CHILD = "i_am_a_child"  # tells a name, too: "I'm Zoe and I'm seven"
NO_NAME = 0.7  # of the network: what is told instead
IN_PASSING = frozenset({"repeat", "more"})  # "again" ends many a line: "I stayed in today. Again."
EXACT = frozenset({"stop", "quiet", "help", "self_harm", "move_again", "my_name_is"})
STILLS = EXACT | {"sleep", "forget_me", "end_of_life"}  # taken from the network only where it is certain
BARE = " .!?\u2026"  # taken off the ends of a line
_PARTS = re.compile(r"[.,;:!?\u2026]")  # of several, one may be the lesser
MOST_PARTS = 6  # each is looked up, in the loop's time; of more only the first and the last
_QUESTION = re.compile(r"[^.;!?\u2026]+\?+")
_AT_LENGTH = re.compile(r"([^\W\d])\1{2,}")  # a letter drawn out: "so boooored"
PATIENCE_S = 1.5  # real time that a line waits for the network; then the tables decide alone
LOADING_S = 30.0  # and while it is still loading, or where the loop waits for it
RETRY_S = 30.0


class TagWords(Table):
    """[tags] of a language's words: a pattern of what makes a question of a line that only wants to hear yes."""

    pattern: str


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(rf",? ?\b(?:{any_of(TagWords, 'tags', 'pattern')['pattern']})\W*$", re.IGNORECASE)


class Read(NamedTuple):
    """What the network makes of a line."""

    readings: Readings = ()
    need: Readings = ()
    remark: tuple[str, float] = ("", 0.0)


class Waiting(NamedTuple):
    """An utterance that waits for the network."""

    words: Utterance
    line: str  # as the network was asked for it
    asked_at: float  # by stopwatch


class LineReader:
    """Stands between hearing and the watch."""

    def __init__(
        self, phrases: Phrases, *, lockstep: bool = False, network: bool = True, pool: ReadingPool | None = None
    ) -> None:
        """`network` False: the tables alone, because the configuration says so. `pool`: where its process comes from;
        None: one of its own.
        """
        self._phrases = phrases
        self._lockstep = lockstep
        self._wanted = network
        self._pool = pool
        self._worker: Worker | None = None
        self._ready = False
        self._fault: tuple[AnyText, AnyText] | None = None
        self._lesser: tuple[AnyText, AnyText] | None = None  # what it goes on without
        self._retry_at = 0.0
        self._waiting: deque[Waiting | Utterance] = deque()
        self._read: dict[str, Read] = {}

    def renew(self, phrases: Phrases) -> None:
        """Understand by these tables from now on."""
        self._phrases = phrases

    def over(self, percepts: Iterable[Percept]) -> list[Percept]:
        """The percepts, with each utterance as it is to be understood; some come a moment later, in their order."""
        out: list[Percept] = []
        for percept in percepts:
            if isinstance(percept, Utterance):
                self._take(percept)
            else:
                out.append(percept)
        if self._waiting:
            out += self._finished()
        return out

    def start(self) -> None:
        """Load the network ahead of the first line."""
        if self._wanted and self._worker is None and stopwatch() >= self._retry_at:
            self._worker = new_worker() if self._pool is None else self._pool.take()
            self._ready = False

    def health(self) -> Health:
        if not self._wanted:
            return Health("reader", Condition.OFF, sentence("health.switched_off_in_configuration"))
        lacks = self._fault or self._lesser
        if lacks is not None:
            return Health("reader", Condition.LESSER, *lacks, ailment="reader_lesser")
        return Health("reader", Condition.OK, sentence("health.reads_meanings"))

    @property
    def pid(self) -> int | None:
        """Process id of the network's worker, for those who watch it."""
        return self._worker.pid if self._worker is not None else None

    def close(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None and self._pool is not None and worker.alive:
            self._pool.give_back(worker)
        elif worker is not None:
            worker.close()

    def _take(self, words: Utterance) -> None:
        words = self._by_tables(words)
        bare = words.text.strip(BARE)
        settled = words.confidence >= SETTLED and not _PARTS.search(bare)
        line = _AT_LENGTH.sub(r"\1", behind_greeting(words.text))
        if not bare or settled:
            self._waiting.append(words)
        elif not self._asks(line):
            self._waiting.append(by_its_lines(words, ()))
        else:
            self._waiting.append(Waiting(words, line, stopwatch()))

    def _by_tables(self, words: Utterance) -> Utterance:
        """As the tables of the language that it is said in have it, with whom and when it speaks of, and said back."""
        language = self._language(words) if words.via in {"typed", "program"} else words.language
        if language != words.language and language in self._phrases.languages:
            heard = self._phrases.understand(words.text, language)
            words = replace(
                words, language=language, intent=heard.intent, slots=heard.slots, confidence=heard.confidence
            )
        words = self._asked_in(words)
        taken = {name for name, _ in words.slots}
        more = tuple(slot for slot in mentions(words.text, words.language) if slot[0] not in taken)
        back = reflected(words.text, words.language)
        if back:
            more += ((SAID_BACK, back),)
        return replace(words, slots=(*words.slots, *more)) if more else words

    def _asked_in(self, words: Utterance) -> Utterance:
        """With what the tables have behind a greeting or thanks ("Thanks. How long is left?"), or else with the command
        or name in one of its parts: "Louder! I've the hoover going", "Call me Bernie, please".
        """
        parts = [part for part in _PARTS.split(words.text) if part.strip(BARE)]
        if words.understood or len(parts) < 2:
            return words
        behind = behind_greeting(words.text)
        greeted = (behind,) if behind != words.text else ()  # else it is the line, of which the tables know nothing
        for part in (*greeted, *(parts if len(parts) <= MOST_PARTS else (parts[0], parts[-1]))):
            heard = self._phrases.understand(part, words.language)
            named = heard.intent == NAMES_ONESELF and heard.slots
            sure = heard.confidence >= SETTLED and heard.intent not in STILLS | IN_PASSING
            if named or (sure and (part is behind or act_of(heard.intent) in COMMANDS)):
                return replace(words, intent=heard.intent, slots=heard.slots, confidence=LIKELY)
        return words

    def _language(self, words: Utterance) -> str:
        """That of its common words; else that whose tables alone have the line."""
        language = spoken_language(words.text, words.language)
        if language != words.language or words.understood:
            return language
        others = (one for one in self._phrases.languages if one != words.language)
        return next(
            (one for one in others if self._phrases.understand(words.text, one).confidence >= SETTLED), language
        )

    def _asks(self, line: str) -> bool:
        """Ask the network, where there is one."""
        self.start()
        if self._worker is None:
            return False
        self._worker.send(line)
        return True

    def _finished(self) -> list[Utterance]:
        """What need wait no longer."""
        self._receive()
        out: list[Utterance] = []
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, Utterance):
                out.append(as_asked(first))
            else:
                read = self._wait_for(first)
                if read is None:
                    break
                words = replace(by_its_lines(first.words, read.readings), need=read.need)
                out.append(as_asked(with_remark(words, *read.remark)))
            self._waiting.popleft()
        if not self._waiting:
            self._read.clear()
        return out

    def _wait_for(self, first: Waiting) -> Read | None:
        """What the network makes of it; nothing where it is given up, None where it may still come."""
        key = first.line
        worker = self._worker
        while key not in self._read:
            left = first.asked_at + (PATIENCE_S if self._ready and not self._lockstep else LOADING_S) - stopwatch()
            if worker is None or not worker.alive or left <= 0.0:
                self._lose(worker)
                return Read()
            if not self._lockstep:
                return None
            worker.wait(left)
            self._receive()
        return self._read[key]

    def _receive(self) -> None:
        if self._worker is None:
            return
        for kind, *values in self._worker.receive():
            if kind == "lesser":
                self._lesser = (values[0], values[1])
                log.warning("no particular remark is known: %s", values[0])
                continue
            if kind == "fault":
                self._fault = (values[0], values[1])
                log.warning("lines are understood by the tables alone: %s", values[0])
                continue
            self._ready, self._fault = True, None  # one from a pool was ready before
            if kind == "read":
                text, *read = values
                self._read[text] = Read(*read)

    def _lose(self, worker: Worker | None) -> None:
        """It ended, hangs, or cannot be had: the tables go on alone, and it is tried again later."""
        if worker is None:
            return
        if self._fault is None:
            self._fault = (sentence("health.reader_hangs"), sentence("health.tried_again"))
            log.error("the reader %s; it is started anew later", "hangs" if worker.alive else "ended by itself")
        worker.close()
        self._worker = None
        self._retry_at = stopwatch() + RETRY_S


def by_its_lines(words: Utterance, readings: Readings) -> Utterance:
    """Words by the tables and the network's readings; and by the reader by lines where the language brings one: beside
    the network each counts for how sure it is of a meaning that the other has too, and alone where there is no network.
    """
    own = _by_lines(words) if words.language in brought() else ()
    return join(words, together(readings, own) if readings and own else readings or own)


def together(some: Readings, others: Readings) -> Readings:
    """Two opinions as one: the product of their probabilities, what one does not tell being little, summing to one."""
    first, second = dict(some), dict(others)
    names = first.keys() | second.keys()
    shares = {name: first.get(name, UNTOLD) * second.get(name, UNTOLD) ** LESS_SURE for name in names}
    total = sum(shares.values())
    return tuple(sorted(((name, p / total) for name, p in shares.items()), key=lambda one: (-one[1], one[0])))


def _by_lines(words: Utterance) -> Readings:
    from robot.sense.language.reader.by_lines import likeness  # noqa: PLC0415 - only a brought language wants it

    found = likeness(words.language)
    return () if found is None else found.of(_AT_LENGTH.sub(r"\1", behind_greeting(words.text)))


def join(words: Utterance, readings: Readings) -> Utterance:
    """What tables and network make of a line together; `unknown` where neither is sure."""
    slots = dict(words.slots)
    named = [name for name, p in readings[:1] if p >= PLAIN]
    if "called" in slots and named == [NAMES_ONESELF] and "relation" not in slots:
        words = replace(words, slots=(*words.slots, ("name", slots["called"])))
    elif "name" not in slots:
        readings = tuple(one for one in readings if one[0] != NAMES_ONESELF)
    readings = without_robot(readings, words.text, words.language)
    if words.text.rstrip().endswith((".", "!")) and "?" not in words.text:  # written as no question
        readings = tuple(one for one in readings if not _asks_of_the_world(one[0]) or one[1] >= PLAIN)
    if is_dark(words.text, words.language):
        readings = without_cheer(readings)
    words = replace(words, readings=readings)
    if not readings or _by_tables_alone(words, readings):
        return words
    intent, p = readings[0]
    few = len(words.text.split()) <= BRIEF
    tone = told_by_tone(readings) if p < PARTICULAR and act_of(intent) == "tells" and not few else ""
    if tone and {"relation", "called"} <= slots.keys():
        tone = INTRODUCES  # "my wife is called Odile"
    least = PLAIN if few else SURE if act_of(intent) in CURT else PERHAPS
    least = CERTAIN if intent in STILLS else least
    if _is_question(words.text) and (tone or act_of(intent) == "tells"):  # "who's your best friend?" tells of no friend
        asked = ((name, chance) for name, chance in readings if act_of(name) == "asks" and chance >= ASKED)
        intent, p = next(asked, ("unknown", 0.0))
        return replace(words, intent=intent, confidence=round(p, 2))
    if tone or (p >= least and not (few and intent in STILLS)):
        return replace(words, intent=tone or intent, confidence=round(p, 2))
    return replace(words, intent="unknown", confidence=0.0)


def _is_question(text: str) -> bool:
    """Whether it is one sentence, written as a question, and none that only wants to hear yes: "grand, isn't it?"."""
    return _QUESTION.fullmatch(text.strip()) is not None and _tag().search(text) is None


def with_remark(words: Utterance, remark: str, p: float) -> Utterance:
    """Words with the particular remark that they are, where that is likely, they ask for nothing to be done, and nobody
    may be in need.
    """
    owed = words.confidence >= SURE and words.intent in OWED
    if owed or act_of(words.intent) in COMMANDS or dict(words.need).get(CALM, 1.0) < CALMLY:
        return words
    clear = words.confidence >= CLEAR and act_of(words.intent) == "tells"
    if p < (REMARKED_SURELY if clear else REMARKED):
        return words
    if remark.startswith(ASKING) and "?" not in words.text and likeliest_act(words.readings) != "asks":
        return words  # "thanks, you're a love" asks for no love
    told = not words.understood and "?" not in words.text and likeliest_act(words.readings) != "asks"
    words = replace(words, slots=(*words.slots, (REMARK, remark)))
    return replace(words, intent=SOMETHING, confidence=round(p, 2)) if told else words


def _asks_of_the_world(intent: str) -> bool:
    """Whether it asks, and not about the robot, of which much is asked by telling: "you must feel something"."""
    return act_of(intent) == "asks" and not is_of_itself(intent)


def _names_no_one(words: Utterance, readings: Readings) -> bool:
    """Whether what the tables took for a name is none: "I'm Scottish, from Fife"."""
    meaning, p = readings[0]
    told = act_of(meaning) == "tells" and meaning not in {NAMES_ONESELF, OF_A_CHILD}
    return words.intent == NAMES_ONESELF and told and p >= NO_NAME


def _tells_of_somebody(words: Utterance, readings: Readings) -> bool:
    """Whether more is told of whom the tables found introduced: "I miss my husband most in the evenings"."""
    return words.intent == INTRODUCES and bool(told_by_tone(readings)) and readings[0][0] != INTRODUCES


def _by_tables_alone(words: Utterance, readings: Readings) -> bool:
    """Whether what the tables took it for stands, whatever the network makes of it."""
    if not words.understood or _names_no_one(words, readings) or _tells_of_somebody(words, readings):
        return False
    if words.intent not in meanings():
        return True  # the network knows nobody's own phrases
    p = readings[0][1]
    confirmed = words.intent in {name for name, chance in readings[:LISTED] if chance >= HEARD_OF}
    count = len(words.text.split())
    if words.intent in EXACT and words.confidence >= PLAIN and (confirmed or count <= FEW):
        return True
    if words.confidence >= LIKELY and act_of(words.intent) in COMMANDS and p < PLAIN and not words.slots:
        return True
    one_part = not _PARTS.search(behind_greeting(words.text).strip(BARE))
    weighty = max(SURE, TRUSTED * words.confidence) if confirmed else SURE * (words.confidence >= LIKELY)
    return (p < weighty and one_part) or (count <= BRIEF and p < PLAIN)
