"""Lines of this process to a board whose time passes only in `read`: the WebAssembly core, or an emulated processor."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.link import CLOSED
from sim.board.emulated import CYCLES_PER_US
from sim.board.plug import Pluggable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.board.emulated import EmulatedBoard
    from sim.board.firmware import Board

HASHED_AT_ONCE = 16384  # bytes: some seconds of frames
POWERED_US = 60_000_000  # a board that nobody asked for so long had no power


class BoardLine(Pluggable, ABC):
    """What both have in common: the faults that a real line has, and a digest.

    Time passes one servo frame of 20 ms at a time, up to the robot time that is asked for. A computer that was
    suspended had no power on its USB port: a line that nobody read for a minute finds a board that has just started.
    """

    def __init__(self, name: str, moved: Callable[[tuple[int, ...]], None]) -> None:
        """`moved` takes the pulses of each servo frame, 1/16 us by channel."""
        super().__init__(name)
        self.noise: Callable[[bytes], bytes] | None = None  # damages what passes, either way
        self._moved = moved
        self._sent = hashlib.sha256()  # of every byte that the robot has put on the line
        self._unhashed = bytearray()
        self._us = 0  # robot time that the board has reached
        self._boot = 0  # robot time at which its time began

    def write(self, data: bytes) -> None:
        self._unhashed += data
        if len(self._unhashed) > HASHED_AT_ONCE:
            self._hash()
        super().write(data)

    def digest(self) -> str:
        """SHA-256 of every byte that the robot has put on the line."""
        self._hash()
        return self._sent.hexdigest()

    def _hash(self) -> None:
        self._sent.update(self._unhashed)
        self._unhashed.clear()

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:
        """Let the board live until `now`."""
        until = round(now * 1e6)
        if until - self._us > POWERED_US:
            self._skip(until - table.FRAME_US)
        chunks: list[tuple[float, bytes]] = []
        while self._us + table.FRAME_US <= until:
            data, self._to_board = self._to_board, b""
            if self.noise is not None:
                data = self.noise(data)
            told = self._frame(data)
            if self.up:
                chunks += told if self.noise is None else [(t, self.noise(out)) for t, out in told]
        return chunks

    @abstractmethod
    def pulses(self) -> tuple[int, ...]:
        """The newest pulse of each channel, 1/16 us; 0: none."""

    @abstractmethod
    def _skip(self, us: int) -> None:
        """Time without power."""

    @abstractmethod
    def _frame(self, data: bytes) -> list[tuple[float, bytes]]:
        """A servo frame; gives what the board said in it."""


class SimLine(BoardLine):
    """A line to the firmware's core as WebAssembly. Its answers carry the time at which it had the question."""

    lead_s = 0.0
    least_s = 0.0

    def __init__(self, board: Board, moved: Callable[[tuple[int, ...]], None]) -> None:
        super().__init__("sim://", moved)
        self.board = board

    def _skip(self, us: int) -> None:
        self._us = us
        self.restart(table.Reset.POWER)

    def _frame(self, data: bytes) -> list[tuple[float, bytes]]:
        at = self._us
        self._us = at + table.FRAME_US
        out = self.board.tick(data, at - self._boot, self._us - self._boot)
        self._moved(self.board.pulses())
        return [(at / 1e6, out)]

    def pulses(self) -> tuple[int, ...]:
        return self.board.pulses()

    def restart(self, reset: table.Reset) -> None:
        """Restart the board at this moment, for a reason."""
        self.board.restart(reset)
        self._boot = self._us
        self._to_board = b""


class EmulatedLine(BoardLine):
    """A line to an emulated board: every byte takes its time, and the setpoints of a tick begin after they came."""

    lead_s = 0.002
    least_s = 0.001

    def __init__(self, board: EmulatedBoard, moved: Callable[[tuple[int, ...]], None]) -> None:
        super().__init__(board.name, moved)
        self.board = board

    def _skip(self, us: int) -> None:
        self._boot += us - self._us
        self._us = us
        self.restart(table.Reset.POWER)

    def _frame(self, data: bytes) -> list[tuple[float, bytes]]:
        self._us += table.FRAME_US
        self.board.run(table.FRAME_US, data)
        self._moved(self.pulses())
        return [(cycle / CYCLES_PER_US / 1e6 + self._boot / 1e6, bytes((byte,))) for cycle, byte in self.board.sent]

    def restart(self, reset: table.Reset) -> None:
        """Reset the processor at this moment, for a reason; what its pins see stays."""
        self.board.restart(reset)
        self.board.inputs()
        self._to_board = b""

    def pulses(self) -> tuple[int, ...]:
        return self.board.widths()

    def close(self) -> None:
        if self.up or self.reason != CLOSED:
            self.board.close()
        super().close()
