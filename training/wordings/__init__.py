"""What judges said of the listener's wordings: each was put, beside others, to several lines of its kind, by other
people than had written them; `judged_<language>.toml` has all verdicts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, model_validator

from robot.core.typed_toml import Table, parse

HERE = Path(__file__).parent
FITTING, ACCEPTABLE, WRONG = "F", "A", "W"
Verdicts = Annotated[str, Field(pattern=rf"^[{FITTING}{ACCEPTABLE}{WRONG}]+$")]


class Kind(Table):
    """The lines of a kind, and each wording with its verdicts, a letter for each of the lines."""

    lines: tuple[str, ...]
    replies: tuple[tuple[str, Verdicts], ...]

    @model_validator(mode="after")
    def _one_verdict_a_line(self) -> Kind:
        short = next((reply for reply, verdicts in self.replies if len(verdicts) != len(self.lines)), None)
        if short is not None:
            raise ValueError(f"{short!r} has not one verdict for each of the {len(self.lines)} lines")
        return self


class JudgedFile(Table):
    """`judged_<language>.toml`."""

    judged: dict[str, Kind]


class Judged(NamedTuple):
    """A wording, for how many of the lines it was fitting and wrong, and how many there were."""

    text: str
    fitting: int
    wrong: int
    lines: int

    @property
    def worth(self) -> float:
        """The higher the better; one more line, of which half is wrong, keeps few lines from deciding."""
        return (FIT * self.fitting - self.wrong - EVEN) / (self.lines + 1)


FIT, EVEN = 0.5, 0.5  # a wrong reply puts off more than two fitting ones please


def judged(language: str) -> dict[str, list[Judged]]:
    """The wordings of each phrase that was judged, the best first. Raises ConfigError at file:line."""
    path = HERE / f"judged_{language}.toml"
    found = parse(JudgedFile, path.read_text(encoding="utf-8"), str(path)).judged
    out = {}
    for phrase, kind in found.items():
        each = [Judged(text, one.count(FITTING), one.count(WRONG), len(one)) for text, one in kind.replies]
        out[phrase] = sorted(each, key=lambda wording: -wording.worth)
    return out
