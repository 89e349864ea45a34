"""What `bowlby setup` asks, as a table: from a person or from a file, into the configuration and the memory.

The configuration is changed where it was answered and nowhere else: comments and other keys stay. It is read back by
the same reader as at every start before it takes the place of the old one.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import closing
from datetime import time
from typing import TYPE_CHECKING, Annotated, Any

import tomlkit
from pydantic import AfterValidator, Field

from robot.config.schema import Config, ContactTable, Language, PartsTable
from robot.core import toml_text, typed_toml
from robot.core.condition import Condition
from robot.core.errors import ConfigError, PartError
from robot.core.names import as_kept, is_name
from robot.core.private_file import write_private
from robot.core.typed_toml import KeyMistakeError, Table

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit import TOMLDocument

    from robot.core.clock import Clock

LARGEST, DEEPEST = 16 * 1024, 6  # what keeps comments in their places takes very long over more


def _name(text: str) -> str:
    if not is_name(text):
        raise KeyMistakeError("this is no name", remedy="leave out what is no letter, such as a line's end")
    return as_kept(text)


class Housemate(Table):
    """[[people]]: somebody who lives there. Only with their own yes is their name kept."""

    name: Annotated[str, AfterValidator(_name)] = Field(min_length=1, max_length=40)
    agreed: bool = Field(False, description="they said themselves that the robot may know them by name")


class Answers(Table):
    """The whole file; what is left out stays as it is. The format of `bowlby setup --answers FILE`."""

    language: Language | None = None
    name: str | None = Field(None, min_length=1, max_length=40, description="how the robot is called")
    quiet_from: time | None = None
    quiet_to: time | None = None
    country: str | None = Field(
        None, pattern="^[A-Z]{2}$", description="whose emergency number and crisis line it names"
    )
    minor: bool | None = Field(None, description="a child lives there")
    people: tuple[Housemate, ...] = ()
    contact: tuple[ContactTable, ...] | None = Field(None, description="who may be named in a crisis; replaces all")
    parts: PartsTable | None = None


def merged(text: str, answers: Answers, name: str) -> str:
    """The text of the configuration with the answers in it. Raises ConfigError when that is no right one."""
    toml_text.check(text, name, LARGEST, DEEPEST)
    try:
        document = tomlkit.parse(text)
    except tomlkit.exceptions.ParseError as error:
        raise ConfigError(f"this is not TOML: {error}", place=name, remedy="mend it, or move it away") from error
    _put(document, "robot", language=answers.language, name=answers.name)
    _put(document, "care", quiet_from=answers.quiet_from, quiet_to=answers.quiet_to, country=answers.country)
    if answers.parts is not None:
        _put(document, "parts", **answers.parts.model_dump(mode="json", exclude_unset=True))
    _put(document, "profile", minor=answers.minor)
    contacts = None if answers.contact is None else [contact.model_dump() for contact in answers.contact]
    _put(document, "profile", contact=contacts)
    fresh = tomlkit.dumps(document)
    typed_toml.parse(Config, fresh, name)
    return fresh


def _put(document: TOMLDocument, table: str, **values: object) -> None:
    given = {key: value for key, value in values.items() if value is not None}
    if not given:
        return
    if table not in document:
        document[table] = tomlkit.table()
    rows = document[table]
    if not isinstance(rows, MutableMapping):
        return  # the reader will refuse it
    headed = isinstance(rows, tomlkit.items.Table) and not rows.is_super_table()
    for key, value in given.items():
        rows[key] = _list(value, headed=headed) if isinstance(value, list) else value


def _list(tables: list[dict[str, Any]], *, headed: bool) -> tomlkit.items.Item:
    """Tables with a [[header]] each; in one line where the table that has them stands without one, or in two places."""
    rows = tomlkit.aot() if headed else tomlkit.array()
    rows.extend(tables)
    return rows


def write_config(path: Path, answers: Answers) -> None:
    """Put the answers into the configuration; private, and whole or not at all. Raises ConfigError."""
    text = toml_text.read_text(path) if path.exists() else ""
    fresh = merged(text, answers, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, fresh.encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", place=str(path), remedy="check the folder") from error


def unknown(file: Path, people: tuple[Housemate, ...], clock: Clock) -> list[str]:
    """The names of those who agreed whom the memory does not know."""
    agreed = [one.name for one in people if one.agreed]
    if not agreed:
        return []
    from robot.memory.memory import Memory  # noqa: PLC0415 - only when there is somebody to keep

    with closing(Memory(file, clock, beside=True)) as memory:
        return [name for name in agreed if memory.person(name) is None]


def remember(file: Path, names: list[str], clock: Clock) -> None:
    """Keep these names. Raises PartError when they cannot be kept, or when a robot runs with the memory."""
    from robot.memory.memory import Memory  # noqa: PLC0415 - as above

    with closing(Memory(file, clock)) as memory:
        for name in names:
            memory.remember_person(name)
        memory.wait()
        how = memory.health()
        if how.condition is Condition.FAULT:
            raise PartError(how.reason, place="memory", remedy=how.remedy)
