"""Lines with the manners that judges found fitting and acceptable for them, and their stamp."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

import numpy as np
from pydantic import field_validator

from robot.core.manners import MANNERS, Manner
from robot.core.typed_toml import Table
from training.by_language import by_language
from training.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
SOURCES = ("strangers", "talks")  # of `training/everyday`
FITS = 1 / 3  # what a fitting manner is worth, beside -1 for a wrong one
# What wit is worth that judges found wrong for a line to which comfort is fitting.
HURTS = -1.5
WIT: Manner = "funny"
COMFORT: Manner = "hard"
# Judged beside the others, and not taught: "tell me more" was wrong for half of the lines, "I see what you mean", "all
# right", "sounds like a plan" and "I'm only a machine" for most; joy and memories go by uptake, for the wheel's room.
OTHERS = ("asking", "opinion", "social", "plan", "robot", "good", "memory")
ONE_IN = 5  # lines, that many of which are set aside to measure


class JudgedFile(Table):
    """A table of lines: for each the fitting manners, the best first, and the acceptable ones."""

    lines: tuple[tuple[str, str, str], ...]

    @field_validator("lines")
    @classmethod
    def _of_known_manners(cls, lines: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
        for text, *verdicts in lines:
            unknown = set(" ".join(verdicts).split()) - {*MANNERS, *OTHERS}
            if unknown:
                raise ValueError(f"{text!r} has manners that there are not: {', '.join(sorted(unknown))}")
        return lines


class JudgedLine(NamedTuple):
    """A line, and the manners that are fitting and acceptable for it; all others are wrong."""

    text: str
    language: str
    fitting: tuple[Manner, ...]
    acceptable: tuple[Manner, ...]

    def worth(self, manner: Manner) -> float:
        """What it is worth to whoever said this."""
        if manner in self.fitting:
            return FITS
        if manner in self.acceptable:
            return 0.0
        return HURTS if manner == WIT and COMFORT in self.fitting else -1.0


def lines() -> list[JudgedLine]:
    """Every one. Raises ConfigError at file:line."""
    return [
        JudgedLine(text, language, _known(fitting), _known(acceptable))
        for source in SOURCES
        for language, file in by_language(JudgedFile, source, HERE).items()
        for text, fitting, acceptable in file.lines
    ]


def worths(told: Sequence[JudgedLine]) -> np.ndarray:
    """What each manner is worth for each line, float64 (lines, manners)."""
    return np.array([[line.worth(manner) for manner in MANNERS] for line in told])


def stamp(told: Sequence[JudgedLine], uptake: str) -> str:
    """A digest of the lines, and of the head of uptake, whose own tells of the network that read them."""
    return stamp_of(told, uptake)


def _known(names: str) -> tuple[Manner, ...]:
    return tuple(cast("Manner", name) for name in names.split() if name in get_args(Manner))
