"""The network in a form that runs quickly: which tensors it wants, how they are made, and running it.

The graph (`data/reader.onnx`, made by `python -m training.meaning.graph`) is without weights; these are made on each
machine from the base network and from what was learned, matrices in 7 bits with a scale a column. 7, since processors
without the newest instructions add products of 8 bits with a limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from robot.core.errors import ModelError
from robot.sense.language.reader.base import INSTALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.sense.language.reader.base import BaseNetwork, Sizes
    from robot.sense.language.reader.learned import Learned

GRAPH, WEIGHTS = "reader.onnx", "weights.bin"
PAGE = 4096  # bytes: each tensor begins at such a step, so that it can be mapped into memory
MOST = 63  # of a weight in whole numbers
# Matrices that have one input are one: name here, the base network's names.
JOINED = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
NORMS = ("aln", "oln")  # after attention, after feed-forward


class Tensor(NamedTuple):
    """A tensor in the file of weights."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int

    @property
    def size(self) -> int:
        """In bytes."""
        return int(np.prod(self.shape)) * np.dtype(self.dtype).itemsize


def tensors(sizes: Sizes) -> list[Tensor]:
    """All that the graph wants, in their order in the file."""
    width = sizes.width
    shapes: list[tuple[str, str, tuple[int, ...]]] = [
        ("begin.w", "<f4", (width,)),
        ("begin.b", "<f4", (width,)),
    ]
    for layer in range(sizes.layers):
        for name, parts in JOINED.items():
            rows = sum(sizes.of(part)[0] for part in parts)
            shapes += [
                (f"l{layer}.{name}", "|i1", (sizes.of(parts[0])[1], rows)),
                (f"l{layer}.{name}.scales", "<f4", (rows,)),
                (f"l{layer}.{name}.b", "<f4", (rows,)),
            ]
        shapes += [(f"l{layer}.{norm}.{part}", "<f4", (width,)) for norm in NORMS for part in ("w", "b")]
    out = []
    start = 0
    for name, dtype, shape in shapes:
        out.append(Tensor(name, dtype, shape, start))
        start += -(-out[-1].size // PAGE) * PAGE
    return out


def made(base: BaseNetwork, learned: Learned) -> Iterator[tuple[Tensor, np.ndarray]]:
    """Each tensor with its values."""
    wanted = {tensor.name: tensor for tensor in tensors(base.sizes)}
    for part in ("w", "b"):
        yield wanted[f"begin.{part}"], base.vector(f"emb.ln.{part}")
    for layer in range(base.sizes.layers):
        for name, parts in JOINED.items():
            full = np.concatenate([_changed(base, learned, layer, part) for part in parts])
            scales = np.abs(full).max(axis=1) / np.float32(MOST)
            yield wanted[f"l{layer}.{name}"], np.rint(full / scales[:, None]).astype(np.int8).T
            yield wanted[f"l{layer}.{name}.scales"], scales
            yield wanted[f"l{layer}.{name}.b"], np.concatenate([base.vector(f"l{layer}.{part}.b") for part in parts])
        for norm in NORMS:
            for part in ("w", "b"):
                yield wanted[f"l{layer}.{norm}.{part}"], base.vector(f"l{layer}.{norm}.{part}")


def _changed(base: BaseNetwork, learned: Learned, layer: int, matrix: str) -> np.ndarray:
    full = base.matrix(layer, matrix)
    adapter = learned.adapters.get((layer, matrix))
    return full if adapter is None else full + adapter.full()


class Engine:
    """Runs the graph on one core."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds graph and weights. Raises ModelError."""
        try:
            import onnxruntime  # noqa: PLC0415 - heavy: asked for when a reader is made
        except ImportError as error:
            raise ModelError("onnxruntime is not installed", place="onnxruntime", remedy=INSTALL) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # its own classes have no common root
            raise ModelError(
                f"the reader's network does not run: {error}", place=str(folder), remedy=INSTALL
            ) from error

    def run(self, vectors: np.ndarray) -> np.ndarray:
        """The encoding float32 (taps * width,) of a line's vectors float32 (pieces, width)."""
        (out,) = self._session.run(None, {"vectors": vectors[None]})
        encoding: np.ndarray = out[0]
        return encoding
