"""Watches a run and says whether what was expected was seen, each with its figure.

It is an observer like any other: it reads ticks and the world, and changes nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Say
from sim.run.duty_examiner import Conduct
from sim.run.finding import Finding, at_most
from sim.run.gaze_examiner import GazeExaminer

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.percepts import Utterance
    from robot.core.tick import Tick
    from robot.memory.records import Everything
    from sim.world.expectations import ExpectTable
    from sim.world.scenario import Scenario
    from sim.world.world import World

SETTLED = frozenset({"settle", "idle", "doze"})
MET_ONCE_SEEN = frozenset({"says", "verdict"})
MISSED_ONCE_SEEN = frozenset({"never_says", "silent", "calls", "still", "duties"})
LAST_TICK_S = 0.1  # how long before its end a whole run may have its last tick


class Uttered(NamedTuple):
    """A sentence of the robot, and when it was decided."""

    t: float
    phrase: str
    text: str


class Examiner:
    """Collects as little as it can each tick; the arithmetic comes at the end."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self._scenario = scenario
        self._modes: list[tuple[float, str, str]] = []  # from when on: mode, behaviour
        self._heard: list[Utterance] = []
        self._said: list[Uttered] = []
        self._sounding: list[tuple[float, str]] = []
        self._last = ("", "")
        self._ended = 0.0
        self.conduct = Conduct(world)
        self.remembers: Callable[[], Everything] | None = None
        self._looking = GazeExaminer(scenario, world)

    def see(self, tick: Tick) -> None:
        if not self._scenario.expect:
            return
        self._ended = tick.t
        self.conduct.see(tick)
        self._looking.see(tick)
        decision = tick.decision
        if decision.fresh:
            state = (decision.mode.value, decision.behavior)
            if state != self._last:
                self._last = state
                self._modes.append((tick.t, *state))
            self._said += [Uttered(tick.t, i.phrase, i.text) for i in tick.done if isinstance(i, Say)]
        if tick.clips:
            self._sounding += [(tick.t, clip.text) for clip in tick.clips]
        if tick.scene.utterances:
            self._heard += tick.scene.utterances

    def findings(self) -> list[Finding]:
        """All expectations of the scenario, judged as far as the run went."""
        judges: dict[str, Callable[[ExpectTable], Finding]] = {
            "says": self._says,
            "answers": self._answers,
            "never_says": self._never_says,
            "mode": self._mode,
            "settles": self._settles,
            "verdict": self._verdict,
            "silent": self._silent,
            "calls": self._calls,
            "remembers": self._remembers,
            "duties": self._duties,
            **self._looking.judges(),
        }
        return [self._in_time(expect, judges[expect.what](expect)) for expect in self._scenario.expect]

    def _in_time(self, expect: ExpectTable, finding: Finding) -> Finding:
        """Not judged where the run was cut short before its time, unless what was seen has settled it."""
        if self._ended >= min(self._end(expect), self._scenario.duration_s) - LAST_TICK_S:
            return finding
        if expect.what in MET_ONCE_SEEN and finding.passed:
            return finding
        if expect.what in MISSED_ONCE_SEEN and finding.figure is not None and not finding.passed:
            return finding
        return finding._replace(figure=None, passed=None)

    def _end(self, expect: ExpectTable) -> float:
        """When all has been seen that it is judged by, s."""
        match expect.what:
            case "mode":
                return expect.after
            case "eyes_turn" | "head_arrives" | "overshoot":
                return self._looking.window(expect)[1]
            case "settles":
                return math.inf if expect.limit is None else expect.after + expect.limit
            case _:
                return math.inf if expect.by is None else expect.by

    def _says(self, expect: ExpectTable) -> Finding:
        wanted = expect.phrase or expect.text
        found = next((u.t for u in self._said if _matches(u, expect) and u.t >= expect.after), None)
        by = self._scenario.duration_s if expect.by is None else expect.by
        return at_most(f"says {wanted!r} at, s", found, by)

    def _answers(self, expect: ExpectTable) -> Finding:
        """The longest time from the end of somebody's words to the first sound of an answer."""
        waits = [
            next((t - heard.t for t, _ in self._sounding if t >= heard.t), math.inf)
            for heard in self._heard
            if heard.intent not in {"stop", "quiet"}
        ]
        return at_most("the longest wait for an answer is, s", max(waits, default=None), expect.limit)

    def _never_says(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        found = next((u.text for u in self._said if start <= u.t <= end and _matches(u, expect)), None)
        return Finding(f"never says {expect.phrase or expect.text!r}", found, found is None)

    def _mode(self, expect: ExpectTable) -> Finding:
        mode = next((mode for t, mode, _ in reversed(self._modes) if t <= expect.after), "boot")
        return Finding(f"is {expect.mode} at {expect.after} s", mode, mode == expect.mode)

    def _settles(self, expect: ExpectTable) -> Finding:
        calm = next((t - expect.after for t, _, doing in self._modes if t >= expect.after and doing in SETTLED), None)
        if calm is None and self._last[1] in SETTLED:
            calm = 0.0
        return at_most(f"has settled after {expect.after} s by, s", calm, expect.limit)

    def _span(self, expect: ExpectTable) -> tuple[float, float]:
        return expect.after, self._scenario.duration_s if expect.by is None else expect.by

    def _verdict(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        found = next((t for t, duty in self.conduct.verdicts if duty == expect.duty and start <= t <= end), None)
        return at_most(f"the guard acts by duty {expect.duty} at, s", found, end)

    def _silent(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        found = next((u.text for u in self._said if start <= u.t <= end), None)
        return Finding(f"says nothing from {start:g} to {end:g} s", found, found is None)

    def _calls(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        count = sum(start <= t <= end for t in self.conduct.began)
        limit = 0.0 if expect.limit is None else expect.limit
        return Finding(f"begins or calls from {start:g} to {end:g} s (at most {limit:g})", count, count <= limit)

    def _remembers(self, expect: ExpectTable) -> Finding:
        kept = self.remembers() if self.remembers is not None else None
        count = len(kept.people) + len(kept.topics) if kept is not None else 0
        return Finding(
            f"people and topics in its memory (at most {expect.limit:g})", count, count <= (expect.limit or 0)
        )

    def _duties(self, expect: ExpectTable) -> Finding:  # noqa: ARG002 - all are judged alike
        broken = self.conduct.broken
        shown = "; ".join(f"{b.duty} at {b.t:.1f} s: {b.what}" for b in broken[:3]) if broken else None
        return Finding("holds every duty that can be seen", shown, not broken)


def _matches(uttered: Uttered, expect: ExpectTable) -> bool:
    if expect.phrase:
        return uttered.phrase == expect.phrase
    return expect.text.lower() in uttered.text.lower()
