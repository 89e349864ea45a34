"""A behaviour and an expression of somebody's own, as they are saved while a robot runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WISH = '''
from robot.decide.behavior import Behavior, because
from robot.core.decision import Mode
from robot.core.intents import Show


class Wish(Behavior):
    """A wish."""

    name = "{name}"
    modes = frozenset({{Mode.AWAKE, Mode.ENGAGED}})
    mark = {mark}

    def desire(self, state):
        return {desire}

    def act(self, state):
        yield Show(because("wish", 1.0), "my_dance")
'''
DANCE = "# Mine.\n[[frame]]\nt = 0.5\nroll = {roll}\n[[frame]]\nt = 1\n"


def wish(folder: Path, name: str, mark: int = 0, desire: str = "0.0", file: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file or name}.py"
    path.write_text(WISH.format(name=name, mark=mark, desire=desire), encoding="utf-8")
    return path


def dance(folder: Path, roll: float = 9.0) -> Path:
    (folder / "expressions").mkdir(parents=True, exist_ok=True)
    path = folder / "expressions" / "my_dance.toml"
    path.write_text(DANCE.format(roll=roll), encoding="utf-8")
    return path
