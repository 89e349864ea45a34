"""Lines of need, and harmless ones that are near: what the reader's second head learns beside all that is ordinary.

They are those that teach the linear machines (`training/crisis`, `training/emergency`); what measures there measures
here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from training.crisis import train as crisis
from training.emergency import train as emergency

if TYPE_CHECKING:
    import numpy as np

NONE, VEILED, PLAIN, DANGER = "none", "veiled", "plain", "danger"
KINDS = (NONE, VEILED, PLAIN, DANGER)
# Of the very many lines about self-harm, so many come in each round, drawn anew.
RISKS, HARMLESS = 4500, 4000


class NeedLine(NamedTuple):
    """A line with the kind of need that speaks from it."""

    text: str
    language: str
    need: str


def about_self_harm() -> list[NeedLine]:
    """Those that teach."""
    kinds = {"crisis": PLAIN, "ask": VEILED, "safe": NONE}
    return [
        NeedLine(line.text, line.language, kinds[line.label])
        for line in crisis.teaching(crisis.phrases())
        if line.group != crisis.ORDINARY
    ]


def about_danger() -> list[NeedLine]:
    """Those that teach."""
    return [
        NeedLine(line.text, line.language, DANGER if line.danger else NONE)
        for line in emergency.lines()
        if not line.aside
    ]


class NeedLines:
    """All of them, and those of a round."""

    def __init__(self) -> None:
        told = about_self_harm()
        self._risks = [line for line in told if line.need != NONE]
        self._harmless = [line for line in told if line.need == NONE]
        self._dangers = about_danger()
        self.per_round = RISKS + HARMLESS + len(self._dangers)

    def drawn(self, rng: np.random.Generator) -> list[NeedLine]:
        """Those of one round."""
        chosen = [
            lines[n]
            for lines, most in ((self._risks, RISKS), (self._harmless, HARMLESS))
            for n in rng.choice(len(lines), most, replace=False)
        ]
        return chosen + self._dangers

    def every(self) -> list[NeedLine]:
        """Every line that may teach, for the stamp."""
        return [*self._risks, *self._harmless, *self._dangers]
