"""Limp: its supply or servo board failed again and again, so it stays released, says why, and waits for a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, Behavior, Mode, MoveAgain, Role, Say, because, said
from robot.decide.groups import MOVE_AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State


class Limp(Behavior):
    """Tells whoever is there, once each time that somebody comes; moves again only when they say that it can."""

    name = "limp"
    modes = frozenset({Mode.BOOT, Mode.SAFE, Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._told = False

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and words.intent == MOVE_AGAIN:
            return OWN_WORDS
        if not _waits(state) or not (state.scene.people or state.scene.in_talk):
            self._told = False
        elif not self._told:
            return 0.85
        return 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words, waits = state.diary.pending, _waits(state)
        if words is not None and words.intent == MOVE_AGAIN:
            cause = said(words)
            if waits:
                yield MoveAgain(cause)
            yield Say(cause, "moving_again" if waits else f"answer_{MOVE_AGAIN}")
        elif waits and not self._told:
            self._told = True
            yield Say(because("drive_gave_way", "released"), "body_held", role=Role.NOTICE)


def _waits(state: State) -> bool:
    body = state.scene.body
    return body is not None and body.link and body.waits
