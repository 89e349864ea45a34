"""The configuration: one TOML file, typed; a mistake stops the start with its line, the reason and the nearest key."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field

from robot import tables
from robot.tables import Table

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Language = Literal["en", "fr"]


class RobotTable(Table):
    """[robot]: who it is."""

    name: str = Field("Bowlby", min_length=1, max_length=40)
    language: Language = "en"
    behaviors: Path = Field(
        default_factory=lambda: platformdirs.user_config_path("bowlby") / "behaviors",
        description="folder of a person's own behaviours, with expressions/ in it",
    )


class PartsTable(Table):
    """[parts]: the addresses of body, camera, ears and speaker; an empty address means that there is none."""

    body: str = "/dev/ttyACM0"
    camera: str = "/dev/video0"
    ears: str = "microphone:"
    speaker: str = "sound:"


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
    country: str | None = Field(
        None,
        pattern="^[A-Z]{2}$",
        description="whose help line it names, two letters; left out: FR where French is spoken, US where English is",
    )


class MemoryTable(Table):
    """[memory]: the one file that is kept."""

    file: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("bowlby") / "memory.db", description="private to its owner"
    )


class PageTable(Table):
    """[page]: where the page is served; loopback unless told otherwise."""

    host: str = "127.0.0.1"
    port: int | None = Field(None, ge=1, le=65535, description="8080, or the next free one, when left out")


class Config(Table):
    """The whole file; every table and key may be left out."""

    robot: RobotTable = Field(default_factory=RobotTable)
    parts: PartsTable = PartsTable()
    hearing: HearingTable = HearingTable()
    voice: VoiceTable = VoiceTable()
    character: CharacterTable = CharacterTable()
    care: CareTable = CareTable()
    memory: MemoryTable = Field(default_factory=MemoryTable)
    page: PageTable = PageTable()
    seed: int = Field(0, ge=0)


def personal() -> Path:
    """Where a person's own configuration stands, whether it is there or not."""
    return platformdirs.user_config_path("bowlby") / "bowlby.toml"


def load(path: Path | None) -> Config:
    """Read the file; without a path the personal one, or the defaults when there is none. Raises ConfigError."""
    if path is None:
        path = personal()
        if not path.exists():
            return Config()
    return tables.read(Config, path)
