"""Teaches the reader's network what lines mean: `python -m training.meaning.train` (needs PyTorch; an hour or more).

Every line is read in each round as it is or varied by chance (`vary.py`). Thin changes to the upper layers and two
heads learn by it: what a line means, and whether somebody in need speaks (`training/need`). `--without WRITER` leaves
one writer out, measures how these lines are read, and writes nothing: the honest figure, since lines of one hand
resemble each other.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import numpy as np
import torch
import torch.nn.functional as f
import typer
from rich.progress import Progress

from robot.core.clock import generator
from robot.core.meanings import particular
from robot.sense.language.reader.base import BaseNetwork
from robot.sense.language.reader.learned import FINEST_HEAD, NAME, Judgement, Learned, Linear, Whole, data_folder
from robot.sense.language.reader.network import MEANING, NEED
from robot.sense.language.reader.pieces import Pieces, ours
from training import everyday
from training.meaning.adapted import AdaptedNetwork
from training.meaning.lines import LANGUAGES, LITTLE, STRANGERS, TOLD, TaughtLine, as_told, every_line, taught
from training.meaning.stamp import stamp
from training.meaning.taps import TAPS
from training.meaning.vary import varied
from training.need.in_talks import NONE
from training.need.lines import KINDS, NeedLine, NeedLines
from training.ordinary import Ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 7
RANK, FIRST_CHANGED = 4, 4  # what the wheel has room for
ROUNDS, BATCH, BATCHES_SORTED = 4, 48, 16
STEP, STEP_HEAD, DECAY = 2e-3, 3e-3, 0.01
WARM_UP = 0.06  # of all steps
AS_WRITTEN = 0.3  # of the lines in a round
LONGEST = 40  # pieces
ASIDE, ASIDE_TOLD = 33, 10  # every so many lines is set aside, and turns of talks, which give the temperature
STRANGER = 1.1  # how much more doubt a writer deserves who taught nothing
NO_ANSWER = -100  # of a head that a line teaches nothing
NEED_WEIGHS = 0.5  # of the second head's error, beside the first's


class Example(NamedTuple):
    """Numbers of pieces, and of the answers; `doubt` is about the meaning."""

    pieces: list[int]
    meaning: int
    doubt: float
    need: int


class Teacher:
    """One course of teaching."""

    def __init__(self, lines: Sequence[TaughtLine]) -> None:
        torch.manual_seed(SEED)
        torch.set_num_threads(1)
        torch.use_deterministic_algorithms(mode=True)
        base = BaseNetwork.find()
        kept = ours(base.vocabulary)
        at = {number: n for n, number in enumerate(kept)}
        self._cut = Pieces(
            [base.vocabulary.pieces[number] for number in kept],
            [float(base.vocabulary.scores[number]) for number in kept],
            at[base.vocabulary.begin],
            at[base.vocabulary.end],
            at[base.vocabulary.unknown],
        )
        self._pad = at[base.vocabulary.pad]
        self._names = {name: n for n, name in enumerate(particular())}
        self._rng = generator(SEED)
        self._lines = lines
        self._need = NeedLines()
        self.network = AdaptedNetwork(
            base, kept, TAPS, RANK, FIRST_CHANGED, {MEANING: len(self._names), NEED: len(KINDS)}
        )

    def teach(self) -> None:
        """All rounds."""
        head = list(self.network.heads.parameters())
        body = [one for name, one in self.network.named_parameters() if not name.startswith("heads.")]
        groups = [
            {"params": body, "lr": STEP, "weight_decay": 0.0},
            {"params": head, "lr": STEP_HEAD, "weight_decay": DECAY},
        ]
        optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
        steps = ROUNDS * -(-(len(self._lines) + self._need.per_round) // BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda n: min((n + 1) / (WARM_UP * steps), max((steps - n) / ((1 - WARM_UP) * steps), 0.0))
        )
        self.network.train()
        with Progress() as progress:
            task = progress.add_task("teaching", total=steps)
            for batch in self._batches():
                loss = self._error(batch)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(body, 1.0)
                optimiser.step()
                schedule.step()
                optimiser.zero_grad()
                progress.update(task, advance=1, description=f"teaching, loss {loss.item():.2f}")

    def weighed(self, lines: Sequence[TaughtLine]) -> tuple[np.ndarray, np.ndarray]:
        """What each answer weighs, float32 (lines, meanings), and the right answers."""
        self.network.eval()
        examples = [self._example(line, line.text) for line in lines]
        out = []
        with torch.inference_mode():
            for start in range(0, len(examples), BATCH):
                numbers, mask = self._stacked(examples[start : start + BATCH])
                out.append(self.network(numbers, mask)[MEANING].numpy())
        return np.concatenate(out), np.array([example.meaning for example in examples])

    def judgement(self, head: str, names: Sequence[str], temperature: float) -> Judgement:
        """A head, as it ships."""
        linear = self.network.heads[head]
        weights, bias = linear.weight.detach().numpy(), linear.bias.detach().numpy()
        return Judgement(tuple(names), Linear(Whole.of(weights, FINEST_HEAD), bias.astype(np.float32)), temperature)

    def _error(self, batch: Sequence[Example]) -> torch.Tensor:
        weighed = self.network(*self._stacked(batch))
        meaning = f.cross_entropy(weighed[MEANING], torch.tensor([one.meaning for one in batch]), reduction="none")
        anything = -f.log_softmax(weighed[MEANING], dim=1).mean(dim=1)
        doubt = torch.tensor([one.doubt for one in batch])
        told = torch.tensor([float(one.meaning != NO_ANSWER) for one in batch])
        out = (told * ((1 - doubt) * meaning + doubt * anything)).sum()
        if any(one.need != NO_ANSWER for one in batch):
            need = torch.tensor([one.need for one in batch])
            out = out + NEED_WEIGHS * f.cross_entropy(weighed[NEED], need, reduction="sum")
        return out / len(batch)

    def _example(self, line: TaughtLine | NeedLine, text: str) -> Example:
        pieces = self._cut.of(text)[:LONGEST]
        if isinstance(line, NeedLine):
            return Example(pieces, NO_ANSWER, 0.0, KINDS.index(line.need))
        measures = line.writer != TOLD and Ordinary(line.text, line.language, line.meaning).aside
        need = NO_ANSWER if measures else KINDS.index(NONE)
        return Example(pieces, self._names[line.meaning], line.doubt, need)

    def _batches(self) -> Iterator[list[Example]]:
        """Lines of like length together, so that little is padded."""
        for _ in range(ROUNDS):
            told = [*self._lines, *self._need.drawn(self._rng)]
            order = self._rng.permutation(len(told))
            for start in range(0, len(order), BATCH * BATCHES_SORTED):
                chosen = [told[n] for n in order[start : start + BATCH * BATCHES_SORTED]]
                examples = sorted((self._heard(line) for line in chosen), key=lambda one: len(one.pieces))
                parts = [examples[n : n + BATCH] for n in range(0, len(examples), BATCH)]
                yield from (parts[n] for n in self._rng.permutation(len(parts)))

    def _heard(self, line: TaughtLine | NeedLine) -> Example:
        as_written = self._rng.random() < AS_WRITTEN
        return self._example(line, line.text if as_written else varied(line.text, line.language, self._rng))

    def _stacked(self, examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
        length = max(len(example.pieces) for example in examples)
        numbers = torch.full((len(examples), length), self._pad)
        mask = torch.zeros(numbers.shape, dtype=torch.bool)
        for n, example in enumerate(examples):
            numbers[n, : len(example.pieces)] = torch.tensor(example.pieces)
            mask[n, : len(example.pieces)] = True
        return numbers, mask


def chances(weighed: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities float64 of the same shape."""
    told = weighed.astype(np.float64) / temperature
    grown = np.exp(told - told.max(axis=1, keepdims=True))
    out: np.ndarray = grown / grown.sum(axis=1, keepdims=True)
    return out


def best_temperature(weighed: np.ndarray, answers: np.ndarray) -> float:
    """The one that gives the right answers the greatest probability together (Guo et al. 2017)."""
    rows = np.arange(len(answers))

    def surprise(temperature: float) -> float:
        return float(-np.log(chances(weighed, temperature)[rows, answers]).mean())

    return min((round(0.3 + 0.05 * n, 2) for n in range(35)), key=surprise)


def told(lines: Sequence[TaughtLine], weighed: np.ndarray, answers: np.ndarray, temperature: float) -> None:
    """How lines were read, by language: right at first, among three; kept at thresholds, and right among these."""
    found = chances(weighed, temperature)
    order = np.argsort(-found, axis=1, kind="stable")
    right, among = order[:, 0] == answers, (order[:, :3] == answers[:, None]).any(axis=1)
    for language in LANGUAGES:
        of = np.array([line.language == language for line in lines])
        kept = []
        for threshold in (0.3, 0.4, 0.5, 0.7):
            sure = of & (found.max(axis=1) >= threshold)
            kept.append(
                f"{threshold}: {100 * sure.sum() / of.sum():.0f} % kept, {100 * right[sure].mean():.0f} % right"
            )
        typer.echo(
            f"{language}: {100 * right[of].mean():.1f} % first, {100 * among[of].mean():.1f} % among three; "
            + "; ".join(kept)
        )


def _is_aside(n: int, line: TaughtLine) -> bool:
    return n % (ASIDE_TOLD if line.writer == TOLD else ASIDE) == 0


def main(
    *, without: Annotated[str, typer.Option(help="Leave a writer out, measure by their lines, and write nothing.")] = ""
) -> None:
    """Teach, and write what ships; or measure."""
    lines = every_line()
    known = [line for line in lines if line.writer != without]
    aside = [line for n, line in enumerate(known) if _is_aside(n, line)]
    teacher = Teacher([line for n, line in enumerate(known) if not _is_aside(n, line)])
    teacher.teach()
    turns = [line for line in aside if line.writer == TOLD and line.doubt == LITTLE]
    temperature = round(STRANGER * best_temperature(*teacher.weighed(turns)), 3)
    typer.echo(f"temperature {temperature}")
    told(turns, *teacher.weighed(turns), temperature)
    aside = [line for line in aside if line.writer != TOLD]
    told(aside, *teacher.weighed(aside), temperature)
    strangers = taught(STRANGERS)
    told(strangers, *teacher.weighed(strangers), temperature)
    talks = [as_told(turn) for turn in everyday.measuring() if turn.clear]
    told(talks, *teacher.weighed(talks), temperature)
    if without:
        theirs = [line for line in lines if line.writer == without]
        told(theirs, *teacher.weighed(theirs), temperature)
        return
    heads = {
        MEANING: teacher.judgement(MEANING, particular(), temperature),
        NEED: teacher.judgement(NEED, KINDS, 1.0),
    }
    learned = Learned(teacher.network.adapters(), TAPS, heads, "")
    path = str(data_folder() / NAME)
    learned._replace(stamp=stamp([*lines, *NeedLines().every()], learned)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB)")


if __name__ == "__main__":
    typer.run(main)
