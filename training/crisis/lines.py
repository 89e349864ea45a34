"""What people say of self-harm, and what is none: the lines in this folder, and which of them teach."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from robot.core.typed_toml import Table, parse
from robot.texts.languages import house
from training.letters import letters_of
from training.ordinary import ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
ASIDE_PERCENT = 40
LATER = "later"  # groups of lines that teach and never measure (see README.md)
ORDINARY = "later_ordinary"  # the group of the background
WRITER = "writer"  # groups of those who wrote after the first authors, and measure, too
ALIKE = frozenset({"poison", "bleeding"})  # kinds of danger that may be one's own doing
LANGUAGES = house()


class LineFile(Table):
    """`phrases_<language>.toml` and `strangers_<language>.toml`: groups of phrases, one a line."""

    crisis: dict[str, str]
    ask: dict[str, str]
    safe: dict[str, str]


class Phrase(NamedTuple):
    """A line with what it is."""

    text: str
    language: str
    label: str  # "crisis", "ask" or "safe"
    group: str

    @property
    def risk(self) -> bool:
        return self.label != "safe"

    @property
    def aside(self) -> bool:
        """Set aside for measuring, by the letters alone; lines that came later never measure."""
        if self.group.startswith(LATER):
            return False
        return int(hashlib.sha256(self.letters.encode()).hexdigest()[:8], 16) % 100 < ASIDE_PERCENT

    @property
    def letters(self) -> str:
        """What is the same in two lines that differ in case, accents or signs only."""
        return letters_of(self.text)

    @property
    def first_aside(self) -> bool:
        """By the first authors, and set aside: what the bars are held against."""
        return self.aside and not self.group.startswith(WRITER)


def phrases(kind: str = "phrases") -> list[Phrase]:
    """All lines of `<kind>_<language>.toml`, and of `voices/` with the phrases. Raises ConfigError at file:line."""
    out = []
    for language in LANGUAGES:
        places = [HERE / f"{kind}_{language}.toml"]
        if kind == "phrases":
            places += sorted((HERE / "voices").glob(f"*_{language}.toml"))
        for place in places:
            table = parse(LineFile, place.read_text(encoding="utf-8"), str(place))
            for label, groups in (("crisis", table.crisis), ("ask", table.ask), ("safe", table.safe)):
                for group, lines in groups.items():
                    out += [Phrase(line, language, label, group) for line in lines.splitlines() if line.strip()]
    return out


def teaching(lines: Sequence[Phrase]) -> list[Phrase]:
    """Those of `lines` that teach, and the background: neither set aside nor, letter by letter, one that measures."""
    measures = {(p.language, p.letters) for p in (*(p for p in lines if p.aside), *phrases("strangers"))}
    measures |= {(p.language, p.letters) for p in background(aside=True)}
    return [line for line in (*lines, *background()) if (line.language, line.letters) not in measures]


def background(*, aside: bool = False) -> Iterator[Phrase]:
    """Ordinary talk, and talk of bodily danger, which is another thing; with `aside`, ordinary talk that measures."""
    for one in ordinary():
        if one.aside == aside:
            yield Phrase(one.text, one.language, "safe", ORDINARY)
    if aside:
        return
    for place in sorted((HERE.parent / "emergency").glob("voice_*.toml")):
        table = tomllib.loads(place.read_text(encoding="utf-8"))
        groups = {**table["emergency"], **table["harmless"]}
        for group, lines in groups.items():
            if group not in ALIKE:
                for line in lines.splitlines():
                    if line.strip():
                        yield Phrase(line, place.stem.rpartition("_")[2], "safe", ORDINARY)
