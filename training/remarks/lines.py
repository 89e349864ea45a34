"""The lines that teach the remarks: `lines/<field>.toml`, six and more in each language for each of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent / "lines"
LANGUAGES = ("en", "fr")


class Wordings(Table):
    """How people say one thing."""

    en: tuple[str, ...]
    fr: tuple[str, ...]


class RemarkFile(Table):
    """A field: its remarks by name."""

    remark: dict[str, Wordings]


class RemarkLine(NamedTuple):
    """A line with the remark that it is."""

    text: str
    language: str
    remark: str


def lines() -> list[RemarkLine]:
    """All of them, in the order of files, remarks and languages. Raises ConfigError."""
    out: list[RemarkLine] = []
    owner: dict[str, str] = {}
    for path in sorted(HERE.glob("*.toml")):
        for name, wordings in parse(RemarkFile, path.read_text(encoding="utf-8"), str(path)).remark.items():
            if owner.setdefault(name, path.name) != path.name:
                raise ConfigError(f"{name} stands in {owner[name]} too", place=str(path), remedy="join them")
            for language in LANGUAGES:
                out += [RemarkLine(text, language, name) for text in getattr(wordings, language)]
    return out


def stamp(taught_by: Sequence[RemarkLine], network: str) -> str:
    """A digest of the lines, and of the network that read them."""
    return hashlib.sha256(repr((list(map(tuple, taught_by)), network)).encode()).hexdigest()
