"""The devices behind a live camera: V4L2 (USB cameras) and picamera2 (a Raspberry Pi's own)."""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2

from robot.core.clock import stopwatch
from robot.core.errors import DeviceError

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
            remedy = f"plug it in, or use one of: {', '.join(others)}" if others else "plug a camera in"
            raise DeviceError(f"there is no camera at {self.name}", place="camera", remedy=remedy)
        capture = cv2.VideoCapture(self.name, cv2.CAP_V4L2)
        if not capture.isOpened():
            capture.release()
            raise DeviceError(
                f"{self.name} cannot be opened as a camera",
                place="camera",
                remedy="see that no other program uses it and that you are in the group video",
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
                f"the camera at {self.name} was lost", place="camera", remedy="see to its cable; it is tried again"
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
                "picamera2 is not installed, which a Raspberry Pi's ribbon-cable camera needs",
                place="camera",
                remedy="sudo apt install python3-picamera2, then make install on an installed robot, "
                "SITE_PACKAGES=auto make doctor in a checkout; a USB camera needs neither: use /dev/video0",
            )
        self.name = f"Pi camera {number}"
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
                f"{self.name} cannot be opened: {error}",
                place="camera",
                remedy="see to the ribbon cable, and that rpicam-hello --list-cameras shows it",
            ) from error

    def read(self) -> tuple[np.ndarray, float]:
        try:
            request = self._camera.capture_request()
            image: np.ndarray = request.make_array("main")
            taken_s = request.get_metadata().get("SensorTimestamp", 0) / 1e9
            request.release()
        except (RuntimeError, TimeoutError) as error:
            raise DeviceError(f"{self.name} was lost: {error}", place="camera", remedy="it is tried again") from error
        return image, _age(taken_s)

    def release(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
