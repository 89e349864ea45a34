"""The simulated room: who is there, what they say aloud, and a hand on the robot. A real robot has none of it."""

from __future__ import annotations

from fastapi import APIRouter

from robot.doors.answers import Noted, PersonNow
from robot.doors.api.desk import ActsAsBuilder, AtDesk, ByBuilder
from robot.doors.api.forms import SpeakForm, TouchForm
from robot.doors.api.known import figure_called, stage_of

simulated = APIRouter(prefix="/simulator", tags=["simulator"])


@simulated.get("/people")
async def people(_: ByBuilder, desk: AtDesk) -> list[PersonNow]:
    """Who is in the room."""
    figures = stage_of(desk.controls).figures()
    return [PersonNow(name=one.name, x=round(one.x, 3), y=round(one.y, 3)) for one in figures]


@simulated.post("/speak")
async def speak(form: SpeakForm, _: ActsAsBuilder, desk: AtDesk) -> Noted:
    """Have somebody say a line aloud: the robot hears it as it hears the scenario's own."""
    stage = stage_of(desk.controls)
    stage.speak(figure_called(stage, form.person).id, form.text)
    return Noted()


@simulated.post("/touch")
async def touch(form: TouchForm, _: ActsAsBuilder, desk: AtDesk) -> Noted:
    """Have a hand lie on a pad."""
    stage_of(desk.controls).touch(form.pad, form.hold_s)
    return Noted()
