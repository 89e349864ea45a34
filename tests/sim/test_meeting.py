"""Whole runs in simulated time: everything that a scenario expects is seen, and a run repeats to the byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from robot.core.errors import BowlbyError, InputError
from sim.run.play import play as played
from sim.world import scenario as scenarios
from sim.world.options import SightFrom
from tests.support.command_line import called
from tests.support.simulation import play

if TYPE_CHECKING:
    from pathlib import Path

TALKS = """
about = "Somebody sits down and asks for a joke."
duration_s = 24
[[person]]
name = "Ada"
[[person.way]]
at = 0
x = 1.1
y = 0.0
[[person.say]]
at = 12
text = "can u tell me a joke"
"""


def meet(*words: str, expect: int = 0) -> Any:  # JSON
    """Run the command as a person would; its report."""
    done = subprocess.run(
        [sys.executable, "-m", "robot", "sim", *words, "--headless", "--report", "-"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == expect, done.stderr
    return json.loads(done.stdout)


def test_the_first_meeting_goes_as_expected_and_repeats_to_the_byte() -> None:
    """Once as a person would play it, and once in this process; through pictures in `house/test_nothing_leaves.py`."""
    first = meet("first-meeting", "--fast", "--seed", "7", "--senses", "truth")
    assert [finding for finding in first["expectations"] if not finding["passed"]] == []
    assert len(first["expectations"]) >= 8
    assert first["late_ticks"] == 0
    assert play("first-meeting", seed=7).digest == first["digest"]


def test_another_seed_is_another_run() -> None:
    assert len({play("first-meeting", seed=seed).digest for seed in (1, 2)}) == 2


@pytest.mark.slow
def test_true_speed_and_full_speed_give_the_same_bytes() -> None:
    fast = play("first-meeting", seed=3, senses=SightFrom.pixels, seconds=6)
    paced = meet("first-meeting", "--seed", "3", "--seconds", "6")
    assert fast.digest == paced["digest"]
    assert paced["wall_s"] > 5.5


@pytest.mark.parametrize("name", ["premiere-rencontre", "being-remembered", "etre-retenu"])
def test_a_shipped_scenario_goes_as_expected(name: str) -> None:
    played = play(name)
    assert played.missed == []
    assert played.expected


@pytest.mark.parametrize("name", scenarios.shipped())
def test_every_shipped_scenario_loads(name: str) -> None:
    assert scenarios.load(name)[1].about


def test_a_scenario_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(InputError, match=r"no scenario 'frist'.*first-meeting"):
        scenarios.load("frist")


def test_a_missed_expectation_ends_with_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_text('about = "nobody"\nduration_s = 2\n[[expect]]\nwhat = "says"\ntext = "hello"\nby = 2\n')
    done = called("sim", str(path), "--headless", "--fast", "--senses", "truth", "--report", "-")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["expectations"][0]["passed"] is False


def test_who_said_what_and_why_is_written_for_ones_own_eyes(tmp_path: Path) -> None:
    scene, talk = tmp_path / "talk.toml", tmp_path / "talk.txt"
    scene.write_text(TALKS)
    done = called("sim", str(scene), "--headless", "--fast", "--senses", "truth", "--transcript", str(talk))
    assert done.exit_code == 0
    lines = talk.read_text().splitlines()
    asked = next(n for n, line in enumerate(lines) if line.endswith("> can u tell me a joke  [wants_joke]"))
    assert asked > 0, "it greets first"
    assert "[joke: somebody said “can u tell me a joke”" in lines[asked + 1]
    assert talk.stat().st_mode & 0o077 == 0


CUT = """
about = "Nobody comes."
duration_s = 9
[[expect]]
what = "moves"
after = 4
by = 8
least = 5
[[expect]]
what = "says"
text = "hello"
by = 1
[[expect]]
what = "never_says"
text = "hello"
"""


def test_what_lies_beyond_the_end_of_a_run_cut_short_is_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "cut.toml"
    path.write_text(CUT)
    done = called("sim", str(path), "--headless", "--fast", "--senses", "truth", "--seconds", "2", "--report", "-")
    assert done.exit_code == 1
    assert [one["passed"] for one in json.loads(done.stdout)["expectations"]] == [None, False, None]
    assert re.search(r"–\s+its head moves .*not judged: the run ended before", done.stderr)
    assert "inf" not in done.stderr
    path.write_text(CUT.replace("by = 1", "by = 6"))
    assert called("sim", str(path), "--headless", "--fast", "--senses", "truth", "--seconds", "2").exit_code == 0


def test_a_report_tells_of_each_part_in_words(tmp_path: Path) -> None:
    path = tmp_path / "cut.toml"
    path.write_text(CUT)
    report = played(str(path), seconds=1)
    assert all(re.match("(ok|lesser|off|fault): ", told) for told in report.parts.values()), report.parts
    assert [told for told in report.parts.values() if "Sentence(" in told or "health." in told] == []


def test_errors_of_the_command_line_say_what_mends_them() -> None:
    with pytest.raises(BowlbyError, match="add --headless"):
        raise_from("sim", "--fast")
    with pytest.raises(BowlbyError, match="the page shows the talk itself"):
        raise_from("sim", "--transcript", "talk.txt")


def test_other_machines_that_a_run_does_without_are_told(tmp_path: Path) -> None:
    config = tmp_path / "bowlby.toml"
    config.write_text('[network]\nsight = "tcp://192.168.1.20"\ntopics = "tcp://192.168.1.21"\n')
    words = ("sim", "first-meeting", "--headless", "--fast", "--senses", "truth", "--seconds", "0.1", "-c", str(config))
    done = called(*words)
    assert "Not used in the simulator, whose runs repeat: sight, topics of [network] are for" in done.stderr


def raise_from(*words: str) -> None:
    """Run a command and raise its one line of error."""
    done = subprocess.run(
        [sys.executable, "-m", "robot", *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    raise BowlbyError(done.stderr)
