"""A mistake in the configuration stops the start with its line, the reason and the nearest key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.config.schema import Config, load
from robot.core.errors import BowlbyError, ConfigError
from robot.core.typed_toml import parse
from tests.support.command_line import refused

if TYPE_CHECKING:
    from pathlib import Path

MISTAKES = [
    ('[robot]\nnmae = "Ada"\n', r"c\.toml:2: unknown key 'robot\.nmae' .*did you mean 'name'"),
    ("\n\n[robt]\n", r"c\.toml:3: unknown key 'robt' .*did you mean 'robot'"),
    ("[care]\n\nasleep_after_s = 3\n", r"c\.toml:3: care\.asleep_after_s: .*greater than or equal to 10.*it is 3"),
    ('[page]\nhost = "x"\nport = "http"\n', r"c\.toml:3: page\.port: .*valid integer.*it is 'http'"),
    ("[page]\nport = 99999\n", r"c\.toml:2: page\.port: .*65535"),
    ('[robot]\nlanguage = "de"\n', r"c\.toml:2: robot\.language: .*(did you mean|known here)"),
    ("[care]\nquiet_from = 25\n[robot\n", r"c\.toml:3: this is not TOML"),
    ("page.port = 0\n", r"c\.toml:1: page\.port"),
    ("robot = 3\n", r"c\.toml:1: robot"),
    ("character.anxiety = 1.5\n", r"c\.toml:1: character\.anxiety: .*less than or equal to 1"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse(Config, text, "c.toml")


def test_no_file_is_the_defaults_and_a_file_changes_only_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "bowlby.toml"
    path.write_text('[robot]\nname = "Zoé"\nlanguage = "fr"\n', encoding="utf-8")
    changed = load(path)
    assert changed.robot.name == "Zoé"
    assert changed.model_copy(update={"robot": Config().robot}) == load(None) == Config()


def test_the_personal_file_is_read_when_no_other_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "bowlby").mkdir()
    (tmp_path / "bowlby" / "bowlby.toml").write_text('[robot]\nname = "Bo"\n')
    assert load(None).robot.name == "Bo"


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: the file cannot be read: No such file"):
        load(tmp_path / "none.toml")
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(path)


@given(st.text(max_size=200))
def test_any_text_is_a_configuration_or_a_named_mistake(text: str) -> None:
    try:
        parse(Config, text, "c.toml")
    except BowlbyError as error:
        assert str(error).startswith("c.toml:")  # noqa: PT017 - both outcomes are right, this is one of them


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("talk", "--model", "foo://x"), "model: no model is at foo://"),
        (("run", "--body", "//[x"), "body: this is no address"),
    ],
)
def test_an_address_on_the_command_line_that_is_none_is_refused_as_one_in_a_file_is(
    words: tuple[str, ...], why: str
) -> None:
    assert why in refused(*words)
