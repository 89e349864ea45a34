"""The base network in PyTorch, with thin changes to its upper layers that learn (LoRA, Hu et al. 2021), and a head."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as f
from torch import nn

from robot.sense.language.reader.base import MATRICES, unpacked
from robot.sense.language.reader.learned import Adapter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from robot.sense.language.reader.base import BaseNetwork

DROPPED = 0.1  # of what goes on from a layer, and into the head, while it learns


def _tensor(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.array(values, np.float32))


class ChangedMatrix(nn.Module):
    """A matrix of the base network, and what is added to it: two thin ones, of `rank`; none where that is 0."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray, rank: int) -> None:
        super().__init__()
        rows, columns = weights.shape
        self.register_buffer("weights", _tensor(weights))
        self.register_buffer("bias", _tensor(bias))
        self.rank = rank
        if rank:
            self.down = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns))
            self.up = nn.Parameter(torch.zeros(rows, rank))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        out = f.linear(given, self.weights, self.bias)
        return out + f.linear(f.linear(given, self.down), self.up) if self.rank else out

    def adapter(self) -> Adapter:
        """As it ships."""
        return Adapter.of(self.down.detach().numpy(), self.up.detach().numpy().T)


class ChangedLayer(nn.Module):
    """Attention, then feed-forward, each normed after what it adds to."""

    def __init__(self, base: BaseNetwork, n: int, rank: int) -> None:
        super().__init__()
        self.heads = base.sizes.heads
        for name in MATRICES:
            self.add_module(name, ChangedMatrix(base.matrix(n, name), base.vector(f"l{n}.{name}.b"), rank))
        for norm in ("aln", "oln"):
            for part in ("w", "b"):
                self.register_buffer(f"{norm}_{part}", _tensor(base.vector(f"l{n}.{norm}.{part}")))
        self.epsilon = base.epsilon

    def forward(self, given: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        lines, length, width = given.shape

        def parted(matrix: nn.Module) -> torch.Tensor:
            out: torch.Tensor = matrix(given)
            return out.view(lines, length, self.heads, width // self.heads).transpose(1, 2)

        seen = f.scaled_dot_product_attention(parted(self.q), parted(self.k), parted(self.v), attn_mask=mask)
        seen = self.ao(seen.transpose(1, 2).reshape(lines, length, width))
        middle = self._normed(given + f.dropout(seen, DROPPED, self.training), "aln")
        bent = self.fo(f.gelu(self.fi(middle)))
        return self._normed(middle + f.dropout(bent, DROPPED, self.training), "oln")

    def _normed(self, given: torch.Tensor, norm: str) -> torch.Tensor:
        weights, bias = getattr(self, f"{norm}_w"), getattr(self, f"{norm}_b")
        return f.layer_norm(given, given.shape[-1:], weights, bias, self.epsilon)


class AdaptedNetwork(nn.Module):
    """Lines of pieces in, what each answer of each head weighs out."""

    def __init__(
        self,
        base: BaseNetwork,
        pieces: Sequence[int],
        taps: Sequence[int],
        rank: int,
        first: int,
        answers: Mapping[str, int],
    ) -> None:
        """`pieces`: those of the base network that are kept. Layers from `first` on (from 0) are changed. `answers`
        tells how many each head has.
        """
        super().__init__()
        width = base.sizes.width
        self.register_buffer("words", _tensor(unpacked(base.packed_words()[list(pieces)], width)))
        self.register_buffer("positions", _tensor(base.positions()))
        self.register_buffer("begin_w", _tensor(base.vector("emb.ln.w")))
        self.register_buffer("begin_b", _tensor(base.vector("emb.ln.b")))
        self.epsilon = base.epsilon
        self.taps = tuple(taps)
        self.layers = nn.ModuleList(ChangedLayer(base, n, rank if n >= first else 0) for n in range(max(taps)))
        self.heads = nn.ModuleDict({name: nn.Linear(width * len(taps), several) for name, several in answers.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)

    def forward(self, numbers: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        """`numbers` int64 (lines, pieces), `mask` bool of the same shape: where a piece stands."""
        encoding = f.dropout(self.encoding(numbers, mask), DROPPED, self.training)
        return {name: head(encoding) for name, head in self.heads.items()}

    def encoding(self, numbers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Float32 (lines, taps * width): the means over each line after some layers, normed together."""
        begun = self.words[numbers] + self.positions[: numbers.shape[1]]
        given = f.layer_norm(begun, begun.shape[-1:], self.begin_w, self.begin_b, self.epsilon)
        barred = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        there = mask[..., None].float()
        means = []
        for n, layer in enumerate(self.layers, 1):
            given = layer(given, barred)
            if n in self.taps:
                means.append((given * there).sum(1) / there.sum(1))
        joined = torch.cat(means, 1)
        return f.layer_norm(joined, joined.shape[-1:])

    def adapters(self) -> dict[tuple[int, str], Adapter]:
        """What was learned of the layers, as it ships."""
        return {
            (n, name): changed.adapter()
            for n, layer in enumerate(self.layers)
            for name in MATRICES
            if isinstance(changed := getattr(layer, name), ChangedMatrix) and changed.rank
        }
