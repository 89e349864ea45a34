"""The lines: `lines/<hand>_<language>.toml` teach; `aside_<language>.toml` and whole talks (`talks_<language>.toml`)
measure and never teach. What is harmless in most talk is told by turns of ordinary life (`training/everyday`) and
wordings of remarks (`training/remarks`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from robot.core.typed_toml import Table, parse
from training import everyday
from training.remarks import lines as remarks
from training.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
TURN, REMARK = 1.0, 0.1  # how often a turn of ordinary life and a wording of a remark count, of which there are more
LANGUAGES = ("en", "fr")


class HarmSet(Table):
    """A hand's lines in one language: of somebody harmed by another, and harmless ones near them."""

    harmed: tuple[str, ...]
    near: tuple[str, ...]


class HarmTalks(Table):
    """A hand's talks in one language, of lines that one person says one after the other."""

    harmed: tuple[tuple[str, ...], ...]
    near: tuple[tuple[str, ...], ...]


class HarmLine(NamedTuple):
    """A line, whether somebody is harmed, and how often it counts."""

    text: str
    harmed: bool
    counts: float


def aside(language: str) -> HarmSet:
    """What measures. Raises ConfigError at file:line."""
    return _read(HERE / f"aside_{language}.toml")


def talks(language: str) -> HarmTalks:
    """Talks that measure. Raises ConfigError at file:line."""
    place = HERE / f"talks_{language}.toml"
    return parse(HarmTalks, place.read_text(encoding="utf-8"), str(place))


def lines() -> list[HarmLine]:
    """Every one that teaches, in the order of files. Raises ConfigError at file:line."""
    told = [_read(place) for place in sorted((HERE / "lines").glob("*.toml"))]
    out = [HarmLine(text, harmed, 1.0) for one in told for harmed in (True, False) for text in _of(one, harmed=harmed)]
    out += [HarmLine(turn.text, False, TURN) for turn in everyday.teaching()]
    return [*out, *(HarmLine(line.text, False, REMARK) for line in remarks.lines())]


def _of(told: HarmSet, *, harmed: bool) -> tuple[str, ...]:
    return told.harmed if harmed else told.near


def _read(place: Path) -> HarmSet:
    return parse(HarmSet, place.read_text(encoding="utf-8"), str(place))


def stamp(taught: Sequence[HarmLine], network: str) -> str:
    """A digest of the lines, and of the network that read them."""
    return stamp_of(taught, network)
