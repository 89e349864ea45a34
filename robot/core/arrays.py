"""Arrays in a file (.npz): out of it under a limit of size and with one kind of error; into it, small.

Of an array of bytes that is mostly zeros only the others are kept, and where they stand: one bit a place.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np

from robot.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

SHAPE, WHERE, OTHERS = "@shape", "@where", "@others"  # what is kept of a thinned array, behind its name
THIN = 0.5  # of its places that are no zeros, at most
LARGEST = 64 << 20  # bytes of all arrays together; the largest file that ships unfolds to 4 MiB


def read_arrays(path: Traversable, remedy: str) -> dict[str, np.ndarray]:
    """All arrays of a file, by name. Raises ModelError."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            _check(archive)
            file.seek(0)
            with np.load(file, allow_pickle=False) as table:
                return _filled_in(dict(table))
    except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, MemoryError) as error:
        raise ModelError(f"the weights cannot be read: {error}", place=str(path), remedy=remedy) from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError) as error:
        raise ModelError(f"the weights are damaged: {error}", place=str(path), remedy=remedy) from error


def _check(archive: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in archive.infolist()) > LARGEST:
        raise ValueError(f"they unfold to more than {LARGEST >> 20} MiB")


def write_arrays(path: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Write a file; the same arrays give the same bytes. LZMA makes it a tenth smaller than numpy would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in _thinned(arrays).items():
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_LZMA
            with archive.open(entry, "w") as part:
                np.lib.format.write_array(part, np.asanyarray(array), allow_pickle=False)


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
