"""The last step: the only writer to each device, and the one place where requests are carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Consult, Hush
from robot.core.requests import (
    BenchBehavior,
    DropWish,
    KeepQuiet,
    RestSight,
    ShedLoad,
    ShowByHand,
    SwitchSense,
    TakeAs,
    TakeWish,
    TuneBehavior,
    UseLanguage,
)
from robot.feel.rhythm import Rhythm
from robot.guard.rules.rule import QuietHours
from robot.loop.renewal import Renewal
from robot.sense.switches import CAMERA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.body_frame import BodyFrame
    from robot.core.clock import Clock
    from robot.core.decision import Decision
    from robot.core.intents import Intent
    from robot.core.requests import Request
    from robot.core.scene import Scene
    from robot.core.tick import Clip
    from robot.core.voice_commands import VoiceCommand
    from robot.guard.guard import Review
    from robot.loop.devices import Devices, Suggests
    from robot.loop.memory_keeper import MemoryKeeper
    from robot.loop.sense import SenseStep
    from robot.loop.steps import Steps
    from robot.sense.switches import Switches


class ActStep:
    """Writes to body, voice and memory, tells the mind what was done, and carries out requests."""

    def __init__(
        self,
        clock: Clock,
        devices: Devices,
        switches: Switches,
        sense: SenseStep,
        steps: Steps,
        keeper: MemoryKeeper,
    ) -> None:
        self._clock = clock
        self._devices = devices
        self._switches = switches
        self._sense = sense
        self._steps = steps
        self._keeper = keeper
        self._resting = False  # as the mind wants it

    def do(
        self,
        scene: Scene,
        decision: Decision,
        review: Review,
        frame: BodyFrame,
        commands: Iterable[VoiceCommand],
        dt: float,
    ) -> tuple[Clip, ...]:
        """One tick's deeds; the sound that began with it."""
        devices = self._devices
        devices.body.write(frame)
        for command in commands:
            devices.voice.do(command)
        clips = tuple(devices.voice.take_clips())
        if decision.fresh:
            self._steps.mind.note(scene.t, self._clock.civil(), review.intents)
            self.carry_out(decision.requests)
            self.carry_out(review.requests)
        self._keeper.keep(scene, review.intents, decision.diary.partner, dt)
        if devices.sight is not None:
            devices.sight.recall(self._keeper.faces, review.intents)
        if devices.model is not None and review.intents:
            self._consult(devices.model, review.intents, scene.t)
        return clips

    @staticmethod
    def _consult(model: Suggests, intents: Iterable[Intent], now: float) -> None:
        """Ask the language model; whatever silences the voice silences it, too."""
        for intent in intents:
            if isinstance(intent, Hush):
                model.cut()
            elif isinstance(intent, Consult):
                model.ask(intent, now)

    def carry_out(self, requests: Iterable[Request | Renewal]) -> None:
        """Do what was asked for, in its order."""
        for request in requests:
            self._carry_out(request)

    def _carry_out(self, request: Request | Renewal) -> None:  # noqa: C901 - one case a kind of request
        devices, steps = self._devices, self._steps
        match request:
            case UseLanguage(language=language):
                devices.hearing.set_language(language)
            case RestSight(on=on):
                self._resting = on
                self._rest_sight()
            case BenchBehavior(error=error):
                steps.mind.bench(error)
            case ShowByHand(expression=expression):
                steps.mind.ask_for(expression)
            case SwitchSense(sense=sense, on=on):
                self._switches.turn(sense, on=on)
            case TuneBehavior(behavior=behavior, config=config):
                self._sense.tune(behavior, config)
            case TakeAs(words=words):
                self._sense.take(words)
            case TakeWish() | DropWish():
                self._sense.wish(request)
            case ShedLoad(spacing_s=spacing_s, share=share):
                devices.hearing.share = share
                if devices.sight is not None:
                    devices.sight.min_interval_s = spacing_s
            case KeepQuiet(start=start, end=end):
                steps.guard.quiet_hours = QuietHours(start, end)
                steps.feel.rhythm = Rhythm(start, end, steps.feel.attachment.parameters)
            case Renewal():
                self._renew(request)

    def _rest_sight(self) -> None:
        sight = self._devices.sight
        if sight is not None:
            sight.switched_off = self._switches.off(CAMERA)
            sight.awake = not (self._resting or sight.switched_off)

    def _renew(self, renewal: Renewal) -> None:
        steps = self._steps
        if renewal.behaviors is not None:
            steps.mind.renew(renewal.behaviors)
        if renewal.expressions is not None:
            steps.composer.renew(renewal.expressions)
        if renewal.phrases is not None:
            steps.mind.read_by(renewal.phrases)
            steps.guard.renew(renewal.phrases)
            self._devices.hearing.renew(renewal.phrases)
            if self._devices.reader is not None:
                self._devices.reader.renew(renewal.phrases)
