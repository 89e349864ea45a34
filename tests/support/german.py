"""The German package as if it were installed: a folder on the path with its files and its entry points."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = HOUSE / "examples" / "bowlby-german"
FILES = PACKAGE / "bowlby_german"
PATIENCE_S = 600.0


def install(folder: Path, files: Path = FILES) -> Path:
    """Make such a folder."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = folder / f"bowlby_german-{project['version']}.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    rows = [
        f"[{group}]\n{name} = {value}\n"
        for group, found in project["entry-points"].items()
        for name, value in found.items()
    ]
    (told / "entry_points.txt").write_text("".join(rows))
    (folder / "bowlby_german").symlink_to(files, target_is_directory=True)
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Python with that folder on its path."""
    path = os.pathsep.join((str(folder), str(HOUSE)))
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "PYTHONPATH": path},
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
