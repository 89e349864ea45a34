"""The loop: sense → attend → feel → decide → guard → express → act, fifty times a second, in one thread.

Each turn takes values and gives values; nothing here waits for a device. Observers see each tick and can change
nothing. A tick that begins more than 5 ms late is counted, and the costliest step of the turn before it is named.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple, Protocol

from robot.core.clock import stopwatch
from robot.core.messages import Condition, Health, Silence, Telemetry, Tuned
from robot.core.tick import STEPS, Tick, Vitals
from robot.loop.cpu_quota import Quota
from robot.loop.load_shedding import Pace
from robot.sense.switches import CAMERA, MICROPHONE, Switches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from robot.attend.attention import Attention
    from robot.core.clock import Clock
    from robot.core.intents import Intent, Verdict
    from robot.core.messages import BodyFrame, Percept, VoiceCommand
    from robot.core.pose_history import PoseHistory
    from robot.core.tick import Clip, Observer
    from robot.decide.mind import Mind
    from robot.express.composer import Composer
    from robot.feel.feel import Feel
    from robot.guard.crisis.watch import Watch
    from robot.guard.guard import Guard
    from robot.loop.memory_keeper import Keeper
    from robot.loop.requests import Renewal
    from robot.loop.senses import Hears, Sees, Speaks, Tells
    from robot.parts.protocols import Body

log = logging.getLogger(__name__)

DT = 0.02
LATE_S = 0.005
BUSY = "the machine is too busy: ticks came late, so it looks less often"
LOST_TIME_S = 0.25  # further behind than this (a suspended machine), the missed ticks are let go


class Senses(NamedTuple):
    """What is polled each tick. Sight and hearing may be missing; the body may not."""

    body: Body
    sight: Sees | None
    hearing: Hears
    voice: Speaks
    ailments: Tells


class Steps(NamedTuple):
    """The owners of the steps' states."""

    watch: Watch
    attention: Attention
    feel: Feel
    mind: Mind
    guard: Guard
    composer: Composer


class Renews(Protocol):
    """Gives what was saved while the robot runs."""

    def take(self) -> Renewal | None: ...


class Loop:
    """Turns the loop."""

    def __init__(
        self,
        clock: Clock,
        senses: Senses,
        steps: Steps,
        history: PoseHistory,
        keeper: Keeper,
        observers: Iterable[Observer] = (),
    ) -> None:
        self.clock = clock
        self.senses = senses
        self.steps = steps
        self._history = history
        self._keeper = keeper
        self._observers = list(observers)
        self._n = 0
        self._zero = 0.0
        self._due = 0.0
        self._late = 0
        self._blamed: Counter[str] = Counter()
        self._culprit = ""
        self.pace = Pace(Quota().used_up)
        self._costs: tuple[float, ...] = (0.0,) * len(STEPS)
        self._watcher: Renews | None = None
        self._chores: deque[Callable[[], None]] = deque()
        self._tunings: deque[tuple[str, str]] = deque()
        self.switches = Switches()

    def run(self, until: float, stopping: Callable[[], bool] = lambda: False) -> None:
        """Turn until robot time `until` (s) or until `stopping()`; what passed before it is nobody's delay."""
        self._begin_now()
        while self._due < until and not stopping():
            self.clock.sleep_until(self._due)
            self.turn()

    def turn(self) -> Tick:
        """One tick, at the time that it is due."""
        late = self.clock.lag(self._due)
        self._count(late)
        if self.pace.note(late=late > LATE_S):
            self._give_way()
        tick = self.turn_at(self._due, late)
        self._due = self._zero + self._n * DT
        return tick

    def turn_at(self, now: float, late: float = 0.0) -> Tick:
        """The next tick, at robot time `now`, begun `late` seconds after it was due."""
        if self._watcher is not None:
            self._renew(self._watcher)
        while self._chores:
            self._chores.popleft()()
        marks = [stopwatch()]
        percepts = self._sense(now)
        for percept in percepts:
            if isinstance(percept, Tuned):
                self.steps.mind.tune(percept)
        marks.append(stopwatch())
        scene = self.steps.attention.update(now, percepts)
        marks.append(stopwatch())
        mind = self.steps.mind
        feelings = self.steps.feel.update(scene, DT, parted=mind.parted)
        marks.append(stopwatch())
        decision = mind.decide(scene, feelings)
        if decision.fresh and self.senses.sight is not None:
            self.senses.sight.switched_off = self.switches.off(CAMERA)
            self.senses.sight.awake = mind.watches(now) and not self.senses.sight.switched_off
        marks.append(stopwatch())
        intents: tuple[Intent, ...] = ()
        verdicts: tuple[Verdict, ...] = ()
        if decision.fresh:
            intents, verdicts, fault = self.steps.guard.review(decision, scene, mind.diary)
            if fault is not None:
                mind.bench(fault)
            mind.note(now, self.clock.civil(), intents)
            self.senses.hearing.set_language(mind.diary.manner.language)
        marks.append(stopwatch())
        frame, commands = self.steps.composer.compose(scene, feelings, decision, intents, mind.diary.manner, DT)
        marks.append(stopwatch())
        clips = self._act(frame, commands)
        self._keeper.keep(scene, intents, mind.diary.partner, DT)
        if self.senses.sight is not None:
            self.senses.sight.recall(self._keeper.faces, intents)
        marks.append(stopwatch())
        a, b, c, d, e, f, g, h = marks
        self._costs = (b - a, c - b, d - c, e - d, f - e, g - f, h - g)
        tick = Tick(
            self._n,
            now,
            percepts,
            scene,
            feelings,
            decision,
            intents,
            verdicts,
            frame,
            commands,
            clips,
            late,
            self._costs,
        )
        for observer in self._observers:
            observer.see(tick)
        self._n += 1
        return tick

    def watch(self, observer: Observer) -> None:
        """Let one more observer see the ticks from the next on."""
        self._observers.append(observer)

    def later(self, chore: Callable[[], None]) -> None:
        """Have something changed at the beginning of the next turn, by the loop's own thread; from any thread."""
        self._chores.append(chore)

    def tune(self, behavior: str, config: str) -> None:
        """Have a behaviour go on with other parameters (JSON) from the next turn on; from any thread. It is a percept,
        so that a recording of the run plays it again.
        """
        self._tunings.append((behavior, config))

    def renew_from(self, watcher: Renews) -> None:
        """Take from `watcher`, between two turns, what was saved while the robot runs."""
        self._watcher = watcher

    def _renew(self, watcher: Renews) -> None:
        renewal = watcher.take()
        if renewal is None:
            return
        if renewal.behaviors is not None:
            self.steps.mind.renew(renewal.behaviors)
        if renewal.expressions is not None:
            self.steps.composer.renew(renewal.expressions)
        if renewal.phrases is not None:
            self.steps.guard.renew(renewal.phrases)
            self.senses.hearing.renew(renewal.phrases)

    def vitals(self) -> Vitals:
        """The loop's own condition and that of its parts."""
        body, sight, hearing, voice, _ = self.senses
        health = [body.health(), hearing.health(), voice.health()]
        if sight is not None:
            health.insert(1, sight.health())
        health += [
            Health(f"behaviour {name}", Condition.FAULT, why, "mend its file; it is benched until then")
            for name, why in self.steps.mind.benched.items()
        ]
        if self.pace.measure.spacing_s:
            health.append(Health("loop", Condition.LESSER, BUSY, "end other programs; bowlby top", "loop_slow"))
        return Vitals(self._n, self._late, tuple(self._blamed.most_common()), tuple(health))

    def _count(self, late: float) -> None:
        if late <= LATE_S:
            self._culprit = ""
            return
        self._late += 1
        if sum(self._costs) > DT:
            self._culprit = STEPS[max(range(len(STEPS)), key=self._costs.__getitem__)]
        self._culprit = self._culprit or "elsewhere"  # ticks that catch up are late by the same cause
        self._blamed[self._culprit] += 1
        if late > LOST_TIME_S:
            log.warning("the loop stood still for %.2f s; the missed ticks are let go", late)
            self._begin_now()

    def _give_way(self) -> None:
        """Have sight and hearing keep to the present measure."""
        spacing_s, share = self.pace.measure
        self.senses.hearing.share = share
        if self.senses.sight is not None:
            self.senses.sight.spacing_s = spacing_s

    def _begin_now(self) -> None:
        """The next tick is due at this moment."""
        self.clock.rebase()
        self._zero += max(self.clock.now() - self._due, 0.0)
        self._due = self._zero + self._n * DT

    def _go_on(self) -> None:
        self._n += 1
        self._due = self._zero + self._n * DT

    def _sense_body(self, now: float) -> list[Percept]:
        """What the body says; where the head was goes into the history."""
        percepts = list(self.senses.body.poll(now))
        for percept in percepts:
            if isinstance(percept, Telemetry):
                self._history.add(percept.t, percept.pose)
        return percepts

    def _sense(self, now: float) -> tuple[Percept, ...]:
        _, sight, hearing, voice, ailments = self.senses
        percepts = self._sense_body(now)
        self.switches.heed(percepts)
        hearing.mute(self.switches.off(MICROPHONE))
        if sight is not None:
            percepts += sight.poll(now)
        spoken = voice.poll(now)
        hearing.beside(voice.take_played(now))
        percepts += ailments.poll(now)
        while self._tunings:
            percepts.append(Tuned(now, *self._tunings.popleft()))
        if voice.unheard:
            for percept in spoken:
                hearing.gate(percept.active)
        percepts += self.steps.watch.over(hearing.poll(now))
        percepts += spoken
        return tuple(percepts)

    def _act(self, frame: BodyFrame, commands: Sequence[VoiceCommand]) -> tuple[Clip, ...]:
        self.senses.body.write(frame)
        voice = self.senses.voice
        for command in commands:
            voice.do(command)
        return tuple(voice.take_clips())

    def settle(self, seconds: float) -> None:
        """Bring the body smoothly to rest, silent, then let the servos go: however the run ended."""
        self.senses.voice.do(Silence())
        for _ in range(round(seconds / DT)):
            self.clock.sleep_until(self._due)
            self._sense_body(self._due)
            self.senses.body.write(self.steps.composer.rest(self._due, DT))
            self._go_on()

    def close(self) -> None:
        """Free every part; safe to call twice."""
        body, sight, hearing, voice, _ = self.senses
        for part in (voice, hearing, sight, body):
            if part is not None:
                part.close()
