"""Riddle: asks one, waits, gives a hint at the first wrong answer, and tells the solution when somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Say, Show, ToldWording, VoiceGame, said
from robot.decide.teller import MORE
from robot.decide.telling import ToldPhrases
from robot.sense.language.answers import any_fits
from robot.sense.language.lexicon import plain
from robot.sense.language.theme import by_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

LONGEST_GUESS = 7  # words


class Riddle(VoiceGame):
    """Asks `riddle_1`, solved by one of `riddle_words_1` and told by `riddle_answer_1`; and so on."""

    name = "riddle"
    asked = "wants_riddle"
    longest = LONGEST_GUESS
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._repertoire = ToldPhrases()
        self._number = ""
        self._hinted = False

    def wanted(self, state: State, words: Utterance) -> bool:
        other = self.game.on and (words.intent == MORE or "another" in state.answers(words))
        return other or super().wanted(state, words)

    def means(self, state: State, words: Utterance) -> bool:
        answers = state.answers(words)
        guess = "guess" in answers and len(words.text.split()) <= LONGEST_GUESS and not _tells(words)
        return self._solved(state, words) or guess or not answers.isdisjoint({"give_up", "unsure", "hint"})

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        riddles = [ToldWording(f"riddle_{n}", 0) for n in range(1, 1 + len(state.numbered("riddle")))]
        language = state.diary.manner.language
        places, lacking = by_theme(words.text, [self._whole(state, one) for one in riddles], language)
        riddles = [riddles[n] for n in places]
        if lacking:
            yield Say(said(words), "riddle_not_about", (("theme", lacking),), instead="riddle_not_about_that")
        self._number = self._repertoire.choose(state, riddles).phrase.removeprefix("riddle_")
        self._hinted = False
        yield Show(said(words), "thinking", strength=0.6)
        yield self.ask(state, said(words), f"riddle_{self._number}")

    def _whole(self, state: State, riddle: ToldWording) -> str:
        """A riddle with its solutions."""
        number = riddle.phrase.removeprefix("riddle_")
        return " ".join(state.wordings(key)[0] for key in (riddle.phrase, f"riddle_words_{number}"))

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause, unsure = said(words), "unsure" in answers or words.intent == "dont_know"
        if self._solved(state, words):
            self.game.end()
            yield Show(cause, "glad")
            yield Say(cause, "riddle_right")
            yield Say(cause, f"riddle_answer_{self._number}")
        elif "give_up" in answers or (unsure and self._hinted):
            self.game.end()
            yield Show(cause, "nod", strength=0.6)
            yield Say(cause, "riddle_told")
            yield Say(cause, f"riddle_answer_{self._number}")
        elif not self._hinted:
            self._hinted = True
            asked_for = "hint" in answers or unsure
            yield Show(cause, "curious", strength=0.6)
            yield self.ask(state, cause, "riddle_hint" if asked_for else "riddle_wrong", letter=self._letter(state))
        elif "hint" in answers:
            yield self.ask(state, cause, "riddle_hint", letter=self._letter(state))
        else:
            yield Show(cause, "tilt", strength=0.6)
            yield self.ask(state, cause, "riddle_wrong_again")

    def _solved(self, state: State, words: Utterance) -> bool:
        return any_fits(words.text, self._solutions(state))

    def _letter(self, state: State) -> str:
        return plain(self._solutions(state)[0])[0].upper()

    def _solutions(self, state: State) -> list[str]:
        """The words that solve it, the one that it is after first."""
        if not self._number:
            return []
        return [word.strip() for word in state.wordings(f"riddle_words_{self._number}")[0].split(",")]


def _tells(words: Utterance) -> bool:
    return words.confidence >= 0.9 and words.intent.startswith(("tells_", "i_am_", "not_amused"))
