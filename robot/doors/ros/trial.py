"""Tries the router of ROS 2 for `bowlby doctor`: whether it is reached. Nothing is told there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import PartError
from robot.doors.ros.line import PART, RosLine
from robot.doors.ros.messages import types
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.config.schema import NetworkTable

WATCH_S = 3.0
GLANCE_S = 0.02


def ros(network: NetworkTable) -> Health:
    """The line to the router, watched until it is well or its time is up."""
    if not network.ros:
        return Health(PART, Condition.OFF, sentence("doctor.nothing_leaves"))
    try:
        types()
        line = RosLine(network.ros, lambda _: None, lambda _: None)
    except PartError as error:
        return Health(PART, Condition.FAULT, error.what, error.remedy)
    try:
        end = stopwatch() + WATCH_S
        while not line.there and stopwatch() < end:
            nap(GLANCE_S)
        return line.health(sentence("doctor.ros_reached", place=line.at))
    finally:
        line.close()
