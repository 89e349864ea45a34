"""Writes the talk: what is said to the robot and by it, what was told, and of whom.

The mind's diary alone writes; everybody else reads its page (`robot/core/talk.py`).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from robot.core.meanings import is_general, is_told
from robot.core.talk import NEVER, Mentioned, Subject, Talk, Turn, spoken_of
from robot.decide.dialogue.in_its_place import in_its_place
from robot.decide.dialogue.put_right import CORRECTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.intents import Say
    from robot.core.percepts import Utterance

KEPT_TURNS, KEPT_TOPICS, KEPT_PEOPLE, KEPT_LINES = 40, 16, 24, 6
LATER = "later_"  # phrases by which the robot comes back to a topic
LOUD_AGAIN = frozenset({"wants_talk", "tells_story", "wants_listen", "wants_joke"})  # these end quiet company


class TalkWriter:
    """Keeps one talk."""

    def __init__(self) -> None:
        self._turns: deque[Turn] = deque(maxlen=KEPT_TURNS)
        self._topics: deque[Subject] = deque(maxlen=KEPT_TOPICS)
        self._people: deque[Mentioned] = deque(maxlen=KEPT_PEOPLE)
        self._n = 0
        self._asked_at_turn = NEVER
        self._missed = 0
        self._quiet = False
        self._dropped: tuple[str, ...] = ()

    def page(self) -> Talk:
        """The talk as it is now."""
        return Talk(
            turns=tuple(self._turns),
            topics=tuple(self._topics),
            people=tuple(self._people),
            asked_at_turn=self._asked_at_turn,
            missed=self._missed,
            quiet=self._quiet,
            dropped=self._dropped,
        )

    def take(self, words: Utterance, answering: str) -> Utterance:
        """Take in what was said; the words with what they mean in this place. `answering`: the question they answer."""
        words = in_its_place(words, self.page(), answering)
        self._n += 1
        self._turns.append(Turn(words.t, self._n, person=True, text=words.text, intent=words.intent))
        self._missed = 0 if words.understood or answering else self._missed + 1
        slots = dict(words.slots)
        self._meet(slots)
        if words.intent == "wants_quiet_company":
            self._quiet = True
        elif words.intent in LOUD_AGAIN:
            self._quiet = False
        if words.intent == CORRECTS:
            self._correct(slots)
        elif words.intent == "wants_forget_that":
            self._drop_last()
        elif is_told(words.intent) and not (is_general(words.intent) and self.topic_is_open):
            self._tell(words, slots)
        elif self._topics and (answering or is_general(words.intent) or self._may_belong(words)):
            self._go_on(words, slots)
        return words

    def take_back(self, t: float) -> None:
        """What was said at that time was misread: it is no turn, and told nothing."""
        turn = next((one for one in reversed(self._turns) if one.person and one.t == t), None)
        if turn is None:
            return
        self._turns.remove(turn)
        self._missed = max(0, self._missed - 1)
        self._quiet = self._quiet and turn.intent != "wants_quiet_company"
        kept = (one._replace(told=tuple(line for line in one.told if line != turn.text)) for one in self._topics)
        self._topics = deque((one for one in kept if one.told), maxlen=KEPT_TOPICS)

    def say(self, t: float, say: Say) -> None:
        """Note what the robot said."""
        self._turns.append(Turn(t, self._n, person=False, text=say.text, intent=say.phrase))
        if say.question is None:
            return
        self._asked_at_turn = self._n
        if say.phrase.startswith(LATER):
            self._come_back_to(say.phrase.removeprefix(LATER))
        elif self._topics:
            last = self._topics[-1]
            self._topics[-1] = last._replace(asked=last.asked + 1)

    def _come_back_to(self, intent: str) -> None:
        """An earlier topic is the one that is spoken of now."""
        for topic in [one for one in self._topics if one.intent == intent]:
            self._topics.remove(topic)
            self._topics.append(topic._replace(n=self._n, asked=topic.asked + 1, revisited=True))

    def _meet(self, slots: Mapping[str, str]) -> None:
        who, relation, name = slots.get("who", ""), slots.get("relation", ""), slots.get("called", "")
        if not who:
            return
        last = self._people[-1] if self._people else None
        if name and not relation and last is not None and last.relation and not last.name:
            who, relation = last.who, last.relation  # "my daughter ..."; then: "Emma, the eldest"
        known = next((one for one in self._people if (relation and one.relation == relation) or one.who == who), None)
        if known is not None:
            self._people.remove(known)
            name = name or known.name
        self._people.append(Mentioned(who, relation, name, self._n))

    def _tell(self, words: Utterance, slots: Mapping[str, str]) -> None:
        """Something is told: a topic of its own, or more of one that was told before."""
        same = next((one for one in reversed(self._topics) if one.intent == words.intent), None)
        who, when = slots.get("who", ""), slots.get("when", "")
        if same is not None and who and same.who and who != same.who:
            same = None
        if same is None:
            self._topics.append(Subject(words.intent, words.t, self._n, who=who, when=when, told=(words.text,)))
            return
        self._topics.remove(same)
        told = (*same.told, words.text)[-KEPT_LINES:]
        self._topics.append(same._replace(t=words.t, n=self._n, who=who or same.who, when=when or same.when, told=told))

    def _correct(self, slots: Mapping[str, str]) -> None:
        """The last topic was of somebody else."""
        if self._topics and "who" in slots:
            self._topics[-1] = self._topics[-1]._replace(who=slots["who"], n=self._n)
        wrong = next((one for one in reversed(self._people) if one.relation and one.n < self._n), None)
        if wrong is not None and "called" in slots and "relation" not in slots:
            self._people = deque((one for one in self._people if one.who != slots["who"]), maxlen=KEPT_PEOPLE)
            self._people.remove(wrong)
            self._people.append(wrong._replace(name=slots["called"], n=self._n))

    def _drop_last(self) -> None:
        """What was told last, and the line before the wish to have it forgotten, are gone from the talk."""
        said = [turn.text for turn in self._turns if turn.person][-2:-1]
        told = self._topics.pop().told if self._topics else ()
        self._dropped = (*told, *(line for line in said if line not in told))
        self._turns = deque((turn for turn in self._turns if turn.text not in self._dropped), maxlen=KEPT_TURNS)

    @property
    def topic_is_open(self) -> bool:
        """Whether what was told last is still spoken of: what is said then, and has no meaning of its own, is of it."""
        return spoken_of(self._topics, self._n) is not None

    def _may_belong(self, words: Utterance) -> bool:
        """Whether words that were not understood may be more of what is spoken of."""
        return not words.understood and "?" not in words.text and self.topic_is_open

    def _go_on(self, words: Utterance, slots: Mapping[str, str]) -> None:
        """What is said further belongs to what was told last: an answer to a question of the robot's, or more of it."""
        last = self._topics[-1]
        told = (*last.told, words.text)[-KEPT_LINES:]
        self._topics[-1] = last._replace(
            t=words.t,
            n=self._n,
            who=last.who or slots.get("who", ""),
            when=last.when or slots.get("when", ""),
            told=told,
        )
