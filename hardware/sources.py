"""The devices behind a live camera: V4L2 (USB cameras) and picamera2 (a Raspberry Pi's own)."""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2

from robot.core.clock import stopwatch
from robot.core.errors import DeviceError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import numpy as np

    from hardware.live import Settings

CAMERAS = Path("/sys/class/video4linux")
OLDEST_S = 0.5  # an age that a driver's clock tells is believed up to this


def known_cameras() -> list[str]:
    """What Linux knows of cameras: "/dev/video0 (HD Webcam)"."""
    cameras = []
    for folder in sorted(CAMERAS.glob("video*")):
        with contextlib.suppress(OSError):  # it is being unplugged
            cameras.append(f"/dev/{folder.name} ({(folder / 'name').read_text(encoding='utf-8').strip()})")
    return cameras


def _age(taken_s: float) -> float:
    """How long ago a picture was taken, by the driver's clock, which on Linux is the one of `stopwatch`."""
    age = stopwatch() - taken_s
    return age if 0 <= age <= OLDEST_S else 0.0


class V4l2Source:
    """A USB camera by Linux's video interface."""

    def __init__(self, path: str, settings: Settings) -> None:
        self.name = path
        self._settings = settings
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)  # it warns at each try
        if not Path(self.name).exists():
            others = known_cameras()
            remedy = sentence("health.plug_camera_in")
            if others:
                remedy = sentence("health.plug_or_use_other", others=", ".join(others))
            raise DeviceError(sentence("health.no_camera_at", place=self.name), place="camera", remedy=remedy)
        capture = cv2.VideoCapture(self.name, cv2.CAP_V4L2)
        if not capture.isOpened():
            capture.release()
            raise DeviceError(
                sentence("health.not_opened_as_camera", place=self.name),
                place="camera",
                remedy=sentence("health.free_camera_join_video"),
            )
        width, height, fps = self._settings
        for key, value in (
            (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),  # over USB 2 raw pictures come slowly
            (cv2.CAP_PROP_FRAME_WIDTH, width),
            (cv2.CAP_PROP_FRAME_HEIGHT, height),
            (cv2.CAP_PROP_FPS, fps),
            (cv2.CAP_PROP_BUFFERSIZE, 1),
        ):
            capture.set(key, value)
        self._capture = capture

    def read(self) -> tuple[np.ndarray, float]:
        given, image = self._capture.read() if self._capture is not None else (False, None)
        if not given or image is None or self._capture is None:
            raise DeviceError(
                sentence("health.camera_lost", place=self.name), place="camera", remedy=sentence("health.see_to_cable")
            )
        return image, _age(self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)

    def release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class PiSource:
    """A Raspberry Pi camera by picamera2, which comes with the system and not from a registry."""

    def __init__(self, number: int, settings: Settings) -> None:
        """Raises DeviceError where picamera2 is not installed."""
        if find_spec("picamera2") is None:
            raise DeviceError(
                sentence("health.no_picamera"), place="camera", remedy=sentence("health.install_picamera")
            )
        self.name = sentence("health.pi_camera", number=number)
        self._number, self._settings = number, settings
        self._camera: Any = None

    def open(self) -> None:
        width, height, fps = self._settings
        try:
            import picamera2  # noqa: PLC0415 - only a Pi has it

            self._camera = camera = picamera2.Picamera2(self._number)
            camera.configure(
                camera.create_video_configuration(
                    main={"size": (width, height), "format": "RGB888"},  # its name for blue, green, red
                    controls={"FrameRate": fps},
                )
            )
            camera.start()
        except (RuntimeError, IndexError, ImportError, OSError) as error:  # the last two: libcamera does not fit it
            raise DeviceError(
                sentence("health.device_not_opened", name=self.name, error=str(error)),
                place="camera",
                remedy=sentence("health.see_to_ribbon"),
            ) from error

    def read(self) -> tuple[np.ndarray, float]:
        try:
            request = self._camera.capture_request()
            image: np.ndarray = request.make_array("main")
            taken_s = request.get_metadata().get("SensorTimestamp", 0) / 1e9
            request.release()
        except (RuntimeError, TimeoutError) as error:
            lost = sentence("health.device_lost", name=self.name, error=str(error))
            raise DeviceError(lost, place="camera", remedy=sentence("health.tried_again")) from error
        return image, _age(taken_s)

    def release(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
