"""Sentences of `tests/data/`: what people might say in words that stand in no table."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


def read(name: str) -> dict[str, Any]:
    """The tables of `tests/data/NAME.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def wordings(language: str) -> dict[str, list[str]]:
    """Other wordings of each intent."""
    return {intent: rows[language] for intent, rows in read("wordings").items()}


def other_talk(language: str) -> list[str]:
    """Lines that mean nothing to the robot."""
    lines: list[str] = read("other_talk")[language]
    return lines
