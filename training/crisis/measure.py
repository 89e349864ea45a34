"""How the classifier fares on a set of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.guard.crisis.classifier import CrisisClassifier
    from training.crisis.lines import Phrase


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
