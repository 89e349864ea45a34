"""Plays a recording to whoever looks: held, hurried, stepped and sent to any moment, from another thread."""

from __future__ import annotations

from collections import deque
from threading import Event
from typing import TYPE_CHECKING, Protocol

from robot.core.clock import stopwatch
from robot.core.percepts import FacesSeen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from robot.core.tick import Tick
    from robot.recording.index import Felt, Mark
    from robot.recording.seekable import Holdings, SeekableRecording

BEAT_S = 0.02
LOST_TIME_S = 0.25  # what a busy machine loses beyond this is not caught up
SLOWEST, FASTEST = 0.1, 10.0


class Screen(Protocol):
    """Where the ticks are shown."""

    def see(self, tick: Tick) -> None: ...

    def cut(self, before: Sequence[Tick]) -> None:
        """Another moment comes next; `before` is what was told until then."""
        ...

    def look_again(self, seen: FacesSeen) -> None:
        """The picture of the moment that is held, for whoever began to look meanwhile."""
        ...


class Player:
    """Begins held at the first tick. All but `run` may be called from any thread; it is obeyed within a beat."""

    def __init__(self, film: SeekableRecording, screen: Screen) -> None:
        self._film = film
        self._screen = screen
        self._wishes: deque[Callable[[], None]] = deque()
        self._asked = Event()
        self._ticks: Iterator[Tick] = iter(())
        self._seen: FacesSeen | None = None
        self._now = film.time(0)
        self.position = 0
        self.paused = True
        self.speed = 1.0

    @property
    def start(self) -> float:
        """Robot time of the first tick, s."""
        return self._film.time(0)

    @property
    def end(self) -> float:
        return self._film.time(len(self._film) - 1)

    @property
    def holdings(self) -> Holdings:
        return self._film.holdings

    @property
    def marks(self) -> Sequence[Mark]:
        return self._film.index.marks

    def felt_until(self, t: float, seconds: float) -> Sequence[Felt]:
        return self._film.index.felt_until(t, seconds)

    def pause(self, *, yes: bool) -> None:
        """Hold, or go on; at the end, from the beginning."""
        self._wish(lambda: self._pause(yes=yes))

    def step(self, ticks: int = 1) -> None:
        """Hold, and go so many ticks on, or back where negative."""

        def go() -> None:
            self.paused = True
            self._go(self.position + ticks)

        self._wish(go)

    def seek(self, t: float) -> None:
        """Go to the moment `t`, robot time in s."""
        self._wish(lambda: self._go(self._film.position(t)))

    def set_speed(self, speed: float) -> None:
        """Times real time."""
        self.speed = min(max(speed, SLOWEST), FASTEST)

    def run(self, stopping: Callable[[], bool]) -> None:
        """Play until `stopping()`. Raises InputError where the file is no longer what it was."""
        self._go(0)
        last = stopwatch()
        while not stopping():
            self._asked.wait(BEAT_S)
            self._asked.clear()
            now = stopwatch()
            while self._wishes:
                self._wishes.popleft()()
            if not self.paused:
                self._play(min(now - last, LOST_TIME_S) * self.speed)
            elif self._seen is not None:
                self._screen.look_again(self._seen)
            last = now

    def _wish(self, wish: Callable[[], None]) -> None:
        self._wishes.append(wish)
        self._asked.set()

    def _pause(self, *, yes: bool) -> None:
        self.paused = yes
        if not yes and self.position == len(self._film) - 1:
            self._go(0)

    def _go(self, position: int) -> None:
        position = min(max(position, 0), len(self._film) - 1)
        before = self._film.before(position)
        self._ticks = self._film.play(position)
        tick = next(self._ticks)
        self._screen.cut(before)
        self._seen = None
        self._show(position, tick)
        self._now = self._film.time(position)

    def _play(self, seconds: float) -> None:
        self._now += seconds
        while self.position + 1 < len(self._film) and self._film.time(self.position + 1) <= self._now:
            self._show(self.position + 1, next(self._ticks))
            if self._wishes:
                return
        if self.position + 1 == len(self._film):
            self.paused = True

    def _show(self, position: int, tick: Tick) -> None:
        self.position = position
        for percept in tick.percepts:
            if isinstance(percept, FacesSeen) and percept.image is not None:
                self._seen = percept
        self._screen.see(tick)
