"""What every call needs: the robot's controls, its ticks, and whose key asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from robot.doors.api.limits import KeyLimits
from robot.doors.api.problems import ProblemError
from robot.doors.api.ticks import TickRelay
from robot.doors.keys import DoorKey, KeyRole
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.tick import Tick
    from robot.page.api import Controls
    from robot.page.server.served import Served

BEARER = HTTPBearer(auto_error=False, description="a key of `bowlby key add NAME`")


class Desk:
    """One for all the calls of a page."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.ticks = TickRelay(served.feed)
        self.limits = KeyLimits()

    @property
    def controls(self) -> Controls:
        """Of the robot that the page shows now."""
        return self._served.controls

    @property
    def served(self) -> Served:
        return self._served

    @property
    def tick(self) -> Tick:
        """The newest. Raises ProblemError while there is none."""
        tick = self._served.feed.tick
        if tick is None:
            raise ProblemError(503, sentence("doors.no_turn_yet"), sentence("doors.try_again"))
        return tick


def _desk(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - the door has put it there
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]


def key_of(request: Request) -> DoorKey:
    """The key by which a request has come in; the door has looked at it."""
    key = request.scope["bowlby.key"]
    assert isinstance(key, DoorKey)  # noqa: S101 - as above
    return key


def _may(role: KeyRole, *, acts: bool) -> object:
    """A dependency that lets only those in whose key covers `role`; with `acts`, no faster than a robot can act."""

    def check(request: Request, desk: AtDesk, _: Annotated[object, Security(BEARER)]) -> DoorKey:
        key = key_of(request)
        if not key.role.covers(role):
            detail = sentence("doors.needs_role", role=role.value, name=key.name, has=key.role.value)
            raise ProblemError(403, detail, sentence("doors.make_key", role=role.value))
        if acts:
            desk.limits.act(key)
        return key

    return Depends(check)


ByViewer = Annotated[DoorKey, _may(KeyRole.VIEWER, acts=False)]
ByBuilder = Annotated[DoorKey, _may(KeyRole.BUILDER, acts=False)]
ActsAsBuilder = Annotated[DoorKey, _may(KeyRole.BUILDER, acts=True)]
ActsAsOwner = Annotated[DoorKey, _may(KeyRole.OWNER, acts=True)]
