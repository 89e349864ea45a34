"""Sight: pictures in, tracked faces out.

Pictures go to a worker thread, so that the loop never waits for a network. With a camera in real time the newest
picture waits for the worker and what it showed is handed out when ready; with a camera that keeps step with the clock
(`Camera.latency`) it is handed out at a fixed time after capture, and a poll waits for the worker if need be, so that a
run has the same bytes at any speed. A picture that comes with its detections needs no worker.

One picture at a time is held, and none once it has been handed out; in the dark also the mean of the last few, until it
is light, or sight rests.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.core.errors import ModelError
from robot.core.intents import LearnFace
from robot.parts.supervise import Enduring
from robot.sense.sight.eye import Eye
from robot.sense.sight.face_encoder import REMEDY
from robot.sense.sight.lens_check import LensCheck
from robot.sense.sight.yunet import ENGINE
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np

    from robot.core.body_description import CameraMount
    from robot.core.errors import PartError
    from robot.core.intents import Intent
    from robot.core.percepts import FacesSeen
    from robot.parts.protocols import Camera, Looks, Picture
    from robot.sense.sight.detector import FaceFinder
    from robot.sense.sight.face_recognition import FaceRecognition

SIGHT_NICE = 8
WAITING = 4  # pictures of a camera in step that may be under way; more means its latency is longer than it should be
SWITCHED_OFF = Health("sight", Condition.OFF, sentence("health.sight_off"), sentence("health.switch_on"))
RESTS = Health("sight", Condition.OFF, sentence("health.sight_rests"))
ANOTHER_MACHINE = sentence("health.finder_elsewhere")
THIS_MACHINE = sentence("health.finder_here", model="YuNet", engine=ENGINE)


class Sight:
    """The sense of sight as the loop polls it."""

    def __init__(
        self,
        camera: Camera,
        mount: CameraMount,
        finder: FaceFinder | None = None,
        recognition: FaceRecognition | None = None,
        elsewhere: Looks | None = None,
    ) -> None:
        """`recognition`: None where the extra `faces` is not installed. `elsewhere`: who looks instead of this machine,
        whenever it answers; tracks and names stay here.
        """
        self._elsewhere = elsewhere
        self._camera = camera
        self.recognition = recognition
        self._eye = Eye(mount, finder, recognition, elsewhere)
        self._latency = camera.latency
        self._pool: ThreadPoolExecutor | None = None
        self._ready: deque[tuple[float, Picture | Future[FacesSeen]]] = deque()  # in step with the clock
        self._working: Future[FacesSeen] | None = None  # in real time
        self._newest: Picture | None = None
        self._trouble: PartError | None = None  # of the last picture
        self._enduring = Enduring(self._lose)
        self._lens = LensCheck()
        self._lent = 0
        self._still = False  # as the last picture that came
        self.awake = True
        self.switched_off = False
        self.min_interval_s = 0.0
        self._looked = float("-inf")

    def warm_up(self) -> None:
        """Make the eye ready before the first picture; for runs that outpace its start. Raises ModelError."""
        self._eye.warm_up()

    def recall(self, known: Mapping[str, np.ndarray], intents: Iterable[Intent]) -> None:
        """Whom to know by their face, templates (128,) by name, and whose face to learn now."""
        if self.recognition is None:
            return
        self.recognition.know(known)
        for intent in intents:
            if isinstance(intent, LearnFace):
                self.recognition.learn(intent.name, intent.track)

    def poll(self, now: float) -> list[FacesSeen]:
        """What has been seen since the last call, oldest first. Asleep, the camera is not asked and rests."""
        picture: Picture | None = None
        if self.awake and not self._blind:
            with self._enduring:
                picture = self._camera.poll(now)
        if picture is not None:
            self._still = picture.still
        before: list[FacesSeen] = []
        if not self.awake:
            self._rest(now)
        if self._camera.latency != self._latency:
            before, self._latency = self._finished(), self._camera.latency
        if self._latency is not None:
            return before + self._in_step(now, picture, self._latency)
        return before + self._in_real_time(now, picture)

    def _rest(self, now: float) -> None:
        """Hold nothing that waits to be looked at; nor, once what is under way is handed out, anything else."""
        self._newest = None
        if self._ready or self._working is not None:
            return
        self._eye.rest(now)
        if not self._blind:
            self._trouble = None

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble

    @property
    def _blind(self) -> bool:
        """There is no model to look with, whatever the camera gives."""
        return isinstance(self._trouble, ModelError)

    def _finished(self) -> list[FacesSeen]:
        """What is under way when another camera takes over, waited for: the eye takes one picture at a time."""
        seen: list[FacesSeen] = []
        for _, given in self._ready:
            self._take(given, seen)
        if self._working is not None:
            self._take(self._working, seen)
        self._ready.clear()
        self._working = self._newest = None
        return seen

    def _in_step(self, now: float, picture: Picture | None, latency: float) -> list[FacesSeen]:
        if picture is not None:
            given = picture if picture.detections is not None else self._submit(picture)
            self._ready.append((picture.t + latency - 1e-6, given))
        seen: list[FacesSeen] = []
        while self._ready and (self._ready[0][0] <= now or len(self._ready) > WAITING):
            self._take(self._ready.popleft()[1], seen)
        return seen

    def _in_real_time(self, now: float, picture: Picture | None) -> list[FacesSeen]:
        seen: list[FacesSeen] = []
        if picture is not None:
            self._newest = picture
        if self._working is not None and self._working.done():
            self._take(self._working, seen)
            self._working = None
        if self._working is None and self._newest is not None and now - self._looked >= self.min_interval_s:
            self._looked = now
            self._working, self._newest = self._submit(self._newest), None
        return seen

    def _submit(self, picture: Picture) -> Future[FacesSeen]:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "sight", initializer=_give_way)
        return self._pool.submit(self._eye.see, picture)

    def _take(self, given: Picture | Future[FacesSeen], seen: list[FacesSeen]) -> None:
        with self._enduring:
            one = given.result() if isinstance(given, Future) else self._eye.see(given)
            self._trouble = None
            seen.append(one)
            if one.lent != self._lent:
                self._lent, self._lens = one.lent, LensCheck()
            if one.image is not None:
                self._lens.see(one.t, one.image, still=self._still)

    def health(self) -> Health:
        """The camera's line, or why nothing is looked for in its pictures."""
        if self._trouble is not None:
            return Health("sight", Condition.FAULT, self._trouble.what, self._trouble.remedy, "camera_lost")
        if not self.awake:
            return SWITCHED_OFF if self.switched_off else RESTS
        health = self._camera.health()
        if health.condition is Condition.OK:
            health = self._lens.trouble() or health
        if health.condition is Condition.OK and self.min_interval_s and self._latency is None:
            reason = sentence("health.looks_seldom", camera=health.reason, seconds=self.min_interval_s)
            return replace(
                health, condition=Condition.LESSER, reason=reason, remedy=sentence("health.end_other_programs")
            )
        if health.condition is Condition.OK:
            known = self.recognition
            if known is not None and known.trouble:
                reason = sentence("health.nobody_recognised", why=known.trouble)
                return Health(health.part, Condition.LESSER, reason, REMEDY)
            finder = ANOTHER_MACHINE if self._elsewhere is not None and self._elsewhere.there else THIS_MACHINE
            return replace(health, reason=sentence("health.faces_by", camera=health.reason, finder=finder))
        return health

    def close(self) -> None:
        """Free worker and camera; safe to call twice."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        self._ready.clear()
        self._newest = self._working = None
        self._camera.close()


def _give_way() -> None:
    """The loop's thread comes first, also before the threads that the network starts from here (Linux: per thread)."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + SIGHT_NICE)
