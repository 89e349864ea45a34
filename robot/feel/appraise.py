"""What the scene means for the attachment model: how much happens, and how much comfort there is.

Only cues go in (touch, voice, facing, coming and going); no emotion is read off anybody.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.feel.attachment import Surrounding

if TYPE_CHECKING:
    from robot.core.scene import Scene
    from robot.feel.company import Company

EVENT_FADES_S = 1.0
TOUCH_FADES_S = 5.0
FACING = 0.5
ARRIVAL, WORDS, TOUCH, VOICE = 1.0, 0.4, 0.6, 0.3  # how much of a stimulus each is [our choice]


class Appraisal:
    """Folds scenes, tick by tick, into what the model is told ten times a second."""

    def __init__(self) -> None:
        self._event = 0.0
        self._touch = 0.0
        self._known: frozenset[int] = frozenset()

    def see(self, scene: Scene, dt: float) -> None:
        """Take in one tick."""
        if self._event:
            self._event *= math.exp(-dt / EVENT_FADES_S)
        if self._touch:
            self._touch *= math.exp(-dt / TOUCH_FADES_S)
        if scene.people or self._known:
            here = frozenset(person.track for person in scene.people)
            if here - self._known:
                self._event = max(self._event, ARRIVAL)
            self._known = here
        if scene.utterances:
            self._event = max(self._event, WORDS)
        if scene.touches:
            self._event = max(self._event, TOUCH)
            self._touch = 1.0
        if scene.voice:
            self._event = max(self._event, VOICE)

    def surrounding(self, scene: Scene, company: Company, *, parted: bool) -> Surrounding:
        """The model's input at this moment. Comfort comes from its person; a touch comforts whoever gives it."""
        focused = scene.focused
        mutual = focused is not None and focused.facing > FACING
        together = company.together
        near = (0.6 if scene.in_talk else 0.5) if mutual and together else 0.0
        responsive = 0.3 + 0.4 * scene.in_talk + 0.3 * mutual if together else 0.0
        return Surrounding(
            together=together,
            stimulus=self._event,
            comfort=max(self._touch, near),
            stranger=company.stranger,
            responsive=responsive,
            parted=parted,
            who=company.who,
        )
