"""Arrays in a file (.npz): out of it under a limit of size and with one kind of error; into it, small."""

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

LARGEST = 64 << 20  # bytes of all arrays together; the largest file that ships unfolds to 4 MiB


def read_arrays(path: Traversable, remedy: str) -> dict[str, np.ndarray]:
    """All arrays of a file, by name. Raises ModelError."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            _check(archive)
            file.seek(0)
            with np.load(file, allow_pickle=False) as table:
                return dict(table)
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
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_LZMA
            with archive.open(entry, "w") as part:
                np.lib.format.write_array(part, np.asanyarray(array), allow_pickle=False)
