"""Reflexes: what comes before any behaviour, so that nobody is talked over and nobody who has left is talked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Cause, Hush, Role
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.diary import Diary
    from robot.core.intents import Intent
    from robot.core.scene import Scene

NOBODY_HEARS_IT = sentence("cause.nobody_hears_it")


def reflexes(scene: Scene, diary: Diary) -> tuple[Intent, ...]:
    """What comes before any behaviour: nobody is talked over (barge-in), and nobody who has left is talked to.

    The sound of a voice is enough, but for the words of a crisis: those end at words alone, not at a cough.
    """
    if scene.utterances and scene.robot_speaks:
        return (Hush(Cause("broken_in", scene.utterances[-1].text)),)
    if scene.interrupted and scene.robot_speaks and diary.last_role is not Role.CRISIS:
        return (Hush(Cause("spoken_over", "")),)
    if scene.departures and not scene.people and scene.robot_speaks and not scene.in_need:
        return (Hush(Cause("somebody_left", scene.departures[-1].track, NOBODY_HEARS_IT)),)
    return ()
