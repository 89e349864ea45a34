"""The configuration: one TOML file, typed; a mistake stops the start with its line, the reason and the nearest key."""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from robot.errors import ConfigError

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Language = Literal["en", "fr"]


class Table(BaseModel):
    """Base of all tables: no unknown keys, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RobotTable(Table):
    """[robot]: who it is."""

    name: str = Field("Bowlby", min_length=1, max_length=40)
    language: Language = "en"


class PartsTable(Table):
    """[parts]: the addresses of body, camera, ears and speaker; an empty address means that there is none."""

    body: str = "/dev/ttyACM0"
    camera: str = "/dev/video0"
    ears: str = "microphone:"
    speaker: str = "sound:"
    description: Path | None = Field(None, description="a body file; Bowlby One when left out")


class HearingTable(Table):
    """[hearing]: which recogniser."""

    model: Path | None = Field(None, description="folder of a Vosk model; PocketSphinx (English) when left out")


class VoiceTable(Table):
    """[voice]: how it speaks."""

    volume: Share = 0.8


class CharacterTable(Table):
    """[character]: how it attaches; more than 0.4 of anxiety is refused outside the simulator."""

    anxiety: Share = 0.2
    avoidance: Share = 0.2


class CareTable(Table):
    """[care]: quiet hours (civil time) and when it falls asleep alone."""

    quiet_from: time = time(21, 30)
    quiet_to: time = time(7, 30)
    asleep_after_s: float = Field(600.0, ge=10.0, le=86400.0)


class PageTable(Table):
    """[page]: where the page is served; loopback unless told otherwise."""

    host: str = "127.0.0.1"
    port: int = Field(8765, ge=1, le=65535)


class Config(Table):
    """The whole file; every table and key may be left out."""

    robot: RobotTable = RobotTable()
    parts: PartsTable = PartsTable()
    hearing: HearingTable = HearingTable()
    voice: VoiceTable = VoiceTable()
    character: CharacterTable = CharacterTable()
    care: CareTable = CareTable()
    page: PageTable = PageTable()
    seed: int = Field(0, ge=0)


def load(path: Path | None) -> Config:
    """Read the file, or the defaults when there is none. Raises ConfigError with file:line, reason and remedy."""
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"the configuration cannot be read: {error.strerror}", place=str(path), remedy="check the path given"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the configuration is not UTF-8 text", place=str(path), remedy="save it as UTF-8") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Config:
    """The configuration in `text`; `name` stands in messages."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{name}:{line.group(1)}" if line else name
        raise ConfigError(f"this is not TOML: {error}", place=place, remedy="mend the line") from error
    try:
        return Config.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(str(part) for part in first["loc"])
        place = f"{name}:{line_of(text, path)}"
        raise ConfigError(
            *_explain(path, first["type"], first["msg"]), place=place, remedy=_remedy(path, first["type"])
        ) from error


def _explain(path: tuple[str, ...], kind: str, message: str) -> tuple[str]:
    dotted = ".".join(path)
    if kind == "extra_forbidden":
        return (f"unknown key {dotted!r}",)
    return (f"{dotted}: {message[0].lower()}{message[1:]}",)


def _remedy(path: tuple[str, ...], kind: str) -> str:
    if kind != "extra_forbidden":
        return "see config.example.toml"
    known = known_keys(path[:-1])
    near = difflib.get_close_matches(path[-1], known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"


def known_keys(path: tuple[str, ...]) -> list[str]:
    """The keys that the table at `path` may have."""
    table: type[BaseModel] = Config
    for part in path:
        inner = table.model_fields[part].annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        table = inner
    return list(table.model_fields)


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line, from 1, where the key at `path` stands in a TOML text; 1 when it cannot be told."""
    whole, header = ".".join(path), ".".join(path[:-1])
    in_table = re.compile(rf'\s*"?{re.escape(path[-1])}"?\s*=')
    dotted = re.compile(rf"\s*{re.escape(whole)}\s*=")
    current, found = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        table = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if table:
            current = table.group(1).replace('"', "")
            if current == whole:
                return number
            if current == header:
                found = number
        elif (current == header and in_table.match(line)) or (not current and dotted.match(line)):
            return number
    return found
