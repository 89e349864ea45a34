"""What people must be told, when they were, and whether they have heard it: that it is a robot, that it sees and hears,
that it becomes much time together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from robot.decide.groups import OWED, TELLS_ROBOT

if TYPE_CHECKING:
    from datetime import date

    from robot.core.intents import Say
    from robot.core.scene import Scene
    from robot.decide.earlier_runs import EarlierRuns


@dataclass(slots=True)
class Disclosures:
    """What duties count of it. What was cut short nobody has heard: it is to be told again."""

    present: int = 0  # people here
    told_robot_at: float | None = None
    told_robot_on: date | None = None
    told_much_on: date | None = None
    informed: int = 0
    informed_on: date | None = None
    unheard: dict[str, str] = field(default_factory=dict)  # phrases of OWED that have not sounded whole: their texts
    sounds: str = ""  # the sentence that sounds now

    def remember(self, earlier: EarlierRuns) -> None:
        """Begin with what was told in earlier runs."""
        self.told_robot_at, self.told_robot_on = earlier.told_robot_at, earlier.told_robot_on
        self.told_much_on = earlier.told_much_on
        self.informed, self.informed_on = int(earlier.informed_on is not None), earlier.informed_on

    def see(self, scene: Scene) -> None:
        """Take in who is here, and what sounds."""
        self._sound(scene)
        self.present = len(scene.people)
        if scene.departures:
            self.informed = min(self.informed, max(self.present, 1))

    def say(self, t: float, day: date, say: Say) -> None:
        """What the robot says now tells it."""
        if say.phrase in OWED:
            self.unheard[say.phrase] = say.text
        if say.phrase in TELLS_ROBOT:
            self.told_robot_at, self.told_robot_on = t, day
        match say.phrase:
            case "dependence_notice":
                self.told_much_on = day
            case "consent_notice":
                self.informed, self.informed_on = max(self.present, 1), day

    def cut_short(self) -> None:
        """Nobody has heard what sounds now or waits: it is to be told again."""
        if not TELLS_ROBOT.isdisjoint(self.unheard):
            self.told_robot_at = self.told_robot_on = None
        if "dependence_notice" in self.unheard:
            self.told_much_on = None
        self.unheard = {}

    def _sound(self, scene: Scene) -> None:
        """What sounds now, or did until now, was heard when the next sentence or silence follows."""
        sounds = scene.speaking.text if scene.speaking is not None and scene.speaking.active else ""
        if sounds != self.sounds:
            self.unheard = {phrase: text for phrase, text in self.unheard.items() if text != self.sounds}
        self.sounds = sounds
