"""A replay does nothing to the world, whatever the behaviours in it do beside their intents; and it takes none of them
from where the recording says.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from robot.app.context import shared_stock
from robot.app.replay import Replay
from robot.config.places import personal
from robot.config.schema import Config
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SECONDS = 0.3
BEHAVIOUR = """
import os, socket, sqlite3, subprocess, threading
from pathlib import Path

from robot import Behavior, Mode

HERE, PORT = Path(__file__).parent / "deeds", 'PORT'


def quietly():
    try:
        (HERE / "thread").write_text("x")
    except OSError:
        pass


class Busy(Behavior):
    name = "busy"
    modes = frozenset(Mode)

    def desire(self, state):
DEEDS
        return 0.0

    def act(self, state):
        return ()
"""
TRIED = """
        try:
            {deed}
        except {caught}:
            pass
"""
DEEDS = {
    "w": "(HERE / 'w').write_text('x')",
    "append": "with open(HERE / 'append', 'a') as file: file.write('x')",
    "number": "os.close(os.open(HERE / 'number', os.O_CREAT | os.O_WRONLY))",
    "folder": "(HERE / 'folder').mkdir(exist_ok=True)",
    "db": "sqlite3.connect(HERE / 'db').close()",
    "program": "subprocess.run(['touch', str(HERE / 'program')])",
    "command": "os.system(f'touch {HERE}/command')",
    "link": "(HERE / 'link').is_symlink() or (HERE / 'link').symlink_to('nowhere')",
    "delete": "(HERE / 'first').unlink(missing_ok=True)",
    "rename": "(HERE / 'second').exists() and (HERE / 'second').rename(HERE / 'third')",
    "connect": "socket.create_connection(('127.0.0.1', PORT)).close()",
    "send": "with socket.socket(type=socket.SOCK_DGRAM) as box: box.sendto(b'x', ('127.0.0.1', PORT))",
    "thread": "task = threading.Thread(target=quietly); task.start(); task.join()",
}
THERE = ["first", "second"]


def recorded(folder: Path, *deeds: str, port: int = 0, catches: bool = True) -> Path:
    """A run with a behaviour that does something to the world each time it is asked what it wants."""
    behaviors = folder / "behaviors"
    (behaviors / "deeds").mkdir(parents=True, exist_ok=True)
    caught = "OSError" if catches else "()"
    done = "".join(TRIED.format(deed=deed, caught=caught) for deed in deeds)
    (behaviors / "busy.py").write_text(BEHAVIOUR.replace("DEEDS", done).replace("'PORT'", str(port)))
    config = Config().changed("robot", behaviors=behaviors)
    path = folder / "run.mcap"
    options = Options(SightFrom.truth, WordsFrom.text, 1, fast=True, fps=None, language=None, record=path)
    with SimSession("one", scenarios.load("first-meeting")[1], config, options, shared_stock()) as session:
        session.play_whole(SECONDS)
    return path


def test_what_behaviours_do_to_the_world_is_not_done_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(type=socket.SOCK_DGRAM) as box:
        box.bind(server.getsockname())
        server.settimeout(0)
        box.settimeout(0)
        behaviors = tmp_path / "behaviors"
        deeds = behaviors / "deeds"
        deeds.mkdir(parents=True)
        for name in THERE:
            (deeds / name).touch()
        path = recorded(tmp_path, *DEEDS.values(), port=server.getsockname()[1])
        assert _came(server) == _came(box) == True  # noqa: E712 - in the run itself all of it was done
        done = {one.name for one in deeds.iterdir()}
        assert done == {"third", *DEEDS} - {"delete", "rename", "connect", "send"}
        for one in deeds.iterdir():
            one.rmdir() if one.is_dir() else one.unlink()
        for name in THERE:
            (deeds / name).touch()

        outcome = Replay(path, behaviors=tmp_path / "behaviors").run()
        assert sorted(one.name for one in deeds.iterdir()) == THERE
        assert _came(server) == _came(box) == False  # noqa: E712 - as above
    assert outcome.same  # it catches the errors, so nothing else is other than it was
    assert len(outcome.refused) == len(DEEDS)
    assert {one.name for one in outcome.refused} == {"busy", "a thread"}


def _came(at: socket.socket) -> bool:
    """Whether anybody connected or sent anything; all of it is taken."""
    came = False
    with contextlib.suppress(BlockingIOError):
        while True:
            if at.type is socket.SOCK_STREAM:
                at.accept()[0].close()
            else:
                at.recv(10)
            came = True
    return came


def test_what_stays_within_the_process_is_let_do(tmp_path: Path) -> None:
    deed = "Path(__file__).read_text(); open(os.devnull, 'w').close(); sqlite3.connect(':memory:').close()"
    path = recorded(tmp_path, deed, catches=False)
    outcome = Replay(path, behaviors=tmp_path / "behaviors").run()
    assert outcome.same
    assert outcome.refused == ()


def test_the_command_says_what_was_not_done_and_where_that_made_a_difference(tmp_path: Path) -> None:
    path = recorded(tmp_path, DEEDS["w"], catches=False)
    replay = [sys.executable, "-m", "robot", "replay", str(path), "--behaviors", str(tmp_path / "behaviors")]
    told = subprocess.run(replay, capture_output=True, text=True, check=False, env={"COLUMNS": "200"})
    assert told.returncode == 1, told.stderr
    assert "not done, since this is a replay: busy wanted to write" in told.stdout
    assert "first in the step decide" in told.stdout  # the error that it did not catch benches it


def test_a_file_does_nothing_to_the_world_while_it_is_loaded(tmp_path: Path) -> None:
    path = recorded(tmp_path, "pass")
    file = tmp_path / "behaviors" / "busy.py"
    file.write_text(file.read_text() + "\n(HERE / 'loaded').write_text('x')\n")
    outcome = Replay(path, behaviors=tmp_path / "behaviors").run()
    assert not (tmp_path / "behaviors" / "deeds" / "loaded").exists()
    assert [one.name for one in outcome.refused] == ["busy.py"]


def test_behaviours_come_from_ones_own_folder_and_never_from_one_that_a_recording_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = recorded(tmp_path / "strangers", DEEDS["w"])
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.py").write_text("from pathlib import Path\n\nPath('mine').write_text('x')\n")
    personal().parent.mkdir(parents=True)
    personal().write_text(f"[robot]\nbehaviors = '{own}'\n")
    outcome = Replay(path, shared_stock()).run()
    assert [one.name for one in outcome.refused] == ["mine.py"]
