"""The site of the documentation is laid out with every page and whatever the pages link to."""

from __future__ import annotations

import importlib
import importlib.util
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.imports import HOUSE
from tests.support.pages import all_pages, links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_of_docs", HOUSE / "docs" / "site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PAGES", tmp_path / "pages")
    return module


def test_every_page_is_there_and_every_link_of_it_leads_to_a_file(site: ModuleType) -> None:
    site.lay_out()
    laid = sorted(site.PAGES.rglob("*.md"))
    assert len(laid) == len(all_pages())
    for page in laid:
        for link in links(page):
            target = link.partition("#")[0]
            if target and "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page}: {link}"


def test_the_pages_of_public_doors_name_modules_that_exist(site: ModuleType) -> None:
    (site.PAGES).mkdir()
    site.write_doors()
    assert len(list(site.PAGES.glob("api/*.md"))) == len(site.DOORS)
    for modules in site.DOORS.values():
        for module in modules:
            assert importlib.import_module(module).__doc__


def named(entries: list[Any]) -> Iterator[str]:
    """The pages of a table of contents, at any depth."""
    for entry in entries:
        for target in [entry] if isinstance(entry, str) else entry.values():
            yield from named(target) if isinstance(target, list) else [target]


def test_the_contents_name_every_page_of_the_documentation_and_none_that_is_not_there(site: ModuleType) -> None:
    site.lay_out()
    site.write_doors()
    contents = list(
        named(tomllib.loads((HOUSE / "docs" / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"])
    )
    assert len(contents) == len(set(contents))
    laid = {str(page.relative_to(site.PAGES)) for page in site.PAGES.rglob("*.md")}
    assert set(contents) <= laid
    decisions = {name for name in laid if name.startswith(("docs/decisions/0", "docs/decisions/1"))}
    assert {name for name in laid if name.startswith(("docs/", "api/"))} - decisions <= set(contents)


def test_what_a_page_is_read_with_lies_beside_it(site: ModuleType) -> None:
    """Nothing is fetched from elsewhere: the theme asks for no font, and what draws diagrams is brought along."""
    project = tomllib.loads((HOUSE / "docs" / "zensical.toml").read_text(encoding="utf-8"))["project"]
    assert project["theme"]["font"] is False
    site.PAGES.mkdir()
    site.bring_diagrams()
    assert all((site.PAGES / script).is_file() for script in project["extra_javascript"])
    assert (site.PAGES / "mermaid" / "index.js").is_file()
