"""The loop: sense → attend → feel → decide → guard → express → act, fifty times a second, in one thread.

Each step takes values and gives values; nothing here waits for a device. Observers see each tick and can change
nothing. A tick that begins more than 5 ms late is counted, and the costliest step of the turn before it is named.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.core.decision import Decision
from robot.core.requests import ShedLoad
from robot.core.tick import STEPS, Tick, Vitals
from robot.core.voice_commands import Silence
from robot.guard.guard import Review
from robot.loop.act import ActStep
from robot.loop.cpu_quota import Quota
from robot.loop.load_shedding import LATE_S, Pace
from robot.loop.sense import SenseStep
from robot.sense.switches import Switches
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.core.clock import Clock
    from robot.core.pose_history import PoseHistory
    from robot.core.requests import Request
    from robot.core.tick import Observer
    from robot.guard.watch import Watch
    from robot.loop.devices import Devices
    from robot.loop.memory_keeper import MemoryKeeper
    from robot.loop.renewal import Renewal
    from robot.loop.steps import Steps

log = logging.getLogger(__name__)

DT = 0.02
BUSY = Health("loop", Condition.LESSER, sentence("health.busy"), sentence("health.end_other_programs"), "loop_slow")
BENCHED = sentence("health.benched")
SLOW = sentence("health.benched_if_it_goes_on")
LOST_TIME_S = 0.25  # further behind than this (a suspended machine), the missed ticks are let go
NOT_FRESH = Review()


class Loop:
    """Turns the loop."""

    def __init__(
        self,
        clock: Clock,
        devices: Devices,
        watch: Watch,
        steps: Steps,
        keeper: MemoryKeeper,
        history: PoseHistory,
        observers: Iterable[Observer] = (),
    ) -> None:
        """`watch`: over what is said. `history`: where the head was, for whoever asks of another thread."""
        self.clock = clock
        self.devices = devices
        self.steps = steps
        self.switches = Switches()
        self._sense = SenseStep(devices, self.switches, watch, history)
        self._act = ActStep(clock, devices, self.switches, self._sense, steps, keeper)
        self._requests: deque[Request | Renewal] = deque()
        self._decision = Decision()
        self._observers = list(observers)
        self._n = 0
        self._zero = 0.0
        self._due = 0.0
        self._late = 0
        self._blamed: Counter[str] = Counter()
        self._culprit = ""
        self.pace = Pace(Quota().used_up)
        self._costs: tuple[float, ...] = (0.0,) * len(STEPS)

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
        if self.pace.note(late):
            self._act.carry_out((ShedLoad(*self.pace.measure),))
        tick = self.turn_at(self._due, late)
        self._due = self._zero + self._n * DT
        return tick

    def turn_at(self, now: float, late: float = 0.0) -> Tick:
        """The next tick, at robot time `now`, begun `late` seconds after it was due."""
        while self._requests:
            self._act.carry_out((self._requests.popleft(),))
        steps = self.steps
        a = stopwatch()
        percepts = self._sense.poll(now, self._decision.diary)
        b = stopwatch()
        scene = steps.attention.update(now, percepts)
        c = stopwatch()
        feelings = steps.feel.update(scene, DT, parted=self._decision.parted)
        d = stopwatch()
        self._decision = decision = steps.mind.decide(scene, feelings)
        e = stopwatch()
        review = steps.guard.review(decision, scene) if decision.fresh else NOT_FRESH
        f = stopwatch()
        frame, commands = steps.composer.compose(scene, feelings, decision, review.intents, DT)
        g = stopwatch()
        clips = self._act.do(scene, decision, review, frame, commands, DT)
        h = stopwatch()
        self._costs = (b - a, c - b, d - c, e - d, f - e, g - f, h - g)
        tick = Tick(
            n=self._n,
            t=now,
            percepts=percepts,
            scene=scene,
            feelings=feelings,
            decision=decision,
            done=review.intents,
            verdicts=review.verdicts,
            frame=frame,
            voice=commands,
            clips=clips,
            late_s=late,
            costs_s=self._costs,
        )
        for observer in self._observers:
            observer.see(tick)
        self._n += 1
        return tick

    def watch(self, observer: Observer) -> None:
        """Let one more observer see the ticks from the next on."""
        self._observers.append(observer)

    def ask(self, request: Request | Renewal) -> None:
        """Have something carried out before the next turn, by the loop's own thread; from any thread."""
        self._requests.append(request)

    def vitals(self) -> Vitals:
        """The loop's own condition and that of its parts."""
        health = self.devices.health()
        health += [
            Health("behaviour", Condition.FAULT, why, BENCHED, name=name)
            for name, why in self.steps.mind.benched.items()
        ]
        health += self._overseen()
        if self.pace.measure.min_interval_s:
            health.append(BUSY)
        return Vitals(self._n, self._late, tuple(self._blamed.most_common()), tuple(health))

    def _overseen(self) -> list[Health]:
        """What strangers' code takes too much of, and what of it holds the loop up at this moment."""
        oversight = self.steps.mind.oversight
        told = [Health("behaviour", Condition.LESSER, why, SLOW, name=name) for name, why in oversight.warned]
        held = oversight.held  # once: the call may end meanwhile, in another thread
        if held is not None:
            name, seconds = held
            reason = sentence("health.behaviour_holds_up", seconds=round(seconds, 1))
            told.append(Health("behaviour", Condition.FAULT, reason, BENCHED, name=name))
        return told

    def settle(self, seconds: float) -> None:
        """Bring the body smoothly to rest, silent, then let the servos go: however the run ended."""
        self.devices.voice.do(Silence())
        for _ in range(round(seconds / DT)):
            self.clock.sleep_until(self._due)
            self._sense.body(self._due)
            self.devices.body.write(self.steps.composer.rest(self._due, DT))
            self._n += 1
            self._due = self._zero + self._n * DT

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

    def _begin_now(self) -> None:
        """The next tick is due at this moment."""
        self.clock.rebase()
        self._zero += max(self.clock.now() - self._due, 0.0)
        self._due = self._zero + self._n * DT
