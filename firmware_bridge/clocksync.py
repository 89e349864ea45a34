"""Robot time and board time: a straight line through pings, by weighted least squares with forgetting.

After Klipper's clocksync: the board's clock is taken to be read half-way between ping and pong, a ping that took
long counts little, and one that cannot be true is left out. Each ping costs the same, however many came before.
"""

from __future__ import annotations

from collections import deque

FORGET = 0.99  # weight of the past at each new ping
USUAL_US = 500.0  # extra delay at which a ping counts half
STEEPEST = 0.02  # a ceramic resonator is off by up to 0.5 %
DOUBT = 0.01  # s2; what is known of the slope beforehand: noise of 300 us over a slope of 3000 us/s, squared
GATE_US = 3000.0
REJECTS = 5  # wrong pings in a row: the board's clock has jumped


class ClockSync:
    """Fits board microseconds against robot seconds."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything: the board has restarted."""
        self.samples = 0
        self._strange = 0
        self._trips: deque[float] = deque(maxlen=64)
        self._t0 = self._y0 = 0.0
        self._weight = self._mean_x = self._mean_y = self._xx = self._xy = 0.0
        self._slope = 0.0

    @property
    def ready(self) -> bool:
        return self.samples > 0

    def board_us(self, t: float) -> float:
        """Board time at robot time `t`, unwrapped: add to it or take it modulo 2**32."""
        x = t - self._t0
        return self._y0 + 1e6 * x + self._mean_y + self._slope * (x - self._mean_x)

    def robot_s(self, board_us: int, near: float) -> float:
        """Robot time of a board time (modulo 2**32) that lies within half an hour of robot time `near`."""
        guess = self.board_us(near)
        apart = (board_us - guess + 2**31) % 2**32 - 2**31
        return near + apart / (1e6 + self._slope)

    def add(self, sent: float, received: float, board_us: int) -> None:
        """One ping: robot times around it and the board time (modulo 2**32) in the answer."""
        trip = max(received - sent, 0.0) * 1e6
        middle = (sent + received) / 2
        if not self.samples:
            self._t0, self._y0 = middle, float(board_us)
        residual = (board_us - self.board_us(middle) + 2**31) % 2**32 - 2**31
        excess = trip - min(self._trips, default=trip)
        if self.samples and abs(residual) > trip / 2 + GATE_US:
            self._strange += 1
            if self._strange >= REJECTS:
                self.reset()
                self.add(sent, received, board_us)
            return
        self._strange = 0
        self._trips.append(trip)
        self.samples += 1
        self._fit(middle - self._t0, board_us, 1.0 / (1.0 + (excess / USUAL_US) ** 2))

    def _fit(self, x: float, board_us: int, weight: float) -> None:
        line = self._mean_y + self._slope * (x - self._mean_x)
        y = board_us - (1e6 * x + self._y0)
        y += 2**32 * round((line - y) / 2**32)  # whole turns of the board's clock, to where it is expected
        self._weight = self._weight * FORGET + weight
        gain = weight / self._weight
        dx, dy = x - self._mean_x, y - self._mean_y
        self._mean_x += gain * dx
        self._mean_y += gain * dy
        self._xx = (self._xx * FORGET) + weight * (1 - gain) * dx * dx
        self._xy = (self._xy * FORGET) + weight * (1 - gain) * dx * dy
        slope = self._xy / (self._xx + DOUBT * self._weight)
        self._slope = min(max(slope, -STEEPEST * 1e6), STEEPEST * 1e6)
