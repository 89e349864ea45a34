"""Names that programs give: an unknown one is refused with the nearest, before the robot is asked."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from robot.doors.answers import ROOT
from robot.doors.api.problems import ProblemError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Collection

    from robot.page.api import Controls
    from robot.page.playback_api import FigureView, ScenarioStage
    from robot.texts.sentence import AnyText

ALIKE = 0.75  # of 1; a lower bound takes ten times as long among the phrases, and finds what nobody meant


def known_phrase(controls: Controls, name: str, slots: Collection[str]) -> None:
    """Raises ProblemError for a phrase that no table has, or that these slots do not fill."""
    if controls.wishes is None:
        return
    phrases = controls.wishes.phrases()
    found = phrases.get(name)
    if found is None:
        raise ProblemError(404, sentence("doors.no_phrase", name=name), nearest(name, phrases, "/phrases"))
    if set(slots) != set(found.slots):
        wanted = ", ".join(found.slots)
        told = (
            sentence("doors.needs_slots", name=name, slots=wanted) if wanted else sentence("doors.no_slots", name=name)
        )
        raise ProblemError(422, told, sentence("doors.see_list", path=f"{ROOT}/phrases"))


def known_expression(controls: Controls, name: str) -> None:
    """Raises ProblemError for one that the robot does not have."""
    names = [] if controls.repertoire is None else controls.repertoire.names()
    if controls.repertoire is not None and name not in names:
        remedy = nearest(name, names, "/expressions")
        raise ProblemError(404, sentence("doors.no_expression", name=name), remedy)


def nearest(name: str, known: Collection[str], path: str) -> AnyText:
    """A remedy: the nearest name, or where they all stand."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=ALIKE)
    return sentence("doors.did_you_mean", name=close[0]) if close else sentence("doors.see_list", path=ROOT + path)


def stage_of(controls: Controls) -> ScenarioStage:
    """The simulator's floor. Raises ProblemError with a real robot or a recording."""
    if controls.stage is None or controls.wishes is None:
        raise ProblemError(409, sentence("doors.no_simulator"), sentence("doors.run_robot"))
    return controls.stage


def figure_called(stage: ScenarioStage, name: str) -> FigureView:
    """Somebody on the stage. Raises ProblemError where nobody is called so."""
    figures = {figure.name: figure for figure in stage.figures()}
    if name not in figures:
        remedy = nearest(name, figures, "/simulator/people")
        raise ProblemError(404, sentence("doors.no_person", name=name), remedy)
    return figures[name]
