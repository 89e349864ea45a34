"""The eye: where to look in each picture, and who is followed from one to the next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from robot.core.body_description import CameraMount
from robot.core.body_frame import ZERO
from robot.core.clock import stopwatch
from robot.core.errors import PartError
from robot.core.kinematics import PinholeView
from robot.core.percepts import FacesSeen
from robot.parts.protocols import Picture
from robot.sense.sight.detector import FaceFinder, checked, dressed, merged
from robot.sense.sight.exposure import measured
from robot.sense.sight.night_average import NightAverage
from robot.sense.sight.tracker import Tracker
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.percepts import Face
    from robot.parts.protocols import Detection, Looks
    from robot.sense.sight.face_recognition import FaceRecognition
    from robot.sense.sight.tracker import SearchRegion

COARSE_PX = 320  # width at which a whole picture is looked at quickly
COARSE_S = 0.7  # how often, while somebody is followed
COARSE_ALONE_PX = 416  # the same while nobody is: whoever comes is seen at once, also small at the edge
COARSE_ALONE_S = 0.09  # with a quick camera not at every picture
FINE_S = 3.0  # how often the whole picture is looked at in full
FINE_ALONE_S = 0.3  # the same while nobody is followed
REGIONS = 3  # regions looked at in one picture; more people take turns
LOOKS_AT_A_STILL = 3  # a face counts once it is found in two of three pictures


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

    def rest(self, t: float) -> None:
        """Hold no picture any more, nor a mean of some, and nobody for longer than they are followed. Not while one is
        looked at.
        """
        self._night.drop()
        self._tracker.forget(t)

    def warm_up(self) -> None:
        """Load the model and lay out its networks now instead of at the first pictures. Raises ModelError."""
        self._finder = self._finder or FaceFinder()
        width, height = self._mount.width, self._mount.height
        grey = np.full((height, width, 3), 128, np.uint8)
        for wide in (width, COARSE_ALONE_PX, COARSE_PX):
            self._finder.look(grey, min(wide / width, 1.0))
        self._finder.look_near(grey, width / 2, height / 2, 1.0)

    def see(self, picture: Picture) -> FacesSeen:
        """What one picture shows. Call with rising capture times, from one thread. Raises PartError for one that
        cannot be looked at.
        """
        began = stopwatch()
        image = _pixels(picture)
        if picture.lent != self._lent:  # another camera: nobody in its pictures is who was followed before
            self._lent, self._coarse, self._fine = picture.lent, float("-inf"), float("-inf")
            self._tracker = self._tracker.successor()
            self._night.drop()
        if picture.detections is not None:
            view = PinholeView(self._mount, picture.head)
            sighting = self._tracker.update(picture.t, view, picture.detections)
        elif image is None:
            raise PartError(sentence("health.no_pixels"), place="sight", remedy=sentence("health.report_to_maker"))
        else:
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

    Bearings are from the picture's middle, for a camera that sees `fov` rad from left to right. Raises ModelError, and
    DeviceError for a picture that cannot be looked at.
    """
    height, width = checked(image).shape[:2]
    eye = Eye(CameraMount(width, height, fov, 0.0, 0.0))
    looks = [eye.see(Picture(0.1 * look, ZERO, image)) for look in range(LOOKS_AT_A_STILL)]
    return tuple(face for face in looks[-1].faces if face.confirmed)


def _pixels(picture: Picture) -> np.ndarray | None:
    """What there is to look at; a picture whose faces were found already is not developed."""
    image = picture.image
    if image is None and picture.develop is not None and picture.detections is None:
        image = picture.develop()
    return None if image is None else checked(image)
