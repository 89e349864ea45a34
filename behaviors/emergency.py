"""Emergency: life or health is in danger now. It gives the emergency number of where the robot lives, in the same turn
and in every mode, with the one thing that helps first; then it stays, and says the number again when asked (duty 41).
Where it may be none, it asks first, and names the number with it; so it does where another person harms somebody, and
leads to people who help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Behavior, Hold, Light, Look, Mode, Role, Say, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

STAYS = 0.85  # while the episode is open: before all that begins by itself
LIT = Light((255, 90, 40), 0.5)
FIRST = {  # by the danger; what is first to be done differs
    "fire": "emergency_fire",
    "gas": "emergency_gas",
    "poison": "emergency_poison",
    "violence": "emergency_violence",
    "harm": "emergency_harmed",
    "intruder": "emergency_violence",
    "bleeding": "emergency_bleeding",
    "breath": "emergency_body",
    "chest": "emergency_body",
    "stroke": "emergency_body",
    "collapse": "emergency_other",
    "child": "emergency_other",
    "fall": "emergency_fall",
    "call": "emergency_call",
}
PHRASES = {  # what is answered to a move inside the episode; to all else it stays, and asks whether they called
    "number": "emergency_again",
    "grows": "emergency_again",
    "late": "emergency_again",
    "admits": "emergency_again",
    "no": "emergency_again",
    "unsure": "emergency_again",
    "farewell": "emergency_again",
    "refuses": "emergency_refused",
    "unsaid": "emergency_refused",
    "affirms": "need_calls",
    "calls": "need_calls",
    "coming": "need_coming",
    "helped": "need_helped",
    "no_phone": "emergency_no_phone",
    "denies": "emergency_over",
    "safe": "emergency_over",
    "thanks": "need_stays",
}
IN_DOUBT = {"number": "emergency_again", "denies": "emergency_denied", "helped": "need_helped", "thanks": "need_stays"}
TOLD, HEARD_BEFORE = "harm_lines", "harm_listens"
# Who is there may be the one who does it. To all else it leads to people, and then listens.
OF_HARM = {"number": "emergency_again", "helped": "emergency_asked", "coming": "emergency_asked"}

DANGER = sentence("cause.emergency")


class Emergency(Behavior):
    """Gives the emergency number, then stays until the episode is over."""

    name = "emergency"
    modes = frozenset(Mode)

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and phrase_for(words):
            return 1.0
        need = state.scene.need
        return STAYS if need is not None and need.kind in {"emergency", "danger"} else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        phrase = "" if words is None else phrase_for(words)
        cause = because("need", DANGER)
        if words is not None and phrase:
            yield Say(cause, phrase, words.slots, Role.CRISIS, interrupt=True)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if state.mode in {Mode.AWAKE, Mode.ENGAGED}:
            yield Hold(cause, lid=1.0, light=LIT)


def phrase_for(words: Utterance) -> str:
    """What it answers to a line; empty where the line is none of its own."""
    slots = dict(words.slots)
    if words.intent == "emergency":
        return FIRST.get(slots.get("danger", ""), "emergency_call")
    harmed = slots.get("danger") == "harm"
    if words.intent == "emergency_maybe":
        return "emergency_harm" if harmed else "emergency_maybe"
    need, move = slots.get("need") if words.intent == "need" else None, slots.get("move", "")
    if need == "danger" and harmed:
        again = bool(slots.get("again"))
        return TOLD if again and move == "number" else OF_HARM.get(move, HEARD_BEFORE if again else TOLD)
    if need == "danger":
        return IN_DOUBT.get(move, "emergency_asked")
    return PHRASES.get(move, "emergency_stays") if need == "emergency" else ""
