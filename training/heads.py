"""Teaches a head over encodings, the same way each time: by cross entropy, AdamW and a step that falls to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
import torch.nn.functional as f
from rich.progress import track
from torch import nn

from robot.sense.language.reader.learned import FINEST_HEAD, Linear, Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED = 11
BATCH = 256
DROPPED_PLAIN = 0.3  # of the inputs of a plain layer
DROPPED, DROPPED_HIDDEN = 0.1, 0.3  # of a perceptron's inputs, and of its hidden layer
FINEST_HIDDEN, FINEST_OUT = 11, 63


class Course(NamedTuple):
    """How a head is taught."""

    rounds: int
    step: float
    decay: float


class Given(NamedTuple):
    """What it is taught by: encodings float32 (lines, width), the number of each line's answer, how often it counts."""

    encodings: np.ndarray
    answers: Sequence[int]
    counts: Sequence[float]


class Taught(NamedTuple):
    """The network, and what its inputs were made even by: float32 (width,)."""

    network: nn.Sequential
    middle: torch.Tensor
    spread: torch.Tensor


def logistic(given: Given, answers: int, course: Course) -> Linear:
    """The one layer that tells `answers` apart: a logistic regression."""

    def made(width: int) -> nn.Sequential:
        return nn.Sequential(nn.Dropout(DROPPED_PLAIN), nn.Linear(width, answers))

    network, middle, spread = teach(made, given, course)
    return _evened(network[1], middle, spread, FINEST_HEAD)


def perceptron(given: Given, answers: int, hidden: int, course: Course) -> tuple[Linear, Linear]:
    """The hidden layer, of `hidden` outputs, and the one that tells `answers` apart."""

    def made(width: int) -> nn.Sequential:
        first, out = nn.Linear(width, hidden), nn.Linear(hidden, answers)
        return nn.Sequential(nn.Dropout(DROPPED), first, nn.ReLU(), nn.Dropout(DROPPED_HIDDEN), out)

    network, middle, spread = teach(made, given, course)
    _, first, _, _, out = network
    last = _layer(out.weight.detach(), out.bias.detach(), FINEST_OUT)
    return _evened(first, middle, spread, FINEST_HIDDEN), last


def _evened(layer: nn.Linear, middle: torch.Tensor, spread: torch.Tensor, finest: int) -> Linear:
    """A first layer for encodings as they are, which was taught even ones."""
    weights = (layer.weight / spread).detach()
    return _layer(weights, layer.bias.detach() - weights @ middle, finest)


def _layer(weights: torch.Tensor, bias: torch.Tensor, finest: int) -> Linear:
    return Linear(Whole.of(weights.numpy(), finest), bias.numpy().astype(np.float32))


def teach(made: Callable[[int], nn.Sequential], given: Given, course: Course) -> Taught:
    """The network that `made` gives for inputs of a width."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    inputs, right, weighs = torch.from_numpy(given.encodings), torch.tensor(given.answers), torch.tensor(given.counts)
    middle, spread = inputs.mean(0), inputs.std(0) + 1e-6
    inputs = (inputs - middle) / spread
    network = made(inputs.shape[1])
    optimiser = torch.optim.AdamW(network.parameters(), course.step, weight_decay=course.decay)
    steps = course.rounds * -(-len(inputs) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: 1.0 - n / steps)
    for _ in track(range(course.rounds), "teaching"):
        for chosen in torch.randperm(len(inputs)).split(BATCH):
            optimiser.zero_grad()
            each = f.cross_entropy(network(inputs[chosen]), right[chosen], reduction="none")
            ((weighs[chosen] * each).sum() / weighs[chosen].sum()).backward()
            optimiser.step()
            schedule.step()
    return Taught(network, middle, spread)
