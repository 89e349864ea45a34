"""Writes the parts of the pages that are made from the code: `python -m docs.make`. A test says when to run it."""

from __future__ import annotations

import re
from pathlib import Path

from transitions.extensions.factory import HierarchicalGraphMachine

from robot.decide.modes import STATES, TRANSITIONS
from robot.feel.parameters import SOURCES, rows

HERE = Path(__file__).parent


def parameters() -> str:
    """The table of the attachment model's numbers."""
    lines = ["| name | value | unit | range | source | what it does |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{r.name}` | {r.value:g} | {r.unit} | {r.low:g} to {r.high:g} | {r.source} | {r.about} |" for r in rows()
    ]
    lines += ["", "Sources: " + "; ".join(f"{key}: {what}" for key, what in SOURCES.items()) + "."]
    return "\n".join(lines)


def modes() -> str:
    """The machine's diagram, without the colours that tell which state it is in."""
    machine = HierarchicalGraphMachine(
        states=list(STATES),
        transitions=list(TRANSITIONS),
        initial="boot",
        auto_transitions=False,
        graph_engine="mermaid",
    )
    drawn = machine.get_graph().source.partition("stateDiagram-v2")
    lines = [line.rstrip() for line in drawn[2].splitlines() if not re.match(r"\s*(classDef|Class) |\s*$", line)]
    return "\n".join(["```mermaid", drawn[1], *lines, "```"])


PARTS = {"attachment.md": {"parameters": parameters}, "architecture.md": {"modes": modes}}


def made(page: str) -> str:
    """A page with its made parts as the code says them now."""
    text = (HERE / page).read_text(encoding="utf-8")
    for name, make in PARTS[page].items():
        pattern = rf"(<!-- {name}: .*?-->\n).*?(<!-- end -->)"
        text, count = re.subn(
            pattern, lambda found, make=make: f"{found[1]}{make()}\n{found[2]}", text, flags=re.DOTALL
        )
        if count != 1:
            raise ValueError(f"{page} must have one place for {name}, and has {count}")
    return text


if __name__ == "__main__":
    for page in PARTS:
        (HERE / page).write_text(made(page), encoding="utf-8")
