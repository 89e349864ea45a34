"""A camera in real time, whatever it hangs on: a thread that reads, keeps the newest picture, and reconnects.

Nobody polls -> the device is freed and the camera rests. The device is lost -> health says so at once, and it is tried
again every second, for as long as somebody looks.
"""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, NamedTuple, Protocol

from robot.core.body_frame import ZERO
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.parts.protocols import Picture
from robot.parts.supervise import Enduring
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import numpy as np

    from robot.core.errors import PartError
    from robot.parts.registry import Surroundings
    from robot.texts.sentence import AnyText

REST_S = 2.0  # without a poll
RETRY_S = 1.0
STALL_S = 1.5  # without a picture; then health says so, even while the driver does not return
JOIN_S = 3.0


class Settings(NamedTuple):
    """What is asked of a device; it may give something else."""

    width: int = 640
    height: int = 480
    fps: int = 15


class PictureSource(Protocol):
    """A device. All is called from one thread."""

    @property
    def name(self) -> AnyText: ...

    def open(self) -> None:
        """Raises DeviceError."""
        ...

    def read(self) -> tuple[np.ndarray, float]:
        """Wait for the next picture, (h, w, 3) uint8 BGR, and tell its age in s. Raises DeviceError when it is lost."""
        ...

    def release(self) -> None:
        """Free the device; safe when it is not open."""
        ...


class LiveCamera:
    """A robot.parts.Camera over a source."""

    latency: float | None = None

    def __init__(
        self, source: PictureSource, around: Surroundings, *, retry_s: float = RETRY_S, rest_s: float = REST_S
    ) -> None:
        self._source, self._around = source, around
        self._retry_s, self._rest_s = retry_s, rest_s
        self._lock = Lock()
        self._newest: Picture | None = None
        self._trouble: PartError | None = None
        self._asked = self._given = stopwatch()
        self._size = ""
        self._is_open = self._resting = self._closed = False
        self._wake = Event()
        self._thread: Thread | None = None

    def poll(self, now: float) -> Picture | None:  # noqa: ARG002 - real time needs no telling
        self._asked = stopwatch()
        if self._resting or (self._thread is None and not self._closed):
            self._rouse()
        with self._lock:
            picture, self._newest = self._newest, None
        return picture

    def _rouse(self) -> None:
        self._given = stopwatch()
        self._resting = False
        self._wake.set()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="camera", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        """The thread: reads while somebody looks, rests otherwise, and ends by no error of a driver."""
        enduring = Enduring(self._lose)
        while not self._closed:
            with enduring:
                if stopwatch() - self._asked > self._rest_s:
                    self._rest()
                else:
                    self._read()
                continue
            with enduring:
                self._free()
            self._wake.clear()
            self._wait(self._retry_s)
        with enduring:
            self._free()

    def _rest(self) -> None:
        with self._lock:
            self._newest = None
        self._free()
        self._wake.clear()
        self._resting = True
        self._wait(None)

    def _read(self) -> None:
        """The next picture, of a device that is opened first. Raises whatever its driver does."""
        if not self._is_open:
            self._source.open()
            self._is_open = True
        self._keep(*self._source.read())

    def _free(self) -> None:
        self._is_open = False
        self._source.release()

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble

    def _wait(self, seconds: float | None) -> None:
        """Until roused, closed, or so long; call `_wake.clear` before, so that neither is missed."""
        if not self._closed:
            self._wake.wait(seconds)

    def _keep(self, image: np.ndarray, age: float) -> None:
        t = self._around.clock.now() - age
        head = ZERO if self._around.pose_at is None else self._around.pose_at(t)
        self._trouble = None
        self._given = stopwatch()
        self._size = f"{image.shape[1]}x{image.shape[0]}"
        with self._lock:
            self._newest = Picture(t, head, image)

    def health(self) -> Health:
        trouble = self._trouble
        if self._resting or self._thread is None:
            return Health("camera", Condition.OFF, sentence("health.camera_rests", name=self._source.name))
        if trouble is not None:
            return Health("camera", Condition.FAULT, trouble.what, trouble.remedy, "camera_lost")
        silent = stopwatch() - self._given
        if silent > STALL_S:
            return Health(
                "camera",
                Condition.FAULT,
                sentence("health.no_pictures_since", name=self._source.name, seconds=silent),
                sentence("health.unplug_and_plug_in"),
                "camera_lost",
            )
        if not self._size:
            return Health("camera", Condition.LESSER, sentence("health.being_opened", name=self._source.name))
        return Health("camera", Condition.OK, sentence("health.camera_open", name=self._source.name, size=self._size))

    def close(self) -> None:
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(JOIN_S)
        self._newest = None
