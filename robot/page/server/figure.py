"""The maker's model of the body shown, for the 3D picture: brought once, when the first browser asks for it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from starlette.responses import Response

from robot.core.clock import stopwatch
from robot.core.errors import PartError
from robot.parts.figures import figure_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from robot.page.server.served import Served

log = logging.getLogger(__name__)

RETRY_S = 10.0  # before a model that could not be had is asked for again


class FigureRoute:
    """`/figure`: the bytes of `robot/parts/figures.py`, or none; the log says why."""

    def __init__(self, page: Served) -> None:
        self._page = page
        self._lock = asyncio.Lock()
        self._of: tuple[str, str] | None = None
        self._figure = b""
        self._tried = 0.0

    async def __call__(self, _: Request) -> Response:
        controls = self._page.controls
        body, address = controls.description, controls.body_address
        if not body.figure:
            return Response(status_code=204)
        async with self._lock:
            known = self._of == (body.figure, address) and (self._figure or stopwatch() - self._tried < RETRY_S)
            if not known:
                self._of, self._figure = (body.figure, address), b""
                try:
                    self._figure = await asyncio.to_thread(figure_of, body, address)
                except PartError as error:
                    log.warning("the page shows its own model of the body: %s", error)
                except Exception:  # another package's
                    log.exception("the page shows its own model of the body: what brings its maker's broke")
                finally:
                    self._tried = stopwatch()
        if not self._figure:
            return Response(status_code=204)
        return Response(self._figure, media_type="application/octet-stream")
