"""How a body looks on the page by its maker's own model, where something here can bring it.

A body's file names who may: an entry point of `bowlby.figures`, a function of the body's address ("" where it has none
of its own) and description. It gives bytes, perhaps in seconds, or raises PartError.

The bytes: the length of a head (uint32, little-endian), the head as JSON, and lists, each from a multiple of four on.
In the head: `source` (one of `SOURCES`), the head's `pivot` (m, base frame), `lens` (from where it looks, m, in the
head's frame), `unit` (of corners, m), `antennas` (left, right: `at` and `axis` in the head's frame; an ear's angle
times `gain` plus `offset` is theirs), and `parts`: what each `moves` with ("foot", "body", "head", "left", "right"),
its `colour` (four shares), how many `corners` and `triangles`. For each part the lists of corners (3 int16), normals
(3 int8, 127 is 1) and triangles (3 uint16).
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

from robot.core.errors import PartError
from robot.parts.entry_points import installed
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.body_description import BodyDescription

GROUP = "bowlby.figures"
LONGEST = 1 << 20  # bytes
SOURCES = {"daemon", "package"}


def figure_of(body: BodyDescription, address: str) -> bytes:
    """Raises PartError where there is none, or one that is none of these."""
    for entry in installed(GROUP):
        if entry.name == body.figure:
            figure: bytes = entry.load()(address, body)
            if not isinstance(figure, bytes) or len(figure) > LONGEST or source_of(figure) not in SOURCES:
                raise PartError(sentence("health.figure_odd", name=body.figure))
            return figure
    raise PartError(sentence("health.figure_nobody_brings", name=body.figure))


def source_of(figure: bytes) -> str:
    """Where it comes from: one of `SOURCES`; empty where it does not say."""
    try:
        (length,) = struct.unpack_from("<I", figure)
        return str(json.loads(figure[4 : 4 + length])["source"])
    except (struct.error, ValueError, LookupError, TypeError, RecursionError):
        return ""
