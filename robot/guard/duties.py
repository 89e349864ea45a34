"""The duties as one table (`data/duties.toml`): number, law or source, where held, how checked.

What each says, and why, is text for people: `robot/texts/<language>/duties.po`.

`python -m robot.guard.duties` prints the table of docs/care.md.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import typer

from robot.core.typed_toml import Table, parse
from robot.guard.rules.order import RULES
from robot.texts.catalogue import words
from robot.texts.sentence import Sentence, sentence

BY_RULE = "rule"


class Duty(Table):
    """One `[[duty]]`."""

    number: int
    theme: str
    source: str
    held: str
    checks: tuple[str, ...]

    @property
    def words(self) -> Sentence:
        """What it says."""
        return sentence(f"duties.duty_{self.number}")

    @property
    def where(self) -> str:
        """The functions that hold it, or the place."""
        if self.held != BY_RULE:
            return self.held
        rules = [rule.apply for rule in RULES if rule.duty == self.number]
        return ", ".join(f"{rule.__module__.removeprefix('robot.')}.{rule.__name__}" for rule in rules)


class DutyFile(Table):
    """`duties.toml`."""

    duty: tuple[Duty, ...]


@lru_cache(maxsize=1)
def duties() -> dict[int, Duty]:
    """All by number. Raises ConfigError."""
    place = files("robot.guard") / "data" / "duties.toml"
    return {one.number: one for one in parse(DutyFile, place.read_text(encoding="utf-8"), str(place)).duty}


def markdown() -> str:
    """The table of docs/care.md."""
    lines = ["| duty | what it means | law or source | held in | checked by |", "|---|---|---|---|---|"]
    for one in duties().values():
        checks = "<br>".join(f"`{check.removeprefix('tests/')}`" for check in one.checks)
        lines.append(f"| {one.number} | {words(one.words)} | {one.source} | `{one.where}` | {checks} |")
    return "\n".join(lines)


if __name__ == "__main__":
    typer.echo(markdown())
