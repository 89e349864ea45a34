"""Lines of need, and harmless ones: what the reader's second head learns beside all that is ordinary.

They are those that teach the linear machines (`training/crisis`, `training/emergency`; what measures there measures
here too), need as it is told amid a talk (`told_<hand>_<language>.toml`), turns of ordinary life
(`training/everyday`), and wordings of remarks (`training/remarks`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from training import everyday
from training.crisis.lines import ORDINARY, phrases, teaching
from training.emergency import train as emergency
from training.need.in_talks import NONE, told_in_talks
from training.ordinary import of_remarks

if TYPE_CHECKING:
    import numpy as np

VEILED, PLAIN, DANGER = "veiled", "plain", "danger"
KINDS = (NONE, VEILED, PLAIN, DANGER)
# Of the very many lines about self-harm and danger, so many come in each round, drawn anew.
RISKS, HARMLESS, DANGERS = 4000, 3500, 7000


class NeedLine(NamedTuple):
    """A line with the kind of need that speaks from it."""

    text: str
    language: str
    need: str


def about_self_harm() -> list[NeedLine]:
    """Those that teach."""
    kinds = {"crisis": PLAIN, "ask": VEILED, "safe": NONE}
    return [
        NeedLine(line.text, line.language, kinds[line.label]) for line in teaching(phrases()) if line.group != ORDINARY
    ]


def about_danger() -> list[NeedLine]:
    """Those that teach."""
    return [
        NeedLine(line.text, line.language, DANGER if line.danger else NONE)
        for line in emergency.lines()
        if not line.aside
    ]


def as_told() -> list[NeedLine]:
    """Need amid a talk. Raises ConfigError at file:line."""
    return [NeedLine(one.text, one.language, one.need) for one in told_in_talks()]


def of_everyday() -> list[NeedLine]:
    """Turns of ordinary life that teach. Raises ConfigError at file:line."""
    return [NeedLine(turn.text, turn.language, NONE) for turn in everyday.teaching()]


def as_remarked() -> list[NeedLine]:
    """Wordings of remarks that teach. Raises ConfigError at file:line."""
    return [NeedLine(one.text, one.language, NONE) for one in of_remarks() if not one.aside]


class NeedLines:
    """All of them, and those of a round."""

    def __init__(self) -> None:
        told = about_self_harm()
        self._risks = [line for line in told if line.need != NONE]
        self._harmless = [line for line in told if line.need == NONE]
        self._dangers = about_danger()
        self.told, self.everyday, self.remarked = as_told(), of_everyday(), as_remarked()
        self.per_round = RISKS + HARMLESS + DANGERS + len(self.told)

    def drawn(self, rng: np.random.Generator) -> list[NeedLine]:
        """Those of one round; turns of ordinary life come with their meanings (`training/meaning`)."""
        chosen = [
            lines[n]
            for lines, most in ((self._risks, RISKS), (self._harmless, HARMLESS), (self._dangers, DANGERS))
            for n in rng.choice(len(lines), most, replace=False)
        ]
        return [*chosen, *self.told]

    def out_of_the_blue(self) -> list[NeedLine]:
        """Those that are no part of a talk."""
        return [*self._risks, *self._harmless, *self._dangers]

    def every(self) -> list[NeedLine]:
        """Every line that may teach, for the stamp."""
        return [*self.out_of_the_blue(), *self.told, *self.everyday, *self.remarked]
