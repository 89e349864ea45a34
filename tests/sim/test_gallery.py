"""The gallery shows every behaviour and expression, each brought about in a scene of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cv2
import pytest

from robot.app.behavior_loader import load_behaviors
from robot.core.errors import InputError
from robot.express import keyframes
from sim.gallery import gallery
from sim.gallery.commands import gallery as command
from sim.gallery.scenes import play, scenes

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [name for name, scene in scenes().items() if not scene.lacks]


def test_there_is_a_scene_for_every_behaviour_that_ships_and_for_no_other() -> None:
    assert scenes().keys() == {behavior.name for behavior in load_behaviors()}
    assert len(NAMES) >= len(scenes()) - 2


@pytest.mark.slow  # all of them, half a second each
@pytest.mark.parametrize("name", NAMES)
def test_its_scene_brings_a_behaviour_about(name: str) -> None:
    film = play(name, scenes()[name])
    assert film is not None, f"{name} never came to run"
    assert film.frames[-1].t >= 1.0


@pytest.mark.slow  # draws two films
def test_a_page_shows_what_is_wanted_moving_and_still(tmp_path: Path) -> None:
    acts = gallery.behaviors(tmp_path, ["touch"])
    motions = gallery.expressions(tmp_path, keyframes.load_shipped(), ["nod"])
    page = gallery.page(acts, motions)
    shown = re.findall(r'<img class="(\w+)" src="([^"]+)"', page)
    assert [kind for kind, _ in shown] == ["moving", "still"] * 2
    for kind, source in shown:
        read, film = cv2.imreadanimation(str(tmp_path / source))
        assert read
        assert (len(film.frames) > 8) is (kind == "moving")
    assert "<code>touch</code>" in page
    assert "<code>nod</code>" in page
    assert "\n\n" not in gallery.hall(acts, motions)  # an empty line would end it in a Markdown page


def test_what_is_drawn_already_is_not_drawn_again(tmp_path: Path) -> None:
    known = keyframes.load_shipped()
    (first,) = gallery.expressions(tmp_path, known, ["nod"])
    (tmp_path / f"{first.film}.webp").write_bytes(b"as it was")
    (second,) = gallery.expressions(tmp_path, known, ["nod"])
    assert second == first
    assert (tmp_path / f"{first.film}.webp").read_bytes() == b"as it was"


def test_a_name_that_is_none_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="jok") as refused:
        command(["jok"], out=tmp_path, browser=False)
    assert "joke" in str(refused.value)
