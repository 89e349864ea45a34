"""What judges said of the listener's wordings, who had written neither these nor the lines that they were put to.

`judged_<language>.toml` has wordings that were each put to the same lines of their kind, beside others;
`replies_<language>.toml` single lines with what might have been said to each.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, get_args

from pydantic import Field, model_validator

from robot.core.typed_toml import Table, read

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
Verdict = Literal["F", "A", "W"]  # fitting, acceptable, wrong
FITTING, ACCEPTABLE, WRONG = get_args(Verdict)
FIT = 0.5  # a wrong reply puts off as much as two fitting ones please
EVEN = 0.5  # the wrong half of one more line, so that few lines do not decide
Verdicts = Annotated[str, Field(pattern=rf"^[{FITTING}{ACCEPTABLE}{WRONG}]+$")]


class Put(Table):
    """Lines of a kind, and the wordings of its phrase that were put to each, with a letter for each line."""

    phrase: str
    lines: tuple[str, ...]
    replies: tuple[tuple[str, Verdicts], ...]

    @model_validator(mode="after")
    def _one_verdict_a_line(self) -> Put:
        short = next((reply for reply, verdicts in self.replies if len(verdicts) != len(self.lines)), None)
        if short is not None:
            raise ValueError(f"{short!r} has not one verdict for each of the {len(self.lines)} lines")
        return self


class JudgedFile(Table):
    """`judged_<language>.toml`."""

    judged: tuple[Put, ...]


class Line(Table):
    """A line, and what might have been said to it: phrase, wording and verdict of each."""

    text: str
    said: tuple[tuple[str, str, Verdict], ...]


class RepliesFile(Table):
    """`replies_<language>.toml`."""

    line: tuple[Line, ...]


class Judged(NamedTuple):
    """A wording, for how many of the lines it was fitting and wrong, and how many there were."""

    text: str
    fitting: int
    wrong: int
    lines: int

    @property
    def worth(self) -> float:
        """The higher the better."""
        return (FIT * self.fitting - self.wrong - EVEN) / (self.lines + 1)


def judged(language: str) -> dict[str, list[Judged]]:
    """The wordings of each phrase by their verdicts on lines of its kind, the best first. Raises ConfigError."""
    found: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    for put in read(JudgedFile, HERE / f"judged_{language}.toml").judged:
        for text, verdicts in put.replies:
            found[put.phrase][text] += verdicts
    return {phrase: _ranked(wordings) for phrase, wordings in found.items()}


def replies(language: str) -> tuple[Line, ...]:
    """Single lines, each with what might have been said to it. Raises ConfigError."""
    return read(RepliesFile, HERE / f"replies_{language}.toml").line


def _ranked(wordings: Mapping[str, str]) -> list[Judged]:
    each = [Judged(text, one.count(FITTING), one.count(WRONG), len(one)) for text, one in wordings.items()]
    return sorted(each, key=lambda wording: -wording.worth)
