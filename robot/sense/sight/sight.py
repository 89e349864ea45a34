"""Sight: pictures in, tracked faces out.

Pictures go to a worker thread, so that the loop never waits for a network. With a camera in real time the newest
picture waits for the worker and what it showed is handed out when ready; with a camera that keeps step with the clock
(`Camera.latency`) it is handed out at a fixed time after capture, and a poll waits for the worker if need be, so that a
run has the same bytes at any speed. A picture that comes with its detections needs no worker.

One picture at a time is held, and none once it has been handed out; in the dark also the mean of the last few, until it
is light, or sight rests.
"""

from __future__ import annotations

import math
import os
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from robot.core.body_description import CameraMount
from robot.core.clock import stopwatch
from robot.core.errors import PartError
from robot.core.intents import LearnFace
from robot.core.kinematics import PinholeView
from robot.core.messages import ZERO, Condition, FacesSeen, Health
from robot.parts.protocols import Picture
from robot.sense.sight.detector import FaceFinder, dressed, merged
from robot.sense.sight.exposure import measured
from robot.sense.sight.face_encoder import REMEDY
from robot.sense.sight.lens_check import LensCheck
from robot.sense.sight.night_average import NightAverage
from robot.sense.sight.tracker import Tracker
from robot.sense.sight.yunet import ENGINE
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from robot.core.intents import Intent
    from robot.core.messages import Face
    from robot.parts.protocols import Camera, Detection, Looks
    from robot.sense.sight.face_recognition import FaceRecognition
    from robot.sense.sight.tracker import SearchRegion

COARSE_PX = 320  # width at which a whole picture is looked at quickly
COARSE_S = 0.7  # how often, while somebody is followed
COARSE_ALONE_PX = 416  # the same while nobody is: whoever comes is seen at once, also small at the edge
COARSE_ALONE_S = 0.09  # with a quick camera not at every picture
FINE_S = 3.0  # how often the whole picture is looked at in full
FINE_ALONE_S = 0.3  # the same while nobody is followed
REGIONS = 3  # regions looked at in one picture; more people take turns
SIGHT_NICE = 8
WAITING = 4  # pictures of a camera in step that may be under way; more means its latency is longer than it should be
LOOKS_AT_A_STILL = 3  # a face counts once it is found in two of three pictures
SWITCHED_OFF = Health("sight", Condition.OFF, sentence("health.sight_off"), sentence("health.switch_on"))
RESTS = Health("sight", Condition.OFF, sentence("health.sight_rests"))
ANOTHER_MACHINE = sentence("health.finder_elsewhere")
THIS_MACHINE = sentence("health.finder_here", model="YuNet", engine=ENGINE)


class Eye:
    """Finds and follows faces from picture to picture; decides where to look in each."""

    def __init__(
        self,
        mount: CameraMount,
        finder: FaceFinder | None = None,
        recognition: FaceRecognition | None = None,
        elsewhere: Looks | None = None,
    ) -> None:
        """The finder is made when the first picture without detections comes; that may raise ModelError."""
        self._elsewhere = elsewhere
        self._mount = mount
        self._recognition = recognition
        self._finder = finder
        self._tracker = Tracker()
        self._coarse = self._fine = float("-inf")
        self._turn = 0
        self._lift = False
        self._lent = 0
        self._night = NightAverage()

    def drop_pictures(self) -> None:
        """Hold no picture any more, nor a mean of some. Not while one is looked at."""
        self._night.drop()

    def warm_up(self) -> None:
        """Load the model and lay out its networks now instead of at the first pictures. Raises ModelError."""
        self._finder = self._finder or FaceFinder()
        width, height = self._mount.width, self._mount.height
        grey = np.full((height, width, 3), 128, np.uint8)
        for wide in (width, COARSE_ALONE_PX, COARSE_PX):
            self._finder.look(grey, min(wide / width, 1.0))
        self._finder.look_near(grey, width / 2, height / 2, 1.0)

    def see(self, picture: Picture) -> FacesSeen:
        """What one picture shows. Call with rising capture times, from one thread."""
        began = stopwatch()
        image = picture.image
        if picture.lent != self._lent:  # another camera: nobody in its pictures is who was followed before
            self._lent, self._coarse, self._fine = picture.lent, float("-inf"), float("-inf")
            self._tracker = self._tracker.successor()
            self._night.drop()
        if picture.detections is not None:
            view = PinholeView(self._mount, picture.head)
            sighting = self._tracker.update(picture.t, view, picture.detections)
        else:
            if image is None:
                image = _developed(picture)
            view = PinholeView(self._mount, picture.head, image.shape[1], image.shape[0])
            found, looked_for = self._search(picture.t, view, image)
            sighting = self._tracker.update(picture.t, view, found, looked_for)
        faces, learned, who = sighting.faces, None, self._recognition
        if who is not None:
            faces, learned = who.see(picture.t, image, faces)
        recognises = who is not None and image is not None and not who.trouble
        return FacesSeen(
            t=picture.t,
            faces=faces,
            head=picture.head,
            lost=sighting.lost,
            learned=learned,
            recognises=recognises,
            image=image,
            lent=picture.lent,
            cost_s=stopwatch() - began,
        )

    def _search(self, t: float, view: PinholeView, image: np.ndarray) -> tuple[list[Detection], frozenset[int] | None]:
        """Look at the whole picture now and then, at the regions of the people followed otherwise. Another machine
        looks at the whole of each: it has the time.
        """
        if self._elsewhere is not None:
            found_there = self._elsewhere.look(t, image)
            if found_there is not None:
                return list(found_there), None
        if self._finder is None:
            self._finder = FaceFinder()
        aims = self._tracker.aims(t, view)
        image, light = self._night.take(t, view, image, measured(image))
        self._lift = light.against_the_light and not self._lift  # by turns: what is lit well is seen better without
        if t - self._fine >= (FINE_S if self._tracker.busy else FINE_ALONE_S):
            self._fine = self._coarse = t
            return dressed(self._finder.look(image, 1.0, light, lift=self._lift), image), None
        regions = self._choose(aims)
        near = [self._finder.look_near(image, aim.u, aim.v, aim.extent, light) for aim in regions]
        found = [one for seen in near for one in seen]
        # Who is not where they should be is looked for in the whole picture at once.
        followed = bool(near) and all(near)
        every, wide = (COARSE_S, COARSE_PX) if followed else (COARSE_ALONE_S, COARSE_ALONE_PX)
        if t - self._coarse >= every:
            self._coarse = t
            found += self._finder.look(image, min(wide / view.width, 1.0), light, lift=self._lift)
        return dressed(merged(found), image), frozenset(aim.track for aim in regions)

    def _choose(self, aims: list[SearchRegion]) -> list[SearchRegion]:
        if len(aims) <= REGIONS:
            return aims
        first, self._turn = self._turn % len(aims), self._turn + REGIONS
        return [aims[(first + i) % len(aims)] for i in range(REGIONS)]


def faces_in(image: np.ndarray, fov: float = math.radians(70.0)) -> tuple[Face, ...]:
    """The faces in one picture, (h, w, 3) uint8 BGR, by the eye that the robot looks with.

    Bearings are from the picture's middle, for a camera that sees `fov` rad from left to right. Raises ModelError.
    """
    height, width = image.shape[:2]
    eye = Eye(CameraMount(width, height, fov, 0.0, 0.0))
    looks = [eye.see(Picture(0.1 * look, ZERO, image)) for look in range(LOOKS_AT_A_STILL)]
    return tuple(face for face in looks[-1].faces if face.confirmed)


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
        self._trouble: PartError | None = None
        self._lens = LensCheck()
        self._lent = 0
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
        picture = self._camera.poll(now) if self.awake and self._trouble is None else None
        before: list[FacesSeen] = []
        if not self.awake and not self._ready and self._working is None:
            self._eye.drop_pictures()
        if self._camera.latency != self._latency:
            before, self._latency = self._finished(), self._camera.latency
        if self._latency is not None:
            return before + self._in_step(now, picture, self._latency)
        return before + self._in_real_time(now, picture)

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
        try:
            one = given.result() if isinstance(given, Future) else self._eye.see(given)
        except PartError as trouble:
            self._trouble = trouble
            return
        seen.append(one)
        if one.lent != self._lent:
            self._lent, self._lens = one.lent, LensCheck()
        if one.image is not None:
            self._lens.see(one.t, one.image)

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


def _developed(picture: Picture) -> np.ndarray:
    if picture.develop is None:
        raise PartError(sentence("health.no_pixels"), place="sight", remedy=sentence("health.report_to_maker"))
    return picture.develop()
