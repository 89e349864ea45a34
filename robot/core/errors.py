"""The errors of Bowlby: one small tree.

    BowlbyError                 anything Bowlby says in words; carries a remedy and an exit code
    ├── ConfigError        (2)  the configuration, a scenario or a phrase file has a mistake at a known place
    ├── InputError         (2)  a picture, a sound or a line that a person gave cannot be used
    ├── PartError          (3)  a part of the robot is missing or broke
    │   ├── LinkError      (3)  the line to the body
    │   ├── DeviceError    (3)  a camera, microphone or sound card
    │   └── ModelError     (3)  a face, speech or voice model
    ├── ProtocolError      (4)  bytes on the line that break the protocol
    └── BehaviorError      (5)  a behaviour's file cannot be loaded

The number is the process's exit code when the error ends a command.
"""

from __future__ import annotations


class BowlbyError(Exception):
    """A fault told in words: what happened, where, and what mends it."""

    exit_code = 1

    def __init__(self, what: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        mend = f" ({self.remedy})" if self.remedy else ""
        return f"{where}{self.what}{mend}"


class ConfigError(BowlbyError):
    """A mistake in a file that a person edits; `place` is file:line or file:key."""

    exit_code = 2


class InputError(BowlbyError):
    """A file or line given on the command line or page cannot be used."""

    exit_code = 2


class PartError(BowlbyError):
    """A part of the robot is missing or has stopped working."""

    exit_code = 3


class LinkError(PartError):
    """The line to the body cannot be opened or was lost."""


class DeviceError(PartError):
    """A camera, microphone or sound card cannot be used."""


class ModelError(PartError):
    """A model file is missing, damaged or of the wrong kind."""


class ProtocolError(BowlbyError):
    """Bytes that do not follow the protocol of `firmware_bridge/README.md`."""

    exit_code = 4


class BehaviorError(BowlbyError):
    """A behaviour's file cannot be loaded; `place` is file:line."""

    exit_code = 5
