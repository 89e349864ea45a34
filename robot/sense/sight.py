"""Sight: pictures in, tracked faces out.

Pictures go to a worker thread, so that the loop never waits for a network. With a camera in real time the newest
picture waits for the worker and what it showed is handed out when ready; with a camera that keeps step with the clock
(`Camera.latency`) it is handed out at a fixed time after capture, and a poll waits for the worker if need be, so that a
run has the same bytes at any speed. A picture that comes with its detections needs no worker.

One picture at a time is held, and none once it has been handed out.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from robot.clock import stopwatch
from robot.errors import PartError
from robot.kinematics import View
from robot.messages import Condition, FacesSeen, Health
from robot.sense.exposure import measured
from robot.sense.faces import FaceFinder, dressed, merged
from robot.sense.tracks import Tracker
from robot.sense.yunet import ENGINE

if TYPE_CHECKING:
    from robot.description import CameraMount
    from robot.parts import Camera, Detection, Picture
    from robot.sense.tracks import Aim

COARSE_PX = 320  # width at which a whole picture is looked at quickly
COARSE_S = 0.7  # how often, while somebody is followed
COARSE_ALONE_PX = 416  # the same while nobody is: whoever comes is seen at once, also small at the edge
COARSE_ALONE_S = 0.09  # with a quick camera not at every picture
FINE_S = 3.0  # how often the whole picture is looked at in full
FINE_ALONE_S = 0.3  # the same while nobody is followed
REGIONS = 3  # regions looked at in one picture; more people take turns
WAITING = 4  # pictures of a camera in step that may be under way; more means its latency is longer than it should be


class Eye:
    """Finds and follows faces from picture to picture; decides where to look in each."""

    def __init__(self, mount: CameraMount, finder: FaceFinder | None = None) -> None:
        """The finder is made when the first picture without detections comes; that may raise ModelError."""
        self._mount = mount
        self._finder = finder
        self._tracker = Tracker()
        self._coarse = self._fine = float("-inf")
        self._turn = 0
        self._lift = False

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
        if picture.detections is not None:
            view = View(self._mount, picture.head)
            sighting = self._tracker.update(picture.t, view, picture.detections)
        else:
            if image is None:
                image = _developed(picture)
            view = View(self._mount, picture.head, image.shape[1], image.shape[0])
            found, looked_for = self._search(picture.t, view, image)
            sighting = self._tracker.update(picture.t, view, found, looked_for)
        return FacesSeen(picture.t, sighting.faces, picture.head, sighting.lost, image, stopwatch() - began)

    def _search(self, t: float, view: View, image: np.ndarray) -> tuple[list[Detection], frozenset[int] | None]:
        """Look at the whole picture now and then, at the regions of the people followed otherwise."""
        if self._finder is None:
            self._finder = FaceFinder()
        aims = self._tracker.aims(t, view)
        light = measured(image)
        self._lift = light.against_the_light and not self._lift  # by turns: what is lit well is seen better without
        if t - self._fine >= (FINE_S if self._tracker.busy else FINE_ALONE_S):
            self._fine = self._coarse = t
            return dressed(self._finder.look(image, 1.0, light, lift=self._lift), image), None
        regions = self._choose(aims)
        found = [one for aim in regions for one in self._finder.look_near(image, aim.u, aim.v, aim.extent, light)]
        every, wide = (COARSE_S, COARSE_PX) if self._tracker.busy else (COARSE_ALONE_S, COARSE_ALONE_PX)
        if t - self._coarse >= every:
            self._coarse = t
            found += self._finder.look(image, min(wide / view.width, 1.0), light, lift=self._lift)
        return dressed(merged(found), image), frozenset(aim.track for aim in regions)

    def _choose(self, aims: list[Aim]) -> list[Aim]:
        if len(aims) <= REGIONS:
            return aims
        first, self._turn = self._turn % len(aims), self._turn + REGIONS
        return [aims[(first + i) % len(aims)] for i in range(REGIONS)]


class Sight:
    """The loop's side: poll it every tick."""

    def __init__(self, camera: Camera, mount: CameraMount, finder: FaceFinder | None = None) -> None:
        self._camera = camera
        self._eye = Eye(mount, finder)
        self._latency = camera.latency
        self._pool: ThreadPoolExecutor | None = None
        self._ready: deque[tuple[float, Picture | Future[FacesSeen]]] = deque()  # in step with the clock
        self._working: Future[FacesSeen] | None = None  # in real time
        self._newest: Picture | None = None
        self._trouble: PartError | None = None
        self.awake = True

    def warm_up(self) -> None:
        """Make the eye ready before the first picture; for runs that outpace its start. Raises ModelError."""
        self._eye.warm_up()

    def poll(self, now: float) -> list[FacesSeen]:
        """What has been seen since the last call, oldest first. Asleep, the camera is not asked and rests."""
        picture = self._camera.poll(now) if self.awake and self._trouble is None else None
        if self._latency is not None:
            return self._in_step(now, picture, self._latency)
        return self._in_real_time(picture)

    def _in_step(self, now: float, picture: Picture | None, latency: float) -> list[FacesSeen]:
        if picture is not None:
            given = picture if picture.detections is not None else self._submit(picture)
            self._ready.append((picture.t + latency - 1e-6, given))
        seen: list[FacesSeen] = []
        while self._ready and (self._ready[0][0] <= now or len(self._ready) > WAITING):
            given = self._ready.popleft()[1]
            if isinstance(given, Future):
                self._collect(given, seen)
            else:
                seen.append(self._eye.see(given))
        return seen

    def _in_real_time(self, picture: Picture | None) -> list[FacesSeen]:
        seen: list[FacesSeen] = []
        if picture is not None:
            self._newest = picture
        if self._working is not None and self._working.done():
            self._collect(self._working, seen)
            self._working = None
        if self._working is None and self._newest is not None:
            self._working, self._newest = self._submit(self._newest), None
        return seen

    def _submit(self, picture: Picture) -> Future[FacesSeen]:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "sight")
        return self._pool.submit(self._eye.see, picture)

    def _collect(self, future: Future[FacesSeen], seen: list[FacesSeen]) -> None:
        try:
            seen.append(future.result())
        except PartError as trouble:
            self._trouble = trouble

    def health(self) -> Health:
        """The camera's line, or why nothing is looked for in its pictures."""
        if self._trouble is not None:
            return Health("sight", Condition.FAULT, self._trouble.what, self._trouble.remedy)
        if not self.awake:
            return Health("sight", Condition.OFF, "asleep: the camera rests")
        health = self._camera.health()
        if health.condition is Condition.OK:
            return replace(health, reason=f"{health.reason}, faces by YuNet on {ENGINE}")
        return health

    def close(self) -> None:
        """Free worker and camera; safe to call twice."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        self._ready.clear()
        self._newest = self._working = None
        self._camera.close()


def _developed(picture: Picture) -> np.ndarray:
    if picture.develop is None:
        raise PartError(
            "the camera gave a picture without pixels", place="sight", remedy="report this to the camera's maker"
        )
    return picture.develop()
