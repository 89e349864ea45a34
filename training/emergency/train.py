"""Learns the weights of the emergency reader from the lines in this folder: `python -m training.emergency.train`.

The machine and its learning are those of `training/crisis/linear_machine.py`: nothing is drawn by chance, and each
computer finds the same weights to the byte. Lines that are set aside by their hash are never learned from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
import typer

from robot.core.arrays import write_arrays
from robot.core.typed_toml import Table, parse
from robot.guard.emergency.reader import (
    DANGERS,
    SLOTS,
    WEIGHTS,
    EmergencyReader,
    data_folder,
    features,
    load_cues,
)
from robot.texts.languages import house
from training import everyday
from training.crisis.examples import Examples, misspelt
from training.crisis.linear_machine import COST, learn
from training.crisis.lines import ORDINARY, phrases, teaching
from training.letters import letters_of
from training.need.in_talks import NONE, told_in_talks
from training.ordinary import REMARK, ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from robot.guard.cues import Cues

HERE = Path(__file__).parent
ASIDE_PERCENT = 15
MOST = 31.0  # of a weight in whole numbers: finer ones change no verdict worth the room
LIGHT = 2  # weights up to here change hardly a verdict, and would be a third of the file
REMARKED_COST = 0.3  # of an error with a wording of a remark, of which there are far more than of all else
DANGER, TOLD = "danger", "told"  # a need, and the group of what is told in talks
OTHER_EVERY = 3  # of the lines about self-harm, so many teach that they are no emergency


class LineFile(Table):
    """`voice_<writer>_<language>.toml`: groups of lines, one a line."""

    emergency: dict[str, str]
    harmless: dict[str, str]


class Line(NamedTuple):
    """A line with what it is: a kind of danger, or the group of a harmless one."""

    text: str
    language: str
    group: str
    danger: bool

    @property
    def aside(self) -> bool:
        """Set aside for measuring, by the letters alone."""
        return int(hashlib.sha256(letters_of(self.text).encode()).hexdigest()[:8], 16) % 100 < ASIDE_PERCENT


def lines() -> list[Line]:
    """Those of every voice. Raises ConfigError at file:line."""
    out = []
    for language in house():
        for place in sorted(HERE.glob(f"voice_*_{language}.toml")):
            table = parse(LineFile, place.read_text(encoding="utf-8"), str(place))
            for danger, groups in ((True, table.emergency), (False, table.harmless)):
                for group, several in groups.items():
                    out += [Line(one, language, group, danger) for one in several.splitlines() if one.strip()]
    return out


def as_told() -> list[Line]:
    """Danger as it is told amid a talk, and its harmless twins (`training/need`). Raises ConfigError at file:line."""
    told = (one for one in told_in_talks() if one.need in {DANGER, NONE})
    return [Line(one.text, one.language, TOLD, danger=one.need == DANGER) for one in told]


def background(cues: dict[str, Cues]) -> Iterator[Line]:
    """What is no emergency: ordinary talk, turns of ordinary life, and lines about self-harm that bear no cue of
    danger.
    """
    yield from (Line(turn.text, turn.language, TOLD, danger=False) for turn in everyday.teaching())
    yield from (Line(one.text, one.language, one.meaning, danger=False) for one in ordinary() if not one.aside)
    for phrase in teaching(phrases()):
        if phrase.group == ORDINARY or crc32(phrase.text.encode()) % OTHER_EVERY:
            continue
        mine = cues[phrase.language]
        if phrase.risk and any(cue.kind in DANGERS for cue in mine.find(mine.stems(phrase.text))):
            continue
        yield Line(phrase.text, phrase.language, phrase.group, danger=False)


def examples(taught: Sequence[Line], cues: dict[str, Cues]) -> Examples:
    """Each line as it is, and misspelt; a danger also after and before other talk."""
    calm = {name: [one.text for one in ordinary() if one.language == name and not one.aside] for name in cues}
    out = Examples([], [], [], [], [])
    for line in taught:
        mine = cues[line.language]
        for text in _variants(line, calm[line.language]):
            stems = mine.stems(text)
            kinds = tuple(dict.fromkeys(cue.kind for cue in mine.find(stems)))
            found = features(stems, kinds)
            out.slots.append(np.array(list(found), dtype=np.int64))
            out.values.append(np.array(list(found.values()), dtype=np.int64))
            out.risk.append(line.danger)
            out.urgent.append(False)
            out.cost.append(REMARKED_COST if line.group.startswith(REMARK) else COST)
    return out


def _variants(line: Line, calm: Sequence[str]) -> Iterator[str]:
    yield line.text
    key = crc32(line.text.encode())
    if line.danger or line.group in {"past", "idiom", "fiction", "question", "everyday", "denial", "resolved"}:
        yield misspelt(line.text, key)
    if line.danger and calm:
        other = calm[key % len(calm)]
        yield f"{other}, {line.text}" if key & 1024 else f"{line.text}, {other}"


class Learned(NamedTuple):
    """What is shipped: int8 (SLOTS,) and two numbers."""

    weights: np.ndarray
    scale: float
    bias: float


def train(told: Sequence[Line]) -> Learned:
    """Learn from those of `told` that teach, and from the background."""
    cues = load_cues()
    measures = {(line.language, line.text.lower()) for line in told if line.aside}
    taught = [line for line in told if not line.aside]
    taught += [line for line in as_told() if (line.language, line.text.lower()) not in measures]
    taught += [line for line in background(cues) if (line.language, line.text.lower()) not in measures]
    rows = examples(taught, cues)
    weights, bias = learn(rows, rows.risk, SLOTS)
    scale = float(np.abs(weights).max()) / MOST
    quantised = np.rint(weights / scale).astype(np.int8)
    quantised[np.abs(quantised) <= LIGHT] = 0
    return Learned(quantised, scale, bias)


class Figures(NamedTuple):
    """How a set of lines fared; shares in percent."""

    dangers: int
    missed: float
    calm: int
    alarms: float


def measure(reader: EmergencyReader, told: Sequence[Line]) -> Figures:
    """Judge the lines."""
    found = {line: bool(reader.assess(line.text, line.language).kind) for line in told}
    dangers = [line for line in told if line.danger]
    calm = [line for line in told if not line.danger]
    missed = 100.0 * sum(not found[line] for line in dangers) / max(len(dangers), 1)
    alarms = 100.0 * sum(found[line] for line in calm) / max(len(calm), 1)
    return Figures(len(dangers), round(missed, 2), len(calm), round(alarms, 2))


def ordinary_aside() -> list[Line]:
    """The ordinary talk that measures."""
    return [Line(one.text, one.language, one.meaning, danger=False) for one in ordinary() if one.aside]


def main() -> None:
    """Train, write the weights, and print the figures of the lines that were set aside."""
    told = lines()
    learned = train(told)
    path = Path(str(data_folder() / WEIGHTS))
    write_arrays(str(path), {name: np.asarray(value) for name, value in learned._asdict().items()})
    typer.echo(f"wrote {path} ({path.stat().st_size // 1000} kB)")
    reader = EmergencyReader.load()
    for language in house():
        here = [line for line in told if line.aside and line.language == language]
        talk = [line for line in ordinary_aside() if line.language == language]
        typer.echo(f"set aside {language}: {measure(reader, here)}; ordinary talk: {measure(reader, talk)}")


if __name__ == "__main__":
    main()
