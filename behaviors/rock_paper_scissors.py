"""Rock, paper, scissors: the robot chooses before it counts to three, and tells when it has heard theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Say, Show, VoiceGame, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

BEATS = {"rock": "scissors", "scissors": "paper", "paper": "rock"}


class RockPaperScissors(VoiceGame):
    """One round after the other, as long as somebody wants."""

    name = "rock_paper_scissors"
    asked = "wants_rock_paper_scissors"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._mine = ""  # of this round; empty between two

    def wanted(self, state: State, words: Utterance) -> bool:
        return super().wanted(state, words) and not (self.game.on and len(_shown(state, words)) == 1)

    def means(self, state: State, words: Utterance) -> bool:
        return bool(_shown(state, words)) or (not self._mine and not state.answers(words).isdisjoint({"yes", "no"}))

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        yield Show(said(words), "playful", strength=0.6)
        self._choose(state)
        yield self.ask(state, said(words), "rps_start")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause, theirs = said(words), _shown(state, words)
        if len(theirs) == 1:
            yield from self._compare(state, words, *theirs)
        elif self._mine:
            yield self.ask(state, cause, "rps_which")
        elif "no" in answers or words.intent == "no":
            self.game.end()
            yield Say(cause, "game_end")
        elif "yes" in answers or words.intent == "yes":
            yield from self.begin(state, words)
        else:
            yield self.ask(state, cause, "rps_again")

    def _choose(self, state: State) -> None:
        self._mine = tuple(BEATS)[int(state.rng.integers(len(BEATS)))]

    def _compare(self, state: State, words: Utterance, theirs: str) -> Iterable[Intent]:
        if not self._mine:  # somebody went on at once
            self._choose(state)
        mine, self._mine = self._mine, ""
        result = "rps_draw" if mine == theirs else "rps_win" if BEATS[theirs] == mine else "rps_lose"
        yield Show(
            said(words), {"rps_win": "nod", "rps_lose": "playful", "rps_draw": "surprised"}[result], strength=0.6
        )
        yield Say(said(words), result, (("mine", state.wordings(mine)[0]),))
        yield self.ask(state, said(words), "rps_again")


def _shown(state: State, words: Utterance) -> frozenset[str]:
    """What of the three a line names."""
    return state.answers(words) & BEATS.keys()
