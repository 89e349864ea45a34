"""In which language a program is answered, for a call that has to know."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from robot.page.server.asked_language import language_of


def _spoken(request: Request) -> str:
    return language_of(request.scope)


Spoken = Annotated[str, Depends(_spoken)]
