"""Behaviours and their parameters: to see, to change while the robot runs, and to put back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter

from robot.doors.answers import BehaviorNow, ParameterNow
from robot.doors.api.desk import ActsAsBuilder, AtDesk, ByBuilder, Desk
from robot.doors.api.forms import ValueForm
from robot.doors.api.language import Spoken
from robot.doors.api.problems import TURN_S, in_time, of_a_robot
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.tick import Tick
    from robot.page.tuning import BehaviorView, Tuning

tuning = APIRouter(tags=["behaviours"])


@tuning.get("/behaviors")
async def behaviors(_: ByBuilder, desk: AtDesk, language: Spoken) -> list[BehaviorNow]:
    """Each behaviour, its modes and parameters, and whether it is benched."""
    return [_view(one, language) for one in _tuning(desk).read()]


@tuning.put("/behaviors/{name}/parameters/{parameter}")
async def change(
    name: str, parameter: str, form: ValueForm, _: ActsAsBuilder, desk: AtDesk, language: Spoken
) -> BehaviorNow:
    """Give a parameter another value, until the next start. Bounds are those of the behaviour's own table."""
    tuning = _tuning(desk)
    return await _taken_over(desk, name, language, lambda: tuning.change(name, parameter, form.typed))


@tuning.delete("/behaviors/{name}/parameters")
async def reset(name: str, _: ActsAsBuilder, desk: AtDesk, language: Spoken) -> BehaviorNow:
    """Put all its parameters back to what its file says."""
    tuning = _tuning(desk)
    return await _taken_over(desk, name, language, lambda: tuning.reset(name))


def _tuning(desk: Desk) -> Tuning:
    return of_a_robot(desk.controls.behaviors)


async def _taken_over(desk: Desk, name: str, language: str, ask: Callable[[], None]) -> BehaviorNow:
    """The behaviour, once the loop has taken over what is asked."""
    passed = asyncio.Event()

    def see(tick: Tick) -> None:
        if any(one.behavior == name for one in tick.scene.tuned):
            passed.set()

    with desk.ticks.followed(see):
        ask()
        await in_time(passed.wait(), TURN_S, "doors.no_turn")
    return next(_view(one, language) for one in _tuning(desk).read() if one.name == name)


def _view(one: BehaviorView, language: str) -> BehaviorNow:
    return BehaviorNow(
        name=one.name,
        about=one.about,
        modes=list(one.modes),
        parameters=[
            ParameterNow(name=p.name, about=p.about, value=p.value, file=p.file, choices=list(p.choices))
            for p in one.parameters
        ],
        benched=words(one.benched, language),
    )
