"""A robot that runs: what people and programs ask of it, and how it ends."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from robot.app.watcher import Watcher
from robot.loop.renewal import Renewal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import time
    from pathlib import Path

    from robot.app.context import RunContext
    from robot.app.plugins import Library
    from robot.config.schema import Config
    from robot.core.body_description import BodyDescription
    from robot.core.condition import Health
    from robot.core.tick import Vitals
    from robot.decide.behavior import Behavior
    from robot.express.voice import Voice
    from robot.health.clock_jump import ClockWatch
    from robot.loop.loop import Loop
    from robot.loop.memory_keeper import MemoryKeeper
    from robot.memory.memory import Memory
    from robot.parts.browser_media import Lent
    from robot.parts.protocols import Part
    from robot.sense.hearing.hearing import Hearing
    from robot.sense.language.phrases import Phrases
    from robot.sense.sight.sight import Sight

SETTLE_S = 1.6


class Robot:
    """Made by `robot.app.build.build`; close it when done. Whatever is asked of it may come from any thread."""

    def __init__(
        self,
        *,
        config: Config,
        context: RunContext,
        description: BodyDescription,
        loop: Loop,
        sight: Sight | None,
        hearing: Hearing,
        voice: Voice,
        memory: Memory,
        keeper: MemoryKeeper,
        library: Library,
        lent: Lent,
        extras: Sequence[Part],
        missing: list[Health],
        clock_watch: ClockWatch,
    ) -> None:
        self.config = config
        self.context = context
        self.description = description
        self.loop = loop
        self.sight = sight
        self.hearing = hearing
        self.voice = voice
        self.memory = memory
        self.lent = lent
        self.missing = missing
        self._keeper = keeper
        self._library = library
        self._extras = extras
        self._clock_watch = clock_watch
        self._watcher: Watcher | None = None
        self._added: list[Behavior] = []
        self._beside: list[Callable[[], Health]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def settle(self) -> None:
        """Bring the body to rest and let the servos go."""
        self.loop.settle(SETTLE_S)

    def watch_files(self) -> None:
        """Take up behaviours, expressions and phrases within a second of their being saved. A run that must repeat to
        the byte does without.
        """
        if self._watcher is None:
            self._watcher = Watcher(self._library, self.loop.ask)

    def add(self, behavior: Behavior) -> None:
        """Let one more behaviour bid, beside those of the files or in the place of the one with its name."""
        self._added.append(behavior)
        names = {one.name for one in self._added}
        others = [one for one in self._library.behaviors if one.name not in names]
        self.loop.ask(Renewal(behaviors=(*others, *self._added)))

    def bring(self, folder: Path) -> None:
        """Take in the phrases and expressions of one more folder. Raises BowlbyError for a broken file there."""
        renewal = self._library.bring(folder)
        if renewal is not None:
            self.loop.ask(renewal)

    def expressions(self) -> list[str]:
        """Names of what it can show, as the files are now."""
        return sorted(self._library.expressions)

    @property
    def phrases(self) -> Phrases:
        """The tables that it speaks by, as the files are now."""
        return self._library.phrases

    def quiet_hours(self) -> tuple[time, time]:
        """From when until when it begins no talk, civil time."""
        hours = self.loop.steps.guard.quiet_hours
        return hours.start, hours.end

    def tell_of(self, health: Callable[[], Health]) -> None:
        """Have one more part in the vitals, by its health."""
        self._beside.append(health)

    def vitals(self) -> Vitals:
        vitals = self.loop.vitals()
        extras = [part.health() for part in self._extras]
        health = [*vitals.health, *extras, self.memory.health(), *self._library.health(), *self.missing]
        health += [] if self._watcher is None else self._watcher.health()
        health += [told() for told in self._beside]
        jump = self._clock_watch.health()
        return vitals._replace(health=(*health, jump) if jump is not None else tuple(health))

    def close(self) -> None:
        """Free every device and end every worker; safe to call twice. The memory is safe before anything that may wait
        or fail.
        """
        with contextlib.ExitStack() as last_comes_first:
            for part in self._extras:
                last_comes_first.callback(part.close)
            last_comes_first.callback(self.loop.devices.close)
            if self._watcher is not None:
                last_comes_first.callback(self._watcher.close)
            last_comes_first.callback(self.memory.close)
            last_comes_first.callback(self._keeper.close)
