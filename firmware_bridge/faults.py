"""What is wrong with the body, and what a person can do about it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from firmware_bridge import table
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.texts.sentence import AnyText, Sentence

LOW_VOLTS = 4.6
TELL_S = 10.0  # a restart of the board, or a burst that failed, is told for so long

NO_FIRMWARE = sentence("health.no_firmware")
REFUSALS: dict[table.Code, AnyText] = {
    table.Code.OK: "",
    table.Code.CHANNEL: sentence("health.no_such_channel"),
    table.Code.RANGE: sentence("health.limit_out_of_range"),
    table.Code.ARMED: sentence("health.armed_otherwise"),
    table.Code.UNLIMITED: sentence("health.servo_without_limits"),
    table.Code.SAG: sentence("health.too_low_to_arm"),
    table.Code.OUTPUT: "",  # `status` says what it is
}
REMEDY = sentence("health.see_body")
HELD = sentence("health.servos_held")
GO_ON = sentence("health.free_and_go_on")
RESETS = {
    table.Reset.POWER: sentence("health.board_switched_on"),
    table.Reset.PIN: sentence("health.board_reset"),
    table.Reset.BROWN_OUT: sentence("health.board_brown_out"),
    table.Reset.WATCHDOG: sentence("health.board_hung"),
}
LOST_OUTPUTS = {
    table.Output.MISSING: sentence("health.servo_board_missing"),
    table.Output.HELD: sentence("health.servo_board_held"),
}
UNSTEADY = sentence("health.servo_board_unsteady")
SAGGED = sentence("health.servos_released")
AFTERWARDS = {"body_reset", "body_brown_out"}  # ailments of what was over as soon as it had begun


@dataclass
class LineFaults:
    """What was found. `reasons` is a new tuple only when something has changed."""

    line: AnyText = ""  # why it is down
    stranger: AnyText = ""
    refusal: AnyText = ""
    restarted: float = -TELL_S  # robot time at which the board was found to have forgotten everything
    status: dict[str, int] = field(default_factory=dict)
    reasons: tuple[AnyText, ...] = ()
    ailment: str = ""  # of the first of them, as `Health` has it
    over: bool = False  # all that there is to tell is over
    lesser: bool = False  # all that there is to tell is in the way of nothing
    _unsteady: float = -math.inf  # robot time at which a transfer to the servo board was found to have failed

    def update(self, now: float) -> None:
        found = self._board(now)
        if self.line or self.stranger or self.refusal:
            others = (("body_lost", self.line), ("", self.stranger), ("", self.refusal))
            found = [*((ailment, told) for ailment, told in others if told), *found]
        told = tuple([told for _, told in found])
        if told != self.reasons:
            self.reasons = told
            self.ailment = found[0][0] if found else ""
            self.over = len(found) == 1 and self.ailment in AFTERWARDS
            self.lesser = told == (UNSTEADY,)

    def note(self, status: dict[str, int], now: float) -> None:
        """A status report."""
        if status["output"] in LOST_OUTPUTS:
            self._unsteady = -math.inf
        elif self.status and status["failed"] > self.status["failed"]:
            self._unsteady = now
        self.status = status
        self.update(now)

    def _board(self, now: float) -> list[tuple[str, AnyText]]:
        status = self.status
        if not status:
            return []
        found: list[tuple[str, AnyText]] = []
        if status["why"] == table.Why.SAG and status["state"] == table.ServoState.LIMP:
            found.append(("body_sagged", SAGGED))
        elif status["millivolts"] < LOW_VOLTS * 1000:
            found.append(
                ("body_power_low", sentence("health.voltage_low", volts=round(status["millivolts"] / 1000, 1)))
            )
        if status["output"] in LOST_OUTPUTS:
            found.append(("body_output", LOST_OUTPUTS[table.Output(status["output"])]))
        elif now - self._unsteady < TELL_S:
            found.append(("", UNSTEADY))
        if now - self.restarted < TELL_S:
            reset = table.Reset(status["reset"])
            ailment = "body_brown_out" if reset is table.Reset.BROWN_OUT else "body_reset"
            found.append((ailment, RESETS[reset]))
        return found


def stranger(board: str, protocol: int) -> Sentence:
    """That a board is of another protocol or table."""
    if protocol == table.PROTOCOL:
        difference = sentence("health.tables_differ", protocol=protocol)
    else:
        difference = sentence("health.versions_differ", theirs=protocol, ours=table.PROTOCOL)
    return sentence("health.stranger", board=board, difference=difference)
