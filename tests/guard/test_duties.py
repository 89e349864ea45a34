"""The table of duties is whole: where each is held, tests that exist, its words; and rules give reasons by key."""

from __future__ import annotations

import ast
import re

import pytest

from robot.guard.duties import duties, markdown
from robot.guard.rules.order import RULES
from robot.texts.catalogue import languages, words
from tests.support.catalogues import texts_of
from tests.support.imports import HOUSE


def test_all_duties_are_there_in_their_order() -> None:
    assert list(duties()) == list(range(1, 45))


@pytest.mark.parametrize("number", duties())
def test_each_duty_names_where_it_is_held_and_tests_that_exist(number: int) -> None:
    duty = duties()[number]
    assert all((duty.source, duty.where, duty.checks))
    if duty.held == "rule":
        assert number in {rule.duty for rule in RULES}
    elif "/" in duty.held:
        assert (HOUSE / duty.held).exists(), duty.held
    for check in duty.checks:
        file, name = check.split("::")
        tree = ast.parse((HOUSE / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, check


@pytest.mark.parametrize("language", languages())
def test_each_duty_is_told_with_its_reason_in_every_language(language: str) -> None:
    wanted = {f"duties.{name}_{number}" for number in duties() for name in ("duty", "reason")}
    assert texts_of("duties", language).keys() == wanted
    assert words(duties()[1].words, language) == texts_of("duties", language)["duties.duty_1"]


def test_every_rule_stands_in_the_table() -> None:
    assert {rule.duty for rule in RULES} <= set(duties())


def test_the_page_about_care_shows_the_same_table() -> None:
    page = (HOUSE / "docs" / "care.md").read_text(encoding="utf-8")
    assert markdown() in page, "run `python -m robot.guard.duties` and put what it prints into docs/care.md"


def test_what_is_held_back_is_told_by_keys() -> None:
    """Whatever a rule gives as a reason is a text of the catalogues, never a finished sentence."""
    given = [
        node.value
        for path in sorted((HOUSE / "robot" / "guard" / "rules").glob("*.py"))
        for top in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(top, ast.FunctionDef)
        for statement in top.body[1:]  # without its docstring
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert len({reason for reason in given if reason.startswith("verdict.")}) > 25
    assert [reason for reason in given if re.search(r"[a-z] [a-z]", reason)] == []
