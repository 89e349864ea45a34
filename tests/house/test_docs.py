"""What the pages say is so: every command runs, every link leads somewhere, every key and phrase exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from docs.make import PARTS, made
from robot.config.schema import ProfileTable
from sim.world.expectations import ExpectTable
from sim.world.scenario import Scenario
from tests.support.command_line import helped
from tests.support.imports import HOUSE, modules
from tests.support.pages import all_pages, blocks, commands, inline, links
from tests.support.tables import TABLES

PAGES = all_pages()
WITH_COMMANDS = [page for page in PAGES if any(commands(page))]
# A command may end with another code than 0 where the page says so.
OTHER_CODES = {"bowlby doctor": {0, 1}, "bowlby run": {0, 3}}
FOLDERS = "|".join(path.name for path in HOUSE.glob("[!.]*") if path.is_dir())
FIRST_READ = {"README.md", "docs/get-started.md", "docs/fr/mise-en-route.md"}  # what a newcomer types
SCHEMES = ("http://", "https://", "mailto:")


def short(page: Path) -> str:
    return str(page.relative_to(HOUSE))


def finite(command: str) -> str:
    """A command that would run until Ctrl-C, held to a second and without a browser. A scenario is played with the
    truth for a camera, unless its pictures are kept: `test_nothing_leaves.py` plays one through pictures.
    """
    words = shlex.split(command)
    if "sim" in words and "--headless" in words and not {"--senses", "--record-pictures"} & set(words):
        return f"{command} --senses truth"
    if words[:2] == ["bowlby", "lend"]:
        return f"{command} --seconds 1"
    lasting = words[:2] in (["bowlby", "sim"], ["bowlby", "run"]) and not {"--headless", "--list", "--help"} & set(
        words
    )
    return f"{command} --no-browser --seconds 1" if lasting else command


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """By somebody with a home of their own; the reader's weights, which take a second to make, are there already."""
    environment = {name: value for name, value in os.environ.items() if name[:4] != "XDG_" or name == "XDG_CACHE_HOME"}
    environment |= {"HOME": str(folder), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-c", finite(command)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if short(page) in FIRST_READ else pytest.mark.soak, id=short(page))
        for page in WITH_COMMANDS
    ],
)
def test_every_command_of_a_page_works_in_the_order_of_the_page(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        if block.file:
            path = tmp_path / block.file.replace("~", ".").lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        if block.language != "sh":
            continue
        for command in block.text.splitlines():
            if command.startswith(("make ", "ASSUME_YES=1 make ", ". .venv/")):
                continue  # a set-up; see test_every_make_target_that_is_named_exists
            done = run(command, tmp_path)
            assert done.returncode in OTHER_CODES.get(command, {0}), f"{command}\n{done.stdout}\n{done.stderr}"


def test_the_pages_have_commands() -> None:
    assert len(WITH_COMMANDS) >= 4


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    """In the project's Makefile, in that of the page's own folder, or in the one after -C."""
    for line in [*commands(page), *inline(page)]:
        words = shlex.split(line) if line.startswith("make ") else []
        folders = [HOUSE, page.parent] if "-C" not in words else [HOUSE / words.pop(words.index("-C") + 1)]
        files = [folder / "Makefile" for folder in folders if (folder / "Makefile").is_file()]
        known = {name for file in files for name in re.findall(r"(?m)^([\w-]+):", file.read_text(encoding="utf-8"))}
        targets = {word for word in words[1:] if "=" not in word and not word.startswith("-")}
        assert targets <= known, line


def options_of(*command: str) -> str | None:
    """The help of a command, or None when there is no such command."""
    asked = helped(*command)
    return asked.stdout if asked.exit_code == 0 else None


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_command_and_option_that_is_named_exists(page: Path) -> None:
    for line in [*commands(page), *inline(page)]:
        found = re.match(r"(?:! )?bowlby((?: [a-z]+)*)", line)
        if not found:
            continue
        names = found[1].split()
        told = options_of(*names[:1])
        assert told is not None, f"{line}: there is no such command"
        if len(names) > 1 and "COMMAND" in told.partition("\n\n")[0]:
            told = options_of(*names[:2])
            assert told is not None, f"{line}: there is no such command"
        for option in re.findall(r"(?<!\S)--[a-z-]+", line):
            assert option in (told + str(options_of())), f"{line}: there is no option {option}"


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in links(page):
        if target.startswith(SCHEMES):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), target
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", goal.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}, target


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_file_that_is_named_exists(page: Path) -> None:
    written = {block.file for block in blocks(page)}
    for name in inline(page):
        if re.fullmatch(rf"(?:{FOLDERS})/[\w./-]*", name):
            assert (HOUSE / name).exists() or (page.parent / name).exists() or name in written, name


def test_every_module_that_a_docstring_names_exists() -> None:
    """By its path from the folder of the one that names it, or from one above it."""
    wrong = [
        f"{path.relative_to(HOUSE)} names {name}"
        for path in modules().values()
        for name in re.findall(r"`([\w/]+\.(?:py|cpp|h|js))`", path.read_text(encoding="utf-8"))
        if not any((folder / name).exists() for folder in path.parents)
    ]
    assert not wrong


def keys(model: type[BaseModel]) -> set[str]:
    """All keys that a file of this kind may have, at any depth."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        found.add(name)
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= keys(inner)
    return found


def test_the_page_on_scenarios_explains_every_key_and_every_expectation() -> None:
    page = HOUSE / "docs" / "scenarios.md"
    told = set(inline(page))
    parts = {"person", "touch", "push", "light", "camera", "room", "fault", "profile", "before", "day", "expect"}
    assert keys(Scenario) - parts - keys(ProfileTable) <= told  # those of a profile: docs/live-with-it.md
    assert {
        "[[person]]",
        "[[touch]]",
        "[[push]]",
        "[[light]]",
        "[camera]",
        "[room]",
        "[[fault]]",
        "[[expect]]",
        "[profile]",
        "[before]",
        "[[before.day]]",
    } <= told
    assert {f'"{what}"' for what in get_args(ExpectTable.model_fields["what"].annotation)} <= told


@pytest.mark.parametrize("page", PARTS)
def test_what_is_made_from_the_code_is_as_the_code_is_now(page: str) -> None:
    text = (HOUSE / "docs" / page).read_text(encoding="utf-8")
    assert text == made(page), "run: python -m docs.make"


@pytest.mark.parametrize(
    ("page", "language", "quotes"), [("live-with-it.md", "en", "“”"), ("fr/lui-parler.md", "fr", "«»")]
)
def test_what_the_page_says_that_people_say_is_understood(page: str, language: str, quotes: str) -> None:
    text = (HOUSE / "docs" / page).read_text(encoding="utf-8")
    rows = [
        line.split("|")[1] for line in text.splitlines() if line.startswith("|") and quotes[0] in line.split("|")[1]
    ]
    said = [words.strip() for row in rows for words in re.findall(f"{quotes[0]}(.+?){quotes[1]}", row)]
    assert len(said) >= 10
    for words in said:
        assert TABLES.understand(words, language).intent != "unknown", words
