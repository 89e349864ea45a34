"""The site of the documentation is laid out with every page and whatever the pages link to."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING

import pytest

from tests.support.imports import HOUSE
from tests.support.pages import all_pages, links

if TYPE_CHECKING:
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
