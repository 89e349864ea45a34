"""A game by voice: which words belong to it, and what ends it.

What it asks is an open question like any other (`questions.py`), but a game bears an aside (“say that again”, “louder”)
and goes on. It ends when somebody leaves, is not well, wants something else or has had enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Question, Reply
from robot.core.meanings import act_of
from robot.decide.dialogue.questions import APART, OWN_CLAIM, PLAIN, answers, is_guess
from robot.decide.groups import CRISES, DISTRESS, FAREWELLS, HUSHES

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

WITHIN_S = 90.0  # so long it waits for an answer; nobody is asked twice
ASIDES = frozenset(
    [
        "repeat",
        "louder",
        "softer",
        "slower",
        "faster",
        "explain_more",
        "are_you_there",
        "testing",
        "do_you_understand",
        "wait",
        "laughs",
    ]
)
AT_ONCE = CRISES | FAREWELLS | HUSHES  # these end it whatever else they could mean
ENDS = (
    DISTRESS | (APART - ASIDES) | {"refuses", "other_topic", "to_somebody_else", "not_amused"}
)  # and these, but for a sure move
WISH = 0.8  # confidence from which a wish for something else ends a game
BARE = 2  # words; "story" alone is a word in a chain of words, and no wish for one
TELLING, FAIRLY = 4, 0.5  # words, and the confidence, from which somebody tells of a person
ENOUGH = "enough"  # under [answers]: it has been played enough,
OTHER_WAY = "other_way"  # or the players are to change places
GUESS = "guess"  # and what begins a guess
STRAYS = 2  # lines in a row that are no move, with which a game is left


class Move(NamedTuple):
    """Words that belong to a game; `sure` where they can be nothing else."""

    words: Utterance
    sure: bool


class Game:
    """One game: open from `begin` to `end`."""

    def __init__(
        self, name: str, asked: str = "", within_s: float = WITHIN_S, *, closed: bool = False, longest: int = 0
    ) -> None:
        """`asked`: the intent that asks for it, which words inside it may have as well (“Simon says ...”). `closed`: a
        move is one of a few kinds, such as yes and no: whoever says something else twice has left it. `longest`: words
        of what may be a move, though not surely; a remark that is longer is none, and the second in a row leaves it.
        """
        self.question = Question(name, Reply.WORDS, within_s)
        self._asked_for = asked
        self._closed = closed
        self._longest = longest
        self._strays: list[float] = []  # times of lines in a row that were no sure move
        self._asked_at: float | None = None

    @property
    def on(self) -> bool:
        return self._asked_at is not None

    def ask(self, t: float) -> Question:
        """What a sentence carries that waits for the next move."""
        self._asked_at = t
        return self.question

    def end(self) -> None:
        self._asked_at = None
        self._strays.clear()

    def look(self, state: State) -> None:
        """Look at it in each thought: a game that nobody goes on with is over, as is one that somebody left."""
        if self._asked_at is None:
            return
        late = state.t - self._asked_at > self.question.within_s
        if late or state.diary.farewell_at is not None or state.diary.hushed_at is not None:
            self.end()

    def move(self, state: State, means: Callable[[Utterance], bool]) -> Move | None:
        """The words that wait, where they are a move in this game; what is something else ends it, but for an aside.

        `means`: whether words can only be a move here (a number, a solution), however else they might be read.
        """
        words = state.diary.pending
        if words is None or not self.on:
            return None
        sure = means(words) or ENOUGH in state.answers(words)
        bare = sure and len(words.text.split()) <= BARE
        elsewhere = state.diary.answering not in {"", self.question.name}
        wish = words.intent != self._asked_for and _asks_for_something(words)
        plain = words.intent in APART - ASIDES and words.confidence >= PLAIN and not is_guess(words)
        if elsewhere or words.intent in AT_ONCE or ((wish or plain) and not bare):
            self.end()
            return None
        if sure:
            self._strays.clear()
            return Move(words, sure=True)
        remark = self._remarks(state, words)
        left = remark and self._stray(words)
        if words.intent in ASIDES or (remark and not left):
            self._asked_at = state.t
            return None
        if not remark and words.intent not in ENDS and answers(self.question, words) and not self._left_for(words):
            return Move(words, sure=False)
        self.end()
        return None

    def _remarks(self, state: State, words: Utterance) -> bool:
        """Whether somebody says something at length in passing, that guesses nothing."""
        long = 0 < self._longest < len(words.text.split()) and act_of(words.intent) != "answers"
        return long and not (GUESS in state.answers(words) or words.intent in ENDS or _other_matter(words))

    def _stray(self, words: Utterance) -> bool:
        """Note that a line is no sure move; whether it is one too many in a row."""
        if words.t not in self._strays:
            self._strays.append(words.t)
        return len(self._strays) >= STRAYS

    def _left_for(self, words: Utterance) -> bool:
        """Whether somebody speaks of another matter, and not of the game."""
        if self._closed and len(words.text.split()) > BARE and (self._stray(words) or words.confidence >= WISH):
            return True
        return _other_matter(words)


def _asks_for_something(words: Utterance) -> bool:
    return words.confidence >= WISH and words.intent.startswith("wants_") and not is_guess(words)


def _other_matter(words: Utterance) -> bool:
    """Whether somebody plainly tells of something that has nothing to do with a game: of their people, above all."""
    tells = act_of(words.intent) == "tells" and words.confidence >= FAIRLY
    if tells and "relation" in dict(words.slots) and len(words.text.split()) >= TELLING:
        return True
    return words.confidence >= PLAIN and not is_guess(words) and act_of(words.intent) in OWN_CLAIM | {"tells"}
