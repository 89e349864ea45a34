"""A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008).

Nothing is drawn by chance, and sums are of whole numbers, so that every machine finds the same weights to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from zlib import crc32

import numpy as np

from robot.core.hashed import GRAIN
from robot.guard.crisis.classifier import SLOTS

if TYPE_CHECKING:
    from collections.abc import Sequence

EPOCHS = 6
FROM_EPOCH, LOOKS = 2, 20  # the weights are the mean of so many looks at each round from here on
COST = 1.0  # of an error
RISK_COST = 3.0  # times more for a risk that is missed
UNIT = 1 << 20  # steps of learning are whole numbers of this part


class Slotted(Protocol):
    """Sparse rows: slots and values (in 1 / GRAIN) of each, and the cost of an error."""

    @property
    def slots(self) -> list[np.ndarray]: ...
    @property
    def values(self) -> list[np.ndarray]: ...
    @property
    def cost(self) -> list[float]: ...


def learn(rows: Slotted, answers: Sequence[bool], slots: int = SLOTS) -> tuple[np.ndarray, float]:
    """Weights float64 (`slots`,) and bias of a linear machine that says yes where `answers` does."""
    weights = np.zeros(slots, dtype=np.int64)  # in 1 / (GRAIN * UNIT)
    bias = 0  # in 1 / UNIT
    sum_weights, sum_bias = np.zeros(slots, dtype=np.int64), 0
    alphas = [0] * len(answers)  # in 1 / UNIT
    squares = [1.0 + int(values @ values) / GRAIN**2 for values in rows.values]
    looks, every = 0, max(len(answers) // LOOKS, 1)
    for epoch in range(EPOCHS):
        order = sorted(range(len(answers)), key=lambda n: crc32(b"%d %d" % (epoch, n)))
        for count, n in enumerate(order, 1):
            sign = 1 if answers[n] else -1
            soft = 0.5 / (rows.cost[n] * (RISK_COST if answers[n] else 1.0))
            where, values = rows.slots[n], rows.values[n]
            margin = int(weights[where] @ values) / (GRAIN**2 * UNIT) + bias / UNIT
            step = (sign * margin - 1.0 + soft * alphas[n] / UNIT) / (squares[n] + soft)
            new = max(alphas[n] - round(step * UNIT), 0)
            if new != alphas[n]:
                change = (new - alphas[n]) * sign
                weights[where] += change * values
                bias += change
                alphas[n] = new
            if epoch >= FROM_EPOCH and count % every == 0:
                sum_weights += weights
                sum_bias += bias
                looks += 1
    return sum_weights / (looks * GRAIN * UNIT), sum_bias / (looks * UNIT)
