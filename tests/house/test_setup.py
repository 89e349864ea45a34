"""The first minutes of a newcomer: the set-up asks, explains, and repeats safely."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    SetUp = Callable[..., subprocess.CompletedProcess[str]]

SETTINGS = {"CI", "VENV", "PYTHON", "ASSUME_YES", "SITE_PACKAGES", "EXTRAS", "SPEECH", "MODELS"}
INPUTS = ("setup.sh", "pyproject.toml")


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of the project as the set-up reads, and a bin/ of stand-ins for a machine where nothing is installed."""
    for name in INPUTS:
        shutil.copy(HOUSE / name, tmp_path / name)
    shutil.copytree(HOUSE / "constraints", tmp_path / "constraints")
    stand_ins = tmp_path / "bin"
    stand_ins.mkdir()
    stub(stand_ins, "dpkg-query", "exit 1")
    stub(stand_ins, "apt-get", f'echo "$@" >>{tmp_path}/apt.log')
    stub(stand_ins, "id", "echo 0")
    stub(stand_ins, "python3", f'case "$*" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"')
    return tmp_path


@pytest.fixture
def set_up(clone: Path) -> SetUp:
    def run(goal: str = "run", *, stdin: int = subprocess.DEVNULL, **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        environment = kept | {"PATH": f"{clone}/bin:{os.environ['PATH']}"} | settings
        return subprocess.run(
            ["./setup.sh", goal],
            cwd=clone,
            env=environment,
            stdin=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_with_nobody_to_ask_it_names_the_command_and_installs_nothing(set_up: SetUp, clone: Path) -> None:
    run = set_up()
    assert run.returncode == 1
    assert "apt-get install --no-install-recommends python3-venv espeak-ng libespeak-ng1 libportaudio2" in run.stderr
    assert "ASSUME_YES=1" in run.stderr
    assert not (clone / "apt.log").exists()
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("answer", ["n", "non", "what?"])
def test_a_person_is_asked_and_may_say_no(set_up: SetUp, clone: Path, answer: str) -> None:
    leader, follower = pty.openpty()
    os.write(leader, f"{answer}\n".encode())
    run = set_up(stdin=follower)
    os.close(leader)
    os.close(follower)
    assert run.returncode == 1
    assert "Install them now" in run.stderr
    assert "nothing was installed" in run.stderr
    assert "SKIP_APT=1" in run.stderr
    assert not (clone / "apt.log").exists()


@pytest.mark.parametrize("allowed", [{"CI": "true"}, {"ASSUME_YES": "1"}])
def test_when_allowed_apt_gets_what_is_missing_and_its_failure_is_told(
    set_up: SetUp, clone: Path, allowed: dict[str, str]
) -> None:
    stub(clone / "bin", "dpkg-query", 'case "$*" in *libportaudio2) printf installed ;; *) exit 1 ;; esac')
    stub(clone / "bin", "apt-get", f'echo "$@" >>{clone}/apt.log; case "$*" in *install*) exit 100 ;; esac')
    run = set_up(**allowed)
    assert run.returncode == 1
    update, install = (clone / "apt.log").read_text(encoding="utf-8").splitlines()
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends python3-venv espeak-ng libespeak-ng1")
    assert "apt could not install the packages" in run.stderr


def test_without_root_and_without_sudo_it_says_what_root_should_do(set_up: SetUp, clone: Path) -> None:
    stub(clone / "bin", "id", "echo 1000")
    for tool in ("sh", "uname", "flock", "sha256sum", "dirname", "cat", "chmod"):
        (clone / "bin" / tool).symlink_to(str(shutil.which(tool)))
    run = set_up(ASSUME_YES="1", PATH=f"{clone}/bin")
    assert run.returncode == 1
    assert "remedy: as root: apt-get install" in run.stderr


def test_a_python_that_is_too_old_is_refused_by_name(set_up: SetUp, clone: Path) -> None:
    stub(clone / "bin", "python3", 'case "$*" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    run = set_up()
    assert run.returncode == 1
    assert "Python 3.9.2 cannot be used: Bowlby needs Python 3.11 to 3.13" in run.stderr


def test_a_folder_that_is_no_environment_is_left_alone(set_up: SetUp, clone: Path) -> None:
    precious = clone / "things" / "letter.txt"
    precious.parent.mkdir()
    precious.write_text("Dear Ada", encoding="utf-8")
    run = set_up(SKIP_APT="1", VENV="things")
    assert run.returncode == 1
    assert "no virtual environment" in run.stderr
    assert precious.read_text(encoding="utf-8") == "Dear Ada"


def test_two_set_ups_at_once_wait_for_each_other(set_up: SetUp, clone: Path) -> None:
    with subprocess.Popen(["flock", "pyproject.toml", "cat"], cwd=clone, stdin=subprocess.PIPE) as other:
        assert other.stdin is not None
        stub(clone / "bin", "flock", f'[ "$1" = -n ] && exit 1; touch {clone}/waited; kill {other.pid}; exit 0')
        run = set_up()
    assert "Another set-up is running here" in run.stderr
    assert (clone / "waited").exists()


@pytest.mark.slow
def test_a_set_up_that_was_cut_off_is_begun_again_and_a_second_one_is_free(set_up: SetUp, clone: Path) -> None:
    """A whole set-up without the network: stand-ins for the installers, a real virtual environment."""
    stub(clone / "bin", "python3", f'exec {sys.executable} "$@"')
    cut_off = clone / ".venv"
    (cut_off / "bin").mkdir(parents=True)
    stub(cut_off / "bin", "python", "exit 0")  # it looks whole
    for name in ("pyvenv.cfg", "unfinished", "half-written"):
        (cut_off / name).touch()
    (clone / "constraints" / "uv.txt").write_text("", encoding="utf-8")
    first = set_up(SKIP_APT="1")
    assert not (cut_off / "half-written").exists()
    assert first.returncode == 1  # there is no uv in this environment
    assert "could not be installed" in first.stderr
    assert (cut_off / "unfinished").exists()
    assert not (cut_off / "ready-run").exists()


def test_the_second_time_costs_nothing_until_an_input_changes(set_up: SetUp, clone: Path) -> None:
    environment = clone / ".venv"
    (environment / "bin").mkdir(parents=True)
    stub(environment / "bin", "python", "exit 0")
    names = ["setup.sh", "pyproject.toml", *(f"constraints/{name}.txt" for name in ("uv", "build", "run"))]
    sums = subprocess.run(["sha256sum", *names], cwd=clone, capture_output=True, text=True, check=True).stdout
    (environment / "ready-run").write_text(f"{clone.resolve()}\n{sums} en fr", encoding="utf-8")
    run = set_up()
    assert run.returncode == 0, run.stderr
    assert not run.stderr
    with (clone / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# changed\n")
    assert set_up().returncode == 1


@pytest.fixture
def installed(clone: Path) -> Path:
    """What the installers were asked for, a line each; they are stand-ins, as is the environment that they fill."""
    asked = clone / "asked"
    asked.touch()
    stub(clone / "bin", "fake-python", "exit 0")
    stub(clone / "bin", "fake-uv", f'echo "uv $*" >>{asked}')
    stub(clone / "bin", "fake-bowlby", f'[ ! -e {clone}/offline ] || exit 3; echo "bowlby $*" >>{asked}')
    make = f"""mkdir -p .venv/bin; for one in python uv bowlby; do cp {clone}/bin/fake-$one .venv/bin/$one; done
case "$*" in *--system-site-packages*) seen=true ;; *) seen=false ;; esac
echo "include-system-site-packages = $seen" >.venv/pyvenv.cfg; echo "venv $seen" >>{asked}"""
    stub(clone / "bin", "python3", f'case "$*" in "-m venv"*) {make} ;; *) exec {sys.executable} "$@" ;; esac')
    return asked


def test_whoever_waited_for_another_set_up_does_not_do_it_again(set_up: SetUp, clone: Path, installed: Path) -> None:
    assert set_up(SKIP_APT="1").returncode == 0
    stamp = clone / ".venv" / "ready-run"
    stamp.rename(clone / "stamp")
    installed.write_text("")
    stub(clone / "bin", "flock", f'[ "$1" = -n ] && exit 1; mv {clone}/stamp {stamp}')
    run = set_up(SKIP_APT="1")
    assert run.returncode == 0
    assert "Another set-up is running here" in run.stderr
    assert installed.read_text() == ""


def test_extras_are_pinned_as_the_rest_is_and_kept_until_others_are_named(set_up: SetUp, installed: Path) -> None:
    pinned = "--require-hashes -c constraints/dev.txt -r pyproject.toml --extra zenoh --extra faces\n"
    assert set_up(SKIP_APT="1").returncode == 0
    assert "--extra" not in installed.read_text()
    assert set_up(SKIP_APT="1", EXTRAS="zenoh faces").returncode == 0
    assert pinned in installed.read_text()
    installed.write_text("")
    assert set_up(SKIP_APT="1").returncode == 0
    assert installed.read_text() == ""
    assert set_up(SKIP_APT="1", EXTRAS="").returncode == 0
    assert "--extra" not in installed.read_text()
    unknown = set_up(SKIP_APT="1", EXTRAS="faces zeno")
    assert unknown.returncode == 1
    assert "there is no extra 'zeno'" in unknown.stderr
    assert "zenoh ros wake faces" in unknown.stderr


def test_the_model_of_the_languages_is_brought_and_its_absence_is_said_and_mended(
    set_up: SetUp, clone: Path, installed: Path
) -> None:
    (clone / "offline").touch()
    without = set_up(SKIP_APT="1")
    assert without.returncode == 0, "the robot runs all the same"
    assert "WHAT IS SAID IN FREE WORDS IS NOT UNDERSTOOD, words of self-harm among them" in without.stderr
    (clone / "offline").unlink()
    assert "Set up." in set_up(SKIP_APT="1").stderr
    assert "bowlby models fetch --shared en fr\n" in installed.read_text()
    installed.write_text("")
    assert set_up(SKIP_APT="1").returncode == 0
    assert installed.read_text() == ""
    assert set_up(SKIP_APT="1", SPEECH="fr", MODELS=str(clone / "models")).returncode == 0
    assert "bowlby models fetch --shared fr\n" in installed.read_text()
    assert (clone / ".venv/share/bowlby/models").resolve() == (clone / "models").resolve()
    installed.write_text("")
    assert set_up(SKIP_APT="1", SPEECH="").returncode == 0
    assert "models fetch" not in installed.read_text()


def test_the_environment_is_made_anew_once_the_camera_library_of_the_system_is_there(
    set_up: SetUp, clone: Path, installed: Path
) -> None:
    asked = {"SKIP_APT": "1", "SITE_PACKAGES": "auto", "PYTHONPATH": str(clone / "seen")}
    assert set_up(**asked).returncode == 0
    assert "venv false" in installed.read_text()
    (clone / "seen").mkdir()
    (clone / "seen" / "picamera2.py").touch()
    assert set_up(**asked).returncode == 0
    assert "venv true" in installed.read_text()
    installed.write_text("")
    assert set_up(**asked).returncode == 0
    assert set_up(SKIP_APT="1").returncode == 0
    assert installed.read_text() == ""
