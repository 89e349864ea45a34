"""Makes the reader's folder on this machine: weights in the engine's form, and the pieces with their vectors.

It takes some seconds, once for each version of what was learned, and is there whole or not at all. The folder's name is
the stamp of all that it was made from; a list of sums in it tells whether it is still as it was made.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np
import platformdirs

from robot.core.errors import ModelError
from robot.sense.language.reader.base import SHA256, BaseNetwork
from robot.sense.language.reader.engine import GRAPH, WEIGHTS, made, tensors
from robot.sense.language.reader.learned import NAME, Learned, data_folder
from robot.sense.language.reader.pieces import ours

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable

    import numpy.typing as npt

FORMAT = 1  # raise it when the folder's content changes its form
PIECES, VECTORS, POSITIONS, SUMS = "pieces.json", "vectors.npy", "positions.npy", "sums.json"
REMEDY = "free some space (40 MB), or let the folder be written"


def parent() -> Path:
    """Where the folders are."""
    return platformdirs.user_cache_path("bowlby") / "reader"


def stamp(source: Traversable | None = None) -> str:
    """What a folder made now would be called; `source` is what was learned (default: what ships). Raises ModelError."""
    told = hashlib.sha256(f"{FORMAT} {SHA256}".encode())
    for part in (data_folder() / GRAPH, source or data_folder() / NAME):
        try:
            told.update(part.read_bytes())
        except OSError as error:
            raise ModelError(f"it cannot be read: {error.strerror}", place=str(part), remedy="install again") from error
    return told.hexdigest()[:16]


def find(place: Path | None = None, source: Traversable | None = None) -> Path | None:
    """The folder, where it is as it was made; else None."""
    folder = (parent() if place is None else place) / stamp(source)
    try:
        sums = json.loads((folder / SUMS).read_text(encoding="utf-8"))
        whole = all(_sum(folder / name) == told for name, told in sums.items())
    except (OSError, ValueError):
        return None
    return folder if whole else None


def prepared(progress: Callable[[float], None], place: Path | None = None, source: Traversable | None = None) -> Path:
    """The folder; made where it is missing or damaged. `progress` gets the share that is done, 0 to 1.

    Raises ModelError where the base network is missing or nothing can be written; then nothing has changed.
    """
    found = find(place, source)
    if found is not None:
        progress(1.0)
        return found
    base, learned = BaseNetwork.find(), Learned.load(source)
    above = parent() if place is None else place
    target = above / stamp(source)
    try:
        above.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=".new-", dir=above))
        try:
            _write(fresh, base, learned, progress)
            shutil.rmtree(target, ignore_errors=True)
            _move(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        for old in above.iterdir():
            if old != target and not old.name.startswith("."):
                shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"the reader's weights cannot be written: {error.strerror}", place=str(above), remedy=REMEDY
        ) from error
    return target


def _move(fresh: Path, target: Path) -> None:
    """At one stroke; where another process was sooner, its folder is as good."""
    try:
        fresh.rename(target)
    except OSError:
        if not (target / SUMS).is_file():
            raise


def _write(folder: Path, base: BaseNetwork, learned: Learned, progress: Callable[[float], None]) -> None:
    wanted = tensors(base.sizes)
    whole = wanted[-1].start + wanted[-1].size
    with (folder / WEIGHTS).open("wb") as file:
        for tensor, values in made(base, learned):
            file.seek(tensor.start)
            file.write(np.ascontiguousarray(values, dtype=tensor.dtype).tobytes())
            progress(0.9 * (tensor.start + tensor.size) / whole)
    (folder / GRAPH).write_bytes((data_folder() / GRAPH).read_bytes())
    vocabulary = base.vocabulary
    numbers = ours(vocabulary)
    at = {number: n for n, number in enumerate(numbers)}
    told = {
        "pieces": [vocabulary.pieces[number] for number in numbers],
        "scores": [float(vocabulary.scores[number]) for number in numbers],
        "begin": at[vocabulary.begin],
        "end": at[vocabulary.end],
        "unknown": at[vocabulary.unknown],
    }
    (folder / PIECES).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    _save(folder / VECTORS, base.packed_words()[numbers])
    _save(folder / POSITIONS, base.positions())
    sums = {path.name: _sum(path) for path in sorted(folder.iterdir())}
    (folder / SUMS).write_text(json.dumps(sums), encoding="utf-8")
    progress(1.0)


def _save(path: Path, array: npt.NDArray[np.generic]) -> None:
    np.save(path, np.ascontiguousarray(array), allow_pickle=False)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
