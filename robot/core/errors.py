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

from typing import TYPE_CHECKING

from robot.texts.catalogue import words
from robot.texts.sentence import about, with_note

if TYPE_CHECKING:
    from robot.texts.sentence import AnyText


# What code ends in that takes somebody's file apart, where the file is not what it says.
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


class BowlbyError(Exception):
    """A fault: what happened, where, and what mends it. As a string it is English.

    What may reach a person as a part's health is a sentence of the catalogues; what only the command line or a log
    tells may be plain English.
    """

    exit_code = 1

    def __init__(self, what: AnyText, *, place: str = "", remedy: AnyText = "") -> None:
        super().__init__(what)
        self.what = what
        self.place = place
        self.remedy = remedy

    @property
    def text(self) -> AnyText:
        """All of it: "the place: what happened (what mends it)"."""
        told = about(self.place, self.what) if self.place else self.what
        return with_note(told, self.remedy) if self.remedy else told

    def __str__(self) -> str:
        return words(self.text)


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
