"""Arrays out of a file (.npz), under a limit of size and with one kind of error."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np

from robot.core.errors import ModelError

if TYPE_CHECKING:
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
    except (zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(f"the weights are damaged: {error}", place=str(path), remedy=remedy) from error


def _check(archive: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in archive.infolist()) > LARGEST:
        raise ValueError(f"they unfold to more than {LARGEST >> 20} MiB")
