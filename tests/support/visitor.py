"""A visitor who lends a camera and a microphone: what theirs give, and a browser whose devices are files of it."""

from __future__ import annotations

import struct
import wave
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from skimage import data

from robot.core.audio import HEARD_RATE, pcm16
from robot.core.clock import generator
from robot.page.server import borrowed_media
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from pathlib import Path

WIDE, HIGH = 640, 480
FRAMES = 47  # of the film, which begins anew after them: nothing that looks once a second sees the same twice
QUESTION = "What is your name?"
FACE_PX = 260
LEFT, RIGHT = 40, 340  # where the face stands in the picture


@lru_cache(maxsize=1)
def _face() -> np.ndarray:
    """The astronaut, BGR."""
    photograph = cv2.cvtColor(data.astronaut(), cv2.COLOR_RGB2BGR)  # type: ignore[no-untyped-call]
    return np.asarray(cv2.resize(photograph[:300, 80:380], (FACE_PX, FACE_PX)))


def webcam_picture(x: int, seed: int = 0) -> np.ndarray:
    """What a webcam sees of somebody: (480, 640, 3) uint8 BGR, with a sensor's noise."""
    image = np.full((HIGH, WIDE, 3), 90, np.uint8)
    image[120 : 120 + FACE_PX, x : x + FACE_PX] = _face()
    noise = generator(seed).normal(0, 2, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def coded(image: np.ndarray) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 75])[1].tobytes())


def picture_message(jpeg: bytes, told: float = 1.0, age: float = 0.05) -> bytes:
    return borrowed_media.PICTURE_HEAD.pack(borrowed_media.PICTURE, told, age) + jpeg


def sound_message(samples: np.ndarray, told: float = 1.0) -> bytes:
    return borrowed_media.SOUND_HEAD.pack(borrowed_media.SOUND, told) + pcm16(samples)


def bomb() -> bytes:
    """A small JPEG that says that it is 65,500 px wide and high."""
    jpeg = bytearray(coded(webcam_picture(LEFT)))
    at = jpeg.index(b"\xff\xc0")
    struct.pack_into(">HH", jpeg, at + 5, 65_500, 65_500)
    return bytes(jpeg)


def spoken() -> np.ndarray:
    """The question, in a quiet room, (n,) float32 at 16 kHz."""
    return in_a_room([joe(QUESTION)], gap_s=2.0)


def lending_flags(folder: Path, x: int) -> tuple[str, ...]:
    """Of a browser with a camera that sees the face at `x` and a microphone that hears the question again and again,
    whose person says yes to what it asks.
    """
    film, speech = folder / "face.mjpeg", folder / "question.wav"
    film.write_bytes(b"".join(coded(webcam_picture(x, seed)) for seed in range(FRAMES)))
    with wave.open(str(speech), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HEARD_RATE)
        file.writeframes(pcm16(spoken()))
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
        f"--use-file-for-fake-audio-capture={speech}",
    )
