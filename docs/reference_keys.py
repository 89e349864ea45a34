"""The tables of docs/reference on files that people write: each key with its kind, bounds, default and what it is.

A key is explained by its description in the code or, where that has none, by `ABOUT`; one that neither explains is an
error, so that the pages hold whatever the code has.
"""

from __future__ import annotations

import inspect
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from robot.core.typed_toml import Table

KINDS = {float: "number", int: "whole number", str: "text", bool: "true or false"}
ABOUT = {
    "FileTable.frame": "the moments, each a `[[frame]]`; the last has only `t`",
    "FrameTable.t": "when it is reached, s; each after the one before and its `hold`",
    "FrameTable.hold": "for how long it stays so, s",
    "FrameTable.yaw": "the head to its left, degrees",
    "FrameTable.pitch": "the head upwards, degrees",
    "FrameTable.roll": "the head to its side, degrees",
    "FrameTable.left_ear": "the left ear upwards, degrees",
    "FrameTable.right_ear": "the right ear upwards, degrees",
    "FrameTable.lid": "of how far the lids are open: 0 shuts them, 1 leaves them",
    "FrameTable.pupil": "added to the pupils' size",
    "FrameTable.light": "added to the chest's brightness",
    "FrameTable.eye_yaw": "the eyes alone to the left, degrees",
    "FrameTable.eye_pitch": "the eyes alone upwards, degrees",
    "FrameTable.warmth": "of eyes and chest: -1 blue, 1 amber",
    "BodyTable.name": "what the body is called",
    "BodyTable.motors": "what turns the joints: servos on a board, motors of the body's own, servos on a bus",
    "BodyTable.joints": "each joint that it has: `base_yaw neck_pitch neck_roll head_yaw left_ear right_ear`",
    "BodyTable.camera": "where it looks from",
    "BodyTable.eyes": "what shows its gaze",
    "BodyTable.ears": "what its two ears are",
    "BodyTable.light": "what it lights",
    "BodyTable.touch": "where it feels a hand",
    "BodyTable.bus": "of servos on a bus",
    "BodyTable.servo_board": "a board between the pins and the servos",
    "BodyTable.servos": "the kinds of servos by name, with what their data sheets say, for the simulator",
    "BodyTable.supply": "what feeds them, for the simulator",
    "BodyTable.links": "the parts that move, with places and masses, for the simulator",
    "JointRow.lower_deg": "its one end",
    "JointRow.upper_deg": "its other end",
    "JointRow.rest_deg": "where it rests, between both",
    "JointRow.speed_deg_s": "how fast it may turn",
    "JointRow.acceleration_deg_s2": "how soon it is that fast",
    "JointRow.channel": "of a servo: the pin or channel that it hangs on",
    "JointRow.centre_us": "of a servo: the pulse at 0 degrees, µs",
    "JointRow.us_per_deg": "of a servo: how much a pulse grows a degree; negative where it is mounted the other way",
    "BodyCamera.width": "of the picture, pixels",
    "BodyCamera.height": "the same",
    "BodyCamera.fov_deg": "how wide it sees, from left to right",
    "BodyCamera.height_m": "how high the point is about which the head turns",
    "BodyCamera.forward_m": "how far before that point the camera is",
    "BodyEyes.range_deg": "of drawn eyes: where a pupil at its edge looks",
    "BodyEyes.kind": "`drawn` on a screen, `lamps`, or `none`",
    "BodyEars.kind": "what it has",
    "BodyLight.chest": "whether it has a light on its chest",
    "BodyTouch.pads": "whether it feels a hand on head and back",
    "BodyBus.steps_per_turn": "how many steps a servo has all round",
    "ServoBoard.chip": "which it is",
}


def keys(kind: type[Table]) -> str:
    """The keys of one table of a file."""
    lines = ["| key | kind | as it comes | what it is |", "|---|---|---|---|"]
    lines += [f"| `{name}` | {of} | {begin} | {about} |" for name, of, begin, about in _rows(kind)]
    return "\n".join(lines)


def tables(kind: type[Table]) -> str:
    """A file's own keys, and those of each table in it."""
    told = [keys(kind)]
    for name, field in kind.model_fields.items():
        for row in _tables_in(field.annotation):
            of = get_origin(field.annotation)
            head = f"[{name}.NAME]" if of is dict else f"[[{name}]]" if of is list else f"[{name}]"
            about = " ".join((inspect.getdoc(row) or "").split()).partition(":")[2].strip()
            told.append(f"### `{head}`" + (f"\n\n{about[:1].upper()}{about[1:]}" if about else ""))
            told.append(keys(row))
    return "\n\n".join(told)


def _rows(kind: type[Table]) -> Iterator[tuple[str, str, str, str]]:
    for name, field in kind.model_fields.items():
        about = ABOUT.get(f"{kind.__name__}.{name}") or field.description
        if not about:
            raise ValueError(f"{kind.__name__}.{name} has no description and is not in {__file__}")
        yield name, ", ".join([_kind(field.annotation), *_bounds(field)]), _begin(field), about


def _begin(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    begin = field.default
    if begin in (None, "") or field.default_factory is not None or _tables_in(field.annotation):
        return ""
    return f"`{str(begin).lower() if isinstance(begin, bool) else begin}`"


def _kind(of: Any) -> str:
    if of in KINDS:
        return KINDS[of]
    if get_origin(of) is Literal:
        return " or ".join(f"`{one}`" for one in get_args(of))
    if _tables_in(of) or get_origin(of) is dict:
        return "tables" if get_origin(of) in {dict, list} else "table"
    (one,) = (part for part in get_args(of) if part is not NoneType)
    return _kind(one)


def _tables_in(of: Any) -> list[type[Table]]:
    """The tables of keys that a kind holds."""
    if inspect.isclass(of) and hasattr(of, "model_fields"):
        return [of]
    return [found for part in get_args(of) for found in _tables_in(part)]


def _bounds(field: FieldInfo) -> Iterator[str]:
    for one in field.metadata:
        match one:
            case Ge(ge=least):
                yield f"from {least}"
            case Gt(gt=least):
                yield f"above {least}"
            case Le(le=most):
                yield f"to {most}"
            case Lt(lt=most):
                yield f"below {most}"
            case MinLen():
                yield "not empty"
            case MaxLen(max_length=most):
                yield f"at most {most}"
            case _:
                raise ValueError(f"{one} is told in no words")
