"""Writes the parts of the pages that are made from the code: `python -m docs.make`. A test says when to run it."""

from __future__ import annotations

import importlib
import inspect
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from transitions.extensions.factory import HierarchicalGraphMachine

from docs import reference_keys
from docs import reference_tables as reference
from robot.core import body_frame, diary, feelings, intents, percepts, scene, talk
from robot.core.body_file import BodyTable
from robot.core.tick import Tick
from robot.decide.behavior import Behavior, State
from robot.decide.modes import STATES, TRANSITIONS
from robot.decide.skill import Skill
from robot.express.keyframes import FileTable
from robot.feel.parameters import SOURCES, rows
from robot.guard.duties import duties
from robot.parts import protocols
from robot.texts.catalogue import words
from sim.testing.sim_robot import SimRobot, Visitor

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


def duties_in_french() -> str:
    """The table of the duties for owners: what each means."""
    lines = ["| devoir | ce qu’il veut dire |", "|---|---|"]
    lines += [f"| {one.number} | {words(one.words, 'fr')} |" for one in duties().values()]
    return "\n".join(lines)


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
    "UNTIL_SOMEBODY": "The desire of a behaviour that is asked no more until somebody is there",
    "UNTIL_WORDS": "The desire of a behaviour that is asked no more until words wait for an answer",
    "URGENT": "The desire from which on a behaviour takes over at once",
}
PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "attachment.md": {"parameters": parameters},
    "architecture.md": {"modes": modes},
    "fr/devoirs-et-limites.md": {"duties": duties_in_french},
    "public-surface.md": {package: partial(surface, package) for package in ("robot", "sim", "hardware")},
    "reference/state.md": {
        "state": partial(reference.table, State),
        "state_asked": partial(reference.methods, State),
        "answers": reference.answer_names,
        "scene": partial(reference.table, scene.Scene),
        "scene_asked": partial(reference.methods, scene.Scene),
        "person": partial(reference.table, scene.Person),
        "utterance": partial(reference.table, percepts.Utterance),
        "touch": partial(reference.table, percepts.Touch),
        "feelings": partial(reference.table, feelings.Feelings),
    },
    "reference/diary.md": {
        "diary": partial(reference.table, diary.Diary),
        "diary_asked": partial(reference.methods, diary.Diary),
        "deed": partial(reference.table, diary.Deed),
        "talk": partial(reference.table, talk.Talk),
        "talk_asked": partial(reference.methods, talk.Talk),
        "turn": partial(reference.table, talk.Turn),
        "subject": partial(reference.table, talk.Subject),
    },
    "reference/intents.md": {
        "intents": reference.intents,
        "pose": partial(reference.table, body_frame.Pose),
        "light": partial(reference.table, body_frame.Light),
        "sounds": reference.sound_names,
        "roles": partial(reference.choices, intents.Role),
        "question": partial(reference.table, intents.Question),
        "replies": partial(reference.choices, intents.Reply),
    },
    "reference/behavior.md": {
        "behavior": partial(reference.table, Behavior),
        "behavior_asked": partial(reference.methods, Behavior),
        "skill": partial(reference.table, Skill),
        "skill_asked": partial(reference.methods, Skill),
    },
    "reference/testing.md": {
        "begins": partial(reference.arguments, SimRobot.__init__, "SimRobot"),
        "robot_asked": partial(reference.methods, SimRobot),
        "visitor_asked": partial(reference.methods, Visitor),
        "tick": partial(reference.table, Tick),
        "verdict": partial(reference.table, intents.Verdict),
    },
    "reference/files.md": {
        "expression": partial(reference_keys.tables, FileTable),
        "body": partial(reference_keys.tables, BodyTable),
    },
    "reference/slots.md": {"heard": reference.slots_heard, "said": reference.slots_said},
    "reference/parts.md": {
        "kinds": reference.parts,
        "part": partial(reference.methods, protocols.Part),
        "body": partial(reference.methods, protocols.Body),
        "camera": partial(reference.methods, protocols.Camera),
        "ears": partial(reference.methods, protocols.Ears),
        "speaker": partial(reference.methods, protocols.Speaker),
    },
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
