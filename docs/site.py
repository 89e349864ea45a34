"""Builds the site: every page of the project where it stands, and pages of the public doors from their docstrings."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from robot.express import keyframes  # noqa: E402 - as below
from sim.gallery import gallery  # noqa: E402 - as below
from tests.support.pages import all_pages, links  # noqa: E402 - found through the line above

SITE = HOUSE / ".site"
PAGES = SITE / "pages"
GALLERY = "<!-- the films -->"  # what follows it in docs/gallery.md is for whoever reads that in a checkout
DOORS = {  # what people build on: title -> modules
    "Messages": (
        "robot.core.percepts",
        "robot.core.body_frame",
        "robot.core.voice_commands",
        "robot.core.condition",
        "robot.core.scene",
        "robot.core.intents",
        "robot.core.requests",
        "robot.core.tick",
    ),
    "Parts": ("robot.parts.protocols", "robot.parts.registry", "robot.core.errors", "robot.core.clock"),
    "Behaviours": ("robot.decide.behavior", "robot.core.diary", "robot.core.decision"),
    "Bodies": (
        "robot.core.body_description",
        "robot.core.body_file",
        "firmware_bridge.body",
        "firmware_bridge.descriptions",
        "firmware_bridge.framing",
    ),
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
        up = "../" * (len(page.relative_to(PAGES).parts) - 1)
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"]({up}README.md", f"]({up}index.md"), encoding="utf-8")


def bring_diagrams() -> None:
    """What draws the diagrams, out of NiceGUI's wheel: the site calls nobody."""
    shutil.copy(HOUSE / "docs" / "diagrams.js", PAGES)
    shutil.copytree(str(resources.files("nicegui") / "elements" / "mermaid" / "dist"), PAGES / "mermaid")


def hang_gallery() -> None:
    """The films, drawn into a folder that the next build finds again, and the page's place for them."""
    drawn, hung = SITE / "films", PAGES / "docs" / "gallery"
    drawn.mkdir(parents=True, exist_ok=True)
    hung.mkdir()
    acts, motions = gallery.behaviors(drawn), gallery.expressions(drawn, keyframes.load_shipped())
    for film in [one.film for one in (*acts, *motions) if one.film]:
        for file in (f"{film}.webp", f"{film}-still.webp"):
            shutil.copy(drawn / file, hung)
    page = hung.with_suffix(".md")
    before, _, _ = page.read_text(encoding="utf-8").partition(GALLERY)
    page.write_text(before + gallery.hall(acts, motions, place=f"{hung.name}/"), encoding="utf-8")


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
    bring_diagrams()
    hang_gallery()
    shutil.copy(HOUSE / "docs" / "zensical.toml", SITE)
    shutil.rmtree(SITE / "html", ignore_errors=True)
    build = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", "zensical.toml"]
    return subprocess.run(build, cwd=SITE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
