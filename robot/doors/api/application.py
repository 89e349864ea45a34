"""The calls as one application under `/api/v1`, with its description and a page made of that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI
from pydantic_core import to_json
from starlette.responses import HTMLResponse, Response

from robot.doors.answers import ROOT
from robot.doors.api.acting import acting
from robot.doors.api.behaviors import tuning
from robot.doors.api.description_page import page_of
from robot.doors.api.problems import KIND, Problem, told_by
from robot.doors.api.reading import reading
from robot.doors.api.remembered import remembered
from robot.doors.api.simulated import simulated

if TYPE_CHECKING:
    from robot.doors.api.desk import Desk

OPEN_API, DOCS, LINE = f"{ROOT}/openapi.json", f"{ROOT}/docs", f"{ROOT}/live"
VERSION = "1"
ABOUT = """What other programs may do with this robot. Each call needs a key, made by `bowlby key add NAME` and
sent as `Authorization: Bearer …`. Whatever it says, shows or looks at passes the guard, and the answer tells what
became of it, with the duty where it was refused."""
REFUSED = {
    401: "no key, or one that is unknown here",
    403: "the key's role does not allow it",
    404: "there is no such thing, and which is nearest",
    409: "this robot cannot do that at all: a recording, or no simulator",
    413: "more than 64 KiB",
    422: "what was sent has not the form",
    429: "too fast",
    503: "the robot's loop stands still",
}


def application(desk: Desk) -> FastAPI:
    """Over one desk."""
    app = FastAPI(
        title="Bowlby",
        version=VERSION,
        description=ABOUT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.desk = desk
    told_by(app)
    responses: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem, "description": about, "content": {KIND: {}}} for status, about in REFUSED.items()
    }
    for router in (reading, acting, tuning, remembered, simulated):
        app.include_router(router, prefix=ROOT, responses=responses)
    app.include_router(_descriptions(app))
    return app


def _descriptions(app: FastAPI) -> APIRouter:
    """What the calls are, for programs and for people."""
    router = APIRouter(include_in_schema=False)

    @cache
    def described() -> bytes:
        return to_json(app.openapi())

    @router.get(OPEN_API)
    async def open_api() -> Response:
        return Response(described(), media_type="application/json")

    @cache
    def page() -> str:
        return page_of(app.openapi())

    @router.get(DOCS)
    async def docs() -> HTMLResponse:
        return HTMLResponse(page())

    return router
