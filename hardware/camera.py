"""Cameras by address: `/dev/video0` or `v4l2:2`, `picamera:`, `file:` for a picture, a folder of pictures or a video.

Options follow a question mark: `/dev/video0?width=640&height=480&fps=15`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from hardware.film import FileCamera
from hardware.live import LiveCamera, Settings
from hardware.sources import PiSource, V4l2Source
from robot.core.errors import ConfigError

if TYPE_CHECKING:
    from robot.parts.registry import Surroundings

LIMITS = {"width": (160, 1920), "height": (120, 1080), "fps": (1, 60)}


def open_v4l2(address: str, around: Surroundings) -> LiveCamera:
    """A USB camera. It may be plugged in later; its health says what is missing."""
    place, settings = _parsed(address.removeprefix("v4l2:"), address)
    return LiveCamera(V4l2Source(f"/dev/video{place}" if place.isdigit() else place or "/dev/video0", settings), around)


def open_picamera(address: str, around: Surroundings) -> LiveCamera:
    """A Raspberry Pi's ribbon-cable camera, by number. Raises DeviceError where picamera2 is not installed."""
    place, settings = _parsed(address.removeprefix("picamera:"), address)
    if place and not place.isdigit():
        raise ConfigError(f"{place!r} is no number of a camera", place=address, remedy="use picamera: or picamera:1")
    return LiveCamera(PiSource(int(place or 0), settings), around)


def open_file(address: str, around: Surroundings) -> FileCamera:
    """A picture, a folder of pictures or a video. Raises InputError when it is none of them."""
    return FileCamera(address.removeprefix("file:"), around)


def _parsed(text: str, address: str) -> tuple[str, Settings]:
    place, _, query = text.partition("?")
    numbers: dict[str, int] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key not in LIMITS:
            raise ConfigError(f"{key!r} is no option of a camera", place=address, remedy=f"use {', '.join(LIMITS)}")
        lowest, highest = LIMITS[key]
        if not value.isdigit() or not lowest <= int(value) <= highest:
            raise ConfigError(f"{key} must be from {lowest} to {highest}, not {value!r}", place=address)
        numbers[key] = int(value)
    return place, Settings(**numbers)
