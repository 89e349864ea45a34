"""Writes the parts of the pages that are made from the code: `python -m docs.make`. A test says when to run it."""

from __future__ import annotations

import importlib
import inspect
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from transitions.extensions.factory import HierarchicalGraphMachine

from robot.decide.modes import STATES, TRANSITIONS
from robot.feel.parameters import SOURCES, rows

if TYPE_CHECKING:
    from collections.abc import Callable

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


def surface(package: str) -> str:
    """The table of a package's public names: what each is, by the first sentence of its own words, and its home."""
    module = importlib.import_module(package)
    lines = ["| name | what it is | where it is defined |", "|---|---|---|"]
    for name in module.__all__:
        about = VALUES.get(name) or first_sentence(inspect.getdoc(getattr(module, name)) or "")
        if not about:
            raise ValueError(f"{package}.{name} says nothing of itself")
        lines.append(f"| `{name}` | {about} | `{module.HOME_OF[name]}` |")
    return "\n".join(lines)


def first_sentence(text: str) -> str:
    """Of a docstring, without what follows a colon or a semicolon at a line's end, in one line."""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?]) (?=[A-Z`])", paragraph)[0].replace("|", "\\|").rstrip(".")


# What is no class and no function cannot say what it is.
VALUES = {
    "Desire": "A field of a behaviour's parameters: a number from 0 to 1",
    "Intent": "Any of the intents",
    "OWN_WORDS": "The desire for words that one behaviour alone is made for",
    "Percept": "Any of the percepts",
    "Seconds": "A field of a behaviour's parameters: a number from 0 to 3600",
    "URGENT": "The desire from which on a behaviour takes over at once",
}
PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "attachment.md": {"parameters": parameters},
    "architecture.md": {"modes": modes},
    "public-surface.md": {package: partial(surface, package) for package in ("robot", "sim", "hardware")},
}


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
