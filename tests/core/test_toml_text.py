"""No TOML file holds up who reads it: what would is refused with its place and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.config.answers import Answers, merged
from robot.config.schema import Config
from robot.core import toml_text, typed_toml
from robot.core.errors import ConfigError
from robot.core.toml_text import DEEPEST, LARGEST
from robot.express.keyframes import read_expression
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from pathlib import Path

DEEP = 50_000
HURTING = {
    "one key of 50,000 names": (".".join("a" * DEEP) + " = 1", r":1: .*within each other \(make it flatter\)"),
    "a table of 50,000 names": ("[" + ".".join("a" * DEEP) + "]", r":1: .*within each other \(make it flatter\)"),
    "lists in lists": ("x = 1\na = " + "[" * DEEP + "]" * DEEP, r":2: .*within each other \(make it flatter\)"),
    "tables in tables": ("a = " + "{a=" * DEEP + "1" + "}" * DEEP, r":1: .*within each other \(make it flatter\)"),
    "a number without end": ("a = " + "9" * 100_000, r"not TOML: Exceeds the limit .*smaller number"),
    "a number that cannot be told": ("[robot]\nname = 0x" + "f" * 100_000, r":2: robot\.name: .*more digits"),
    "a name without end": ("a" * 100_000 + " = 1", r":1: unknown key 'a{1,80}…'"),
    "too long a file": ("#" * (LARGEST + 1), r"larger than 384 KiB \(split it up"),
}


@pytest.mark.parametrize(("text", "told"), HURTING.values(), ids=HURTING)
def test_what_would_hurt_is_told_with_place_and_remedy(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=told) as caught:
        typed_toml.read(Config, path)
    assert len(str(caught.value)) < 500


def test_depth_is_counted_outside_of_strings_and_comments_only() -> None:
    words = "[" * 40 + "." * 40
    text = (
        f'# {words}\na = "{words}"\nb = \'{words}\'\nc = \'\'\'\n{words}\'\'\'\nd = """{words}\n\\"{words}"""\ne = 1\n'
    )
    flat = "[" + ", ".join(["0.5"] * 100) + "]"
    assert toml_text.loads(f"{text}f = {flat}\n", "x")["f"] == [0.5] * 100
    nested = ".".join("a" * DEEPEST)
    assert toml_text.loads(f"{nested} = 1", "x")
    with pytest.raises(ConfigError, match="x:2: "):
        toml_text.loads(f"b = 1\n{nested}.a = 1", "x")


def test_what_is_answered_goes_into_no_file_that_would_take_minutes() -> None:
    lines = "\n".join(f"a.b.c.d.e.f.g.k{number} = 1" for number in range(1_000))
    with pytest.raises(ConfigError, match="larger than 16 KiB"):
        merged(lines, Answers(), "x")
    with pytest.raises(ConfigError, match=r"x:1: .*within each other"):
        merged(lines[:1_000], Answers(), "x")


def test_an_expression_has_few_frames(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("".join(f"[[frame]]\nt = {number / 1000 + 0.001}\n" for number in range(5_000)), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"frame: .*at most 200"):
        read_expression(path)
    path.write_text("# Nothing.\n[[frame]]\nt = 0.5\n", encoding="utf-8")
    assert read_expression(str(path)) == read_expression(path)


def test_the_line_is_found_among_many_tables_within_each_other() -> None:
    """Each [[person]] counts its own [[person.way]] from the first."""
    person = "[[person]]\nname = 'Ada'\n[[person.way]]\nat = 0\n[[person.way]]\nat = 1\n"
    text = f"about = 'x'\nduration_s = 10\n{person}{person.replace('at = 1', 'at = -1')}"
    with pytest.raises(ConfigError, match=r"x:14: person\.2\.way\.2\.at"):
        typed_toml.parse(Scenario, text, "x")
