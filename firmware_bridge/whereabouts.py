"""Where the servos stand of a board that has restarted unheard.

A restarted board knows nothing, and `arm` tells it where its servos are. As long as it was heard, its last pose says
that. Cut off from the host it moved on: to the last setpoint that it had, and after the silence to rest. So the moment
at which its pulses ended says how far it came.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from firmware_bridge import table
from robot.core.body_frame import Pose
from robot.express.motion import minimum_jerk

if TYPE_CHECKING:
    from robot.core.body_description import BodyDescription, Joint
    from robot.core.body_frame import BodyFrame

NEVER = math.inf
EASE_S = 1.0  # the firmware's moves into the stream and to rest
REST_S = 1.5  # a rest that has not ended by then ends
ARM_S = 0.1  # from one servo to the next; the first one comes a frame later
FRAME_S = table.FRAME_US / 1e6
FED_BY_CABLE = {"atm328p"}  # boards that lose their power with the line; opening it resets them, too
FED_APART = {"rp2040"}  # boards whose power has nothing to do with the line
GIVES_UP_S = (table.SILENCE_US + table.FRAME_US) / 1e6  # after the last setpoint, it goes to rest


class Whereabouts:
    """Of one board, from what was last heard of it. Not to be seen from here: a restart before the one that is heard
    of, and how far the swing of a servo carried it past where it turned (up to 5 degrees, for a quarter of a second).
    """

    def __init__(self, description: BodyDescription) -> None:
        self._description = description
        self.known = False  # a board has told of pulses
        self.last = description.rest  # the pose that was heard last
        self._heard = 0.0  # robot time of it
        self._state, self._armed = table.ServoState.LIMP, 0
        self._began = [NEVER] * len(description.joints)  # robot time of each joint's newest eased move
        self._aim, self._fed = self.last, 0.0  # the last setpoints that it had, and robot time of them

    def heard(self, t: float, state: table.ServoState, armed: int, pose: Pose, frame: BodyFrame | None) -> None:
        """A pose report of a board that knows its servos, and the last frame it had by then. `armed`: one bit a
        channel that has pulses.
        """
        if state is not self._state or armed != self._armed:
            self._eases(t, state, armed)
        self._heard, self.last = t, pose
        self._aim, self._fed = (pose, t) if frame is None else (frame.pose, frame.t)

    def _eases(self, t: float, state: table.ServoState, armed: int) -> None:
        """Joints that get pulses begin an eased move; all that have some, where the board turns to rest or from it."""
        fresh = armed & ~self._armed
        if state is not self._state and table.ServoState.RESTING in {state, self._state}:
            fresh = armed
        for i, joint in enumerate(self._description.joints):
            if not joint.fitted or not armed & 1 << joint.channel:
                self._began[i] = NEVER
            elif fresh & 1 << joint.channel:
                self._began[i] = t - FRAME_S
        self._state, self._armed = state, armed
        self.known = self.known or armed != 0

    def ended(self) -> None:
        """The board has restarted, and its pulses ended when it was last heard."""
        self._eases(self._heard, table.ServoState.LIMP, 0)

    def ended_unheard(self, board: str, reset: table.Reset, t: float) -> None:
        """A board of that name has restarted unheard, for that reason, and its clock began anew at robot time `t`. Its
        pulses ended then; or when it was last heard, if it was without power or its cable is its supply.
        """
        powerless = reset is table.Reset.POWER and board not in FED_APART
        if not powerless and board not in FED_BY_CABLE:
            self.last = self._at(t)
        self.ended()

    def _at(self, t: float) -> Pose:
        """Where the servos stood at robot time `t`, if nothing was heard of the board until then."""
        if self._state is table.ServoState.LIMP:
            return self.last
        joints, rest = self._description.joints, self._description.rest
        if self._state is table.ServoState.RESTING:
            return Pose(*map(partial(_eased, self._heard, t), joints, self.last, rest, self._began))
        silent = self._fed + GIVES_UP_S
        aim = self._description.clip(self._aim)
        began = self._armed_by(silent)
        stood = Pose(*map(partial(self._streamed, min(t, silent)), joints, self.last, aim, began))
        began = [silent if at < NEVER else NEVER for at in began]
        return Pose(*map(partial(_eased, silent, t), joints, stood, rest, began))

    def _armed_by(self, silent: float) -> list[float]:
        """When each joint begins its eased move: while the board arms, one comes on after the other."""
        began = list(self._began)
        if self._state is not table.ServoState.ARMING:
            return began
        turn = max((at for at in began if at < NEVER), default=self._heard - ARM_S) + ARM_S
        for i, joint in sorted(enumerate(self._description.joints), key=lambda numbered: numbered[1].channel):
            if joint.fitted and began[i] == NEVER and turn < silent:
                began[i] = turn
                turn += ARM_S
        return began

    def _streamed(self, t: float, joint: Joint, angle: float, aim: float, began: float) -> float:
        """Of one joint, by the last setpoints: it goes there as fast as it may, but in the first second. One that came
        on after them stays where it is.
        """
        if began > self._heard:
            return angle
        if began > self._heard - EASE_S:
            return _eased(self._heard, t, joint, angle, aim, began)
        return _within(joint, t - self._heard, angle, aim)


def _eased(then: float, t: float, joint: Joint, angle: float, aim: float, began: float) -> float:
    """Where a joint is at `t` that has been on an eased move to `aim` since `began`, and was at `angle` at `then`."""
    left = 1.0 - minimum_jerk((then - began) / EASE_S)
    if t <= then or not left:
        return angle
    goal = aim + (angle - aim) * (1.0 - minimum_jerk((t - began) / EASE_S)) / left
    return _within(joint, min(t, began + REST_S) - then, angle, goal)


def _within(joint: Joint, seconds: float, angle: float, aim: float) -> float:
    """As near to `aim` as a joint comes in so long a time."""
    most = joint.speed * max(seconds, 0.0)
    return angle + min(max(aim - angle, -most), most)
