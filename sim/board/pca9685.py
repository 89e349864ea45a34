"""A PCA9685, the chip of 16-channel servo boards: its registers as the bus sees them, and the pulses that it makes.

By its data sheet: 4096 counts a period by its own oscillator, which goes on whatever becomes of who set it; new widths
count from the next period on; `enabled` is its pin OE at ground. All times are board microseconds.
"""

from __future__ import annotations

from typing import NamedTuple

CHANNELS = 16
COUNTS = 4096
WAKES_US = 500.0  # until the oscillator runs
MODE1, FIRST, ALL, PRESCALE = 0x00, 0x06, 0xFA, 0xFE
SLEEP, COUNTS_UP, RESTART = 0x10, 0x20, 0x80  # bits of MODE1
FULL = 0x10  # bit of a high byte: always on, or always off
AFTER_POWER = {MODE1: 0x11, 0x01: 0x04, PRESCALE: 0x1E} | {FIRST + 4 * n + 3: FULL for n in range(CHANNELS)}
BUS_US_A_BYTE = 90.0  # at 100 kHz


class Pulse(NamedTuple):
    """One pulse of a servo: when it began, and how long it was, in cycles of 1/16 us."""

    channel: int
    cycle: int
    width: int


class Pca9685:
    """One chip. Who owns it says what the bus brings, and when."""

    def __init__(self, oscillator_hz: float = 25e6) -> None:
        self.oscillator_hz = oscillator_hz
        self.fitted = True  # it answers
        self.held = False  # a wire of its bus is low for ever
        self.enabled = False
        self.registers = bytearray(256)
        self._begins: float | None = None  # the next period; None while it sleeps
        self._high: list[tuple[int, float, float]] = []  # channel, rise and fall of what has not fallen yet
        self._made: list[Pulse] = []
        self.power(0.0)

    @property
    def count_us(self) -> float:
        return (self.registers[PRESCALE] + 1) * 1e6 / self.oscillator_hz

    def power(self, at: float) -> None:
        """Its supply was away: it has forgotten all, and sleeps."""
        self._stop(at)
        self.registers = bytearray(256)
        for register, value in AFTER_POWER.items():
            self.registers[register] = value

    def transfer(self, data: bytes, at: float) -> None:
        """A register and what is written from there on, in one transfer that ends at `at`."""
        self._run(at)
        register = data[0]
        for value in data[1:]:
            self._set(register, value, at)
            if self.registers[MODE1] & COUNTS_UP:
                register = 0 if register == FIRST + 4 * CHANNELS - 1 else (register + 1) & 0xFF

    def _set(self, register: int, value: int, at: float) -> None:
        if register == MODE1:
            self._mode(value, at)
        elif register == PRESCALE:
            if self.registers[MODE1] & SLEEP:
                self.registers[PRESCALE] = max(value, 3)
        elif ALL <= register < ALL + 4:
            for channel in range(CHANNELS):
                self._set(FIRST + 4 * channel + register - ALL, value, at)
        else:
            self.registers[register] = value
            if FIRST <= register < FIRST + 4 * CHANNELS and not self.registers[MODE1] & SLEEP:
                self.registers[MODE1] &= ~RESTART & 0xFF

    def _mode(self, value: int, at: float) -> None:
        was = self.registers[MODE1]
        restart = was & RESTART & ~value  # written as 1, it is cleared
        if value & SLEEP and not was & SLEEP:
            restart = RESTART if any(self._widths()) else restart
            self._stop(at)
        elif was & SLEEP and not value & SLEEP:
            self._begins = at + WAKES_US
        self.registers[MODE1] = value & ~RESTART & 0xFF | restart

    def enable(self, at: float, *, on: bool) -> None:
        """Pull OE to ground, or let it go."""
        self._run(at)
        if on and not self.enabled:
            self._high = [(channel, max(rise, at), fall) for channel, rise, fall in self._high]
        elif self.enabled and not on:
            self._fall(at)
        self.enabled = on

    def pulses(self, until: float) -> list[Pulse]:
        """Those that have ended by then and were not told yet."""
        self._run(until)
        made, self._made = self._made, []
        return made

    def widths(self) -> tuple[int, ...]:
        """What it gives at the time, by channel, 1/16 us; 0: nothing."""
        if not self.enabled or self.registers[MODE1] & (SLEEP | RESTART):
            return (0,) * CHANNELS
        return tuple(round(counts * self.count_us * 16) for counts in self._widths())

    def _widths(self) -> list[int]:
        widths = []
        for at in range(FIRST, FIRST + 4 * CHANNELS, 4):
            on, off = (int.from_bytes(self.registers[n : n + 2], "little") for n in (at, at + 2))
            if off & FULL << 8:
                widths.append(0)
            else:
                widths.append(COUNTS if on & FULL << 8 else (off - on) % COUNTS)
        return widths

    def _run(self, until: float) -> None:
        while self._begins is not None and self._begins < until:
            self._drop(self._begins)
            if not self.registers[MODE1] & RESTART:
                for channel, counts in enumerate(self._widths()):
                    on = int.from_bytes(self.registers[FIRST + 4 * channel : FIRST + 4 * channel + 2], "little")
                    rise = self._begins + on % COUNTS * self.count_us
                    if counts:
                        self._high.append((channel, rise, rise + counts * self.count_us))
            self._begins += COUNTS * self.count_us
        self._drop(until)

    def _drop(self, until: float) -> None:
        """Tell of what has fallen by then."""
        for channel, rise, fall in self._high:
            if fall <= until and self.enabled:
                self._tell(channel, rise, fall)
        self._high = [row for row in self._high if row[2] > until]

    def _fall(self, at: float) -> None:
        """What is high is cut."""
        for channel, rise, _ in self._high:
            if rise < at:
                self._tell(channel, rise, at)

    def _stop(self, at: float) -> None:
        self._run(at)
        if self.enabled:
            self._fall(at)
        self._high.clear()
        self._begins = None

    def _tell(self, channel: int, rise: float, fall: float) -> None:
        self._made.append(Pulse(channel, round(rise * 16), round((fall - rise) * 16)))
