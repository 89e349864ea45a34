"""Teaches a head over encodings, the same way each time: by cross entropy, AdamW and a step that falls to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as f
from rich.progress import track

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

SEED = 11
BATCH = 256


class Course(NamedTuple):
    """How a head is taught."""

    rounds: int
    step: float
    decay: float


class Taught(NamedTuple):
    """The network, and what its inputs were made even by: float32 (width,)."""

    network: torch.nn.Sequential
    middle: torch.Tensor
    spread: torch.Tensor


def teach(
    made: Callable[[int], torch.nn.Sequential],
    encodings: np.ndarray,
    answers: Sequence[int],
    counts: Sequence[float],
    course: Course,
) -> Taught:
    """The network that `made` gives for inputs of a width, taught by encodings float32 (lines, width): the number of
    each line's answer, and how often it counts.
    """
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    given, right, weighs = torch.from_numpy(encodings), torch.tensor(answers), torch.tensor(counts)
    middle, spread = given.mean(0), given.std(0) + 1e-6
    given = (given - middle) / spread
    network = made(given.shape[1])
    optimiser = torch.optim.AdamW(network.parameters(), course.step, weight_decay=course.decay)
    steps = course.rounds * -(-len(given) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: 1.0 - n / steps)
    for _ in track(range(course.rounds), "teaching"):
        for chosen in torch.randperm(len(given)).split(BATCH):
            optimiser.zero_grad()
            each = f.cross_entropy(network(given[chosen]), right[chosen], reduction="none")
            ((weighs[chosen] * each).sum() / weighs[chosen].sum()).backward()
            optimiser.step()
            schedule.step()
    return Taught(network, middle, spread)
