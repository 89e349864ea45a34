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
RESETS = {
    table.Reset.POWER: "the board was switched on again",
    table.Reset.PIN: "the board was reset",
    table.Reset.BROWN_OUT: "the board restarted after a brown-out: the supply is too weak",
    table.Reset.WATCHDOG: "the board's watchdog restarted it: please report this",
}


@dataclass
class Faults:
    """The facts behind the words. `words` is a new tuple only when something has changed."""

    line: str = ""  # why it is down
    stranger: str = ""
    refusal: str = ""
    restarted: float = -TELL_S  # robot time at which the board was found to have forgotten everything
    status: dict[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    def update(self, now: float) -> None:
        words = tuple(word for word in (self.line, self.stranger, self.refusal, *self._board(now)) if word)
        if words != self.words:
            self.words = words

    def _board(self, now: float) -> list[str]:
        status = self.status
        if not status:
            return []
        words = []
        if now - self.restarted < TELL_S:
            words.append(RESETS[table.Reset(status["reset"])])
        if status["why"] == table.Why.SAG and status["state"] == table.State.LIMP:
            words.append(
                "the servos were released because the supply voltage fell: a servo is stalled or the supply too weak"
            )
        elif status["millivolts"] < LOW_VOLTS * 1000:
            words.append(f"the supply voltage is low: {status['millivolts'] / 1000:.1f} V")
        return words


def stranger(board: str, protocol: int) -> str:
    """Words for a board of another protocol or table."""
    theirs = f"its {protocol}, ours {table.PROTOCOL}"
    if protocol == table.PROTOCOL:
        theirs = f"both {protocol}, but with different message tables"
    return f"the board {board!r} speaks another version of the protocol ({theirs}): {FLASH}"
