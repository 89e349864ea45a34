"""In which language somebody is answered: the first of their `Accept-Language` that there is, else the page's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.texts.catalogue import SOURCE, languages

if TYPE_CHECKING:
    from starlette.types import Scope


def language_of(scope: Scope) -> str:
    """For a request as it came in; quality values do not count, the order does."""
    wished = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), "")
    codes = (part.partition(";")[0].partition("-")[0].strip().lower() for part in wished.split(","))
    return next((code for code in codes if code in languages()), str(scope.get("bowlby.language", SOURCE)))
