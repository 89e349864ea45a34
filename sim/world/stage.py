"""The stage: the world's floor as the page shows it, with people to drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.page.playback_api import FigureView
from sim.world.people import BUILDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.world.people import Appearance
    from sim.world.world import World

NEAREST_M, FARTHEST_M = 0.45, 6.0
SHUT = 0.5  # eyes that are more than half closed are drawn so


class WorldStage:
    """Called from the page's thread: reads one tuple, writes one entry, and never waits."""

    def __init__(self, world: World) -> None:
        self._world = world

    def figures(self) -> Sequence[FigureView]:
        names = self._world.names
        return [
            FigureView(
                id=str(f.id),
                name=names[f.id],
                x=f.x,
                y=f.y,
                z=f.z,
                heading=f.heading,
                colours=_colours(f.look),
                build=BUILDS[f.look.age][:2],
                sits=f.sits,
                asleep=f.eyes_closed > SHUT,
            )
            for f in self._world.figures
        ]

    def move(self, figure_id: str, x: float, y: float) -> None:
        """Put somebody at (x, y), kept out of the robot and in the room."""
        if not figure_id.isdecimal() or int(figure_id) not in self._world.names:
            return
        distance = max((x * x + y * y) ** 0.5, 1e-6)
        scale = min(max(distance, NEAREST_M), FARTHEST_M) / distance
        self._world.move(int(figure_id), x * scale, y * scale)

    def speak(self, figure_id: str, text: str) -> None:
        """It is heard as the scenario's own lines are: as text, or as sound through the recogniser."""
        name = self._world.names.get(int(figure_id)) if figure_id.isdecimal() else None
        if name is not None:
            self._world.later(lambda: self._world.say(name, text))

    def touch(self, pad: str, hold_s: float) -> None:
        self._world.later(lambda: self._world.lay_hand(pad, hold_s))


def _colours(look: Appearance) -> tuple[str, str, str]:
    """Skin, hair and shirt as the page writes colours; the painter's are BGR."""
    skin, hair, shirt = (f"#{red:02x}{green:02x}{blue:02x}" for blue, green, red in (look.skin, look.hair, look.shirt))
    return skin, hair, shirt
