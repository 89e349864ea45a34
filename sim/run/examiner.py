"""Watches a run and says whether what was expected was seen, each with its figure.

Gaze and motion are judged by where the head really is, not by where it was sent. It is an observer like any other: it
reads ticks and the world, and changes nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Say
from sim.run.duty_examiner import ON_EYES, Conduct, eyes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.messages import Utterance
    from robot.core.tick import Tick
    from robot.memory.records import Everything
    from sim.world.expectations import ExpectTable
    from sim.world.scenario import Scenario
    from sim.world.world import World

MOVED = math.radians(2.0)
GAZE = frozenset({"eyes_turn", "head_arrives", "overshoot"})  # the gaze is kept only around these
SETTLED = frozenset({"settle", "idle", "doze"})
MET_ONCE_SEEN = frozenset({"says", "verdict"})
MISSED_ONCE_SEEN = frozenset({"never_says", "silent", "calls", "still", "duties"})
LAST_TICK_S = 0.1  # how long before its end a whole run may have its last tick


class Finding(NamedTuple):
    """One expectation, what was measured, and whether that is enough; None: the run ended before it could be judged."""

    text: str
    figure: float | str | None
    passed: bool | None


class Uttered(NamedTuple):
    """A sentence of the robot, and when it was decided."""

    t: float
    phrase: str
    text: str


class Examiner:
    """Collects as little as it can each tick; the arithmetic comes at the end."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self._scenario = scenario
        self._world = world
        self._times: list[float] = []
        self._gaze: list[tuple[float, float]] = []  # heading of the head, of the eyes
        self._modes: list[tuple[float, str, str]] = []  # from when on: mode, behaviour
        self._heard: list[Utterance] = []
        self._said: list[Uttered] = []
        self._sounding: list[tuple[float, str]] = []
        self._last = ("", "")
        self._ended = 0.0
        self.conduct = Conduct(world)
        self.remembers: Callable[[], Everything] | None = None
        self._moved: list[tuple[float, float, float]] = []  # heading and pitch, only where it must be still
        self._turns: list[tuple[float, str]] = []  # whose eyes it looked into, each time another's than before
        self._watched = any(expect.what == "gaze_turns" for expect in scenario.expect)
        self._shares = {i: [0, 0] for i, expect in enumerate(scenario.expect) if expect.what == "gaze_share"}
        self._looks = [
            (i, expect, self._span(expect))
            for i, expect in enumerate(scenario.expect)
            if expect.what in {"gaze_share", "still", "moves"}
        ]
        self._reach = world.description.eye_range
        windows = [self._window(expect) for expect in scenario.expect if expect.what in GAZE]
        self._from = min((start for start, _ in windows), default=math.inf)
        self._until = max((end for _, end in windows), default=-math.inf)

    def see(self, tick: Tick) -> None:
        if not self._scenario.expect:
            return
        self._ended = tick.t
        self.conduct.see(tick)
        self._watch_gaze(tick)
        if self._from <= tick.t <= self._until:
            at = self._world.pose
            heading = at.base_yaw + at.head_yaw
            self._times.append(tick.t)
            self._gaze.append((heading, heading + tick.frame.eyes.x * self._reach))
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
            "eyes_turn": self._eyes_turn,
            "head_arrives": self._head_arrives,
            "overshoot": self._overshoot,
            "says": self._says,
            "answers": self._answers,
            "never_says": self._never_says,
            "mode": self._mode,
            "settles": self._settles,
            "verdict": self._verdict,
            "silent": self._silent,
            "calls": self._calls,
            "still": self._still,
            "moves": self._moves,
            "gaze_share": self._gaze_share,
            "gaze_turns": self._gaze_turns,
            "remembers": self._remembers,
            "duties": self._duties,
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
                return self._window(expect)[1]
            case "settles":
                return math.inf if expect.limit is None else expect.after + expect.limit
            case _:
                return math.inf if expect.by is None else expect.by

    def _appeared(self, expect: ExpectTable) -> float:
        person = next(p for p in self._scenario.person if p.name == expect.person)
        return person.way[0].at

    def _window(self, expect: ExpectTable) -> tuple[float, float]:
        """From when to when the gaze must be known: until the person who appeared walks on."""
        start = self._appeared(expect)
        way = next(p for p in self._scenario.person if p.name == expect.person).way
        return start, max(way[1].at if len(way) > 1 else start + 4.0, start + expect.after)

    def _error(self, person: str, i: int, which: int) -> float:
        """Infinite where nobody is there, or the run has ended."""
        truth = self._world.bearing(person, self._times[i]) if 0 <= i < len(self._times) else None
        return math.inf if truth is None else self._gaze[i][which] - truth[0]

    def _eyes_turn(self, expect: ExpectTable) -> Finding:
        start = self._appeared(expect)
        first = bisect_left(self._times, start)
        before = abs(self._error(expect.person, first, 1))
        figure = next(
            (
                self._times[i] - start
                for i in range(first, len(self._times))
                if before - abs(self._error(expect.person, i, 1)) > MOVED
            ),
            None,
        )
        return _at_most(f"the eyes turn to {expect.person} after, s", figure, expect.limit)

    def _head_arrives(self, expect: ExpectTable) -> Finding:
        i = min(bisect_left(self._times, self._appeared(expect) + expect.after), len(self._times) - 1)
        figure = abs(math.degrees(self._error(expect.person, i, 0)))
        return _at_most(f"the head is off {expect.person} after {expect.after} s by, degrees", figure, expect.limit)

    def _overshoot(self, expect: ExpectTable) -> Finding:
        """How far the head goes beyond somebody who just appeared, while they stand still."""
        first, last = (bisect_left(self._times, t) for t in self._window(expect))
        side = math.copysign(1.0, -self._error(expect.person, first, 0))
        figure = max((math.degrees(side * self._error(expect.person, i, 0)) for i in range(first, last)), default=0.0)
        return _at_most(f"the head goes beyond {expect.person} by, degrees", max(figure, 0.0), expect.limit)

    def _says(self, expect: ExpectTable) -> Finding:
        wanted = expect.phrase or expect.text
        found = next((u.t for u in self._said if _matches(u, expect) and u.t >= expect.after), None)
        by = self._scenario.duration_s if expect.by is None else expect.by
        return _at_most(f"says {wanted!r} at, s", found, by)

    def _answers(self, expect: ExpectTable) -> Finding:
        """The longest time from the end of somebody's words to the first sound of an answer."""
        waits = [
            next((t - heard.t for t, _ in self._sounding if t >= heard.t), math.inf)
            for heard in self._heard
            if heard.intent not in {"stop", "quiet"}
        ]
        return _at_most("the longest wait for an answer is, s", max(waits, default=None), expect.limit)

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
        return _at_most(f"has settled after {expect.after} s by, s", calm, expect.limit)

    # ------------------------------------------------------------ conduct

    def _span(self, expect: ExpectTable) -> tuple[float, float]:
        return expect.after, self._scenario.duration_s if expect.by is None else expect.by

    def _watch_gaze(self, tick: Tick) -> None:
        """Only what some expectation asks for."""
        if self._watched:
            self._watch_turns(tick)
        for i, expect, (start, end) in self._looks:
            if not start <= tick.t <= end:
                continue
            if expect.what != "gaze_share":
                pose = self._world.pose
                self._moved.append((tick.t, pose.base_yaw + pose.head_yaw, pose.neck_pitch))
            elif (truth := self._world.bearing(expect.person, tick.t)) is not None:
                yaw, pitch = self._eyes(tick)
                self._shares[i][0] += math.hypot(truth[0] - yaw, truth[1] - pitch) < ON_EYES
                self._shares[i][1] += 1

    def _watch_turns(self, tick: Tick) -> None:
        """Whose eyes it looks into now, where that is beyond doubt: nobody else is within twice the angle."""
        yaw, pitch = self._eyes(tick)
        near = []
        for name in self._world.names.values():
            truth = self._world.bearing(name, tick.t)
            if truth is not None and math.hypot(truth[0] - yaw, truth[1] - pitch) < 2 * ON_EYES:
                near.append((math.hypot(truth[0] - yaw, truth[1] - pitch), name))
        if len(near) == 1 and near[0][0] < ON_EYES and (not self._turns or self._turns[-1][1] != near[0][1]):
            self._turns.append((tick.t, near[0][1]))

    def _eyes(self, tick: Tick) -> tuple[float, float]:
        """Where they look, from where the head really is."""
        return eyes_of(tick.frame._replace(pose=self._world.pose), self._world.description)

    def _verdict(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        found = next((t for t, duty in self.conduct.verdicts if duty == expect.duty and start <= t <= end), None)
        return _at_most(f"the guard acts by duty {expect.duty} at, s", found, end)

    def _silent(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        found = next((u.text for u in self._said if start <= u.t <= end), None)
        return Finding(f"says nothing from {start:g} to {end:g} s", found, found is None)

    def _calls(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        count = sum(start <= t <= end for t in self.conduct.began)
        limit = 0.0 if expect.limit is None else expect.limit
        return Finding(f"begins or calls from {start:g} to {end:g} s (at most {limit:g})", count, count <= limit)

    def _still(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        widest = self._widest(start, end)
        return _at_most(f"its head moves from {start:g} to {end:g} s by, degrees", widest, expect.limit)

    def _moves(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        widest, least = self._widest(start, end), expect.least or 0.0
        text = f"its head moves from {start:g} to {end:g} s by, degrees (at least {least:g})"
        return Finding(text, _shown(widest), math.isfinite(widest) and widest >= least)

    def _widest(self, start: float, end: float) -> float:
        """How far the head went in heading or pitch, degrees; infinite when nothing was seen."""
        poses = [(yaw, pitch) for t, yaw, pitch in self._moved if start <= t <= end]
        return math.degrees(max((max(column) - min(column) for column in zip(*poses, strict=True)), default=math.inf))

    def _gaze_share(self, expect: ExpectTable) -> Finding:
        on, seen = next(self._shares[i] for i, other in enumerate(self._scenario.expect) if other is expect)
        share = on / seen if seen else math.nan
        least, limit = expect.least or 0.0, 1.0 if expect.limit is None else expect.limit
        text = f"looks {expect.person} in the eyes, share of the time ({least:g} to {limit:g})"
        return Finding(text, _shown(share), least <= share <= limit)

    def _gaze_turns(self, expect: ExpectTable) -> Finding:
        start, end = self._span(expect)
        count = sum(start <= t <= end for t, _ in self._turns[1:])
        least, limit = expect.least or 0.0, math.inf if expect.limit is None else expect.limit
        text = f"its eyes turn from one person to another from {start:g} to {end:g} s ({least:g} to {limit:g} times)"
        return Finding(text, count, least <= count <= limit)

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


def _at_most(text: str, figure: float | None, limit: float | None) -> Finding:
    shown = None if figure is None else _shown(figure)
    passed = shown is not None and figure is not None and (limit is None or figure <= limit)
    return Finding(f"{text} (at most {limit})" if limit is not None else text, shown, passed)


def _shown(figure: float) -> float | None:
    return round(figure, 3) if math.isfinite(figure) else None
