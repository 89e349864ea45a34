"""A part that somebody wrote and that raises is told with its line, whatever it raises."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock
from robot.core.errors import PartError
from robot.parts import registry
from robot.parts.registry import CAMERAS, Surroundings, open_part

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        ("def camera(address, around):\n    return 1 / 0\n", "ZeroDivisionError", 2),
        ("import no_such_library\n", "ModuleNotFoundError", 1),
    ],
)
def test_it_is_told_with_its_line(
    text: str, told: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = f"strange_camera_{line}"
    (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    mine = EntryPoint("mine", f"{module}:camera", CAMERAS.group)
    monkeypatch.setattr(registry, "installed", lambda _: (mine,))
    with pytest.raises(PartError, match=told) as raised:
        open_part(CAMERAS, "mine:left", Surroundings(ManualClock()))
    assert raised.value.place == "mine:left"
    assert str(raised.value).endswith(f"{module}.py, line {line})")
