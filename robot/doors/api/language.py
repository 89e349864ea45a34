"""In which language a program is answered: the first of its `Accept-Language` that there is, else the page's own."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Scope

from robot.texts.catalogue import SOURCE, languages


def language_of(scope: Scope) -> str:
    """For a request as it came in; quality values do not count, the order does."""
    wished = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), "")
    codes = (part.partition(";")[0].partition("-")[0].strip().lower() for part in wished.split(","))
    return next((code for code in codes if code in languages()), str(scope.get("bowlby.language", SOURCE)))


def _spoken(request: Request) -> str:
    return language_of(request.scope)


Spoken = Annotated[str, Depends(_spoken)]
