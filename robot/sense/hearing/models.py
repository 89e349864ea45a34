"""Speech models: which are known, where they lie, and how one gets there whole or not at all.

A zip is checked by size and sum before it is opened, unpacked beside its place, and moved there in one step: what is
interrupted or corrupt leaves nothing half done. A download that was cut goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import shutil
import urllib.error
import urllib.request
import zipfile
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import platformdirs

from robot.core.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BLOCK = 1 << 18
TIMEOUT_S = 30.0
LARGEST = 4 << 30  # bytes unpacked


class SpeechModel(NamedTuple):
    """A Vosk model that its makers publish: language, folder name, and the size and sum of its zip."""

    language: str
    name: str
    size: int
    sha256: str

    @property
    def url(self) -> str:
        return f"https://alphacephei.com/vosk/models/{self.name}.zip"


KNOWN = (
    SpeechModel(
        "en",
        "vosk-model-small-en-us-0.15",
        41_205_931,
        "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    ),
    SpeechModel(
        "fr",
        "vosk-model-small-fr-0.22",
        42_233_323,
        "cabf6180e177eb9b3a9a9d43a437bd5e549f3a7d09525e5d69a3fed787be12ad",
    ),
)


def folder() -> Path:
    """Where `bowlby models` keeps them."""
    return platformdirs.user_data_path("bowlby") / "models"


def is_model(place: Path) -> bool:
    """Whether a Vosk model lies in this very folder."""
    return (place / "am" / "final.mdl").is_file() and (place / "conf" / "mfcc.conf").is_file()


def find(language: str, place: Path | None = None) -> Path | None:
    """The model of a language below `place` (default: `folder()`), or None."""
    parent = folder() if place is None else place
    for model in KNOWN:
        if model.language == language and is_model(parent / model.name):
            return parent / model.name
    return None


def known(language: str) -> SpeechModel:
    """The published model of a language. Raises InputError."""
    for model in KNOWN:
        if model.language == language:
            return model
    raise InputError(
        f"no model is known for {language!r}", place="models", remedy=f"use {' or '.join(m.language for m in KNOWN)}"
    )


def fetch(model: SpeechModel, place: Path, progress: Callable[[int], None], url: str = "") -> Path:
    """Download a model, or the rest of it, and unpack it below `place`. `progress` gets the bytes that are there.

    Raises ModelError when the net or the file is not as it should be.
    """
    place.mkdir(parents=True, exist_ok=True)
    part = place / f"{model.name}.zip.part"
    if not part.exists() or part.stat().st_size != model.size:
        _download(url or model.url, part, model, progress)
    path = add(part, place, model)
    part.unlink()
    return path


def _download(url: str, part: Path, model: SpeechModel, progress: Callable[[int], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    if have > model.size:
        part.unlink()
        have = 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310 - https below
    remedy = "try again (it goes on where it stopped), or bring the zip by hand: bowlby models add FILE.zip"
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the address is our own
            if answer.status != HTTPStatus.PARTIAL_CONTENT:
                have = 0
            with part.open("ab" if have else "wb") as file:
                progress(have)
                while block := answer.read(BLOCK):
                    have += len(block)
                    if have > model.size:
                        break
                    file.write(block)
                    progress(have)
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise ModelError(f"{model.name} cannot be downloaded: {reason}", place=url, remedy=remedy) from error
    if have < model.size:
        raise ModelError(f"the line was cut after {have:,} of {model.size:,} bytes", place=url, remedy=remedy)


def add(zip_file: Path, place: Path, model: SpeechModel | None = None) -> Path:
    """Check a model's zip and unpack it below `place`. Raises InputError or ModelError; then nothing has changed."""
    if not zip_file.is_file():
        raise InputError("there is no such file", place=str(zip_file))
    model = model or _by_name(zip_file)
    _check(zip_file, model)
    target = place / model.name
    fresh = place / f".{model.name}.new"
    place.mkdir(parents=True, exist_ok=True)
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


def _by_name(zip_file: Path) -> SpeechModel:
    for model in KNOWN:
        if model.size == zip_file.stat().st_size or model.name in zip_file.name:
            return model
    raise InputError(
        "this is none of the models that are known",
        place=str(zip_file),
        remedy=f"use {' or '.join(m.name + '.zip' for m in KNOWN)}; for another set [hearing] model to its folder",
    )


def _check(zip_file: Path, model: SpeechModel) -> None:
    size = zip_file.stat().st_size
    total = hashlib.sha256()
    with zip_file.open("rb") as file:
        while block := file.read(BLOCK):
            total.update(block)
    if size == model.size and total.hexdigest() == model.sha256:
        return
    if zip_file.suffix == ".part":  # ours: what is damaged is not worth keeping
        zip_file.unlink()
    raise ModelError(
        f"the file is damaged: {size:,} bytes of {model.size:,}, and its sum is not {model.sha256[:12]}...",
        place=str(zip_file),
        remedy="download it again",
    )


def _unpack(zip_file: Path, place: Path) -> None:
    try:
        with zipfile.ZipFile(zip_file) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise ModelError("it holds more than 4 GiB", place=str(zip_file))
            archive.extractall(place)
    except zipfile.BadZipFile as error:
        raise ModelError(f"the zip cannot be read: {error}", place=str(zip_file)) from error
