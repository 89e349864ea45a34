"""Chance: flips a coin, rolls dice, draws a number, and picks one of what somebody cannot choose between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_WORDS, BehaviorConfig, Say, Skill
from robot.decide.behavior import SURE_WORDS
from robot.sense.language.choices import choices_in
from robot.sense.language.numbers import numbers_in, range_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

OF_WHAT = frozenset({"asks_what_to_eat", "asks_what_to_do", "asks_advice", "asks_compare", "asks_side"})
SIDES = 6  # of a common die
PICKS = ("choose_first", "choose_second")  # by the place of what is picked; choose_other for further ones


class ChanceConfig(BehaviorConfig):
    """What may be changed while it runs."""

    highest: int = Field(10, ge=2, le=1000, description="the greatest number it draws where no range is named")


class Chance(Skill):
    """Answers “heads or tails?”, “roll a die”, “a number between one and ten”, “the blue one or the white one?”."""

    name = "chance"
    asked = frozenset({"wants_chance", "asks_choose"})
    gesture = "playful"
    config = ChanceConfig()

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        answers = state.answers(words)
        drawn = words.intent == "wants_guess_number" and "at_random" in answers
        may_choose = (not words.understood or words.intent in OF_WHAT) and "choose_between" in answers
        between = may_choose and self._choices(state, words)
        return SURE_WORDS if drawn or between else super().desire(state)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language, answers = state.diary.manner.language, state.answers(words)
        choices = self._choices(state, words)
        between = range_in(words.text, language)
        if words.intent == "wants_chance" and "coin" in answers:
            yield Say(cause, "chance_coin_heads" if _draw(state, 1, 2) == 1 else "chance_coin_tails")
        elif words.intent == "wants_chance" and "dice" in answers:
            yield self._roll(state, words, cause, two="two_dice" in answers)
        elif between is not None:
            yield _number(state, cause, *between)
        elif choices:
            picked = _draw(state, 0, len(choices) - 1)
            phrase = PICKS[picked] if picked < len(PICKS) else "choose_other"
            yield Say(cause, phrase, (("pick", choices[picked]),), instead="answer_asks_choose")
        elif words.intent == "asks_choose":
            yield Say(cause, "answer_asks_choose")
        else:
            yield _number(state, cause, 1, self.config.highest)

    def _choices(self, state: State, words: Utterance) -> tuple[str, ...]:
        return choices_in(words.text, state.diary.manner.language)

    def _roll(self, state: State, words: Utterance, cause: Cause, *, two: bool) -> Say:
        if two:
            first, second = _draw(state, 1, SIDES), _draw(state, 1, SIDES)
            slots = (("first", str(first)), ("second", str(second)), ("sum", str(first + second)))
            return Say(cause, "chance_dice", slots)
        sides = [number for number in numbers_in(words.text, state.diary.manner.language) if number > SIDES]
        if sides:
            return _number(state, cause, 1, sides[0])
        return Say(cause, "chance_die", (("number", str(_draw(state, 1, SIDES))),))


def _draw(state: State, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both among them."""
    return low + int(state.rng.integers(high - low + 1))


def _number(state: State, cause: Cause, low: int, high: int) -> Say:
    return Say(cause, "chance_number", (("number", str(_draw(state, low, high))),))
