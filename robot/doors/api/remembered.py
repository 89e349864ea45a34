"""What is kept of people: for the owner alone, to see and take away whole, and to have forgotten."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from robot.doors.answers import Forgotten
from robot.doors.api.desk import ActsAsOwner, AtDesk, Desk
from robot.doors.api.forms import Name
from robot.doors.api.known import nearest
from robot.doors.api.language import Spoken
from robot.doors.api.problems import ProblemError, of_a_robot
from robot.page.api import Keepsakes
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

ALL = "all that is kept, as `bowlby memory export` writes it"
JSON: dict[int | str, dict[str, Any]] = {200: {"description": ALL, "content": {"application/json": {}}}}

remembered = APIRouter(tags=["memory"])


@remembered.get("/memory", response_class=Response, responses=JSON)
async def memory(_: ActsAsOwner, desk: AtDesk) -> Response:
    """All that is kept of people, complete."""
    return Response(await asyncio.to_thread(_kept(desk).export), media_type="application/json")


@remembered.delete("/memory/people")
async def forget(name: Name, _: ActsAsOwner, desk: AtDesk, language: Spoken) -> Forgotten:
    """Forget one person, and all that was spoken of with or about them."""
    kept = _kept(desk)
    why = await asyncio.to_thread(kept.forget, name)
    if why is None:
        detail = sentence("doors.nobody_remembered", name=name)
        raise ProblemError(404, detail, nearest(name, kept.people(), "/memory"))
    return Forgotten(forgotten=not why, why=words(why, language))


@remembered.delete("/memory")
async def forget_all(_: ActsAsOwner, desk: AtDesk, language: Spoken) -> Forgotten:
    """Forget everything but the safety counts, which are nobody's."""
    why = words(await asyncio.to_thread(_kept(desk).forget_all), language)
    return Forgotten(forgotten=not why, why=why)


def _kept(desk: Desk) -> Keepsakes:
    return of_a_robot(desk.controls.keepsakes)
