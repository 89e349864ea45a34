"""Installs, updates, rolls back and removes the robot on its computer: `make install` and its sisters run this.

Standard library only. Every step may be interrupted and begun again; see `versions.py` for why that is safe.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import wave
from importlib.util import find_spec
from pathlib import Path

from hardware.host.system import System
from hardware.host.versions import InstallError, Pointers, Versions

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("robot", "behaviors", "firmware_bridge", "hardware", "sim")
SEE_WHY = "remedy: systemctl status bowlby"
TRIAL_S = 600.0  # its first start reads all of its libraries from a card, and a recogniser is much work
TRIAL = """
[parts]
body = "sim://"
camera = ""
ears = ""
speaker = ""
"""


def say(text: str) -> None:
    sys.stderr.write(f"\033[1m{text}\033[0m\n" if sys.stderr.isatty() else f"{text}\n")


def install(system: System, versions: Versions, extras: str | None = None) -> None:
    """Lay this checkout beside what is there, try it, switch to it, start it; back again if it does not start.

    `extras`: names of pyproject.toml's extras to install as well; None: those of the installation before.
    """
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = " ".join(sorted(set((system.extras if extras is None else extras).split())))
    camera = "picamera2" if find_spec("picamera2") else ""  # then the environment sees the system's packages
    name = versions.take_in(HOUSE, project["version"], f"{extras};{camera}")
    folder = versions.folder(name)
    if not versions.whole(name):
        say(f"Setting up {name} in {folder}; what runs now is not touched")
        set_up(folder, extras, versions.base / "models")
        say("Trying it: one second of the simulated body, and whether it understands what is said")
        attempt(folder)
        versions.complete(name)
    before = versions.pointers()
    system.make_user()
    system.lay_links()
    versions.switch(name)
    start(system, versions, before)
    system.keep_extras(extras)
    for gone in versions.prune():
        say(f"Removed {gone}")
    say(f"Installed. What the robot keeps is in {system.data}. First: sudo bowlby setup; then: sudo bowlby doctor")


def set_up(folder: Path, extras: str, models: Path) -> None:
    """System packages, environment, speech model and compiled bytecode; the robot's user may not write there."""
    settings = {"PYTHON": sys.executable, "VENV": ".venv", "SITE_PACKAGES": "auto", "EXTRAS": extras}
    settings["MODELS"] = str(models)  # one copy for all versions
    if subprocess.run(["./setup.sh", "run"], cwd=folder, env=os.environ | settings, check=False).returncode:
        raise InstallError("the set-up failed; its words are above. Run the same command again")
    python = str(folder / ".venv/bin/python")  # what some library keeps for another Python does not compile: no matter
    subprocess.run([python, "-m", "compileall", "-qq", "-j0", ".venv/lib", *ROOMS], cwd=folder, check=False)


def attempt(folder: Path) -> None:
    """A version that cannot run for a second, or cannot load what it understands speech with, is not switched to."""
    with tempfile.TemporaryDirectory() as home:
        config, silence = Path(home) / "trial.toml", Path(home) / "silence.wav"
        config.write_text(TRIAL, encoding="utf-8")
        with wave.open(str(silence), "wb") as sound:
            sound.setparams((1, 2, 16000, 0, "NONE", ""))
            sound.writeframes(bytes(2 * 16000))
        program = str(folder / ".venv/bin/bowlby")
        _try([program, "run", "--config", str(config), "--seconds", "1"], home, "run")
        _try([program, "hear", str(silence)], home, "understand speech")


def _try(command: list[str], home: str, what: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NOTIFY_"))}
    try:
        done = subprocess.run(command, env=kept | {"HOME": home}, check=False, timeout=TRIAL_S)
    except subprocess.TimeoutExpired:
        raise InstallError(
            f"this version hangs: its second has not ended after {TRIAL_S:g} s. What ran before still does"
        ) from None
    if done.returncode:
        raise InstallError(f"this version does not {what} here; its words are above. What ran before still does")


def start(system: System, versions: Versions, before: Pointers) -> None:
    """Start what `current` points to now; if it does not start, all is as it was `before`, and that runs again."""
    name = versions.pointed("current")
    say(f"{name} is the version that runs from now on")
    if system.start():
        return
    if before.current in {"", name}:
        raise InstallError(f"the service does not start; {SEE_WHY}")
    versions.restore(before)
    then = "runs again" if system.start() else f"is back, and does not start either; {SEE_WHY}"
    raise InstallError(f"the service does not start with {name}; {before.current} {then}")


def rollback(system: System, versions: Versions) -> None:
    """Go back to the version before; a second time goes forward again."""
    before = versions.pointers()
    versions.back()
    start(system, versions, before)


def uninstall(system: System, versions: Versions) -> None:
    """Remove all but the person's data, and say where that is."""
    system.stop()
    for left in system.remove_links():
        say(f"Left {left}: it is not of this installation")
    for link in ("current", "previous"):
        (versions.base / link).unlink(missing_ok=True)
    shutil.rmtree(versions.base)
    system.keep_extras("")
    system.forget_service()
    system.remove_user()
    say(
        f"Removed. What the robot kept of people is left in {system.data}; to remove that too: sudo rm -r {system.data}"
    )
    say("System packages that apt installed are left, as other programs may use them.")


def status(system: System, versions: Versions) -> None:
    """Which version runs, which one came before, and where the data is."""
    rows = {
        "current": versions.pointed("current") or "none",
        "previous": versions.pointed("previous") or "none",
        "extras": system.extras or "none",
        "data": str(system.data),
    }
    sys.stdout.write("".join(f"{name}\t{value}\n" for name, value in rows.items()))


STEPS = {"rollback": rollback, "uninstall": uninstall, "status": status}


def main() -> int:
    parser = argparse.ArgumentParser(prog="install.py", description=__doc__)
    parser.add_argument("step", choices=("install", *STEPS))
    parser.add_argument("--root", type=Path, default=Path("/"), help="lay it out under this folder instead of /")
    parser.add_argument("--extras", help="install these extras as well, now and from now on; '' for none")
    asked = parser.parse_args()
    system = System(asked.root.resolve())
    if system.live and os.geteuid() and asked.step != "status":
        say(f"bowlby: installing needs root; remedy: sudo make {asked.step}")
        return 1
    os.umask(0o022)
    versions = Versions(system.base)
    try:
        if asked.step == "status":
            status(system, versions)
            return 0
        with versions.locked():
            if asked.step == "install":
                install(system, versions, asked.extras)
            else:
                STEPS[asked.step](system, versions)
    except (InstallError, OSError) as error:
        say(f"bowlby: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
