"""Crisis: somebody speaks of self-harm. It interrupts whatever runs, gives the number of people who listen, stays.

What is plainly said is answered with the number at once; serious doubt is asked about with care. From then on
everything is heard inside the episode (duty 42): answers to its own question first, the number again when asked or
when it grows, the same promise each time. It answers in every mode: starting or limp, asleep, safe, or after a goodbye.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Behavior, Hold, Light, Look, Mode, Role, Say, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

STAYS = 0.85  # while the episode is open: before all that begins by itself
CALM = Light((255, 120, 60), 0.25)
FIRST = {"self_harm": "crisis", "self_harm_maybe": "crisis_ask"}
PHRASES = {  # what is answered to a move inside the episode; the rest is listened to
    "number": "crisis_number",
    "grows": "crisis_again",
    "late": "crisis_again",
    "admits": "crisis_again",
    "farewell": "crisis_again",
    "unsure": "crisis_again",
    "affirms": "crisis_again",
    "calls": "crisis_calls",
    "coming": "need_coming",
    "helped": "need_helped",
    "no_phone": "crisis_no_phone",
    "refuses": "crisis_refused",
    "unsaid": "crisis_unsaid",
    "stay": "crisis_stays",
    "denies": "crisis_taken_back",
    "safe": "crisis_taken_back",
    "thanks": "need_stays",
}
IN_DOUBT = {"calls": "need_stays", "other": "crisis_asked", "denies": "crisis_denied"}  # before anything was affirmed

SELF_HARM, PERHAPS = sentence("cause.self_harm"), sentence("cause.self_harm_perhaps")


class Crisis(Behavior):
    """Gives the number, then stays until the episode is over."""

    name = "crisis"
    modes = frozenset(Mode)

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and phrase_for(words):
            return 1.0
        need = state.scene.need
        return STAYS if need is not None and need.kind in {"crisis", "doubt"} else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        phrase = "" if words is None else phrase_for(words)
        plain = state.scene.need is None or state.scene.need.kind != "doubt"
        cause = because("need", SELF_HARM if plain else PERHAPS)  # never the words: they stand in no log (duty 30)
        if words is not None and phrase:
            yield Say(cause, phrase, words.slots, Role.CRISIS, interrupt=True)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if state.mode in {Mode.AWAKE, Mode.ENGAGED}:
            yield Hold(cause, lid=0.9, light=CALM)


def phrase_for(words: Utterance) -> str:
    """What it answers to a line; empty where the line is none of its own."""
    slots = dict(words.slots)
    if words.intent != "need" or slots.get("need") not in {"crisis", "doubt"}:
        return FIRST.get(words.intent, "")
    move = slots.get("move", "")
    if slots["need"] == "doubt" and move in IN_DOUBT:
        return IN_DOUBT[move]
    return PHRASES.get(move, "need_listens")
