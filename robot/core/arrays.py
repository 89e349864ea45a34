"""Arrays in a file (.npz): out of it under a limit of size and with one kind of error; into it, small.

Of an array of bytes that is mostly zeros only the others are kept, and where they stand: one bit a place. Each part is
compressed by what makes it smaller: LZMA, or Huffman's code of its bytes, where these do not repeat.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from robot.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

SHAPE, WHERE, OTHERS = "@shape", "@where", "@others"  # what is kept of a thinned array, behind its name
NPY, CODED = ".npy", ".npy.z"  # ends of the names of parts: by LZMA, and in Huffman's code
THIN = 0.5  # of its places that are no zeros, at most
LARGEST = 64 << 20  # bytes of all arrays together; the largest file that ships unfolds to 4 MiB


def read_arrays(path: Traversable, remedy: str) -> dict[str, np.ndarray]:
    """All arrays of a file, by name. Raises ModelError."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            _check(archive)
            file.seek(0)
            with np.load(file, allow_pickle=False) as table:
                return _filled_in(_decoded(dict(table)))
    except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, MemoryError) as error:
        raise ModelError(f"the weights cannot be read: {error}", place=str(path), remedy=remedy) from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError) as error:
        raise ModelError(f"the weights are damaged: {error}", place=str(path), remedy=remedy) from error


def _check(archive: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in archive.infolist()) > LARGEST:
        raise ValueError(f"they unfold to more than {LARGEST >> 20} MiB")


def write_arrays(path: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Write a file; the same arrays give the same bytes, a seventh fewer than numpy would write."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in _thinned(arrays).items():
            whole = BytesIO()
            np.lib.format.write_array(whole, np.asanyarray(array), allow_pickle=False)
            coder = zlib.compressobj(9, strategy=zlib.Z_HUFFMAN_ONLY)
            coded = coder.compress(whole.getvalue()) + coder.flush()
            if len(coded) < len(lzma.compress(whole.getvalue(), lzma.FORMAT_ALONE)):
                archive.writestr(zipfile.ZipInfo(name + CODED), coded, zipfile.ZIP_STORED)
            else:
                archive.writestr(zipfile.ZipInfo(name + NPY), whole.getvalue(), zipfile.ZIP_LZMA)


def _decoded(table: dict[str, np.ndarray | bytes]) -> dict[str, np.ndarray]:
    """With the parts that are in Huffman's code as arrays, too. Raises ValueError, zlib.error."""
    out: dict[str, np.ndarray] = {}
    for name, part in table.items():
        if isinstance(part, bytes):
            decoder = zlib.decompressobj()
            whole = decoder.decompress(part, LARGEST)
            if not decoder.eof:
                raise ValueError(f"{name} unfolds to more than {LARGEST >> 20} MiB, or ends too soon")
            out[name.removesuffix(CODED)] = np.lib.format.read_array(BytesIO(whole), allow_pickle=False)
        else:
            out[name] = part
    return out


def _thinned(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """As they stand in the file."""
    out: dict[str, np.ndarray] = {}
    for name, array in arrays.items():
        if array.dtype != np.int8 or np.count_nonzero(array) > THIN * array.size:
            out[name] = array
        else:
            other = array != 0
            out[name + SHAPE] = np.array(array.shape, np.int64)
            out[name + WHERE] = np.packbits(other)
            out[name + OTHERS] = array[other]
    return out


def _filled_in(table: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """As they were before. Raises ValueError where the parts of one do not fit together."""
    for name in [key.removesuffix(SHAPE) for key in table if key.endswith(SHAPE)]:
        nothing = np.empty(0)
        shape, where, others = (table.pop(name + part, nothing) for part in (SHAPE, WHERE, OTHERS))
        kinds = shape.dtype == np.int64, where.dtype == np.uint8, others.dtype == np.int8
        if not all(kinds) or shape.ndim != 1 or not 0 <= np.prod(shape) <= 8 * where.size:
            raise ValueError(f"the parts of {name} do not fit together")
        array = np.zeros(tuple(shape), np.int8)
        array[np.unpackbits(where, count=array.size).astype(bool).reshape(array.shape)] = others
        table[name] = array
    return table
