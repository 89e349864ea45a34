"""How one run of the simulator is to go."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class SightFrom(StrEnum):
    """What the robot's sight is given."""

    pixels = "pixels"
    truth = "truth"


class WordsFrom(StrEnum):
    """How people's words reach the robot."""

    text = "text"
    sound = "sound"


class Physics(StrEnum):
    """What the servos move."""

    kinematic = "kinematic"
    mujoco = "mujoco"


class Bus(StrEnum):
    """Whose servos, where they hang on a bus."""

    feetech = "feetech"
    dynamixel = "dynamixel"


class BoardKind(StrEnum):
    """Whose shipped image runs in an emulator, where the WebAssembly core does not."""

    avr = "avr"
    pico = "pico"


class Reachy(StrEnum):
    """By which of its maker's simulations a Reachy Mini moves."""

    mockup = "mockup"
    mujoco = "mujoco"


class Options(NamedTuple):
    """How to run."""

    senses: SightFrom
    hears: WordsFrom
    seed: int
    fast: bool
    fps: float | None  # instead of the scenario's own
    language: str | None
    physics: Physics | None = None  # instead of the scenario's own
    record: Path | None = None  # a file to record into
    record_pictures: bool = False
    bus: Bus | None = None  # instead of a board
    board: BoardKind | None = None  # instead of the WebAssembly core
    reachy: Reachy | None = None  # instead of a board
    visitors: bool = False  # who visits the page may lend their camera and microphone
