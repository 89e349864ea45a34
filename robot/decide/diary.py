"""Writes the diary: what was said to the robot and by it, what waits for an answer, and the cause of each deed.

The mind alone writes; everybody else reads the pages that it gives (`robot/core/diary.py`).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from robot.attend.attention import LOST_S
from robot.core.diary import Deed, Diary
from robot.core.intents import Forget, Hush, Question, Reply, Role, Say, Show, Sound, by_program
from robot.core.meanings import act_of
from robot.core.percepts import CHILD
from robot.core.profile import PLAIN, Profile
from robot.core.talk import OWN_TOPIC
from robot.core.ties import Ties
from robot.decide.contacts import Contacts
from robot.decide.dialogue.questions import LEAVES_OPEN, NAME_OF, answers, as_their_name, is_answer_alone, with_its_yes
from robot.decide.dialogue.questions import PLAIN as PLAIN_WORDS
from robot.decide.dialogue.talk import TalkWriter
from robot.decide.dialogue.weight import is_light, says_something, weight
from robot.decide.disclosures import Disclosures
from robot.decide.groups import (
    BRIDGES,
    CHILD_WORDS,
    CRISES,
    DISTRESS,
    FAINT,
    FAREWELLS,
    HUSHES,
    PUTS_OFF,
    SPEAKS_ON,
    UNWELL,
    WORD_FOR_WORD,
)
from robot.decide.manner_asked import as_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from robot.core.intents import Intent
    from robot.core.percepts import Utterance
    from robot.core.scene import Departure, Person, Scene
    from robot.core.voice_commands import Manner
    from robot.decide.earlier_runs import EarlierRuns

    Takes = Callable[[str, Utterance], bool]

BRIDGED_FOR = 8  # turns, in which people are not spoken of again
REST_AFTER_FAREWELL_S = 30 * 60.0  # duty 8
BACK_WITHIN_S, BACK_WITHIN_RAD = 20.0, 0.3  # of where they were last seen, whoever appears is taken for the same
PARTNER_GONE_S = 120.0  # alone for so long, whoever comes next may be somebody else
ANSWERS_NOBODY = frozenset({Role.NOTICE, Role.REQUESTED})  # what is said whatever words wait for an answer
ANSWER_WITHIN_S = 6.0  # older words get no answer: it would come out of the blue


def takes_any(question: str, words: Utterance) -> bool:  # noqa: ARG001 - whatever it is
    """Where nobody knows better, what may answer a question does."""
    return True


class BeforeWords(NamedTuple):
    """What the diary held before the newest words, so that they can be taken back."""

    times: frozenset[float]  # `t` of the words
    fields: dict[str, object]


NOTHING_BEFORE = BeforeWords(frozenset(), {})

# What words may change; what the robot said and counted stays.
TAKEN_BACK = (
    *("manner", "partner", "partner_track", "partner_hid", "question", "asked_at"),
    *("parted_at", "farewell_at", "farewell_answered", "hushed_at"),
    *("turns", "distress_turn", "faint", "child"),
)


def name_of_child(words: Utterance) -> str:
    """The name by which a child says how old it is; empty where it tells none, or another's: "my brother Max"."""
    slots = dict(words.slots)
    return slots.get("name", "" if "relation" in slots else slots.get("called", ""))


def _is_back(seen: Person, hid: Departure) -> bool:
    """Whether it may be the person who is no longer seen: the same track, or one that came since to the same place."""
    if seen.track == hid.track:
        return True
    came = hid.t - LOST_S <= seen.since <= hid.t + BACK_WITHIN_S
    return came and abs(seen.yaw - hid.yaw) <= BACK_WITHIN_RAD


@dataclass(slots=True)
class DiaryWriter:
    """The mind's record; its fields are those of a page, and what nobody else reads."""

    manner: Manner
    profile: Profile = PLAIN
    ties: Ties = field(default_factory=Ties)
    pending: Utterance | None = None
    partner: str = ""
    partner_track: int | None = None  # who was in focus when the name was told, while they are seen
    partner_hid: Departure | None = None  # where they were, once they are no longer seen
    question: Question | None = None  # what the robot asked last
    asked_at: float = 0.0
    answering: str = ""
    spoken_to_at: float | None = None
    parted_at: float | None = None
    farewell_at: float | None = None
    farewell_answered: bool = False
    hushed_at: float | None = None
    told: Disclosures = field(default_factory=Disclosures)
    turns: int = 0
    distress_turn: int | None = None
    faint: bool = False  # the watch was in least doubt before
    bridged_turn: int | None = None  # when people were last spoken of to somebody in distress
    child: bool = False
    contacts: Contacts = field(default_factory=Contacts)
    openings: deque[tuple[date, float]] = field(default_factory=lambda: deque(maxlen=64))
    last_said: str = ""
    last_role: Role | None = None
    asked_again_at: float | None = None
    restarted: str = ""
    talk: TalkWriter = field(default_factory=TalkWriter)
    deeds: deque[Deed] = field(default_factory=lambda: deque(maxlen=64))
    before: BeforeWords = NOTHING_BEFORE

    def remember(self, earlier: EarlierRuns) -> None:
        """Begin with what was counted in earlier runs."""
        self.openings.extend(earlier.openings)
        self.told.remember(earlier)

    def page(self) -> Diary:
        """The record as it is now."""
        return Diary(
            manner=self.manner,
            profile=self.profile,
            ties=self.ties,
            pending=self.pending,
            partner=self.partner,
            answering=self.answering,
            words_until=self._words_until(),
            spoken_to_at=self.spoken_to_at,
            parted_at=self.parted_at,
            farewell_at=self.farewell_at,
            farewell_answered=self.farewell_answered,
            hushed_at=self.hushed_at,
            told_robot_at=self.told.told_robot_at,
            told_robot_on=self.told.told_robot_on,
            told_much_on=self.told.told_much_on,
            informed=self.told.informed,
            informed_on=self.told.informed_on,
            turns=self.turns,
            distress_turn=self.distress_turn,
            child=self.child,
            contact_at=self.contacts.begun_at,
            openings=tuple(self.openings),
            last_said=self.last_said,
            last_role=self.last_role,
            asked_again_at=self.asked_again_at,
            restarted=self.restarted,
            talk=self.talk.page(),
            deeds=tuple(self.deeds),
        )

    def _words_until(self) -> float:
        asked = self.question
        return self.asked_at + asked.within_s if asked is not None and asked.reply is Reply.WORDS else -1.0

    def hear(self, scene: Scene, takes: Takes = takes_any) -> None:
        """Take in this tick's words; `takes`: whether they answer the question of that name."""
        if scene.alone_since is not None and scene.t - scene.alone_since > PARTNER_GONE_S:
            self.talk = TalkWriter()
            self._part()
            self.child, self.faint, self.distress_turn, self.bridged_turn = False, False, None, None
        self.told.see(scene)
        self._see_partner(scene)
        partner = self.partner
        if scene.utterances:
            self._hear_words(scene, takes)
        else:
            self._begin_anew(scene, spoken_to=False)
        if self.partner != partner:
            self.partner_track, self.partner_hid = scene.focus, None
        if self.pending is not None and scene.t - self.pending.t > ANSWER_WITHIN_S:
            self.pending = None

    def _see_partner(self, scene: Scene) -> None:
        """A known face has its own name. Another takes over a name only as whoever comes back to where its owner was:
        they turned away, or bent down.
        """
        for gone in scene.departures:
            if gone.track == self.partner_track:
                self.partner_track, self.partner_hid = None, gone
        seen, hid = scene.focused, self.partner_hid
        if seen is None:
            return
        if seen.who and seen.who != self.partner:
            self._part()
            self.partner = seen.who
        elif hid is not None and not seen.who and not _is_back(seen, hid):
            self._part()
        if self.partner and self.partner_track is None:
            self.partner_track, self.partner_hid = seen.track, None

    def _part(self) -> None:
        """Whom it speaks with is nobody it knows by name."""
        self.partner, self.partner_track, self.partner_hid, self.question = "", None, None, None

    def _hear_words(self, scene: Scene, takes: Takes) -> None:
        self._mark(scene.utterances)
        telling = [words for words in scene.utterances if says_something(words)]
        spoken_to = any(not words.by for words in telling)
        self._begin_anew(scene, spoken_to=spoken_to)
        if telling:
            self._let_be(scene.t, {words.intent for words in telling}, spoken_to=spoken_to)
        silent = self.hushed_at is not None or self.farewell_at is not None
        spoken = telling if silent else scene.utterances
        spoken = [self._take(scene.t, words, takes) for words in spoken]
        if spoken:
            self._let_wait(max(reversed(spoken), key=weight))

    def _mark(self, words: tuple[Utterance, ...]) -> None:
        """Take back what is put right by these words, and keep what they may change."""
        for one in words:
            if one.instead is not None:
                self._take_back(one.instead)
        fields = {name: getattr(self, name) for name in TAKEN_BACK}
        self.before = BeforeWords(frozenset(one.t for one in words), fields)

    def _take_back(self, t: float) -> None:
        """The words of that time were misread. What the newest ones changed is undone; older ones leave the talk."""
        if t in self.before.times:
            for name, value in self.before.fields.items():
                setattr(self, name, value)
        if self.pending is not None and self.pending.t == t:
            self.pending = None
        self.talk.take_back(t)

    def _begin_anew(self, scene: Scene, *, spoken_to: bool) -> None:
        """Half an hour after a goodbye, whoever comes or speaks ends it."""
        parted = self.parted_at
        if parted is None or scene.t - parted <= REST_AFTER_FAREWELL_S:
            return
        if spoken_to or any(person.since > parted for person in scene.people):
            self.parted_at = self.farewell_at = None

    def _let_be(self, t: float, intents: set[str], *, spoken_to: bool) -> None:
        """What of a tick's words asks for silence stands, whatever else was said in it; a person's words end it."""
        if intents & HUSHES:
            self.hushed_at = t
        elif spoken_to:
            self.hushed_at = None
        if intents & FAREWELLS:
            self.parted_at = self.farewell_at = t
            self.farewell_answered = False
        elif spoken_to:
            self.farewell_at = None

    def _take(self, t: float, words: Utterance, takes: Takes) -> Utterance:
        """The words as they are to be taken in this talk."""
        if not words.by:
            self.spoken_to_at = t
        self.turns += 1
        self.child = self.child or words.intent in CHILD_WORDS or CHILD in dict(words.slots)
        asked = self.question
        if asked is not None and asked.reply is Reply.YES_NO:
            words = with_its_yes(words)
        if asked is not None and asked.name == NAME_OF:
            words = as_their_name(words)
        if asked is not None and (words.understood or asked.reply is not Reply.YES_NO):
            in_time = t - self.asked_at <= asked.within_s
            answered = in_time and answers(asked, words) and takes(asked.name, words)
            self.answering = asked.name if answered else ""
            if self.answering or words.intent not in LEAVES_OPEN:
                self.question = None
            if self.answering and is_answer_alone(asked, words):
                words = replace(words, intent="unknown")
        else:
            self.answering = ""
        guessed = bool(self.answering) and words.confidence < PLAIN_WORDS  # "cold" is the opposite of "hot"
        guessed = guessed or (words.confidence < OWN_TOPIC and self.talk.topic_is_open)
        lately = self.bridged_turn is not None and self.turns - self.bridged_turn < BRIDGED_FOR
        puts_off = (act_of(words.intent) in PUTS_OFF or is_light(words)) and words.intent not in SPEAKS_ON
        if self.distress_turn is not None and puts_off:
            self.distress_turn += 1
        elif self._is_distress(words) and not guessed and not lately and self.distress_turn is None:
            self.distress_turn = self.turns
        self._adapt(words)
        return self.talk.take(words, self.answering)

    def _is_distress(self, words: Utterance) -> bool:
        """Whether words are of a distress that leads to people."""
        if words.intent == FAINT:
            before, self.faint = self.faint, True
            return before
        return words.intent in DISTRESS and words.intent != UNWELL

    def _let_wait(self, words: Utterance) -> None:
        """Words wait for an answer; those of a crisis do until they have it."""
        if self.pending is None or self.pending.intent not in CRISES or weight(words) >= weight(self.pending):
            self.pending = words

    def _adapt(self, words: Utterance) -> None:
        """Speak as the person asked."""
        slots = dict(words.slots)
        match slots.get("meant", words.intent):  # inside an episode of need, too
            case "my_name_is":
                self.partner = slots.get("name", "")
            case "i_am_a_child":
                self.partner = name_of_child(words) or self.partner
            case asked if not self.answering:  # "look down" in a game is no wish for a lower voice
                self.manner = as_asked(self.manner, asked)

    def note(self, t: float, civil: datetime, behavior: str, asked: Iterable[Intent], done: Iterable[Intent]) -> None:
        """Record what the guard let pass; words that an answer was tried for wait no longer."""
        own = (intent for intent in asked if not by_program(intent))
        if any(isinstance(intent, Say) and intent.role not in ANSWERS_NOBODY for intent in own):
            self.pending = None
        done = tuple(done)
        if any(isinstance(intent, Say) and intent.role is Role.CRISIS for intent in done):
            self.pending = None
        if self.contacts.begins(t, done):
            self.openings.append((civil.date(), t))
        for intent in done:
            match intent:
                case Say():
                    self._note_say(t, civil.date(), intent)
                case Hush():
                    self.told.cut_short()
                case Forget(name=name):
                    self._forget(name)
                    continue
                case Show() | Sound():
                    pass
                case _:
                    continue
            self.deeds.append(Deed(t, behavior, intent))

    def _forget(self, name: str) -> None:
        """What the memory lets go is known in this talk no more: somebody, or, without a name, everything."""
        if not name:
            self.talk = TalkWriter()
        if name in {"", self.partner}:
            self._part()

    def _note_say(self, t: float, day: date, say: Say) -> None:
        self.last_said, self.last_role = say.text, say.role
        self.talk.say(t, say)
        if self.told.present or not by_program(say):
            self._count_told(t, day, say)

    def _count_told(self, t: float, day: date, say: Say) -> None:
        """What people must be told is told; what a program has it say counts only where somebody is there."""
        self.told.say(t, day, say)
        asked = say.question
        if asked is not None and (asked.name not in WORD_FOR_WORD or asked.name == say.phrase):
            self.question, self.asked_at = asked, t
        if say.role is Role.FAREWELL:
            self.farewell_answered = True
        if say.phrase.startswith("back_after_"):
            self.restarted = ""
        if say.phrase == "not_understood":
            self.asked_again_at = t
        if say.phrase in BRIDGES:
            self.distress_turn, self.bridged_turn = None, self.turns
