"""`bowlby talk` holds its talk with the robot of the configuration, one's own behaviours in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.command_line import printed
from tests.support.tea import tea

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_ones_own_behaviours_are_in_it_with_their_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    tea(tmp_path / "bowlby" / "behaviors")
    (tmp_path / "bowlby" / "bowlby.toml").write_text("[behaviors.tea]\nafter_s = 25\n", encoding="utf-8")
    silences = tmp_path / "silences.txt"
    silences.write_text("\n\n\n", encoding="utf-8")
    told = printed("talk", str(silences), "--json").splitlines()
    greeting, *later = (json.loads(line)["answer"] for line in told)
    assert "robot" in greeting
    assert "tea" not in greeting  # which it is after 4 s where the configuration says nothing
    assert "The tea is ready." in later


def test_an_explained_line_shows_what_it_says_and_not_what_every_line_has(tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("my knee hurts\n", encoding="utf-8")
    told = printed("talk", str(lines), "--explain")
    assert "back: Your knee hurts" in told
    assert "emergency:" not in told
    assert "hours:" not in told
