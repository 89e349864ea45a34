"""Tells which wordings of each judged phrase are the best: `python -m training.wordings.choose`.

So are those chosen that stand in `behaviors/phrases`, once somebody has read them: judges see a line and a reply, not
what duties ask.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from robot.sense.language import phrases
from training.wordings import judged


def main(
    language: Annotated[str, typer.Argument(help="en or fr.")] = "en",
    phrase: Annotated[str, typer.Argument(help="Begins with this.")] = "",
) -> None:
    """Each wording with its verdicts, the best first; what ships has a mark."""
    said = phrases.load()
    table = Table("phrase", "wording", "fitting", "wrong", "of", "ships")
    for name, wordings in judged(language).items():
        if not name.startswith(phrase):
            continue
        ships = set(said.variants(name, language))
        for one in wordings:
            mark = "yes" if one.text in ships else ""
            table.add_row(name, one.text, str(one.fitting), str(one.wrong), str(one.lines), mark)
        table.add_section()
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
