"""Installing, updating, going back: killed at any moment, what starts next works, and a person's data is whole."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, ClassVar

import pytest

from hardware.host import install, system
from hardware.host.versions import InstallError, Versions
from robot.core.clock import generator, nap, stopwatch
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from pathlib import Path

# Stands for a set-up of half a minute: twenty parts, all of which the program needs.
SET_UP = """#!/bin/sh
mkdir -p .venv/bin
for part in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo $part >.venv/part$part; sleep 0.01; done
cat >.venv/bin/bowlby <<'END'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
for part in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ "$(cat "$here/../part$part")" = "$part" ] || exit 1
done
cat "$here/../../number"
END
printf '#!/bin/sh\\nexit 0\\n' >.venv/bin/python
echo "$EXTRAS" >.venv/extras
chmod +x .venv/bin/bowlby .venv/bin/python
"""
LETTER = "Dear Bowlby"


class Computer:
    """A checkout of the project and the root of the computer that it is installed on."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.root = folder / "root"
        folder.mkdir(exist_ok=True)
        shutil.copytree(HOUSE / "hardware" / "host", self.checkout / "hardware" / "host")
        shutil.copy(HOUSE / "hardware" / "__init__.py", self.checkout / "hardware")
        shutil.copy(HOUSE / "pyproject.toml", self.checkout)
        (self.checkout / "setup.sh").write_text(SET_UP)
        (self.checkout / "setup.sh").chmod(0o755)
        self.new_version(1)
        self.letter = self.root / "var/lib/bowlby/letter"
        self.letter.parent.mkdir(parents=True)
        self.letter.write_text(LETTER)

    def new_version(self, number: int) -> None:
        (self.checkout / "number").write_text(f"{number}\n")

    def begin(self, step: str, *more: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-B", "-m", "hardware.host.install", step, "--root", str(self.root), *more],
            cwd=self.checkout,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def do(self, step: str, *more: str, expect: int = 0, **environment: str) -> str:
        process = self.begin(step, *more, **environment)
        told = "".join(process.communicate(timeout=60))
        assert process.returncode == expect, told
        return told

    def kill(self, step: str, after_s: float) -> None:
        """Begin a step, and end it and all that it has started without warning."""
        process = self.begin(step)
        nap(after_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def starts(self) -> int:
        """Which version starts now; 0 when none is installed yet."""
        program = self.root / "opt/bowlby/current/.venv/bin/bowlby"
        if not program.exists():
            assert not (self.root / "opt/bowlby/current").is_symlink(), "current points to nothing"
            return 0
        done = subprocess.run([program], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return int(done.stdout)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_install_update_roll_back_and_forward_uninstall(computer: Computer) -> None:
    told = computer.do("install")
    assert "is the version that runs from now on" in told
    assert computer.starts() == 1
    for place, target in system.LINKS.items():
        link = computer.root / place
        assert str(link.readlink()) == target
        assert (computer.root / "opt/bowlby/current/hardware/host" / link.name).is_file()
    computer.new_version(2)
    computer.do("install")
    assert computer.starts() == 2
    computer.do("rollback")
    assert computer.starts() == 1
    computer.do("rollback")
    assert computer.starts() == 2
    told = computer.do("uninstall")
    assert str(computer.letter.parent) in told
    assert [path for path in computer.root.rglob("*") if not path.is_dir()] == [computer.letter]
    assert computer.letter.read_text() == LETTER


def test_the_same_again_sets_nothing_up_and_old_versions_are_cleared_away(computer: Computer) -> None:
    assert "Setting up" in computer.do("install")
    assert "Setting up" not in computer.do("install")
    for number in range(2, 6):
        computer.new_version(number)
        computer.do("install")
    kept = {folder.name for folder in (computer.root / "opt/bowlby/versions").iterdir()}
    assert len(kept) == 3
    computer.do("rollback")
    assert computer.starts() == 4


def test_extras_are_installed_kept_by_updates_and_given_up_when_others_are_chosen(computer: Computer) -> None:
    installed = computer.root / "opt/bowlby/current/.venv/extras"
    computer.do("install")
    assert installed.read_text() == "\n"
    assert "Setting up" in computer.do("install", "--extras", "zenoh faces")
    assert installed.read_text() == "faces zenoh\n"
    assert "extras\tfaces zenoh\n" in computer.do("status")
    assert "Setting up" not in computer.do("install", "--extras", "faces zenoh")
    computer.new_version(2)
    computer.do("install")
    assert installed.read_text() == "faces zenoh\n"
    computer.do("install", "--extras", "")
    assert installed.read_text() == "\n"
    assert not (computer.root / system.EXTRAS).exists()
    computer.do("install", "--extras", "faces")
    computer.do("uninstall")
    assert not (computer.root / system.EXTRAS).parent.exists()


def test_once_the_camera_library_of_the_system_is_there_the_environment_is_made_anew(
    computer: Computer, tmp_path: Path
) -> None:
    computer.do("install")
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "picamera2.py").touch()
    assert "Setting up" in computer.do("install", PYTHONPATH=str(tmp_path / "seen"))
    assert "Setting up" not in computer.do("install", PYTHONPATH=str(tmp_path / "seen"))


def test_a_version_that_does_not_run_is_not_switched_to(computer: Computer) -> None:
    computer.do("install")
    computer.new_version(2)
    set_up = computer.checkout / "setup.sh"
    set_up.write_text(SET_UP.replace("do echo $part", "do [ $part = 7 ] || echo $part"))
    told = computer.do("install", expect=1)
    assert "this version does not run here" in told
    assert computer.starts() == 1
    set_up.write_text("#!/bin/sh\necho no network >&2; exit 1\n")
    assert "the set-up failed" in computer.do("install", expect=1)
    assert computer.starts() == 1
    assert "no earlier version" in computer.do("rollback", expect=1)


def test_two_installations_at_once_and_a_file_in_the_way_are_refused(computer: Computer) -> None:
    versions = Versions(computer.root / "opt/bowlby")
    with versions.locked():
        assert "another installation is running" in computer.do("install", expect=1)
    stranger = computer.root / "usr/local/bin/bowlby"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("somebody's own")
    assert "not of this installation" in computer.do("install", expect=1)
    assert stranger.read_text() == "somebody's own"
    with pytest.raises(InstallError, match="not whole"):
        versions.switch("0.0.0-nothing")


class DoesNotStart(system.System):
    """A computer whose service starts with the versions that it names, and with no other."""

    __slots__ = ()
    good: ClassVar[set[str]] = set()

    def start(self) -> bool:
        return Versions(self.base).pointed("current") in self.good


@pytest.fixture
def managed(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> DoesNotStart:
    monkeypatch.setattr(install, "HOUSE", computer.checkout)
    monkeypatch.setattr(DoesNotStart, "good", set())
    return DoesNotStart(computer.root)


def test_a_version_that_does_not_start_is_never_what_a_roll_back_goes_to(
    computer: Computer, managed: DoesNotStart
) -> None:
    computer.do("install")
    versions = Versions(managed.base)
    first = versions.pointed("current")
    for number in (2, 3):
        managed.good.add(versions.pointed("current"))
        computer.new_version(number)
        before = versions.pointers()
        with pytest.raises(InstallError, match=rf"does not start with .*; {first} runs again"):
            install.install(managed, versions)
        assert versions.pointers() == before
    assert "no earlier version" in computer.do("rollback", expect=1)


def test_a_roll_back_that_does_not_start_goes_forward_again(computer: Computer, managed: DoesNotStart) -> None:
    computer.do("install")
    computer.new_version(2)
    computer.do("install")
    versions = Versions(managed.base)
    before = versions.pointers()
    managed.good.add(before.current)
    with pytest.raises(InstallError, match=f"with {before.previous}; {before.current} runs again"):
        install.rollback(managed, versions)
    assert versions.pointers() == before
    managed.good.clear()
    with pytest.raises(InstallError, match="does not start either; remedy: systemctl status bowlby"):
        install.rollback(managed, versions)


def test_a_version_that_hangs_in_its_trial_is_not_waited_for(
    computer: Computer, managed: DoesNotStart, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.do("install")
    computer.new_version(2)
    set_up = computer.checkout / "setup.sh"
    set_up.write_text(SET_UP.replace('cat "$here/../../number"', "exec sleep 60"))
    monkeypatch.setattr(install, "TRIAL_S", 0.5)
    with pytest.raises(InstallError, match=r"has not ended after 0\.5 s\. What ran before still does"):
        install.install(managed, Versions(managed.base))
    assert computer.starts() == 1


def test_what_others_have_put_into_its_places_is_left_and_named(computer: Computer) -> None:
    computer.do("install")
    command, rule = (computer.root / place for place in ("usr/local/bin/bowlby", "etc/udev/rules.d/60-bowlby.rules"))
    for place in (command, rule):
        place.unlink()
    command.write_text("installed by pip")
    rule.symlink_to("/dev/null")  # how one switches a rule off
    assert f"{rule} is there and not of this installation" in computer.do("install", expect=1)
    told = computer.do("uninstall")
    assert f"Left {command}" in told
    assert f"Left {rule}" in told
    assert command.read_text() == "installed by pip"
    left = {path for path in computer.root.rglob("*") if not path.is_dir() and path != computer.letter}
    assert left == {rule, command}


def cut_the_power(computer: Computer, times: int, seed: int) -> set[int]:
    """Kill installations, updates and roll backs at random moments; which versions were found to start."""
    chance = generator(seed)
    found = set[int]()
    before = 0
    began = stopwatch()
    Computer(computer.root.parent / "measured").do("install")
    whole = stopwatch() - began  # so that kills fall into every part of it, however busy the machine is
    number = 0
    # On a machine that has become slower since, each may come too early: a few more then.
    while number < times or (len(found) < 2 and number < 4 * times):
        number += 1
        computer.new_version(number)
        step = "rollback" if before and chance.random() < 0.15 else "install"
        computer.kill(step, float(chance.uniform(0.05, 1.3) * whole * (1.0 if step == "install" else 0.3)))
        now = computer.starts()
        assert now or not before, "a version that was installed is gone"
        assert computer.letter.read_text() == LETTER
        found.add(now)
        before = now
    computer.new_version(number + 1)
    computer.do("install")
    assert computer.starts() == number + 1
    return found


@pytest.mark.slow
def test_killed_at_random_moments_the_next_start_works(computer: Computer) -> None:
    assert len(cut_the_power(computer, 10, seed=1)) > 1


@pytest.mark.soak
def test_killed_at_a_hundred_random_moments_the_next_start_works(computer: Computer) -> None:
    assert len(cut_the_power(computer, 100, seed=2)) > 10


def test_the_unit_and_the_udev_rule_are_understood(tmp_path: Path) -> None:
    host = HOUSE / "hardware" / "host"
    unit = (host / "bowlby.service").read_text(encoding="utf-8")
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("there is no systemd-analyze here")
    copy = tmp_path / "bowlby.service"
    copy.write_text(unit.replace("/opt/bowlby/current/.venv/bin/bowlby", sys.executable), encoding="utf-8")
    done = subprocess.run([verify, "verify", str(copy)], capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("device", "major", "minor"),
    [  # as Linux has assigned them: Documentation/admin-guide/devices.txt
        ("ttyACM0, a Uno", 166, 0),
        ("ttyUSB1, a Nano or a bus adapter", 188, 1),
        ("ttyAMA0, a Pico on a Raspberry Pi's line", 204, 64),
        ("ttyAMA10, the same on a Raspberry Pi 5", 204, 74),
        ("ttyS0, the same on one with Bluetooth", 4, 64),
        ("video0, a camera", 81, 0),
        ("controlC1, a sound card", 116, 32),
    ],
)
def test_the_service_may_use_each_kind_of_device_also_before_its_driver_was_loaded(
    device: str, major: int, minor: int
) -> None:
    unit = (HOUSE / "hardware" / "host" / "bowlby.service").read_text(encoding="utf-8")
    allowed = re.findall(r"^DeviceAllow=(\S+) rw$", unit, re.MULTILINE)
    assert {f"char-{major}", f"/dev/char/{major}:{minor}"} & set(allowed), device


def test_a_kind_of_device_without_a_number_is_known_before_the_service_starts() -> None:
    unit = (HOUSE / "hardware" / "host" / "bowlby.service").read_text(encoding="utf-8")
    names = set(re.findall(r"^DeviceAllow=char-([a-z]\S*) rw$", unit, re.MULTILINE))
    assert names == {"media", "dma_heap"}  # dma_heap is no module
    for setting in ("Wants", "After"):
        assert re.search(rf"^{setting}=.*\bmodprobe@mc\.service\b", unit, re.MULTILINE)
