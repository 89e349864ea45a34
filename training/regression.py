"""A multinomial logistic regression over encodings of lines, for a head over the network as it ships. Nothing in it is
drawn by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
import torch.nn.functional as f

if TYPE_CHECKING:
    from collections.abc import Sequence

PENALTY = 2e-4  # on the square of a weight


class Fitted(NamedTuple):
    """Weights float32 (answers, width) and bias float32 (answers,)."""

    weights: np.ndarray
    bias: np.ndarray


def fitted(
    encodings: np.ndarray, answers: Sequence[int], counts: Sequence[float], *, several: int, steps: int
) -> Fitted:
    """Fit `several` answers in so many steps at most; `encodings` float32 (lines, width), each counted so often."""
    given, right, weighs = torch.from_numpy(encodings), torch.tensor(answers), torch.tensor(counts)
    linear = torch.nn.Linear(given.shape[1], several)
    torch.nn.init.zeros_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    optimiser = torch.optim.LBFGS(linear.parameters(), max_iter=steps, line_search_fn="strong_wolfe")

    def error() -> torch.Tensor:
        optimiser.zero_grad()
        each = f.cross_entropy(linear(given), right, reduction="none")
        out = (weighs * each).sum() / weighs.sum() + PENALTY * linear.weight.square().sum()
        out.backward()
        return out

    optimiser.step(error)
    return Fitted(linear.weight.detach().numpy(), linear.bias.detach().numpy().astype(np.float32))
