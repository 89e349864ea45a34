"""Builds the site: every page of the project where it stands, and pages of the public doors from their docstrings."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from tests.support.pages import all_pages, links  # noqa: E402 - found through the line above

PAGES = HOUSE / ".site" / "pages"
DOORS = {  # what people build on: title -> modules
    "Messages": (
        "robot.core.messages",
        "robot.core.scene",
        "robot.core.intents",
        "robot.core.requests",
        "robot.core.tick",
    ),
    "Parts": ("robot.parts.protocols", "robot.parts.registry", "robot.core.errors", "robot.core.clock"),
    "Behaviours": ("robot.decide.behavior", "robot.core.diary", "robot.core.decision"),
    "Bodies": ("robot.core.body_description", "firmware_bridge.body", "firmware_bridge.framing"),
    "Service": ("robot.health.systemd", "robot.health.last_run", "robot.health.metrics", "robot.loop.load_shedding"),
}


def lay_out() -> None:
    """Copy the pages and whatever they link to, at the same places."""
    shutil.rmtree(PAGES, ignore_errors=True)
    for page in all_pages():
        _copy(page)
        for link in links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            if "://" not in link and target.is_file() and target.suffix != ".md":
                _copy(target)
    index = PAGES / "README.md"
    index.rename(PAGES / "index.md")
    for page in PAGES.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"(\]\((?:\.\./)+)README\.md", r"\1index.md", text), encoding="utf-8")


def _copy(path: Path) -> None:
    to = PAGES / path.relative_to(HOUSE)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, to)


def write_doors() -> None:
    """One page for each group of modules; mkdocstrings fills them in."""
    folder = PAGES / "api"
    folder.mkdir()
    for title, modules in DOORS.items():
        body = "\n".join(f"::: {module}\n" for module in modules)
        (folder / f"{title.lower()}.md").write_text(f"# {title}\n\n{body}", encoding="utf-8")


def main() -> int:
    lay_out()
    write_doors()
    config = str(HOUSE / "docs" / "mkdocs.yml")
    return subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
