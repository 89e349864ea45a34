"""Tries the broker for `bowlby doctor`: whether it lets the robot in. Nothing is told there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import PartError
from robot.doors.home.broker import PART, Address, BrokerLine, read_password
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.config.schema import DoorsTable

WATCH_S = 4.0
GLANCE_S = 0.02


def home(doors: DoorsTable) -> Health:
    """The line to the broker, watched until it is well or its time is up."""
    if not doors.broker:
        return Health(PART, Condition.OFF, sentence("doctor.nothing_leaves"))
    try:
        line = BrokerLine(Address.of(doors.broker), read_password(), doors.broker_certificate)
    except PartError as error:
        return Health(PART, Condition.FAULT, error.what, error.remedy)
    well = sentence("doctor.broker_lets_in", place=str(line.at), what=", ".join(doors.home_shows) or "-")
    try:
        end = stopwatch() + WATCH_S
        while not line.there and not line.health(well).remedy and stopwatch() < end:
            nap(GLANCE_S)
        return line.health(well)
    finally:
        line.close()
