"""What ties weights to what taught them, and can be told without teaching anew."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from robot.core.meanings import particular
from robot.sense.language.reader.base import SHA256

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.sense.language.reader.learned import Learned
    from training.meaning.lines import TaughtLine
    from training.need.lines import NeedLine


def stamp(lines: Sequence[TaughtLine | NeedLine], learned: Learned) -> str:
    """A digest of the lines, of their meanings' names, of the base network, and of the weights."""
    told = hashlib.sha256(repr((list(lines), list(particular()), SHA256, learned.taps)).encode())
    for key in sorted(learned.adapters):
        for whole in learned.adapters[key]:
            told.update(whole.values.tobytes() + whole.scales.tobytes())
    for name, head in sorted(learned.heads.items()):
        told.update(repr((name, head.names, head.temperature)).encode())
        for layer in (head.layer, head.hidden):
            if layer is not None:
                told.update(layer.weights.values.tobytes() + layer.weights.scales.tobytes() + layer.bias.tobytes())
    return told.hexdigest()
