"""Guess a number: somebody looks for the robot's, with its light as warm as they are near, or it looks for theirs."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from pydantic import Field

from robot import BehaviorConfig, Hold, Light, Mode, Say, Show, VoiceGame, said
from robot.decide.dialogue.game import OTHER_WAY
from robot.decide.teller import goes_on
from robot.sense.language.numbers import numbers_in, range_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

CLOSE = 2  # so near a guess is hot
COLD, WARM = (60, 110, 255), (255, 120, 40)
LIT = 0.4
ROUND_IT = 4  # words around the number of a guess
YOURS, MINE = "you_guess", "i_guess"  # whose number is guessed
OF_GOES = "of_goes"  # under [answers]: a number of goes
GIVES_UP = frozenset({"give_up", "unsure"})
OVER, UNDER, OR_JUST = "more_than", "less_than", "or_just"  # what a number is asked for instead of guessed


class GuessPhase(Enum):
    """Who does what next."""

    PERSON_GUESSES = auto()
    OFFERED = auto()  # to guess the person's
    READY = auto()  # asked whether they have one
    ROBOT_GUESSES = auto()


class GuessNumberConfig(BehaviorConfig):
    """What may be changed while it runs."""

    highest: int = Field(30, ge=5, le=1000, description="the greatest number where no range is named; the least is one")


class GuessNumber(VoiceGame):
    """Begins with its own number unless somebody says that they have one."""

    name = "guess_number"
    asked = "wants_guess_number"
    closed = True
    config = GuessNumberConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._phase = GuessPhase.PERSON_GUESSES
        self._lowest, self._highest = 1, 1
        self._number = 1  # its own, or its guess
        self._left = (1, 1)  # what the person's may still be
        self._light: Light | None = None
        self._offered = False

    def wanted(self, state: State, words: Utterance) -> bool:
        return super().wanted(state, words) or (self.game.on and self._changes_places(state.answers(words)))

    def _changes_places(self, answers: frozenset[str]) -> bool:
        """Whether somebody would rather have the other part: "no, you guess", "the other way round"."""
        wishes = {GuessPhase.PERSON_GUESSES: YOURS, GuessPhase.READY: MINE}
        return not answers.isdisjoint({OTHER_WAY, wishes.get(self._phase, OTHER_WAY)})

    def means(self, state: State, words: Utterance) -> bool:
        answers = state.answers(words)
        match self._phase:
            case GuessPhase.PERSON_GUESSES:
                return not words.intent.startswith(("wants_", "asks_math")) and bool(
                    self._numbers(state, words) or answers & GIVES_UP
                )
            case GuessPhase.ROBOT_GUESSES:
                return not answers.isdisjoint({"higher", "lower", "yes", "no"})
            case _:
                return not answers.isdisjoint({"yes", "no"})

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        answers = state.answers(words)
        between = range_in(words.text, state.diary.manner.language)
        self._lowest, self._highest = (1, self.config.highest) if between is None else between
        self._light = None
        turned = self.game.on and OTHER_WAY in answers and self._phase is GuessPhase.PERSON_GUESSES
        if turned or (YOURS in answers and MINE not in answers):
            self._offered = True
            yield from self._choose_one(state, words)
            return
        self._phase, self._offered = GuessPhase.PERSON_GUESSES, False
        self._number = self._lowest + int(state.rng.integers(self._highest - self._lowest + 1))
        yield Show(said(words), "thinking", strength=0.6)
        yield self._ask_between(state, words, "number_mine")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        match self._phase:
            case GuessPhase.PERSON_GUESSES:
                yield from self._judge(state, words, answers)
            case GuessPhase.OFFERED:
                if "no" in answers or words.intent == "no":
                    self.game.end()
                    yield Say(said(words), "game_end")
                else:
                    yield from self._choose_one(state, words)
            case GuessPhase.READY:
                if "no" in answers or words.intent == "no":
                    yield self.ask(state, said(words), "number_wait")
                else:
                    self._left = (self._lowest, self._highest)
                    yield from self._guess(state, words)
            case GuessPhase.ROBOT_GUESSES:
                yield from self._learn(state, words, answers)

    def wait(self, state: State) -> Iterable[Intent]:  # noqa: ARG002 - what it shows is the last guess's
        if self._light is not None and self._phase is GuessPhase.PERSON_GUESSES:
            yield Hold(goes_on("playing", self.name), light=self._light)

    def _ask_between(self, state: State, words: Utterance, phrase: str) -> Say:
        return self.ask(state, said(words), phrase, lowest=str(self._lowest), highest=str(self._highest))

    # ------------------------------------------------------------ the robot's number

    def _judge(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause, number, found = said(words), self._number, self._numbers(state, words)
        asked = self._asked(state, words, answers, found)
        if asked is not None:
            yield Show(cause, "nod" if asked else "tilt", strength=0.6)
            yield self.ask(state, cause, "number_yes" if asked else "number_no")
        elif found == (number,):
            yield Show(cause, "glad")
            yield from self._after(state, words, "number_found")
        elif len(found) != 1:
            if answers & GIVES_UP:
                yield from self._after(state, words, "number_was")
            else:
                yield self._ask_between(state, words, "number_unclear")
        elif not self._lowest <= found[0] <= self._highest:
            yield self._ask_between(state, words, "number_outside")
        else:
            away = abs(number - found[0])
            close = away <= CLOSE
            self._light = _warm(1.0 - away / (self._highest - self._lowest + 1))
            way = "higher" if number > found[0] else "lower"
            yield Show(cause, "curious" if close else "tilt", strength=0.6)
            yield self.ask(state, cause, f"number_{way}_close" if close else f"number_{way}")

    def _after(self, state: State, words: Utterance, phrase: str) -> Iterable[Intent]:
        """The number is out; once it offers to change places."""
        self._light = None
        yield Say(said(words), phrase, (("number", str(self._number)),))
        if self._offered:
            self.game.end()
        else:
            self._offered, self._phase = True, GuessPhase.OFFERED
            yield self.ask(state, said(words), "number_swap")

    def _asked(self, state: State, words: Utterance, answers: frozenset[str], found: tuple[int, ...]) -> bool | None:
        """Whether it is as a question about the number has it, "is it more than 15?"; None where a line is none."""
        between = range_in(words.text, state.diary.manner.language)
        if between is not None:
            return between[0] <= self._number <= between[1]
        if len(found) != 1 or answers.isdisjoint({OVER, UNDER}):
            return None
        if self._number == found[0]:
            return OR_JUST in answers
        return (OVER in answers) is (self._number > found[0])

    def _numbers(self, state: State, words: Utterance) -> tuple[int, ...]:
        """Those of a line that is mainly one: "in five goes, beat that" is no guess."""
        language, answers = state.diary.manner.language, state.answers(words)
        found = numbers_in(words.text, language)
        if not found and "guess" in answers:  # a small one ends a longer line: "I think it's maybe two"
            found = numbers_in(words.text.rpartition(" ")[2], language)
        others = len(words.text.split()) - len(found)
        return found if OF_GOES not in answers and (others <= ROUND_IT or "guess" in answers) else ()

    # ------------------------------------------------------------ the person's number

    def _choose_one(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._phase = GuessPhase.READY
        yield Show(said(words), "listening", strength=0.6)
        yield self._ask_between(state, words, "number_yours")

    def _guess(self, state: State, words: Utterance) -> Iterable[Intent]:
        low, high = self._left
        self._phase = GuessPhase.ROBOT_GUESSES
        if low > high:
            self.game.end()
            yield Show(said(words), "puzzled")
            yield Say(said(words), "number_lost")
            return
        middle, spread = (low + high) // 2, (high - low) // 6  # not always the very middle: that would be a machine's
        self._number = middle + int(state.rng.integers(-spread, spread + 1))
        yield Show(said(words), "thinking", strength=0.5)
        yield self.ask(state, said(words), "number_ask", number=str(self._number))

    def _learn(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        low, high = self._left
        if "higher" in answers:
            self._left = (self._number + 1, high)
        elif "lower" in answers:
            self._left = (low, self._number - 1)
        elif "no" not in answers and ("yes" in answers or words.intent == "yes"):
            self.game.end()
            yield Show(said(words), "glad")
            yield Say(said(words), "number_guessed", (("number", str(self._number)),))
            return
        else:
            yield self.ask(state, said(words), "number_which_way")
            return
        yield from self._guess(state, words)


def _warm(share: float) -> Light:
    """From blue to amber."""
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(COLD, WARM, strict=True))
    return Light((red, green, blue), LIT)
