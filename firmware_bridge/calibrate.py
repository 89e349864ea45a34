"""`bowlby calibrate`: how this very body is built, one servo at a time, in small slow moves; into one readable file.

While a servo is tried, the board knows of no other: the rest of the body stays limp. Its trial limits are wide and its
trial speed is low; each nudge is held to 20 degrees.
"""

from __future__ import annotations

import math
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated, Any

import tomlkit
import typer
from rich.console import Console

from firmware_bridge import table
from firmware_bridge.by_hand import HandCalibration, shipped_for
from firmware_bridge.commands import ConsoleSession
from firmware_bridge.descriptions import BOWLBY_ONE, SHIPPED, described, on_a_board
from firmware_bridge.questions import Questions, is_number
from robot.config import places
from robot.config import schema as configuration
from robot.config.answers import Answers, write_config
from robot.config.schema import PartsTable
from robot.core import body_file
from robot.core.body_description import BUS
from robot.core.body_frame import JOINTS, BodyFrame, Eyes, Light
from robot.core.errors import InputError, LinkError
from robot.texts import catalogue
from robot.texts.catalogue import Texts
from robot.texts.sentence import listed

NUDGE_DEG = 20.0
TRIAL = {"lower_deg": -70.0, "upper_deg": 70.0, "rest_deg": 0.0, "speed_deg_s": 40.0, "acceleration_deg_s2": 200.0}
DIRECTION_DEG = 10.0
SETTLE_S = 0.6
LET_GO_S = 3.0  # twice what a board takes at most
STATUS_S = 0.1


class Bench:
    """One servo on the board, the others limp; angles in degrees of the trial, from the centre as it was."""

    def __init__(self, address: str, text: str, name: str, folder: Path) -> None:
        trial: Any = tomlkit.parse(text)
        for other in JOINTS:
            if other != name:
                trial["joints"].pop(other, None)
        trial["joints"][name].update(TRIAL)
        path = folder / f"{name}.toml"
        path.write_text(tomlkit.dumps(trial), encoding="utf-8")
        self._name = name
        self.at = 0.0
        self._session = ConsoleSession(address, path)
        self._frame = BodyFrame(0.0, body_file.load(path).rest, Eyes(), Light())

    def begin(self) -> None:
        """Meet the board and arm the one servo, at its centre. Raises LinkError."""
        self._session.meet()
        self._wait_until_limp()
        self._session.run(1.5, lambda _: self._frame)
        last = self._session.last
        if last is None or not last.armed:
            faults = listed(self._session.body.faults.reasons)
            raise LinkError("the servo is not armed", place=self._name, remedy=faults or "see: bowlby body show")

    def _wait_until_limp(self) -> None:
        """A board that is armed on its way to rest holds all that it held."""
        for _ in range(round(LET_GO_S / STATUS_S)):
            if self._session.body.status["state"] == table.ServoState.LIMP:
                return
            self._session.run(STATUS_S)
        raise LinkError("the servos that were held before are not let go", remedy="see: bowlby body show")

    def turn(self, degrees: float) -> float:
        """Turn on by so much, 20 degrees at most; gives where it stands then."""
        step = min(max(degrees, -NUDGE_DEG), NUDGE_DEG)
        self.at = min(max(self.at + step, TRIAL["lower_deg"]), TRIAL["upper_deg"])
        pose = self._frame.pose._replace(**{self._name: math.radians(self.at)})
        seconds = abs(step) / TRIAL["speed_deg_s"] + SETTLE_S
        self._session.run(seconds, lambda _: self._frame._replace(pose=pose))
        return self.at

    def close(self) -> None:
        self._session.close()


class Calibration(Questions):
    """Moves one servo of a board after the other."""

    def __init__(self, console: Console, language: str, text: str, address: str, folder: Path) -> None:
        """`folder`: for trials."""
        super().__init__(console, language, text)
        self._address = address
        self._folder = folder

    def joint(self, name: str) -> None:
        """All about one servo; without it the joint leaves the file."""
        row = self.row(name)
        if row is None:
            return
        with closing(Bench(self._address, tomlkit.dumps(self.document), name, self._folder)) as bench:
            bench.begin()
            self._nudge(bench, "straight")
            centre, per_deg = bench.at, row["us_per_deg"]
            bench.turn(DIRECTION_DEG)
            right_way = self.yes("way_pitch" if "pitch" in name or "ear" in name else "way_yaw")
            bench.turn(centre - bench.at)
            sign = 1 if right_way else -1
            for key, towards in (("upper_deg", sign), ("lower_deg", -sign)):
                moved = self._nudge(bench, key, row[key], towards)
                if moved:
                    row[key] = round(sign * (bench.at - centre), 1)
                while abs(bench.at - centre) > 0.01:
                    bench.turn(centre - bench.at)
        row["centre_us"] = round(row["centre_us"] + per_deg * centre)
        row["us_per_deg"] = sign * per_deg
        ends = sorted((us - row["centre_us"]) / row["us_per_deg"] for us in body_file.PULSE_US)
        row["lower_deg"] = max(row["lower_deg"], math.ceil(ends[0] * 10) / 10)
        row["upper_deg"] = min(row["upper_deg"], math.floor(ends[1] * 10) / 10)
        row["rest_deg"] = min(max(row["rest_deg"], row["lower_deg"]), row["upper_deg"])
        fastest = min(600.0, body_file.PACES_US["speed_deg_s"][1] / abs(per_deg))
        row["speed_deg_s"] = self.number("speed", row["speed_deg_s"], 10.0, fastest)

    def _nudge(self, bench: Bench, question: str, now: float | None = None, sign: int = 1) -> bool:
        """Turn as the person says, outwards positive, until they are content; whether it was turned at all."""
        moved = False
        while True:
            text = self.ask(
                question, "" if now is None or moved else f"{now:g}", lambda text: not text or is_number(text)
            )
            if not text or (now is not None and not moved and text == f"{now:g}"):
                return moved
            bench.turn(sign * float(text))
            moved = True


def calibrate(
    address: Annotated[str, typer.Argument(help="The body, as serial:auto or sim://; else the configured one.")] = "",
    *,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file to write into.")] = None,
    joint: Annotated[str, typer.Option(help="This servo alone.")] = "",
) -> None:
    """Describe how your body is built: each servo's centre, direction, limits and speed, the camera's place, the eyes.

    One servo moves at a time, slowly, by what you answer; bus servos are let go instead, and you turn them. The result
    is one readable file, body.toml beside the configuration; servos that are not there are left out of it, and the
    robot then does without.
    """
    path = config or places.personal()
    settings = configuration.load(path) if path.exists() else configuration.Config()
    if joint and joint not in JOINTS:
        raise InputError(f"there is no joint {joint!r}", remedy=f"use one of: {', '.join(JOINTS)}")
    console = Console()
    language = settings.robot.language
    words = Texts("console", language)
    place = address or settings.parts.body
    named = shipped_for(place)
    built = settings.parts.build or (Path(named) if named else None)
    by_hand = described(built).motors == BUS
    if not by_hand:
        on_a_board(built)  # or it is refused
    source = body_file.file_of(built, SHIPPED, BOWLBY_ONE)
    own = None if built is None else built.expanduser()
    target = own if own == source else path.with_name("body.toml")
    work: Calibration | HandCalibration
    text = source.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        if by_hand:
            work = opened.enter_context(closing(HandCalibration(console, language, text, place, built)))
        else:
            console.print(words("welcome"), highlight=False)
            work = Calibration(console, language, text, place, Path(folder))
        for name in (joint,) if joint else JOINTS:
            work.joint(name)
        if not joint:
            work.rest()
        trial = Path(folder) / "body.toml"
        trial.write_text(tomlkit.dumps(work.document), encoding="utf-8")
        body = body_file.load(trial)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{target.name}.new")
        fresh.write_text(trial.read_text(encoding="utf-8"), encoding="utf-8")
        fresh.replace(target)
    write_config(path, Answers(parts=PartsTable(build=target)))
    for less in body.lacks():
        console.print(f"– {catalogue.words(less, language)}", highlight=False, markup=False)
    console.print(words("written", path=str(target)), highlight=False, markup=False, soft_wrap=True)
