"""What is wrong with the body, in words a person can act on."""

from __future__ import annotations

from dataclasses import dataclass, field

from firmware_bridge import table

LOW_VOLTS = 4.6
TELL_S = 10.0  # a restart of the board is told for so long

FLASH = "run `bowlby firmware flash`"
NO_FIRMWARE = f"the port is open, but no Bowlby firmware answers: {FLASH}"
REFUSALS = {
    table.Code.OK: "",
    table.Code.CHANNEL: "the board has no such servo channel",
    table.Code.RANGE: "the board refused a limit as out of range: see the body file",
    table.Code.ARMED: "the board is armed with other limits",
    table.Code.UNLIMITED: "the board has no limits for a servo",
    table.Code.SAG: "the supply voltage is too low to arm the servos",
}
REMEDY = "see `bowlby doctor` and `bowlby body`"
HELD = "the servos stay released: the supply voltage fell three times within a minute"
GO_ON = "free what is stuck, look at the supply, then say “you can move again” or press that button on the page"
RESETS = {
    table.Reset.POWER: "the board was switched on again",
    table.Reset.PIN: "the board was reset",
    table.Reset.BROWN_OUT: "the board restarted after a brown-out: the supply is too weak",
    table.Reset.WATCHDOG: "the board's watchdog restarted it: please report this",
}


SAGGED = "the servos were released because the supply voltage fell: a servo is stalled or the supply too weak"
AFTERWARDS = {"body_reset", "body_brown_out"}  # ailments of what was over as soon as it had begun


@dataclass
class LineFaults:
    """The facts behind the words. `words` is a new tuple only when something has changed."""

    line: str = ""  # why it is down
    stranger: str = ""
    refusal: str = ""
    restarted: float = -TELL_S  # robot time at which the board was found to have forgotten everything
    status: dict[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    ailment: str = ""  # of the first of them, as `Health` has it
    over: bool = False  # all that there is to tell is over

    def update(self, now: float) -> None:
        found = [("body_lost", self.line), ("", self.stranger), ("", self.refusal), *self._board(now)]
        found = [(ailment, words) for ailment, words in found if words]
        words = tuple(words for _, words in found)
        if words != self.words:
            self.words = words
            self.ailment = found[0][0] if found else ""
            self.over = len(found) == 1 and self.ailment in AFTERWARDS

    def _board(self, now: float) -> list[tuple[str, str]]:
        status = self.status
        if not status:
            return []
        found = []
        if status["why"] == table.Why.SAG and status["state"] == table.ServoState.LIMP:
            found.append(("body_sagged", SAGGED))
        elif status["millivolts"] < LOW_VOLTS * 1000:
            found.append(("body_power_low", f"the supply voltage is low: {status['millivolts'] / 1000:.1f} V"))
        if now - self.restarted < TELL_S:
            reset = table.Reset(status["reset"])
            ailment = "body_brown_out" if reset is table.Reset.BROWN_OUT else "body_reset"
            found.append((ailment, RESETS[reset]))
        return found


def stranger(board: str, protocol: int) -> str:
    """Words for a board of another protocol or table."""
    theirs = f"its {protocol}, ours {table.PROTOCOL}"
    if protocol == table.PROTOCOL:
        theirs = f"both {protocol}, but with different message tables"
    return f"the board {board!r} speaks another version of the protocol ({theirs}): {FLASH}"
