"""The seven bodies on which scenes are played here, each in step with simulated time, and what each of them lacks.

What the emulators (sim/board/emulators) and Reachy Mini's simulations need is made when it is not there: theirs and the
firmware's `make`, and the maker's package in `.venv-reachy`.
"""

from __future__ import annotations

import shutil
import subprocess
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.reachy_daemon import ENVIRONMENT, installed
from firmware_bridge.descriptions import described
from hardware.bus import dynamixel, feetech
from robot.core.errors import ConfigError
from robot.texts.catalogue import words
from sim.board.emulated import AVR_HOST, AVR_IMAGE, NODE, PICO_EMULATOR, RP2040JS, SIMAVR
from sim.run.session import build_of
from sim.world.options import BoardKind, Bus, Options, Physics, Reachy, SightFrom, WordsFrom

if TYPE_CHECKING:
    from collections.abc import Collection

    from robot.core.body_description import BodyDescription
    from sim.world.scenario import Scenario


class Stand(NamedTuple):
    """What a body is made of here, and how long a scene on it may be (s) without being asked for."""

    told: str
    physics: Physics = Physics.kinematic
    board: BoardKind | None = None
    reachy: Reachy | None = None
    bus: Bus | None = None

    @property
    def weighs(self) -> bool:
        """Whether a push moves it."""
        return self.physics is Physics.mujoco

    @property
    def description(self) -> BodyDescription:
        return described(build_of(self.options(0, SightFrom.truth)))

    def options(self, seed: int, senses: SightFrom) -> Options:
        """A run on it, without a page, as fast as it goes."""
        return Options(
            senses,
            WordsFrom.text,
            seed,
            fast=True,
            fps=None,
            language=None,
            physics=self.physics,
            bus=self.bus,
            board=self.board,
            reachy=self.reachy,
        )

    def lacks(self, scenario: Scenario, befalls: Collection[str]) -> list[str]:
        """What a scene asks for and this body has not, so that it cannot be played. `befalls`: faults it can have."""
        missing = [
            f"nothing that could have the fault '{row.name}'" for row in scenario.fault if row.name not in befalls
        ]
        if not self.weighs and (scenario.push or scenario.physics is Physics.mujoco):
            missing.append("no weight, so no push moves it")
        return missing

    def lesser(self, scenario: Scenario) -> list[str]:
        """What it lacks of that which a scene brings: it is played all the same."""
        body, lesser = self.description, []
        if scenario.touch and not body.pads:
            lesser.append("no pads, so hands on it are not felt")
        looks = {"eyes_turn", "gaze_share", "gaze_turns"} & {expect.what for expect in scenario.expect}
        if looks and not body.pupils:
            lesser.append("no eyes, so its head is judged for them")
        return lesser

    def missing(self) -> str:
        """Have what it runs in; why that cannot be, else nothing."""
        if self.reachy is not None:
            return installed(ENVIRONMENT)
        if self.board is not None:
            return _emulator(self.board)
        if self.weighs and find_spec("mujoco") is None:
            return "MuJoCo is not installed: make doctor EXTRAS=physics"
        if self.bus is not None:
            try:
                (feetech if self.bus is Bus.feetech else dynamixel).library()
            except ConfigError as error:
                return str(error)
        return ""


class Body(StrEnum):
    """Their names."""

    KINEMATIC = "kinematic"
    MUJOCO = "mujoco"
    AVR = "avr"
    PICO = "pico"
    REACHY_MOCKUP = "reachy-mockup"
    REACHY_MUJOCO = "reachy-mujoco"
    BUS = "bus"

    @property
    def stand(self) -> Stand:
        return STANDS[self]


STANDS = {
    Body.KINEMATIC: Stand("Bowlby One, kinematic"),
    Body.MUJOCO: Stand("Bowlby One with weight, in MuJoCo", physics=Physics.mujoco),
    Body.AVR: Stand("Bowlby One on an ATmega328P, in simavr", board=BoardKind.avr),
    Body.PICO: Stand("Bowlby One on a Raspberry Pi Pico, in rp2040js", board=BoardKind.pico),
    Body.REACHY_MOCKUP: Stand("Reachy Mini, its maker's mock-up", reachy=Reachy.mockup),
    Body.REACHY_MUJOCO: Stand("Reachy Mini, its maker's MuJoCo simulation", reachy=Reachy.mujoco),
    Body.BUS: Stand("Bus Head on Feetech servos", bus=Bus.feetech),
}


def chosen(names: list[Body]) -> dict[Body, str]:
    """Those named, or all, each with why it cannot be had here (or nothing)."""
    return {body: body.stand.missing() for body in names or list(Body)}


def without(body: Body) -> str:
    """What its description lacks of that which this program can move and show, in words."""
    return "; ".join(words(lack) for lack in body.stand.description.lacks())


def _emulator(board: BoardKind) -> str:
    """Have it; why that cannot be, else nothing."""
    if board is BoardKind.avr:
        there = AVR_HOST.exists() and AVR_IMAGE.exists()
        return "" if there else _made(str(SIMAVR)) or _made("hardware/firmware", f"../../{AVR_IMAGE}")
    if shutil.which("node") is None:
        return f"Node.js is not installed: {NODE}"
    return "" if PICO_EMULATOR.exists() else _made(str(RP2040JS))


def _made(folder: str, *goals: str) -> str:
    """Run `make` there; the last of what it complained of, else nothing."""
    done = subprocess.run(["make", "-C", folder, *goals], capture_output=True, text=True, check=False)
    told = done.stderr.strip().splitlines() or [f"`make -C {folder}` failed"]
    return told[-1] if done.returncode else ""
