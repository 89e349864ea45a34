"""Each call of the API as a value: what is sent, and what the answer is made into. Both clients send these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from pydantic import TypeAdapter

from robot.core.errors import InputError
from robot.doors.answers import (
    BehaviorNow,
    Effect,
    Forgotten,
    HealthNow,
    Noted,
    PersonNow,
    PhraseNow,
    StateNow,
    TalkLine,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
EFFECT = TypeAdapter(Effect)
NOTED = TypeAdapter(Noted)
BEHAVIOR = TypeAdapter(BehaviorNow)


@dataclass(frozen=True, slots=True)
class ApiCall(Generic[T]):
    """One call, below `/api/v1`."""

    method: str
    path: str
    answer: TypeAdapter[T]
    body: Mapping[str, Any] | None = None


STATE = ApiCall("GET", "/state", TypeAdapter(StateNow))
HEALTH = ApiCall("GET", "/health", TypeAdapter(HealthNow))
TALK = ApiCall("GET", "/talk", TypeAdapter(list[TalkLine]))
EXPRESSIONS = ApiCall("GET", "/expressions", TypeAdapter(list[str]))
PHRASES = ApiCall("GET", "/phrases", TypeAdapter(list[PhraseNow]))
BEHAVIORS = ApiCall("GET", "/behaviors", TypeAdapter(list[BehaviorNow]))
HUSH = ApiCall("POST", "/hush", NOTED)
MEMORY = ApiCall("GET", "/memory", TypeAdapter(dict[str, Any]))
FORGET_ALL = ApiCall("DELETE", "/memory", TypeAdapter(Forgotten))
PEOPLE = ApiCall("GET", "/simulator/people", TypeAdapter(list[PersonNow]))


def say(text: str, phrase: str, slots: Mapping[str, str]) -> ApiCall[Effect]:
    """Words, or a phrase of the tables with its slots."""
    body: dict[str, Any] = {"text": text} if text or not phrase else {}
    if phrase:
        body |= {"phrase": phrase, "slots": dict(slots)}
    return ApiCall("POST", "/say", EFFECT, body)


def show(expression: str) -> ApiCall[Effect]:
    return ApiCall("POST", "/show", EFFECT, {"expression": expression})


def look(yaw: float, pitch: float, for_s: float) -> ApiCall[Effect]:
    return ApiCall("POST", "/look", EFFECT, {"yaw": yaw, "pitch": pitch, "for_s": for_s})


def tell(text: str, wait_s: float) -> ApiCall[Told]:
    return ApiCall("POST", "/tell", TypeAdapter(Told), {"text": text, "wait_s": wait_s})


def change(behavior: str, parameter: str, value: str | float) -> ApiCall[BehaviorNow]:
    path = f"/behaviors/{_segment(behavior)}/parameters/{_segment(parameter)}"
    return ApiCall("PUT", path, BEHAVIOR, {"value": value})


def reset(behavior: str) -> ApiCall[BehaviorNow]:
    return ApiCall("DELETE", f"/behaviors/{_segment(behavior)}/parameters", BEHAVIOR)


def forget(name: str) -> ApiCall[Forgotten]:
    return ApiCall("DELETE", f"/memory/people?{urlencode({'name': name})}", TypeAdapter(Forgotten))


def speak(person: str, text: str) -> ApiCall[Noted]:
    return ApiCall("POST", "/simulator/speak", NOTED, {"person": person, "text": text})


def touch(pad: str, hold_s: float) -> ApiCall[Noted]:
    return ApiCall("POST", "/simulator/touch", NOTED, {"pad": pad, "hold_s": hold_s})


def _segment(name: str) -> str:
    """A name within a path. Raises InputError for one that would lead elsewhere: "..", or none."""
    if name in {"", ".", ".."}:
        raise InputError(f"{name!r} is no name", remedy="see what there is by behaviors()")
    return quote(name, safe="")
