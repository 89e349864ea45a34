"""Guess an animal: the robot finds somebody's by yes and no, or answers what they ask about its own."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from pydantic import Field

from robot import BehaviorConfig, Mode, Say, Show, VoiceGame, said
from robot.decide.dialogue.game import OTHER_WAY
from robot.decide.teller import spoke_last
from robot.sense.language.animals import Answer, Guesses, animals, asked_of, named_in
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

SURE_ENOUGH = 0.5  # of an animal, to say it
PLAINLY = 0.98  # so surely it is asked for anew while it is played
ANSWERED = {Answer.YES: "animal_yes", Answer.NO: "animal_no", Answer.SOME: "animal_some"}
YOURS, MINE = frozenset({"you_guess", "my_animal"}), frozenset({"i_guess", "your_animal"})  # whose animal is guessed
GIVES_UP = frozenset({"give_up", "unsure"})
TELLS = "it_was"  # somebody ends the game by telling it
LONGEST_NAME = 6  # words of a line that names an animal


class AnimalPhase(Enum):
    """Who does what next."""

    READY = auto()  # asked whether they have one
    ROBOT_ASKS = auto()
    ROBOT_SAYS = auto()  # it has named an animal
    TOLD = auto()  # it has given up, and asked which it was
    PERSON_ASKS = auto()
    OFFERED = auto()  # to change places


class GuessAnimalConfig(BehaviorConfig):
    """What may be changed while it runs."""

    questions: int = Field(20, ge=5, le=40, description="how often it asks before it gives up")
    names: int = Field(3, ge=1, le=10, description="how many animals it names before it gives up")


class GuessAnimal(VoiceGame):
    """Guesses unless somebody says that they would."""

    name = "guess_animal"
    asked = "wants_guess_animal"
    closed = True
    config = GuessAnimalConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._phase = AnimalPhase.READY
        self._guesses = Guesses()
        self._trait = ""  # that it asked for last
        self._animal = ""  # its own, or the one that it named last
        self._count = 0  # questions
        self._named = 0
        self._offered = False
        self._thought_of: list[str] = []

    def wanted(self, state: State, words: Utterance) -> bool:
        answers = state.answers(words)
        if self.game.on and self._changes_places(answers):
            return True
        if "your_animal" in answers and answers.isdisjoint(YOURS) and spoke_last(state, self.name):
            return True
        asked = "animal_game" in answers or super().wanted(state, words)
        return asked and (not self.game.on or words.confidence >= PLAINLY)

    def _changes_places(self, answers: frozenset[str]) -> bool:
        """Whether somebody would rather have the other part: "no, you guess", "the other way round"."""
        match self._phase:
            case AnimalPhase.PERSON_ASKS:
                wishes = YOURS
            case AnimalPhase.READY:
                wishes = MINE
            case _:  # "no, I guess" answers
                wishes = frozenset({"your_animal"})
        return not answers.isdisjoint({*wishes, OTHER_WAY})

    def means(self, state: State, words: Utterance) -> bool:
        answers, language = state.answers(words), state.diary.manner.language
        match self._phase:
            case AnimalPhase.PERSON_ASKS:
                asks = "asks_of_it" in answers or not answers.isdisjoint(GIVES_UP | {"hint"})
                few = len(words.text.split()) <= LONGEST_NAME
                return asks or (few and bool(named_in(words.text, language)))
            case AnimalPhase.TOLD:
                return bool(named_in(words.text, language))
            case AnimalPhase.ROBOT_ASKS:
                return not answers.isdisjoint({"yes", "no", "sometimes", "unsure", TELLS})
            case AnimalPhase.ROBOT_SAYS:
                return not answers.isdisjoint({"yes", "no", TELLS})
            case _:
                return not answers.isdisjoint({"yes", "no"})

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        answers = state.answers(words)
        turned = OTHER_WAY in answers and self._phase is not AnimalPhase.PERSON_ASKS
        self._offered = turned or (answers.isdisjoint(YOURS) and not answers.isdisjoint(MINE))
        if self._offered:
            yield from self._think_of_one(state, words)
        elif "my_animal" in answers:
            yield from self._begin_to_ask(state, words)
        else:
            yield from self._invite(state, words)

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause, no = said(words), "no" in answers or words.intent == "no"
        match self._phase:
            case AnimalPhase.READY if no:
                yield self.ask(state, cause, "animal_wait")
            case AnimalPhase.READY:
                yield from self._begin_to_ask(state, words)
            case AnimalPhase.ROBOT_ASKS | AnimalPhase.ROBOT_SAYS if TELLS in answers and "yes" not in answers:
                yield from self._hear_which(state, words, answers - {"no"})
            case AnimalPhase.ROBOT_ASKS:
                yield from self._learn(state, words, answers)
            case AnimalPhase.ROBOT_SAYS:
                yield from self._named_right(state, words, answers)
            case AnimalPhase.TOLD:
                yield from self._hear_which(state, words, answers)
            case AnimalPhase.PERSON_ASKS:
                yield from self._reply(state, words, answers)
            case AnimalPhase.OFFERED if no:
                self.game.end()
                yield Say(cause, "game_end")
            case AnimalPhase.OFFERED:
                yield from self._think_of_one(state, words)

    # ------------------------------------------------------------ the person's animal

    def _invite(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._phase = AnimalPhase.READY
        yield Show(said(words), "listening", strength=0.6)
        yield self.ask(state, said(words), "animal_yours")

    def _begin_to_ask(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._guesses, self._count, self._named = Guesses(), 0, 0
        yield from self._go_on(state, words)

    def _go_on(self, state: State, words: Utterance) -> Iterable[Intent]:
        """The next question, or the animal that it must be, or no idea."""
        cause = said(words)
        name, chance = self._guesses.best
        trait = self._guesses.question() if self._count < self.config.questions else ""
        if chance < SURE_ENOUGH and trait:
            self._phase, self._trait = AnimalPhase.ROBOT_ASKS, trait
            self._count += 1
            yield Show(cause, "thinking" if self._count % 3 else "curious", strength=0.5)
            yield self.ask(state, cause, f"animal_asks_{trait}")
        elif self._named < self.config.names:
            self._phase, self._animal = AnimalPhase.ROBOT_SAYS, name
            self._named += 1
            yield Show(cause, "curious", strength=0.6)
            yield self.ask(state, cause, "animal_guess", animal=self._spoken(state))
        else:
            self._phase = AnimalPhase.TOLD
            yield Show(cause, "puzzled")
            yield self.ask(state, cause, "animal_lost")

    def _learn(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        if "sometimes" in answers or "unsure" in answers or words.intent == "dont_know":
            answer = Answer.SOME
        elif "no" in answers or words.intent == "no":
            answer = Answer.NO
        elif "yes" in answers or words.intent == "yes":
            answer = Answer.YES
        else:
            yield self.ask(state, said(words), "animal_yes_or_no")
            return
        self._guesses.learn(self._trait, answer)
        yield from self._go_on(state, words)

    def _named_right(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        if "no" in answers or words.intent == "no":
            self._guesses.rule_out(self._animal)
            yield from self._go_on(state, words)
        elif "yes" in answers or words.intent == "yes":
            yield Show(said(words), "glad")
            yield from self._over(state, words, "animal_found")
        else:
            yield self.ask(state, said(words), "animal_yes_or_no")

    def _hear_which(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        """Which it was; somebody may keep that to themselves."""
        self._animal = named_in(words.text, state.diary.manner.language)
        if self._animal:
            yield from self._over(state, words, "animal_was_yours")
        else:
            secret = "no" in answers or words.intent in {"no", "refuses"}
            yield from self._over(state, words, "animal_secret" if secret else "animal_unheard_of")

    # ------------------------------------------------------------ the robot's animal

    def _think_of_one(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._phase = AnimalPhase.PERSON_ASKS
        left = [name for name in animals().animal if name not in self._thought_of]
        self._animal = left[int(state.rng.integers(len(left)))]
        self._thought_of = [*self._thought_of, self._animal][-len(animals().animal) // 2 :]
        yield Show(said(words), "thinking", strength=0.6)
        yield self.ask(state, said(words), "animal_mine")

    def _reply(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause, language = said(words), state.diary.manner.language
        asked = asked_of(animals().animal[self._animal], words.text, language)
        if asked.animal == self._animal:
            yield Show(cause, "glad")
            yield from self._over(state, words, "animal_right")
        elif answers & GIVES_UP:
            yield from self._over(state, words, "animal_was")
        elif "hint" in answers:
            yield self.ask(state, cause, "riddle_hint", letter=self._letter(state))
        elif asked.animal:
            yield Show(cause, "tilt", strength=0.6)
            yield self.ask(state, cause, "animal_not_that", animal=animals().animal[asked.animal].spoken(language))
        elif asked.answer is not None:
            yield Show(cause, "nod" if asked.answer is Answer.YES else "tilt", strength=0.6)
            yield self.ask(state, cause, ANSWERED[asked.answer])
        else:
            yield self.ask(state, cause, "animal_not_known" if "asks_of_it" in answers else "animal_ask_me")

    def _letter(self, state: State) -> str:
        return plain(self._spoken(state).partition(" ")[2])[0].upper()

    # ------------------------------------------------------------ both

    def _spoken(self, state: State) -> str:
        return animals().animal[self._animal].spoken(state.diary.manner.language)

    def _over(self, state: State, words: Utterance, phrase: str) -> Iterable[Intent]:
        """It is found or told; once it offers to change places."""
        cause: Cause = said(words)
        yield Say(cause, phrase, (("animal", self._spoken(state)),) if self._animal else ())
        if self._offered:
            self.game.end()
        else:
            self._offered, self._phase = True, AnimalPhase.OFFERED
            yield self.ask(state, cause, "animal_swap")
