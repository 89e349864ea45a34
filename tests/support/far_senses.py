"""What a robot sees and hears with another machine's help; in a namespace: `python -m tests.support.far_senses`.

It turns its head to and fro before somebody who stands still, and hears a sentence. It answers each line that it reads
with a line of JSON: for "look" what a picture showed, for "hear" what was understood of the sentence.
"""

from __future__ import annotations

import json
import math
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from hardware.network.hearing import open_listener
from hardware.network.sight import open_sight
from robot.core.audio import HEARD_RATE
from robot.core.body_frame import Pose
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.percepts import Utterance
from robot.parts.protocols import Picture
from robot.parts.registry import Surroundings
from robot.sense.hearing.hearing import Hearing
from robot.sense.sight.eye import Eye
from sim.senses.image_sensor import ImageSensor
from tests.support.cable import ADDRESS
from tests.support.ears import SoundEars
from tests.support.stage import ONE, somebody, truth
from tests.support.tables import TABLES
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S = 60.0
TURN = 0.25  # rad, how far the head turns to either side
CLOCK = RealClock()
AROUND = Surroundings(CLOCK)


class Onlooker:
    """An eye before somebody, with another machine's help."""

    def __init__(self) -> None:
        self._far = open_sight(ADDRESS, AROUND)
        self._eye = Eye(ONE.camera, elsewhere=self._far)
        self._eye.warm_up()
        self._darkroom = ImageSensor(ONE.camera)
        self._person = somebody()
        self.health = self._far.health
        self.close = self._far.close

    def look(self) -> dict[str, Any]:
        """One picture: by whom it was looked at, how long that took, and how far off the face's bearing is."""
        t = CLOCK.now()
        pose = Pose(head_yaw=TURN * math.sin(2.0 * t), neck_pitch=0.05)
        image = self._darkroom.develop(t, pose, (self._person,))
        began = stopwatch()
        seen = self._eye.see(Picture(t, pose, image))
        took = stopwatch() - began
        off = [math.degrees(face.yaw - truth(self._person).yaw) for face in seen.faces]
        tracks = [face.track for face in seen.faces]
        return {
            "far": self._far.there,
            "at": stopwatch(),
            "took_s": took,
            "added_s": self._far.added_s,
            "off_deg": off,
            "tracks": tracks,
            "same_t": seen.t == t,
        }


class Speech(SoundEars):
    """A quiet room in which a sentence is said when asked for."""

    def say(self, sound: np.ndarray) -> None:
        self._sound = np.concatenate([np.zeros(self._at, np.float32), sound])


class Audience:
    """Hearing, with another machine's help."""

    def __init__(self) -> None:
        self._far = open_listener(ADDRESS, AROUND)
        self._ears = Speech(np.zeros(0, np.float32))
        self._hearing = Hearing(self._ears, TABLES, CLOCK, elsewhere=self._far)

    def hear(self) -> dict[str, Any]:
        """The sentence, at the speed of speech, once there is somebody to hear it: what was understood, how often the
        other machine began and ended to listen meanwhile, and by which recogniser.
        """
        while not self._hearing.recogniser:
            self._poll()
        sound = in_a_room([joe("what is your name")], gap_s=1.0)
        self._ears.say(sound)
        print(json.dumps("begins"), flush=True)  # noqa: T201
        heard: list[str] = []
        far = [self._far.hears]
        end = CLOCK.now() + len(sound) / HEARD_RATE + 2.0
        while CLOCK.now() < end or not (heard or CLOCK.now() > end + PATIENCE_S):
            heard += self._poll()
            far += [self._far.hears] if self._far.hears != far[-1] else []
        return {"heard": heard, "far": far, "recogniser": self._hearing.recogniser}

    def wait_for(self, *, far: bool) -> dict[str, Any]:
        """Until the other machine hears, or does so no more."""
        began = stopwatch()
        while self._far.hears != far and stopwatch() < began + PATIENCE_S:
            self._poll()
        return {"far": self._far.hears, "took_s": stopwatch() - began}

    def _poll(self) -> list[str]:
        nap(0.02)
        return [one.intent for one in self._hearing.poll(CLOCK.now()) if isinstance(one, Utterance)]

    def close(self) -> None:
        self._hearing.close()
        self._far.close()


def main() -> None:
    onlooker = Onlooker()
    audience = cache(Audience)  # asks for nothing before it is needed
    does: dict[str, Callable[[], Any]] = {
        "look": onlooker.look,
        "hear": lambda: audience().hear(),
        "far": lambda: audience().wait_for(far=True),
        "own": lambda: audience().wait_for(far=False),
    }
    print(json.dumps("ready"), flush=True)  # noqa: T201
    for line in sys.stdin:
        print(json.dumps(does[line.strip()]()), flush=True)  # noqa: T201
    onlooker.close()
    if audience.cache_info().currsize:
        audience().close()


if __name__ == "__main__":
    main()
