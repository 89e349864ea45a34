"""Learns the weights of the judge of free text from the sentences in this folder: `python -m training.speech.train`.

One linear machine says whether a sentence breaks a duty at all, one for each theme whether it is that theme. They are
learned as the crisis classifier is: nothing by chance, whole numbers, the same weights on every machine.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import typer

from robot.core.arrays import read_arrays, write_arrays
from robot.core.hashed import weighed
from robot.guard.speech.judge import (
    BITS,
    SPEECH_WEIGHTS,
    THEME_BITS,
    THEMES,
    Judge,
    SpeechWeights,
    features,
    shipped_judge,
)
from robot.guard.speech.wording import WordingReader, speech_data
from robot.texts.languages import house
from training.crisis.linear_machine import COST, learn
from training.speech.lines import TABLES, Spoken, teaching
from training.talk.sets import files, measuring, tuning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LANGUAGES = house()
MOST = 31  # of a weight in whole numbers: 6 bits, which keeps the package small
LIGHT = 1  # weights up to here are a fifth of the file, and hardly change a verdict
SAMPLE = 40  # the stamp reads and learns every so many lines


class SlotRows(NamedTuple):
    """Sparse rows: slots and values (in 1 / GRAIN) of each sentence, and the cost of an error."""

    slots: list[np.ndarray]
    values: list[np.ndarray]
    cost: list[float]

    @classmethod
    def of(cls, rows: Iterable[dict[int, int]]) -> SlotRows:
        found = list(rows)
        return cls(
            [np.array(list(row), dtype=np.int64) for row in found],
            [np.array(list(row.values()), dtype=np.int64) for row in found],
            [COST] * len(found),
        )

    def some(self, chosen: Sequence[int]) -> SlotRows:
        """Those at these places."""
        return SlotRows(
            [self.slots[n] for n in chosen], [self.values[n] for n in chosen], [self.cost[n] for n in chosen]
        )


class SpeechRows(NamedTuple):
    """Sentences, read: for the machine that says whether, and for those that say which."""

    lines: list[Spoken]
    at_all: SlotRows
    themes: SlotRows

    @classmethod
    def read(cls, lines: Sequence[Spoken]) -> SpeechRows:
        readers = {language: WordingReader(language) for language in LANGUAGES}
        kinds = [features(readers[line.language].sentences(line.text), line.language) for line in lines]
        return cls(
            list(lines),
            SlotRows.of(weighed(found, BITS) for found in kinds),
            SlotRows.of(weighed(found[:-1], THEME_BITS) for found in kinds),
        )

    def without(self, voice: str) -> SpeechRows:
        """All but those of one voice."""
        chosen = [n for n, line in enumerate(self.lines) if line.voice != voice]
        return SpeechRows([self.lines[n] for n in chosen], self.at_all.some(chosen), self.themes.some(chosen))


class SpeechLearned(NamedTuple):
    """What is shipped: int8 (1, 1 << BITS) and (themes, 1 << THEME_BITS), float64 of one more than themes."""

    at_all: np.ndarray
    themes: np.ndarray
    scales: np.ndarray
    biases: np.ndarray

    def weights(self) -> SpeechWeights:
        """As the judge takes them."""
        return SpeechWeights.of(*self)


def train(rows: SpeechRows) -> SpeechLearned:
    """Learn all machines."""
    found = [learn(rows.at_all, [line.breaks for line in rows.lines], 1 << BITS)]
    found += [learn(rows.themes, [line.theme == theme for line in rows.lines], 1 << THEME_BITS) for theme in THEMES]
    scales = np.array([float(np.abs(weights).max()) / MOST for weights, _ in found])
    quantised = [np.rint(weights / scale).astype(np.int8) for (weights, _), scale in zip(found, scales, strict=True)]
    for weights in quantised:
        weights[np.abs(weights) <= LIGHT] = 0
    return SpeechLearned(
        at_all=np.stack(quantised[:1]),
        themes=np.stack(quantised[1:]),
        scales=scales,
        biases=np.array([bias for _, bias in found]),
    )


def stamp(lines: Sequence[Spoken], learned: SpeechLearned) -> str:
    """What ties weights to their training: a digest of all lines that teach, of the concepts, of what is learned from
    every 40th of the lines, and of the weights.
    """
    told = hashlib.sha256(repr([tuple(line) for line in lines]).encode())
    for language in LANGUAGES:
        told.update((speech_data() / f"concepts_{language}.toml").read_bytes())
    for part in (*train(SpeechRows.read(lines[::SAMPLE])), *learned):
        told.update(part.tobytes())
    return told.hexdigest()


def shipped() -> tuple[SpeechLearned, str]:
    """The weights that ship, and their stamp."""
    table = read_arrays(speech_data() / SPEECH_WEIGHTS, "run `python -m training.speech.train`")
    return SpeechLearned(**{name: table[name] for name in SpeechLearned._fields}), str(table["stamp"])


# ---------------------------------------------------------------- measuring


class Share(NamedTuple):
    """How many of how many."""

    some: int
    of: int

    def __str__(self) -> str:
        return f"{self.some} of {self.of} ({100.0 * self.some / max(self.of, 1):.1f} %)"


def measure(judge: Judge, lines: Sequence[Spoken]) -> dict[str, Share]:
    """What passes of each theme and of all that breaks, and what is held back of the harmless; never a sentence."""
    held = [judge.judge(line.text, line.language) is not None for line in lines]
    out: dict[str, Share] = {}
    for theme in THEMES:
        found = [h for h, line in zip(held, lines, strict=True) if line.theme == theme]
        out[theme] = Share(len(found) - sum(found), len(found))
    breaking = [h for h, line in zip(held, lines, strict=True) if line.breaks]
    calm = [h for h, line in zip(held, lines, strict=True) if not line.breaks]
    return out | {
        "passes": Share(len(breaking) - sum(breaking), len(breaking)),
        "held back": Share(sum(calm), len(calm)),
    }


def written(*, aside: bool) -> list[Spoken]:
    """The sentences of `training/talk/`: the half that measures, or the half that may be looked at."""
    half = measuring if aside else tuning
    breaks = [Spoken(one.text, one.language, file.writer, one.duty) for file in files() for one in half(file.breaks)]
    return breaks + [Spoken(one.text, one.language, file.writer) for file in files() for one in half(file.harmless)]


def left_out(rows: SpeechRows, readers: dict[str, WordingReader]) -> dict[str, dict[str, Share]]:
    """The figures of each voice, judged by what all others teach."""
    voices = dict.fromkeys(line.voice for line in rows.lines if line.voice != TABLES)
    return {
        voice: measure(
            Judge(readers, train(rows.without(voice)).weights()), [line for line in rows.lines if line.voice == voice]
        )
        for voice in voices
    }


def main(*, voices: bool = False) -> None:
    """Train, write the weights, and print the figures of the half that measures; with --voices also of each voice by
    what the others teach, in a minute.
    """
    lines = teaching()
    rows = SpeechRows.read(lines)
    learned = train(rows)
    path = Path(str(speech_data() / SPEECH_WEIGHTS))
    write_arrays(str(path), {**learned._asdict(), "stamp": np.array(stamp(lines, learned))})
    typer.echo(f"wrote {path} ({path.stat().st_size // 1000} kB)")
    judge = shipped_judge()
    for name, aside in (("set aside", True), ("may be looked at", False)):
        for language in LANGUAGES:
            found = measure(judge, [line for line in written(aside=aside) if line.language == language])
            typer.echo(f"{name}, {language}: " + ", ".join(f"{what} {share}" for what, share in found.items()))
    if voices:
        readers = {language: WordingReader(language) for language in LANGUAGES}
        for voice, found in left_out(rows, readers).items():
            typer.echo(f"without {voice}: passes {found['passes']}, held back {found['held back']}")


if __name__ == "__main__":
    typer.run(main)
