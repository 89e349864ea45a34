"""No stranger's code holds up, uses up or ends the robot: it is named and benched, and the robot goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from robot.app.plugins import Library
from robot.app.supervision import supervised
from robot.core.clock import nap
from robot.core.errors import BehaviorError
from robot.decide.oversight import BENCH_BYTES, MIB, Oversight
from robot.texts.catalogue import words
from tests.support.greedy import KINDS, source
from tests.support.room import Room
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

IN_THE_LOOP = [
    kind
    for kind, one in KINDS.items()
    if not (one.ends or one.real or one.head) and kind != "says_what_no_table_has"  # that is for the guard to find
]
BEGINS_S = 3.0
ENDS_WITHIN_S = 20.0


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped behaviours, and every kind that can be loaded."""
    folder = tmp_path_factory.mktemp("behaviors")
    for kind in IN_THE_LOOP:
        (folder / f"{kind}.py").write_text(source(kind, 0.1))
    return Library(folder, lambda: TABLES)


# The call may be broken off while it collects what others have left, by a finaliser of these.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", IN_THE_LOOP)
def test_what_a_behaviour_does_to_the_loop_is_ended_and_named(library: Library, kind: str) -> None:
    (greedy,) = [one for one in library.behaviors if one.name == kind]
    oversight = Oversight(stuck_s=0.1)
    room = Room(greedy, *(one for one in library.behaviors if one.name == "idle"), oversight=oversight)
    with supervised([oversight]):
        names = room.run(2.0)
    assert names[-1] == "idle"
    assert re.search(KINDS[kind].why, words(room.mind.benched[kind]))


def test_what_takes_too_long_is_warned_of_and_then_benched() -> None:
    """By the time that it works or sleeps itself, whatever else the machine does."""
    oversight, warned = Oversight(judges=True), set[str]()

    def dawdle() -> bool:
        oversight.beat()
        oversight.run("dawdles", nap, 0.1)
        warned.update(one.name for one in oversight.warned)
        return True

    with pytest.raises(BehaviorError, match="again and again"):
        all(dawdle() for _ in range(100))
    assert warned == {"dawdles"}
    assert oversight.warned == []


class _Times:
    """The clocks that the oversight reads, in s: true time, and what the thread worked and waited for a processor."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.true, self.busy, self.waited = 100.0, 50.0, 10.0
        patch.setattr("robot.decide.oversight.stopwatch", lambda: self.true)
        for clock in ("worked", "worked_here"):
            patch.setattr(f"robot.decide.oversight.{clock}", lambda: self.busy)
        patch.setattr("robot.decide.oversight._Wait.so_far", lambda _: self.waited)

    def pass_by(self, *, busy: float = 0.0, waited: float = 0.0) -> None:
        self.true, self.busy, self.waited = self.true + busy + waited, self.busy + busy, self.waited + waited


@pytest.mark.parametrize("judges", [True, False])
def test_no_call_is_broken_off_for_a_machine_that_stands_still(
    judges: bool,  # noqa: FBT001 - one of the two ways
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the call works as long itself, it is."""
    times = _Times(monkeypatch)
    oversight = Oversight(judges=judges, stuck_s=1.0)
    oversight.give_up = lambda *_: None  # somebody looks
    times.pass_by(busy=20.0)

    def call(busy: float, waited: float) -> None:
        times.pass_by(busy=busy, waited=waited)
        oversight.look()

    oversight.beat()
    oversight.run("waits", call, 0.005, 2.5)
    oversight.beat()
    with pytest.raises(BehaviorError, match="did not come back"):
        oversight.run("works", call, 1.1, 0.0)


def test_what_takes_more_and_more_memory_is_benched_however_quick_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    held = 0
    monkeypatch.setattr("robot.decide.oversight._peak", lambda: held)
    oversight, warned = Oversight(judges=True), set[str]()

    def hoard() -> None:
        nonlocal held
        held += MIB

    def work() -> bool:
        oversight.beat()
        oversight.run("modest", int)
        oversight.run("hoards", hoard)
        warned.update(one.name for one in oversight.warned)
        return True

    with pytest.raises(BehaviorError, match="grew by 161 MiB"):
        all(work() for _ in range(500))
    assert warned == {"hoards"}
    assert held <= BENCH_BYTES + 3 * MIB


def test_a_file_that_does_not_come_back_while_it_is_loaded_is_named(tmp_path: Path) -> None:
    for kind in ("loops_when_loaded", "exits_when_loaded", "raises"):
        (tmp_path / f"{kind}.py").write_text(source(kind, 0.1))
    oversight = Oversight(stuck_s=0.1)
    with supervised([oversight]):
        library = Library(tmp_path, lambda: TABLES, oversight)
    broken = {one.name: words(one.reason) for one in library.health()}
    assert list(broken) == ["exits_when_loaded.py", "loops_when_loaded.py"]
    assert "SystemExit" in broken["exits_when_loaded.py"]
    assert "did not come back" in broken["loops_when_loaded.py"]
    assert "raises" in {one.name for one in library.behaviors}


def test_what_ended_the_last_run_is_not_loaded_until_it_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "raises.py"
    file.write_text(source("raises", 0.1))
    library = Library(tmp_path, lambda: TABLES, barred={"raises.py": "the last run ended"})
    assert "the last run ended" in words(library.health()[0].reason)
    file.write_text(source("raises", 0.2))
    library.look()
    assert library.health() == []


class Robot:
    """A robot of a folder of behaviours, as a process with its warden."""

    def __init__(self, home: Path, kinds: list[str], apart: float) -> None:
        (home / "mine").mkdir()
        for number, kind in enumerate(kinds):
            (home / "mine" / f"{kind}.py").write_text(source(kind, BEGINS_S + apart * number))
        config = home / "bowlby.toml"
        config.write_text(
            f'[robot]\nbehaviors = "{home}/mine"\n[memory]\nfile = "{home}/memory.db"\n'
            '[parts]\nbody = "sim://"\ncamera = ""\nears = ""\nspeaker = ""\n'
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "robot", "run", "--config", str(config), "--port", "0", "--seconds=600"],
            env=os.environ | {"XDG_STATE_HOME": str(home / "state")},
            stderr=subprocess.PIPE,
            text=True,
        )

    def until(self, *told: str) -> list[str]:
        """Its lines until each of these has come; then Ctrl-C ends it."""
        assert self.process.stderr is not None
        lines: list[str] = []
        for line in self.process.stderr:
            lines.append(line)
            if all(any(re.search(one, line) for line in lines) for one in told):
                break
        else:
            pytest.fail("".join(lines))
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=ENDS_WITHIN_S)
        assert self.process.returncode == 130
        return lines


@pytest.mark.slow
def test_what_cannot_be_broken_off_ends_and_the_robot_begins_anew_without_it(tmp_path: Path) -> None:
    Robot(tmp_path, ["leaves"], apart=0.0).until(
        "leaves has ended the robot",
        "behaviour leaves: the last run ended while it was at work",
        "mode boot -> awake",
    )


@pytest.mark.soak
def test_every_kind_is_named_and_benched_and_the_robot_goes_on(tmp_path: Path) -> None:
    """One after the other in one robot, by true time; those that end the process first, since each begins it anew."""
    kinds = sorted(KINDS, key=lambda kind: not KINDS[kind].ends)
    told = [rf"{kind}\b.*({KINDS[kind].why})" for kind in kinds]
    Robot(tmp_path, kinds, apart=3.0).until(*told)
