"""What happens to the files while no robot lives: damage, kills amid work and amid a forgetting, files made to hurt."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks import attack_files, hurtful_files
from benchmarks.faulty_life import LASTING, THING, OnDisk, missing, options, scene
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.memory.memory import Memory
from robot.texts.catalogue import words
from sim.run.session import SimSession
from tests.memory.test_damage import BY_HAND, PAGE_OF_ROWS, Seen, flat, flipped, hangs_on_somebody
from tests.memory.test_forgetting import KILLER

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.faulty_life import Lives
    from robot.memory.records import Everything

KILLED_AFTER_S = (5.0, 60.0)
CHANGED = [one for one in BY_HAND if one.startswith(("page", "no head", "a trigger", "version"))]


class BetweenLives:
    """Damage to the file of these lives, or to a copy of it."""

    def __init__(self, lives: Lives) -> None:
        self._lives, self._chance = lives, lives.chance

    def befall(self, count: int) -> None:
        """So much happens to the files while no robot lives."""
        kinds: dict[str, Callable[[Path], None]] = {
            "flipped bit": self._flip,
            "memory damaged by hand": self._by_hand,
            "killed robot": self._kill,
            "killed forgetting": self._kill_forgetting,
            "file made to hurt": self._hurt,
        }
        for _ in range(count):
            kind = self._chance.choice(list(kinds))
            self._lives.count(kind)
            place = Path(tempfile.mkdtemp(dir=self._lives.folder))
            try:
                kinds[kind](place)
            except Exception as error:  # noqa: BLE001 - what ends raw is what is looked for
                self._lives.toll.add("raw errors", f"{kind}: {error!r}")
            shutil.rmtree(place)

    def _copy(self, place: Path) -> Path:
        path = place / "memory.db"
        path.write_bytes(self._lives.file.read_bytes())
        path.chmod(0o600)
        return path

    def _kept(self) -> Everything:
        with closing(Memory(self._lives.file, ManualClock(self._lives.now))) as memory:
            return memory.everything()

    def _flip(self, place: Path) -> None:
        kept = flat(self._kept())
        path = self._copy(place)
        path.write_bytes(flipped(path.read_bytes(), iter(lambda: self._chance.getrandbits(62), None)))
        seen = Seen(path)
        lost = kept - seen.found
        if lost.total() > 1 and not hangs_on_somebody(lost):
            self._lives.toll.add(f"entries of {THING} lost", f"{lost.total()} to one flipped bit")
        if not seen.told() and lost.total() > (seen.found - kept).total():
            self._lives.toll.add("damages not told", "a flipped bit")
        seen.went_on()

    def _by_hand(self, place: Path) -> None:
        name = self._chance.choice(CHANGED)
        kept = flat(self._kept())
        path = self._copy(place)
        BY_HAND[name](path)
        seen = Seen(path)
        lost = kept - seen.found
        if lost.total() > PAGE_OF_ROWS and not hangs_on_somebody(lost):
            self._lives.toll.add(f"entries of {THING} lost", f"{lost.total()} by {name}")
        if lost and not seen.told():
            self._lives.toll.add("damages not told", name)
        seen.went_on()

    def _kill(self, place: Path) -> None:
        """A robot that lives on a copy of the file dies at once, in a process of its own."""
        before = self._kept()
        path = self._copy(place)
        after = self._chance.uniform(*KILLED_AFTER_S)
        civil = self._lives.now
        process = multiprocessing.get_context("spawn").Process(
            target=killed, args=(path, civil, self._chance.getrandbits(30), after)
        )
        process.start()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            self._lives.toll.add("raw errors", f"the robot that was to be killed ended with {process.exitcode}")
        ends = civil + timedelta(seconds=after)
        with closing(Memory(path, ManualClock(ends))) as memory:
            found, health = memory.everything(), memory.health()
        rung = [
            one
            for one in before.stored
            if one.store == "reminders" and json.loads(one.value).get("due", "9") <= ends.isoformat()
        ]
        lost = [one for kind in LASTING for one in missing(before, found, kind) if one not in rung]
        if lost or health.condition is not Condition.OK:
            what = f"{lost[:3]} to a kill after {after:.1f} s: {words(health.reason)}"
            self._lives.toll.add(f"entries of {THING} lost", what)

    def _kill_forgetting(self, place: Path) -> None:
        command = [sys.executable, "-c", KILLER, str(place), "1"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        if found["too early"] or found["left by the next"]:
            self._lives.toll.add("traces of who was forgotten", str(found))

    def _hurt(self, place: Path) -> None:
        chance = self._chance
        name, make, door = chance.choice(
            (
                ("x.png", hurtful_files.picture, attack_files.see),
                (f"x{chance.randrange(8)}.toml", hurtful_files.toml, attack_files.read_toml),
                ("x.onnx", hurtful_files.voice, attack_files.speak),
            )
        )
        path = place / name
        path.write_bytes(make(chance))
        found = attack_files.attack(door, path)
        if not found.told or found.seconds > attack_files.LONGEST_S or found.mib > attack_files.MOST_MIB:
            self._lives.toll.add("raw errors", f"{name}: {found}")


def killed(path: Path, civil: datetime, seed: int, after: float) -> None:
    """A robot on a memory file, that dies after so many seconds of its time."""
    logging.disable(logging.CRITICAL)
    with (
        patch("robot.app.build.Memory", partial(OnDisk, path)),
        SimSession("a short life", scene(400.0, civil, random.Random(seed)), Config(), options(seed)) as session,  # noqa: S311 - no secret
    ):
        session.world.at(after, lambda: os.kill(os.getpid(), signal.SIGKILL))
        session.play_whole(400.0)
