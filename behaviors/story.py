"""Story: told sentence by sentence, with looks and warm light, when somebody asks for one.

Any word or “stop” breaks it off; “go on” takes it up at the sentence that was cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Teller, TellerConfig, ToldWording
from robot.sense.language.theme import by_theme

if TYPE_CHECKING:
    from robot import State


class Story(Teller):
    """Tells one of the phrases `story_1`, `story_2` and so on; another on “more” when it is over."""

    name = "story"
    asked = "wants_story"
    config = TellerConfig(pause_s=0.55)
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    gestures = ("telling", "", "look_afar", "", "tilt", "")
    closing = "bow"
    lacks = "story_not_about"
    fitting = staticmethod(by_theme)

    def every(self, state: State) -> list[ToldWording]:
        return [ToldWording(story, 0) for story in state.numbered("story")]
