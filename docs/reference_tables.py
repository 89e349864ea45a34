"""The tables of docs/reference, made from the code: each field with its type, and what it is.

A field is explained by `reference_words.ABOUT` or, where that has nothing of it, by the comment on its line; one that
neither explains is an error, so that the pages hold whatever the code has.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import tokenize
from typing import TYPE_CHECKING

from docs import reference_words
from docs.reference_words import ABOUT, ASKED, COMMON, HEARD, HOLDS, PARTS, SOUNDS
from robot.core import toml_text
from robot.express import sounds
from robot.parts import registry
from robot.parts.entry_points import installed
from robot.parts.registry import PartKind
from robot.sense.language import phrases
from robot.sense.language.slotted_wordings import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from enum import StrEnum

OWN = "bowlby"
WORDS = reference_words.__file__


def table(kind: type) -> str:
    """The fields of a class: name, type, default, and what it is."""
    lines = ["| field | type | as it comes | what it is |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | `{of.replace('|', chr(92) + '|')}` | {f'`{begin}`' if begin else ''} | {about} |"
        for name, of, begin, about in fields(kind)
    ]
    return "\n".join(lines)


def fields(kind: type) -> Iterator[tuple[str, str, str, str]]:
    """Of each field of a class: name, type, default, what it is. Raises ValueError for one that nothing explains."""
    source = inspect.getsource(kind)
    said = _comments(source)
    (body,) = ast.parse(source).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - what a class's source is
    for node in body.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        name = node.target.id
        about = ABOUT.get(f"{kind.__name__}.{name}") or said.get(node.lineno) or COMMON.get(name, "")
        if not about:
            raise ValueError(f"{kind.__name__}.{name} is explained by no comment on its line and not in {WORDS}")
        yield name, ast.unparse(node.annotation), "" if node.value is None else ast.unparse(node.value), about


def _comments(source: str) -> Mapping[int, str]:
    """The comment at the end of each line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        one.start[0]: one.string.lstrip("# ").replace("|", "\\|")
        for one in tokens
        if one.type == tokenize.COMMENT and one.line.split("#")[0].strip() and "noqa" not in one.string
    }


def methods(kind: type) -> str:
    """What can be asked of a class: its public properties and methods, by their own words or `ASKED`. Raises ValueError
    for one that has neither.
    """
    lines = ["| ask | what it gives |", "|---|---|"]
    for name, member in vars(kind).items():
        asked = member.fget if isinstance(member, property) else member
        if name.startswith("_") or not inspect.isfunction(asked) or asked.__module__ != kind.__module__:
            continue
        about = " ".join((inspect.getdoc(asked) or "").split()) or ASKED.get(f"{kind.__name__}.{name}", "")
        if not about:
            raise ValueError(f"{kind.__name__}.{name} says nothing of itself and is not in {WORDS}")
        given = ", ".join(list(inspect.signature(asked).parameters)[1:])
        call = f"`{name}`" if isinstance(member, property) else f"`{name}({given})`"
        lines.append(f"| {call} | {about.replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def intents() -> str:
    """Every intent with its fields."""
    module = importlib.import_module("robot.core.intents")
    told = []
    for kind in module.Intent.__args__:
        about = " ".join((inspect.getdoc(kind) or "").split()).replace("|", "\\|")
        if kind.__name__ == "Consult":  # for one behaviour alone
            told.append(f"### `Consult`\n\n{about} For `behaviors/free_talk.py`.")
            continue
        told.append(f"### `{kind.__name__}`\n\n{about}\n\n{table(kind)}")
    return "\n\n".join(told)


def choices(kind: type[StrEnum]) -> str:
    """What a value of this kind may be. Raises ValueError for one that nothing explains."""
    source = inspect.getsource(kind)
    lines = source.splitlines()
    said = {lines[number - 1].split("=")[0].strip(): about for number, about in _comments(source).items()}
    rows = []
    for one in kind:
        about = said.get(one.name) or ABOUT.get(f"{kind.__name__}.{one.name}")
        if not about:
            raise ValueError(f"{kind.__name__}.{one.name} is explained by no comment on its line and not in {WORDS}")
        rows.append(f"| `{kind.__name__}.{one.name}` | {about} |")
    return "\n".join(["| value | what it is |", "|---|---|", *rows])


def arguments(asked: Callable[..., object], name: str) -> str:
    """What a function takes, by its signature; `name` is how `ABOUT` calls it. Raises ValueError for an argument that
    nothing explains.
    """
    lines = ["| argument | type | as it comes | what it is |", "|---|---|---|---|"]
    for one in list(inspect.signature(asked).parameters.values())[1:]:
        about = ABOUT.get(f"{name}.{one.name}")
        if not about:
            raise ValueError(f"{name}.{one.name} is not in {WORDS}")
        default = str(one.default) if isinstance(one.default, str) else one.default
        begin = "" if default is one.empty else f"`{default!r}`"
        lines.append(f"| `{one.name}` | `{str(one.annotation).replace('|', chr(92) + '|')}` | {begin} | {about} |")
    return "\n".join(lines)


def sound_names() -> str:
    """Every sound without words, and how long it is."""
    rows = [f"| `{name}` | {recipe.seconds:g} s | {SOUNDS[name]} |" for name, recipe in sounds.RECIPES.items()]
    return "\n".join(["| name | lasts | what it is |", "|---|---|---|", *rows])


def slots_said() -> str:
    """The gaps of what the robot says, each with a phrase that has it."""
    tables = phrases.load()
    first: dict[str, str] = {}
    for key in tables.keys:
        for wording in tables.variants(key, tables.languages[0]):
            for slot in SLOT.findall(wording):
                first.setdefault(slot, key)
    rows = [f"| `{{{slot}}}` | {HOLDS[slot]} | `{first[slot]}` |" for slot in sorted(first)]
    return "\n".join(["| slot | holds | as in the phrase |", "|---|---|---|", *rows])


def slots_heard() -> str:
    """The gaps of what people say, and which intents have wordings with them."""
    tables = phrases.load()
    found: dict[str, set[str]] = {}
    for intent, wordings in tables.wordings(tables.languages[0]).items():
        for wording in wordings:
            for slot in SLOT.findall(wording):
                found.setdefault(slot, set()).add(intent)
    rows = [
        f"| `{{{slot}}}` | {HEARD[slot]} | {', '.join(f'`{one}`' for one in sorted(found[slot]))} |"
        for slot in sorted(found)
    ]
    return "\n".join(["| slot | may be filled by | intents that have it |", "|---|---|---|", *rows])


def answer_names() -> str:
    """What a short line may mean, by the names under [answers] of what is heard."""
    heard = next(folder / "heard_en.toml" for folder in registry.data_folders("phrases"))
    return ", ".join(f"`{name}`" for name in toml_text.loads(toml_text.read_text(heard), heard.name)["answers"])


def parts() -> str:
    """The kinds of parts: their groups of entry points, and the addresses that this package brings."""
    rows = []
    for name, kind in vars(registry).items():
        if not isinstance(kind, PartKind):
            continue
        mine = sorted(
            entry.name for entry in installed(kind.group) if entry.dist is not None and entry.dist.name == OWN
        )
        rows.append(f"| {PARTS[name]} | `{kind.group}` | {', '.join(f'`{one}:`' for one in mine)} |")
    return "\n".join(["| kind | group of entry points | addresses that ship |", "|---|---|---|", *rows])
