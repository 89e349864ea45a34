"""How a run began, at the head of its recording: all that its course depends on beside what it senses."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

from robot.config.schema import Config
from robot.core.body_description import BodyDescription
from robot.core.errors import MALFORMED, InputError
from robot.core.toml_text import short
from robot.health.last_run import RunEnding
from robot.recording.plain import plain, reader

FORMAT = 2
NAME = "bowlby"


class Beginning(NamedTuple):
    """The beginning of a run; `memory` is an image of what it remembered (SQLite)."""

    config: Config
    body: BodyDescription
    civil: datetime
    midnight: datetime  # when that day began: its zone's offset may have been another
    last_run: RunEnding
    research: bool
    memory: bytes

    def as_metadata(self) -> dict[str, str]:
        """All but the memory, as texts."""
        return {
            "format": str(FORMAT),
            "version": version(NAME),
            "config": self.config.model_dump_json(),
            "body": json.dumps(plain(self.body)),
            "civil": self.civil.isoformat(),
            "midnight": self.midnight.isoformat(),
            "last_run": self.last_run.value,
            "research": json.dumps(self.research),
        }

    @classmethod
    def read(cls, metadata: dict[str, str], memory: bytes, place: str) -> Beginning:
        """From what stands at the head of the file `place`. Raises InputError."""
        kept = f"bowlby {metadata.get('version', '?')}"
        if metadata.get("format") != str(FORMAT):
            raise InputError(
                "the recording has another format than this version reads", place=place, remedy=f"use {kept}"
            )
        try:
            civil = datetime.fromisoformat(metadata["civil"])
            civil.timestamp()  # which not every year has
            return cls(
                Config.model_validate_json(metadata["config"]),
                reader(BodyDescription)(json.loads(metadata["body"])),
                civil,
                datetime.fromisoformat(metadata["midnight"]),
                RunEnding(metadata["last_run"]),
                bool(json.loads(metadata["research"])),
                memory,
            )
        except MALFORMED as error:
            raise InputError(
                f"the recording's beginning cannot be understood: {short(str(error))}",
                place=place,
                remedy=f"use {kept}",
            ) from error
