"""The line to Reachy Mini's own simulation in lock-step: it lives in another process, and its time passes in `read`."""

from __future__ import annotations

import hashlib
import json
import select
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.core.errors import PartError
from sim.board.plug import Pluggable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.world.options import Reachy

PYTHON = Path(".venv-reachy/bin/python")  # of an environment with the maker's package
HOST = Path(__file__).with_name("reachy_host.py")
ANSWERS_S = 60.0  # of real time; the first answer has the simulation's start before it


class StepDaemon(Pluggable):
    """What the body client asks of a line, with the maker's simulation behind it.

    `reachy_host.py` says what passes between the two.
    """

    def __init__(self, kind: Reachy, moved: Callable[[dict[str, Any]], None]) -> None:
        """`moved` is called with every message. Raises PartError where the maker's package is not installed."""
        super().__init__(f"sim://?reachy={kind}")
        if not PYTHON.exists():
            raise PartError(
                f"{PYTHON} is missing",
                place=self.name,
                remedy="run `python -m benchmarks.judge_scenarios --body reachy-mockup` in a checkout: it installs it",
            )
        self._moved, self._kind = moved, kind
        self._sent = hashlib.sha256()
        self._commands: list[str] = []
        self._target = ""
        self._process = subprocess.Popen(
            [PYTHON, "-P", HOST, kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def read(self, now: float) -> Sequence[tuple[float, dict[str, Any]]]:
        """Let it live until `now`."""
        commands = [*self._commands, *([self._target] if self._target else [])]
        self._commands, self._target = [], ""
        for command in commands:
            self._sent.update(command.encode())
        told = [(t, json.loads(message)) for t, message in self._exchange({"until": now, "commands": commands})]
        for _, message in told:
            self._moved(message)
        return told if self.up else []

    def _exchange(self, asked: dict[str, object]) -> list[tuple[float, str]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None  # noqa: S101, PT018 - opened with pipes
        try:
            stdin.write(json.dumps(asked) + "\n")
            stdin.flush()
            answers, _, _ = select.select([stdout], [], [], ANSWERS_S)
            line = stdout.readline() if answers else None
        except OSError:
            line = ""
        if not line:
            what = "has stopped" if line is not None else f"has not answered for {ANSWERS_S:g} s"
            remedy = f"run `{PYTHON} -P {HOST} {self._kind}`: it says why; then play the scene anew"
            raise PartError(f"the maker's simulation {what}", place=self.name, remedy=remedy)
        told: list[tuple[float, str]] = json.loads(line)
        return told

    def send(self, command: str) -> None:
        if self.up:
            self._commands.append(command)

    def aim(self, target: str) -> None:
        if self.up:
            self._target = target

    def unplug(self) -> None:
        super().unplug()
        self._commands, self._target = [], ""

    def digest(self) -> str:
        """SHA-256 of every command that it was sent."""
        return self._sent.hexdigest()

    def close(self) -> None:
        super().close()
        self._process.kill()
        with suppress(OSError):  # what it was still to be told
            self._process.communicate()
