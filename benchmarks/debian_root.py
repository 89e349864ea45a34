"""A fresh Debian 13 in a folder, with this checkout in it: a machine that nobody has touched, to try things on.

Its packages come from where this machine's own apt gets them, its Python packages as this machine's pip and uv are set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hardware.host.versions import project_files
from tests.support.imports import HOUSE

RELEASE = "trixie"
PROGRAM = "/root/bowlby"  # the checkout
ENVIRONMENT = ".venv"  # what the checkout's set-up makes; it outlives the next copy
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
OF_THIS_MACHINE = (CERTIFICATES, "/etc/pip.conf", "/etc/uv/uv.toml")
INDEXES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL")
SETTINGS = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "SSL_CERT_FILE": CERTIFICATES,
    "UV_SYSTEM_CERTS": "1",
    "ASSUME_YES": "1",
    **{name: text for name, text in os.environ.items() if name in INDEXES or name.lower().endswith("_proxy")},
}


def need(packages: dict[str, str]) -> None:
    """End with a remedy, without root or without a program. `packages`: program, and Debian's package of it."""
    if os.geteuid():
        sys.exit("a machine in a folder needs root; remedy: the same command with sudo before it")
    missing = " ".join(package for program, package in packages.items() if shutil.which(program) is None)
    if missing:
        sys.exit(f"not installed: {missing}; remedy: sudo apt-get install {missing}")


def make(root: Path, packages: str, machine: str = "") -> None:
    """Debian in a new folder, whole or not at all. `machine`: Debian's name of another kind than this one's."""
    unfinished = root.with_name(f"{root.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    kind = [f"--architectures={machine}"] if machine else []
    what = ["--variant=minbase", *kind, f"--include={packages}", RELEASE, str(unfinished), *sources()]
    if subprocess.run(["unshare", "--mount", "mmdebstrap", "-q", *what], check=False).returncode:  # its mounts end, too
        sys.exit("Debian could not be laid out; the reason is above. remedy: check the network and the free space")
    unfinished.rename(root)


def sources() -> list[str]:
    """Lines of a sources.list for Debian 13, by what this machine's apt is set to."""
    asked = "$(REPO_URI) $(CODENAME) $(SIGNED_BY)"
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", asked, "Created-By: Packages", "Component: main"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = sorted({tuple(line.split()) for line in listed.splitlines()})
    known = {name: f"{uri} {name} main" for uri, name, *_ in rows if name.partition("-")[0] == RELEASE}
    keys = {name: f"[signed-by={key}] " for _, name, *key_ in rows for key in key_}
    if RELEASE not in known:
        sys.exit(f"this machine's apt knows no Debian {RELEASE}; remedy: run this on Debian 13, after apt-get update")
    return [f"deb {keys.get(name, '')}{line}" for name, line in known.items()]


def take_in(root: Path) -> None:
    """This checkout as it is now, and whom this machine trusts; an environment that was made there before stays."""
    for name in OF_THIS_MACHINE:
        if Path(name).is_file():
            to = root / name.lstrip("/")
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(name, to)
    checkout = root / PROGRAM.lstrip("/")
    checkout.mkdir(parents=True, exist_ok=True)
    for old in checkout.iterdir():
        if old.name != ENVIRONMENT:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for path in project_files(HOUSE):
        to = checkout / path.relative_to(HOUSE)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, to)
