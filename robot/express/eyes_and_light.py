"""What shows in eyes and chest: lids, pupils, colour and brightness, each eased by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.body_frame import Eyes, Light
from robot.core.decision import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.feelings import Feelings
    from robot.core.intents import Hold
    from robot.express.keyframes import Offsets

COLOURS: Mapping[Mode, tuple[int, int, int]] = {
    Mode.BOOT: (80, 80, 120),
    Mode.ASLEEP: (30, 30, 70),
    Mode.AWAKE: (255, 170, 90),
    Mode.ENGAGED: (255, 190, 110),
    Mode.SAFE: (255, 60, 40),
}
EYE_BRIGHTNESS = 0.85
EYE_COLOUR = (120, 200, 255)
WARM, COLD = (255, 150, 60), (60, 110, 255)  # where warmth 1 and -1 bring eyes and chest
HEAVY_LIDS = 0.3  # share of the opening that drowsiness takes


class EyesAndLight:
    """One call a tick for each."""

    def __init__(self) -> None:
        self._lid = 0.0
        self._size = 0.5
        self._brightness = 0.0
        self._warmth = 0.0

    def eyes(
        self, x: float, y: float, hold: Hold | None, shown: Offsets, feelings: Feelings, blink: float, dt: float
    ) -> Eyes:
        """`x`, `y`: where the pupils are; `blink`: how far the lids are open by themselves."""
        lid = (hold.lid if hold is not None else 1.0) * shown.lid * (1.0 - HEAVY_LIDS * feelings.drowsiness)
        ease = min(1.0, dt / 0.15)
        self._lid += ease * (lid - self._lid)
        self._size += ease * (0.62 + 0.25 * feelings.arousal + shown.pupil - self._size)
        self._warmth += ease * (shown.warmth - self._warmth)
        colour = _tinted(EYE_COLOUR, self._warmth)
        return Eyes(
            x=x,
            y=y,
            lid=min(max(self._lid * blink, 0.0), 1.0),
            size=min(max(self._size, 0.0), 1.0),
            colour=colour,
            brightness=EYE_BRIGHTNESS,
        )

    def light(self, mode: Mode, hold: Hold | None, shown: Offsets, loud: float, breath: float, dt: float) -> Light:
        """`loud`: how loud it speaks; `breath`: how far it has breathed in."""
        if hold is not None and hold.light is not None:
            return hold.light
        wish = (0.06 if mode is Mode.ASLEEP else 0.22) + 0.05 * breath + shown.light + 0.5 * loud
        self._brightness += min(1.0, dt / 0.1) * (min(max(wish, 0.0), 1.0) - self._brightness)
        return Light(_tinted(COLOURS[mode], self._warmth), self._brightness, 1.0 if loud == 0.0 else 0.25 + 0.75 * loud)

    def fade(self, x: float, y: float) -> tuple[Eyes, Light]:
        """One tick on the way to rest: eyes shut, light out."""
        self._lid *= 0.9
        self._brightness *= 0.95
        eyes = Eyes(x=x, y=y, lid=self._lid, size=self._size, colour=EYE_COLOUR, brightness=self._brightness)
        return eyes, Light(COLOURS[Mode.ASLEEP], self._brightness)


def _tinted(colour: tuple[int, int, int], warmth: float) -> tuple[int, int, int]:
    if -0.02 < warmth < 0.02:
        return colour
    goal = WARM if warmth > 0.0 else COLD
    share = abs(warmth)
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(colour, goal, strict=True))
    return red, green, blue
