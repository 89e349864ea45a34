"""A whole robot on a microphone and a speaker, as a process: `python -m tests.support.spoken_robot [FILE]`.

Body and camera are left to the simulator and to nobody; sound is real. A line on standard input is typed to it, and its
end ends the robot. It prints a JSON object a line: what it heard, said, and how its parts do. PortAudio looks at the
environment once, which is why a process is needed for each sound server. All that its listener was given is written to
FILE at its end (`kept_sound.py`).
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psutil
import pytest

from robot.app.build import build
from robot.app.context import RunContext
from robot.config.schema import CareTable, Config, MemoryTable, PartsTable
from robot.core.clock import RealClock, stopwatch
from robot.core.percepts import Utterance, VoiceActivity
from robot.texts.catalogue import words
from tests.support.kept_sound import keep_what_listeners_get

if TYPE_CHECKING:
    from robot.app.robot import Robot
    from robot.core.tick import Tick

FOREVER_S = 3600.0
LOOK_EVERY = 5  # ticks


def tell(**what: object) -> None:
    sys.stdout.write(json.dumps({"at": stopwatch(), **what}) + "\n")
    sys.stdout.flush()


class Teller:
    """Prints what happens."""

    def __init__(self, robot: Robot) -> None:
        self._robot = robot
        self._health: dict[str, str] = {}

    def see(self, tick: Tick) -> None:
        for percept in tick.percepts:
            if isinstance(percept, Utterance):
                tell(heard=percept.text, intent=percept.intent, via=percept.via, t=percept.t)
            elif isinstance(percept, VoiceActivity):
                tell(voice=percept.speaking, t=percept.t)
        for clip in tick.clips:
            tell(said=clip.text, t=tick.t)
        if tick.n % LOOK_EVERY == 0:
            for part in self._robot.vitals().health:
                if self._health.get(part.part) != part.condition:
                    self._health[part.part] = part.condition
                    tell(part=part.part, condition=part.condition, reason=words(part.reason))


def main() -> None:
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    kept = keep_what_listeners_get(pytest.MonkeyPatch()) if len(sys.argv) > 1 else None
    threads, processes = set(threading.enumerate()), set(psutil.Process().children(recursive=True))
    with TemporaryDirectory() as folder:
        parts = PartsTable(body="sim://", camera="", ears="microphone:", speaker="sound:")
        config = Config(parts=parts, memory=MemoryTable(file=Path(folder) / "memory.db"), care=CareTable(country="FR"))
        ended = threading.Event()
        with build(config, RunContext(RealClock())) as robot:
            robot.loop.watch(Teller(robot))

            def listen() -> None:
                for line in sys.stdin:
                    robot.hearing.type(line.strip())
                ended.set()

            reader = threading.Thread(target=listen, daemon=True)
            reader.start()
            robot.loop.run(FOREVER_S, ended.is_set)
        reader.join()
    if kept is not None:
        kept.save(Path(sys.argv[1]))
    left = [thread.name for thread in threading.enumerate() if thread not in threads]
    left += [process.name() for process in psutil.Process().children(recursive=True) if process not in processes]
    tell(left=left)


if __name__ == "__main__":
    main()
