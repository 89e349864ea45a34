"""How a body looks on the page by its maker's own model, where something here can bring it.

A body's file names who may bring its figure: an entry point of `bowlby.figures`, a function that takes the address of
the body ("" where it has none of its own) and the body's description, gives the bytes of a figure, and may take
seconds. It raises PartError where there is none to be had.

The bytes: how long the head is (uint32, little-endian), the head as JSON, and the numbers behind it, from a multiple of
four bytes on. The head has `source` ("daemon" or "package"), `pivot` (of the head, m in the base frame), `unit` (of
places, m), `antennas` (left and right: `at` and `axis` in the head's frame, `gain` and `offset` from the ear's angle to
theirs, rad) and `parts`, each with what it `moves` with ("foot", "body", "head", "left" or "right"), a `colour` (four
shares) and how many `corners` and `triangles`. For each part follow its corners (3 int16 each), their normals (3 int8
each, 127 is 1) and its triangles (3 uint16 each), each list filled up to a multiple of four bytes.
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


def figure_of(body: BodyDescription, address: str) -> bytes:
    """Raises PartError where there is none."""
    for entry in installed(GROUP):
        if entry.name == body.figure:
            figure: bytes = entry.load()(address, body)
            if len(figure) <= LONGEST:
                return figure
    raise PartError(sentence("health.figure_nobody_brings", name=body.figure))


def source_of(figure: bytes) -> str:
    """Where it comes from: "daemon" or "package"."""
    (length,) = struct.unpack_from("<I", figure)
    return str(json.loads(figure[4 : 4 + length])["source"])
