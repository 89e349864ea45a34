"""What both clients have in common: where the robot is, and what an answer that is no success means."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlsplit

from pydantic_core import from_json, to_json

from robot.core.errors import InputError, PartError
from robot.doors.answers import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx
    from websockets.exceptions import ConnectionClosed

    from robot.doors.client.calls import ApiCall

T = TypeVar("T")
HERE = "http://127.0.0.1:8080"
PATIENCE_S = 15.0
REFUSED = 1008  # by which the robot ends a line
IS_IT_A_ROBOT = "is this the page of a robot?"
SEE_KEY = "see whether the key is still good"
WORTH_ANOTHER_TRY = frozenset({429, 503})


class Way(NamedTuple):
    """The robot's address, and the headers that each request carries."""

    url: str
    headers: dict[str, str]

    @classmethod
    def to(cls, url: str, key: str, language: str) -> Way:
        """Raises InputError where no key is given or set, and for what can be none, or no address or language."""
        key = key or os.environ.get("BOWLBY_KEY", "")
        if not key:
            raise InputError(
                "this needs a key",
                remedy="export BOWLBY_KEY=$(bowlby key add NAME --role builder), or give it as `key`",
            )
        if not key.isascii() or not key.isprintable() or " " in key:
            raise InputError("this can be no key", remedy="give it as `bowlby key add NAME` has printed it")
        if not language.isascii() or not language.isprintable():
            raise InputError(f"{language!r} can be no language", remedy='give its code, as in "fr"')
        url = (url or os.environ.get("BOWLBY_URL", "") or HERE).rstrip("/")
        if not _is_address(url):
            raise InputError(f"{url!r} is no address of a page", remedy=f"write it as {HERE}")
        return cls(url, {"authorization": f"Bearer {key}", "accept-language": language})

    @property
    def root(self) -> str:
        """What the address of each call begins with."""
        return self.url + ROOT

    @property
    def line(self) -> str:
        """Of the live line."""
        return f"ws{self.root.removeprefix('http')}/live"

    def unreachable(self, error: Exception) -> PartError:
        """Nobody answers there."""
        return PartError(
            f"no robot answers: {error}", place=self.url, remedy="start one: bowlby sim; or set BOWLBY_URL to its page"
        )

    def unsendable(self, error: Exception) -> InputError:
        """Something in a call has no form in which it could go."""
        return InputError(f"this cannot be sent: {error}", place=self.url, remedy="give text and numbers as people do")

    def refused(self) -> InputError:
        """The live line was not given."""
        return InputError("the live line was refused", place=self.line, remedy=SEE_KEY)

    def ended(self, error: ConnectionClosed) -> None:
        """Raises InputError where the robot has ended the live line for a reason; else it went, which is no error."""
        if error.rcvd is not None and error.rcvd.code == REFUSED:
            raise InputError(error.rcvd.reason or "the live line was ended", place=self.line, remedy=SEE_KEY) from error


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        whole = parts.port != 0 and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        return False
    return whole and parts.scheme in {"http", "https"} and url.isprintable() and " " not in url


def read(call: ApiCall[T], answer: httpx.Response) -> T:
    """What an answer holds. Raises InputError where the call has a mistake, PartError where the robot cannot now, or
    another program answers.
    """
    if answer.is_success:
        try:
            return call.answer.validate_json(answer.content)
        except ValueError as error:
            place = f"{call.method} {call.path}"
            raise PartError("what answers there is no robot", place=place, remedy=IS_IT_A_ROBOT) from error
    try:
        problem = from_json(answer.content)
        detail, remedy = str(problem["detail"]), str(problem.get("remedy", ""))
    except (ValueError, TypeError, KeyError):
        detail, remedy = answer.reason_phrase, IS_IT_A_ROBOT
    kind = PartError if answer.status_code in WORTH_ANOTHER_TRY else InputError
    raise kind(detail, place=f"{call.method} {call.path}", remedy=remedy)


def wish(streams: Sequence[str], every: int) -> str:
    """What is sent on the live line."""
    return to_json({"want": streams, "every": every}).decode()
