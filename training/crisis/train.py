"""Learns the weights of the crisis classifier from the lines in this folder: `python -m training.crisis.train`.

A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008). Nothing is
drawn by chance, and sums are of whole numbers, so that every machine finds the same weights to the byte.
Phrases that are set aside by their hash are never learned from: the figures that are printed come from them.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zlib import crc32

import numpy as np
import typer

from robot.core.arrays import read_arrays, write_arrays
from robot.core.hashed import GRAIN
from robot.core.typed_toml import Table, parse
from robot.guard.crisis.classifier import SLOTS, WEIGHTS, CrisisClassifier, features, gathered, pieces, spread
from robot.guard.crisis.meaning import Reader, data_folder
from robot.guard.crisis.signs import Signs
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
EPOCHS = 6
FROM_EPOCH, LOOKS = 2, 20  # the weights are the mean of so many looks at each round from here on
COST = 1.0  # of an error
ORDINARY_COST = 3.0  # of one with ordinary talk: few lines stand for very much of what is said
ALIKE = frozenset({"poison", "bleeding"})  # kinds of danger that may be one's own doing
RISK_COST = 3.0  # times more for a risk that is missed
UNIT = 1 << 20  # steps of learning are whole numbers of this part
LANGUAGES = house()
MOST = 31.0  # of a weight in whole numbers: finer ones change no verdict worth the room
# Weights up to here, of the risk and of how plain it is, hardly change a verdict, and are more than half of the file.
LIGHT = (1, 10)
# Of the risk, also those up to LIGHT_SELDOM whose slot no more than so many examples have: a fifth of the file, which
# the wheel wants for other things. What is missed changes by less than 0.1 of a hundred, alarms by 0.3 either way.
LIGHT_SELDOM, SELDOM = 2, 9
SAMPLE = 40  # the stamp reads and learns every so many lines


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


# ---------------------------------------------------------------- examples


@dataclass(frozen=True, slots=True)
class Examples:
    """Sparse rows: slots and values (in 1 / GRAIN) of each, and two answers (a risk; plainly said)."""

    slots: list[np.ndarray]
    values: list[np.ndarray]
    risk: list[bool]
    urgent: list[bool]
    cost: list[float]  # of an error


def examples(lines: Sequence[Phrase], readers: dict[str, Reader], signs: Signs) -> Examples:
    """Each line as it is, some misspelt, some among other talk."""
    out = Examples([], [], [], [], [])
    calm = {name: [p.text for p in lines if p.language == name and p.group == "everyday"] for name in readers}
    for line in lines:
        for text in variants(line, calm[line.language]):
            whole = pieces(readers[line.language].sentences(text))[0]
            found = features(whole, signs.find(whole))
            out.slots.append(np.array(list(found), dtype=np.int64))
            out.values.append(np.array(list(found.values()), dtype=np.int64))
            out.risk.append(line.risk)
            out.urgent.append(line.label == "crisis")
            out.cost.append(ORDINARY_COST if line.group == ORDINARY else COST)
    return out


def variants(line: Phrase, calm: Sequence[str]) -> Iterator[str]:
    """The line; some also with a letter lost, doubled or swapped; others also before or after other talk."""
    yield line.text
    key = crc32(line.text.encode())
    match key % 3:
        case 0:
            yield misspelt(line.text, key)
        case 1:
            other = calm[key % len(calm)]
            yield f"{other}, {line.text}" if key & 1024 else f"{line.text}, {other}"
        case _:
            pass


def misspelt(text: str, key: int) -> str:
    """One letter of one longer word lost, doubled or swapped with the next, as `key` says."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) > 3] or [0]
    n = long[key % len(long)]
    word = words[n]
    at = 1 + (key >> 8) % max(len(word) - 2, 1)
    match (key >> 16) % 3:
        case 0:
            words[n] = word[:at] + word[at + 1 :]
        case 1:
            words[n] = word[:at] + word[at : at + 1] + word[at:]
        case _:
            words[n] = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return " ".join(words)


# ---------------------------------------------------------------- learning


class Slotted(Protocol):
    """Sparse rows: slots and values (in 1 / GRAIN) of each, and the cost of an error."""

    @property
    def slots(self) -> list[np.ndarray]: ...
    @property
    def values(self) -> list[np.ndarray]: ...
    @property
    def cost(self) -> list[float]: ...


def learn(rows: Slotted, answers: Sequence[bool], slots: int = SLOTS) -> tuple[np.ndarray, float]:
    """Weights float64 (`slots`,) and bias of a linear machine that says yes where `answers` does."""
    weights = np.zeros(slots, dtype=np.int64)  # in 1 / (GRAIN * UNIT)
    bias = 0  # in 1 / UNIT
    sum_weights, sum_bias = np.zeros(slots, dtype=np.int64), 0
    alphas = [0] * len(answers)  # in 1 / UNIT
    squares = [1.0 + int(values @ values) / GRAIN**2 for values in rows.values]
    looks, every = 0, max(len(answers) // LOOKS, 1)
    for epoch in range(EPOCHS):
        order = sorted(range(len(answers)), key=lambda n: crc32(b"%d %d" % (epoch, n)))
        for count, n in enumerate(order, 1):
            sign = 1 if answers[n] else -1
            soft = 0.5 / (rows.cost[n] * (RISK_COST if answers[n] else 1.0))
            where, values = rows.slots[n], rows.values[n]
            margin = int(weights[where] @ values) / (GRAIN**2 * UNIT) + bias / UNIT
            step = (sign * margin - 1.0 + soft * alphas[n] / UNIT) / (squares[n] + soft)
            new = max(alphas[n] - round(step * UNIT), 0)
            if new != alphas[n]:
                change = (new - alphas[n]) * sign
                weights[where] += change * values
                bias += change
                alphas[n] = new
            if epoch >= FROM_EPOCH and count % every == 0:
                sum_weights += weights
                sum_bias += bias
                looks += 1
    return sum_weights / (looks * GRAIN * UNIT), sum_bias / (looks * UNIT)


class Learned(NamedTuple):
    """What is shipped: int8 (2, SLOTS), float64 (2,), float64 (2,)."""

    weights: np.ndarray
    scale: np.ndarray
    bias: np.ndarray


def train(lines: Sequence[Phrase]) -> Learned:
    """Learn both machines from those of `lines` that teach."""
    readers = {language: Reader(language) for language in LANGUAGES}
    rows = examples(teaching(lines), readers, Signs())
    found = [learn(rows, answers) for answers in (rows.risk, rows.urgent)]
    scale = np.array([float(np.abs(weights).max()) / MOST for weights, _ in found])
    quantised = np.stack([np.rint(weights / s).astype(np.int8) for (weights, _), s in zip(found, scale, strict=True)])
    quantised[np.abs(quantised) <= np.array(LIGHT)[:, None]] = 0
    seldom = np.bincount(np.concatenate(rows.slots), minlength=SLOTS) <= SELDOM
    quantised[0, seldom & (np.abs(quantised[0]) <= LIGHT_SELDOM)] = 0
    return Learned(quantised, scale, np.array([bias for _, bias in found]))


def stamp(lines: Sequence[Phrase], learned: Learned) -> str:
    """What ties weights to their training, in seconds where that takes minutes: a digest of all lines that teach, of
    the tables, of how every 40th of these lines is read and what is learned from them, and of the weights.
    """
    taught = teaching(lines)
    told = hashlib.sha256(repr(taught).encode())
    for name in ("signs", *(f"concepts_{language}" for language in LANGUAGES)):
        told.update((data_folder() / f"{name}.toml").read_bytes())
    rows = examples(taught[::SAMPLE], {language: Reader(language) for language in LANGUAGES}, Signs())
    for answers in (rows.risk, rows.urgent):
        weights, bias = learn(rows, answers)
        told.update(weights.tobytes() + np.float64(bias).tobytes())
    for part in learned:
        told.update(part.tobytes())
    return told.hexdigest()


def shipped() -> tuple[Learned, str]:
    """The weights that ship, and their stamp."""
    table = read_arrays(data_folder() / WEIGHTS, "run `python -m training.crisis.train`")
    weights = spread(table["used"], table["weights"])
    return Learned(weights, table["scale"], table["bias"]), str(table["stamp"])


def write(path: Path, learned: Learned, stamped: str) -> None:
    """Write the file that ships."""
    used, kept = gathered(learned.weights)
    told = {"scale": learned.scale, "bias": learned.bias, "stamp": np.array(stamped)}
    write_arrays(str(path), {"used": used, "weights": kept, **told})


# ---------------------------------------------------------------- measuring


class Figures(NamedTuple):
    """How a set of lines fared; shares in percent."""

    risks: int
    missed: float
    faint: float  # the share that gets no more than an open turn
    unurgent: float  # of what is plainly said, the share that is only asked about
    calm: int
    alarms: float
    shouts: float  # of what is harmless, the share that gets the crisis answer


def measure(crisis: CrisisClassifier, lines: Sequence[Phrase]) -> Figures:
    """Judge the lines. What is asked about or gets the number counts as an alarm; a faint doubt is neither."""
    level = {line: crisis.assess(line.text, line.language).level for line in lines}

    def share(chosen: Sequence[Phrase], *levels: str) -> float:
        return round(100.0 * sum(level[line] in levels for line in chosen) / max(len(chosen), 1), 2)

    risks = [line for line in lines if line.risk]
    plainly = [line for line in lines if line.label == "crisis"]
    calm = [line for line in lines if not line.risk]
    return Figures(
        len(risks),
        share(risks, "none"),
        share(risks, "faint"),
        share(plainly, "ask"),
        len(calm),
        share(calm, "ask", "crisis"),
        share(calm, "crisis"),
    )


def main() -> None:
    """Train, write the weights, and print the figures of the lines that were set aside."""
    lines = phrases()
    learned = train(lines)
    path = Path(str(data_folder() / WEIGHTS))
    write(path, learned, stamp(lines, learned))
    typer.echo(f"wrote {path} ({path.stat().st_size // 1000} kB)")
    crisis = CrisisClassifier.load()
    for language in LANGUAGES:
        aside = [line for line in lines if line.aside and line.language == language]
        typer.echo(f"set aside {language}: {measure(crisis, aside)}")


if __name__ == "__main__":
    main()
