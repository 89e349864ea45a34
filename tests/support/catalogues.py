"""The catalogues as they stand in their files, to be compared with what the program asks of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib

from robot.texts import catalogue

GAP = re.compile(r"{(\w+)}")


@cache
def forms_of(file: str, language: str) -> dict[str, tuple[str, ...]]:
    """Every key of a file with its text, or its texts for one and for many."""
    path = Path(catalogue.__file__).parent / language / f"{file}.po"
    return {
        entry.msgid: tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
        for entry in polib.pofile(str(path), encoding="utf-8")
    }


def texts_of(file: str, language: str) -> dict[str, str]:
    """Every key of a file with its text; of more than one, the last."""
    return {key: forms[-1] for key, forms in forms_of(file, language).items()}


def gaps(text: str) -> set[str]:
    """The names of a text's gaps."""
    return set(GAP.findall(text))
