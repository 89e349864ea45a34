"""`bowlby express`: an expression is drawn, told in numbers, listed, and refused with what is wrong with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import cv2

from tests.support.command_line import printed, refused
from tests.support.wish import dance

if TYPE_CHECKING:
    from pathlib import Path


def test_the_express_command_draws_lists_and_tells(tmp_path: Path) -> None:
    film = tmp_path / "film.png"
    printed("express", "glad", "--strip", str(film), "--frames", "6")
    picture = cv2.imread(str(film))
    assert picture is not None
    height, width = picture.shape[:2]
    assert width > 5.5 * height
    steps = [picture[:, k * width // 6 : k * width // 6 + height - 8].astype(int) for k in range(6)]
    assert abs(steps[0] - steps[2]).mean() > 3.0
    told = json.loads(printed("express", "disagree", "--json"))
    yaws = [frame["head_yaw"] for frame in told["frames"]]
    assert max(yaws) > 16
    assert min(yaws) < -16
    both = tmp_path / "both.png"
    assert json.loads(printed("express", "disagree", "--json", "--strip", str(both))) == told
    assert both.exists()
    assert len(json.loads(printed("express", "--list", "--json"))) >= 24
    assert "did you mean 'nod'" in refused("express", "nodd")
    broken = dance(tmp_path, 300.0)
    assert "my_dance.toml:4" in refused("express", str(broken))
