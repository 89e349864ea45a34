"""The touch pads: tap, stroke and hold are told apart, and a spark is nothing."""

from __future__ import annotations

import pytest

from firmware_bridge import table
from tests.support.rig import Rig


@pytest.mark.parametrize(
    ("contacts", "kind"),
    [
        ([8], table.TouchKind.TAP),
        ([30], table.TouchKind.STROKE),
        ([8, 8, 8], table.TouchKind.STROKE),
        ([70], table.TouchKind.HOLD),
    ],
)
def test_tap_stroke_and_hold_are_told_apart(contacts: list[int], kind: table.TouchKind) -> None:
    rig = Rig()
    for contact in contacts:
        rig.board.inputs(pads=2)
        rig.run(contact)
        rig.board.inputs(pads=0)
        rig.run(8)
    rig.run(60)
    touches = [row for message, row in rig.heard if message is table.TOUCH]
    assert [(row["pad"], row["kind"]) for row in touches] == [(table.Pad.BACK, kind)]


def test_a_spark_on_a_pad_is_no_touch() -> None:
    rig = Rig()
    for _ in range(10):
        rig.board.inputs(pads=1)
        rig.run(1)
        rig.board.inputs(pads=0)
        rig.run(20)
    assert all(message is not table.TOUCH for message, _ in rig.heard)
