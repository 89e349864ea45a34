"""Decodes what a visitor's browser says is a picture, in a process of its own with little memory and little time.

A JPEG of some kilobytes may unfold to gigabytes, or into scans without end: then that process is what ends.
"""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from robot.core.clock import stopwatch
from robot.parts.workers import Worker

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ROOM = 192 << 20  # bytes; a picture of 1280 x 1280 takes five, and as many again while it is decoded
FIRST_S, WITHIN_S = 20.0, 1.0  # until the process is up, and then for a picture, which takes some milliseconds
GLANCE_S = 0.25


class PictureDecoder:
    """One process, begun when it is first needed and begun anew after it was ended. For the page's own thread."""

    def __init__(self) -> None:
        self._worker: Worker | None = None
        self._number = 0
        self._up = False

    async def decode(self, coded: bytes, longest_side: int) -> np.ndarray | None:
        """The picture (h, w, 3) uint8 BGR, or None where there is none in it, or one that is too large."""
        if self._worker is None or not self._worker.alive:
            self.close()
            self._worker = Worker("robot.page.server.picture_decoder:work", name="pictures", backlog=2)
        worker, self._number = self._worker, self._number + 1
        worker.send((self._number, coded, longest_side))
        end = stopwatch() + (WITHIN_S if self._up else FIRST_S)
        while worker.alive and stopwatch() < end:
            await asyncio.to_thread(worker.wait, GLANCE_S)
            for number, shape, pixels in worker.receive():
                self._up = True
                if number == self._number:
                    return None if shape is None else np.frombuffer(bytearray(pixels), np.uint8).reshape(shape)
        self.close()
        return None

    def close(self) -> None:
        """End the process; safe to call twice."""
        worker, self._worker, self._up = self._worker, None, False
        if worker is not None:
            worker.close()


def work(pipe: Connection) -> None:
    """The process: number, JPEG and longest side come, number, shape and pixels go."""
    import cv2  # noqa: PLC0415 - 24 MiB, for nothing where nobody lends a camera

    cv2.setNumThreads(1)
    pages = int(Path("/proc/self/statm").read_bytes().split()[5])
    most = pages * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    pipe.send((0, None, b""))
    while True:
        number, coded, longest_side = pipe.recv()
        try:
            image = cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR)
        except (cv2.error, MemoryError):
            image = None
        if image is None or max(image.shape) > longest_side:
            pipe.send((number, None, b""))
        else:
            pipe.send((number, image.shape, image.tobytes()))
