"""Each example runs, and what it prints shows what it is for."""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import socket
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING

import cv2
import pytest
import skimage.data

from hardware.network.session import EndPoint, listen
from hardware.network.topics import open_topics
from robot.core.clock import ManualClock, nap, stopwatch
from robot.doors.keys import KeyRole
from robot.parts.registry import Surroundings
from sim.testing.sim_robot import SimRobot
from tests.support.door_robot import DoorRobot
from tests.support.imports import HOUSE
from tests.support.pages import blocks
from tests.support.tables import TABLES
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = HOUSE / "examples"
PATIENCE_S = 120.0


def python(*words: str | Path) -> list[str]:
    return [sys.executable, "-W", "error", *map(str, words)]


def run(name: str, *words: str | Path) -> str:
    """What an example prints, run in this process as Python runs a program; whatever it raises fails the test."""
    program = EXAMPLES / f"{name}.py"
    printed = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        warnings.catch_warnings(action="error"),
        contextlib.redirect_stdout(printed),
    ):
        patch.setattr(sys, "argv", [str(program), *map(str, words)])
        runpy.run_path(str(program), run_name="__main__")
    return printed.getvalue()


def run_apart(name: str) -> str:
    """The same in a process of its own, of which a warning while it imports is an error, too."""
    done = subprocess.run(
        python(EXAMPLES / f"{name}.py"), capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text)]


def test_every_example_is_short_explained_and_tested_here() -> None:
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    tests = set(re.findall(r"run(?:_apart)?\(\"(\w+)\"|\"(\w+)\.py\"", (HOUSE / __file__).read_text(encoding="utf-8")))
    tested = {one or other for one, other in tests}
    programs = sorted(EXAMPLES.glob("*.py"))
    assert len(programs) >= 12
    for program in programs:
        lines = program.read_text(encoding="utf-8").splitlines()
        assert 10 <= len(lines) <= 40, program.name
        assert f"[{program.name}]({program.name})" in page, f"{program.name} is not explained"
        assert program.stem in tested, f"{program.name} is run by no test"


def test_move_the_head() -> None:
    lines = run("move_the_head").splitlines()
    assert len(lines) == 3
    for line in lines:
        asked, got = numbers(line)
        assert got == pytest.approx(asked, abs=1.0)


@pytest.mark.slow
def test_follow_a_face() -> None:
    *seen, where = run("follow_a_face").splitlines()
    assert len(seen) == 6
    for line in seen:
        _, face, head = numbers(line)
        assert head == pytest.approx(face, abs=5.0), line
    assert numbers(seen[0])[1] > 10.0
    assert head == pytest.approx(numbers(where)[0], abs=2.0)


@pytest.mark.slow
def test_say_a_phrase() -> None:
    told = run("say_a_phrase")
    assert told.count("time_is: ") == 2
    assert told.count("16:20") == 2
    assert "I am a robot, not a person." in told
    assert "Je suis un robot, pas une personne." in told


def test_own_behavior() -> None:
    assert run("own_behavior") == "it told the time: True\nthe behaviour that ran: tell_time\n"


def test_test_own_behavior(tmp_path: Path) -> None:
    command = python("-m", "pytest", "-p", "no:cacheprovider", "-c", "/dev/null", EXAMPLES / "test_own_behavior.py")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_pack_a_bag() -> None:
    assert run("pack_a_bag").splitlines() == [
        "Where are you going?",
        "For how many days: Rome?",
        "So: Rome, three days. Have a good trip.",
    ]


def test_ask_why() -> None:
    lines = run("ask_why").splitlines()
    assert all(" because " in line for line in lines)
    assert any("shows glad" in line and "somebody came" in line for line in lines)
    openings = {told.partition("{")[0] for told in TABLES.variants("answer_why_did_you_do_that", "en")}
    assert any(f"says '{opening}" in line for line in lines for opening in openings)


@pytest.mark.slow
def test_play_a_scenario() -> None:
    *judged, verdict, again = run("play_a_scenario").splitlines()
    assert [line.partition("|")[0].strip() for line in judged] == ["met"] * 3
    assert verdict.startswith("ben_drops_in: passed")
    assert again == "same seed, same bytes: True"


@pytest.mark.slow
def test_study_over_seeds() -> None:
    *means, count = run_apart("study_over_seeds").splitlines()
    arousals = [numbers(line)[1] for line in means]
    assert len(arousals) == 3
    assert arousals == sorted(set(arousals)), "the more anxious, the more excited"
    assert count.startswith("9 runs, 9 of them different")


@pytest.mark.slow
def test_study_over_a_parameter() -> None:
    lines = [numbers(line) for line in run_apart("study_over_a_parameter").splitlines()]
    assert [(desire, seed) for desire, seed, *_ in lines] == [(d, s) for d in (0.2, 0.4, 0.6) for s in (0, 1)]
    assert [sentences > 0 for _, _, sentences, _ in lines] == [False] * 2 + [True] * 4


@pytest.mark.slow
def test_read_a_recording(tmp_path: Path) -> None:
    told = run("read_a_recording")
    assert "heard  What is your name?" in told
    *_, answer = (line for line in told.splitlines() if " said " in line)
    assert answer.partition("said   ")[2] in TABLES.variants("answer_what_is_your_name", "en")
    assert told.splitlines()[-1].startswith("25 seconds")
    broken = tmp_path / "no.mcap"
    broken.write_bytes(b"nothing" * 9)
    done = subprocess.run(python(EXAMPLES / "read_a_recording.py", broken), capture_output=True, text=True, check=False)
    assert "this is no recording (MCAP)" in done.stderr


def test_own_body() -> None:
    *lacks, furthest, followed = run("own_body").splitlines()
    assert any("no left_ear" in line for line in lacks)
    assert numbers(furthest) == [80.0, 65.0]  # 40 of the base, 25 of the head
    where, head = numbers(followed)
    assert head == pytest.approx(where, abs=2.0)


def test_draw_an_expression(tmp_path: Path) -> None:
    picture = tmp_path / "wonder.png"
    assert f"drawn to {picture}" in run("draw_an_expression", picture)
    strip = cv2.imread(str(picture))
    assert strip is not None
    first, widest = strip[:, :200], strip[:, 224:424]
    assert abs(first.astype(float) - widest).mean() > 1.0, "it does not move"


def test_find_faces() -> None:
    folder = skimage.data.__path__[0]
    assert run("find_faces", f"{folder}/astronaut.png").endswith("\n1 in all\n")
    assert run("find_faces", f"{folder}/coffee.png") == "0 in all\n"


def test_listen_to_topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        here = EndPoint("127.0.0.1", door.getsockname()[1])
    with listen(here), SimRobot() as robot:
        topics = open_topics(str(here), Surroundings(ManualClock(), name="Léa & co"))
        robot.watch(topics)
        command = python(EXAMPLES / "listen_to_topics.py", str(here))
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as listener:
            end = stopwatch() + PATIENCE_S
            while listener.poll() is None and stopwatch() < end:
                robot.forward(seconds=0.5)
                nap(0.05)
            listener.kill()
            told, _ = listener.communicate()
        topics.close()
    assert listener.returncode == 0
    assert told.count("Léa & co is awake and does: ") >= 4
    assert len(told.splitlines()) == 5


@pytest.mark.slow
def test_ask_through_the_api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with DoorRobot(tmp_path) as robot:
        with robot.way.client() as client:
            until(lambda: client.state().mode == "awake", every_s=0.1)
        monkeypatch.setenv("BOWLBY_URL", robot.way.page.url)
        monkeypatch.setenv("BOWLBY_KEY", robot.way.keys[KeyRole.BUILDER])
        greets, looks, says, shows, refused, because = run_apart("ask_through_the_api").splitlines()
    assert "robot" in greets
    assert looks == "looks: 0.60, 0.00 rad"
    assert says.endswith("The soup is ready.")
    assert shows == "shows: nod"
    assert refused.startswith("refused by duty ")
    assert f"duty {refused.split()[-1]} does not allow it" in because


def test_the_page_on_the_api_has_that_very_program() -> None:
    program = (EXAMPLES / "ask_through_the_api.py").read_text(encoding="utf-8")
    assert program in [block.text for block in blocks(HOUSE / "docs" / "api.md")]
