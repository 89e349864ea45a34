"""`bowlby body` and `bowlby firmware`: look at a board, move one servo, record and replay the line, flash."""

from __future__ import annotations

from contextlib import closing
from math import pi
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.live import Live
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from firmware_bridge import recording, table
from firmware_bridge.body import BoardBody, Phase
from firmware_bridge.flash import BAUDS, LIGHTS, OLD_LOADER, flash_pico
from firmware_bridge.flash import flash as write_flash
from firmware_bridge.link import find_port
from firmware_bridge.wire import Wire
from robot.config import places
from robot.config import schema as configuration
from robot.core.body_frame import JOINTS, BodyFrame, Eyes, Light
from robot.core.clock import RealClock
from robot.core.errors import InputError, LinkError
from robot.core.percepts import Telemetry
from robot.parts.registry import BODIES, PartKind, Surroundings, open_part
from robot.texts.catalogue import Texts, words
from robot.texts.sentence import listed
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.body_frame import Pose

DT = 0.02
MAKERS = {  # of pulses
    table.Output.PINS: "the board's own pins",
    table.Output.CHIP: "a PCA9685",
    table.Output.MISSING: "a PCA9685 that does not answer",
    table.Output.HELD: "a PCA9685 whose bus is held low",
}
MEET_S = 5.0
Address = Annotated[
    str, typer.Argument(help="serial:auto, serial:2341:0043 (a USB id), /dev/ttyUSB0, socket://, sim://")
]
console = terminal()

body = typer.Typer(help="Look at the body's board, move one servo, record and replay the line.", no_args_is_help=True)
firmware = typer.Typer(help="Put the firmware on the board, and ask which one is there.", no_args_is_help=True)


class ConsoleSession:
    """A small loop round one body, at true speed."""

    def __init__(self, address: str, build: Path | None = None) -> None:
        self.clock = RealClock()
        around = Surroundings(self.clock, build=build)
        kind: PartKind[BoardBody] = PartKind(BODIES.group, BODIES.name)
        self.body = open_part(kind, address, around)
        self.last: Telemetry | None = None
        self._due = 0.0

    def tick(self, frame: BodyFrame | None) -> None:
        self.clock.sleep_until(self._due)
        for percept in self.body.poll(self._due):
            if isinstance(percept, Telemetry):
                self.last = percept
        if frame is not None:
            self.body.write(frame)
        self._due = max(self._due + DT, self.clock.now())

    def run(self, seconds: float, frame_at: Callable[[float], BodyFrame | None] = lambda _: None) -> None:
        began = self._due
        while self._due < began + seconds:
            frame = frame_at(self._due - began)
            self.tick(frame._replace(t=self._due) if frame else None)

    def meet(self) -> None:
        """Wait for the board. Raises LinkError with what the client says of it."""
        until = self._due + MEET_S
        while self._due < until and not (self.body.phase is Phase.READY and self.body.status):
            self.tick(None)
        if self.body.phase is not Phase.READY:
            health = self.body.health()
            raise LinkError(health.reason, place=f"body {health.name}", remedy=health.remedy)

    def close(self) -> None:
        self.body.close()


def _open(address: str) -> ConsoleSession:
    session = ConsoleSession(address)
    try:
        session.meet()
    except LinkError:
        session.close()
        raise
    return session


def _degrees(pose: Pose) -> str:
    return "  ".join(f"{name} {angle * 180 / pi:.1f}" for name, angle in zip(JOINTS, pose, strict=True))


def _picture(session: ConsoleSession) -> Table:
    status = session.body.status
    rows = Table(box=None, show_header=False)
    rows.add_row("board", f"{session.body.board}, firmware {session.body.version}")
    if status:
        rows.add_row("state", f"{table.ServoState(status['state']).name.lower()}, limp because: {_why(status)}")
        rows.add_row("last start", table.Reset(status["reset"]).name.lower().replace("_", "-"))
        rows.add_row("supply", f"{status['millivolts'] / 1000:.2f} V")
        rows.add_row("pulses from", MAKERS[table.Output(status["output"])])
        rows.add_row("muted", "yes" if status["muted"] else "no")
        for name in (
            "crc_errors",
            "unknown",
            "gaps",
            "overruns",
            "late",
            "early",
            "unsent",
            "skipped",
            "failed",
            "load",
            "spare",
        ):
            rows.add_row(name, str(status[name]))
    if session.last is not None:
        rows.add_row("pose, degrees", _degrees(session.last.pose))
        for fault in session.last.faults:
            rows.add_row(Text("fault", "red"), words(fault))
    return rows


def _why(status: dict[str, int]) -> str:
    return table.Why(status["why"]).name.lower() if status["state"] == table.ServoState.LIMP else "-"


@body.command()
def show(
    address: Address = "serial:auto",
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to look.")] = 5.0,
) -> None:
    """Show what the board says of itself, live. Nothing moves."""
    with closing(_open(address)) as session, Live(_picture(session), console=console, auto_refresh=False) as live:
        for _ in range(max(int(seconds / 0.2), 1)):
            session.run(0.2)
            live.update(_picture(session), refresh=True)


@body.command()
def move(
    joint: Annotated[str, typer.Argument(help=", ".join(JOINTS))],
    degrees: Annotated[float, typer.Argument(help="Where to; positive is left or up.")],
    address: Address = "serial:auto",
    seconds: Annotated[float, typer.Option(min=0.2, help="How long to stay there.")] = 2.0,
) -> None:
    """Move one servo within its limits, the others at rest; then all rest and go limp."""
    if joint not in JOINTS:
        raise InputError(f"there is no joint {joint!r}", remedy=f"use one of: {', '.join(JOINTS)}")
    with closing(_open(address)) as session:
        description = session.body.description
        of = description.joints[JOINTS.index(joint)]
        angle = degrees * pi / 180
        if not of.lower <= angle <= of.upper:
            limits = f"{of.lower * 180 / pi:.0f} to {of.upper * 180 / pi:.0f} degrees"
            raise InputError(f"{joint} cannot turn to {degrees:g} degrees", remedy=f"its limits are {limits}")
        frame = BodyFrame(0.0, description.rest, Eyes(), Light())
        session.run(2.0, lambda _: frame)  # servos come on one after the other
        target = frame._replace(pose=description.rest._replace(**{joint: angle}))
        session.run(1.0 + seconds, lambda _: target)
        if session.last is None or not session.last.armed:
            raise LinkError("the servos are not armed", remedy=listed(session.body.faults.reasons))
        console.print(_degrees(session.last.pose))


@body.command()
def record(
    file: Annotated[Path, typer.Argument(help="Where to write.")],
    address: Address = "serial:auto",
    seconds: Annotated[float, typer.Option(min=0.1)] = 10.0,
) -> None:
    """Write down all that passes over the line. Nothing moves."""
    with file.open("w", encoding="ascii") as out, closing(ConsoleSession(address)) as session:
        session.body.record(out)
        session.meet()
        session.run(seconds)
    console.print(f"{sum(1 for _ in recording.read(file))} messages in {file}")


@body.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A recording of the line.")],
    address: Annotated[str, typer.Argument(help="A body to carry it out; without one it is printed.")] = "",
) -> None:
    """Print a recording, message by message; or carry out its motion again, at fresh times, on a body."""
    if not address:
        for said in recording.read(file):
            console.print(str(said), soft_wrap=True)
        return
    with closing(_open(address)) as session:
        frames = recording.frames(file, Wire(session.body.description))
        if not frames:
            raise InputError("the recording moves nothing", place=str(file))
        session.run(2.0, lambda _: frames[0])
        waiting = iter([*frames[1:], None])
        held = [frames[0], next(waiting)]

        def at(t: float) -> BodyFrame | None:
            while held[1] is not None and held[1].t <= t:
                held[0], held[1] = held[1], next(waiting)
            return held[0]

        session.run(frames[-1].t + 0.2, at)
        console.print(f"{len(frames)} frames carried out")


@firmware.command()
def info(address: Address = "serial:auto") -> None:
    """Which firmware is on the board, and whether it is the one that this program speaks to."""
    with closing(_open(address)) as session:
        reset = table.Reset(session.body.status["reset"]).name.lower().replace("_", "-")
        console.print(
            f"{session.body.board}, firmware {session.body.version}, protocol {table.PROTOCOL}, "
            f"table {table.TABLE:08x}, last start: {reset}",
            soft_wrap=True,
        )


@firmware.command()
def flash(
    port: Annotated[str, typer.Argument(help="As serial:auto, serial:2341:0043 or /dev/ttyUSB0.")] = "serial:auto",
    lights: Annotated[str, typer.Option(help=" or ".join(LIGHTS))] = "ws2812",
    baud: Annotated[int, typer.Option(help=f"Of the boot loader: {BAUDS[0]}, or {BAUDS[1]} on old Nanos.")] = BAUDS[0],
    *,
    pico: Annotated[bool, typer.Option("--pico", help="A Raspberry Pi Pico, plugged in with BOOTSEL held.")] = False,
    drive: Annotated[Path | None, typer.Option(help="The Pico's drive, where it is not found by itself.")] = None,
) -> None:
    """Put the shipped firmware on the board. It may be repeated at any time, also after an interruption.

    A Nano that takes 57600 has the old boot loader, and should get Optiboot first: after a hang it never comes back.
    """
    if pico:
        console.print(f"copied to {flash_pico(drive)}; it restarts by itself", soft_wrap=True)
        return
    with Progress(console=console) as progress:
        task = progress.add_task("writing and verifying", total=1.0)
        write_flash(find_port(port), lights, baud, lambda share: progress.update(task, completed=share))
    console.print("done: see `bowlby firmware info`")
    if baud == OLD_LOADER:
        path = places.personal()
        settings = configuration.load(path) if path.exists() else configuration.Config()
        say = Texts("console", settings.robot.language)
        console.print(f"– {say('old_loader')}", highlight=False, soft_wrap=True)
