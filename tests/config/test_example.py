"""The example of a configuration is the defaults, explains every key, and is right in what it shows commented out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.config.schema import Config
from robot.core import typed_toml
from robot.core.typed_toml import Table
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = HOUSE / "config.example.toml"


def tables_of(model: type[Table], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(table, key) of everything that can be set; a table in a table is a key of it."""
    for key, field in model.model_fields.items():
        if not prefix and isinstance(field.annotation, type) and issubclass(field.annotation, Table):
            yield from tables_of(field.annotation, key)
        else:
            yield prefix, key


def test_the_example_is_the_defaults_and_explains_every_key() -> None:
    assert typed_toml.read(Config, EXAMPLE) == Config()
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    explained, table = set(), ""
    for before, line in zip(["", *lines], lines, strict=False):
        if header := re.fullmatch(r"\[(\w+)\]", line):
            table = header[1]
        elif key := re.fullmatch(r"(?:# )?(\w+) = \S.*", line):
            assert before.startswith("# "), f"{line}: explain it in the line before"
            explained.add((table, key[1]))
    assert explained == set(tables_of(Config))


def test_a_copy_of_the_example_with_a_reachy_mini_for_its_body_has_that_ones_senses() -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace('body = "/dev/ttyACM0"', 'body = "reachy://"')
    parts = typed_toml.parse(Config, text, "example").parts
    assert {parts.camera, parts.ears, parts.speaker} == {"reachy://"}


def test_what_the_example_shows_commented_out_is_right_as_well() -> None:
    text = re.sub(r"(?m)^# (\w+ = \S.*)$", r"\1", EXAMPLE.read_text(encoding="utf-8"))
    assert typed_toml.parse(Config, text, "example") != Config()
