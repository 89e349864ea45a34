"""What a call is answered with when it cannot be done: RFC 9457, with a remedy as every error of this program has."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from robot.core.errors import BowlbyError, PartError
from robot.doors.answers import ROOT
from robot.doors.api.form_mistakes import mistake
from robot.page.server.asked_language import language_of
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from fastapi import FastAPI, Request

    from robot.texts.sentence import AnyText

T = TypeVar("T")
KIND = "application/problem+json"
TURN_S = 1.0  # for a turn of the loop to come, of which there are fifty in a second
SEE = sentence("doors.see", path=f"{ROOT}/docs")
NO_CALL = {404: sentence("doors.no_call"), 405: sentence("doors.no_method")}


class Problem(BaseModel):
    """Why a call was not done."""

    title: str = Field(description="the status, in words")
    detail: str = Field(description="what is wrong, in the language that was asked for")
    remedy: str = Field("", description="what mends it")


class ProblemError(Exception):
    """Ends a call with that answer."""

    def __init__(
        self, status: int, detail: AnyText, remedy: AnyText = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.remedy, self.headers = status, detail, remedy, headers


def of_a_robot(part: T | None) -> T:
    """A part of the controls that a recording lacks. Raises ProblemError."""
    if part is None:
        raise ProblemError(409, sentence("doors.recording"), sentence("doors.run_robot"))
    return part


async def in_time(coming: Awaitable[T], within_s: float, why: str) -> T:
    """What comes of it. Raises ProblemError where nothing has come after so long; `why`: what is told then."""
    try:
        return await asyncio.wait_for(coming, within_s)
    except TimeoutError:
        raise ProblemError(503, sentence(why, seconds=within_s), sentence("doors.let_go_on")) from None


def answer(
    status: int, detail: AnyText, remedy: AnyText = "", *, language: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer itself."""
    problem = Problem(title=HTTPStatus(status).phrase, detail=words(detail, language), remedy=words(remedy, language))
    return JSONResponse(problem.model_dump(), status, headers, KIND)


def told_by(app: FastAPI) -> None:
    """Have an application answer so, whatever is raised."""

    async def problem(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ProblemError)  # noqa: S101 - registered for it
        language = language_of(request.scope)
        return answer(error.status, error.detail, error.remedy, language=language, headers=error.headers)

    async def fault(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, BowlbyError)  # noqa: S101 - as above
        status = 503 if isinstance(error, PartError) else 422
        return answer(status, error.what, error.remedy, language=language_of(request.scope))

    async def malformed(request: Request, error: Exception) -> JSONResponse:
        """The field is named, and nothing of what was sent: that may be anything."""
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        return answer(422, mistake(error.errors()[0]), SEE, language=language_of(request.scope))

    async def unknown(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        language = language_of(request.scope)
        told = NO_CALL.get(error.status_code, str(error.detail))
        return answer(error.status_code, told, SEE, language=language, headers=error.headers)

    app.add_exception_handler(ProblemError, problem)
    app.add_exception_handler(BowlbyError, fault)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, unknown)
