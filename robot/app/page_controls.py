"""A robot's controls, as its page may address it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.requests import TakeAs
from robot.decide.wishes import gaps
from robot.page.api import Controls, Keepsakes, PhraseView, QuietHoursSetting, Repertoire, SenseSwitches, WishDesk
from robot.page.tuning import Tuning
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from robot.app.robot import Robot
    from robot.core.body_description import BodyDescription
    from robot.core.percepts import Utterance
    from robot.core.tick import Vitals
    from robot.page.playback_api import ScenarioStage
    from robot.sense.language.phrases import Phrases

STOP_WORD = "stop"  # understood in every language


class RobotControls(Controls):
    """What the page may ask of a robot that runs."""

    repertoire: Repertoire
    keepsakes: Keepsakes
    senses: SenseSwitches
    quiet_hours: QuietHoursSetting
    behaviors: Tuning
    wishes: WishDesk

    def __init__(
        self, robot: Robot, title: str, stage: ScenarioStage | None = None, *, config: Path | None = None
    ) -> None:
        """`config`: the file in which changes are to be kept; None keeps them for this run."""
        loop, steps = robot.loop, robot.loop.steps
        self._robot = robot
        self.title = title
        self.stage = stage
        self.body_address = title if stage is None else ""
        self.repertoire = Repertoire(robot.expressions, loop.ask)
        self.keepsakes = Keepsakes(robot.memory)
        self.senses = SenseSwitches(lambda: loop.switches.asked_off, loop.ask)
        self.quiet_hours = QuietHoursSetting(robot.quiet_hours, loop.ask, config)
        self.behaviors = Tuning(steps.mind, loop.ask)
        self._phrase_list = PhraseList()
        self.wishes = WishDesk(loop.ask, self._phrases)
        self.lending = robot.lent if robot.lent.offered() else None

    @property
    def description(self) -> BodyDescription:
        return self._robot.description

    def vitals(self) -> Vitals:
        return self._robot.vitals()

    def _phrases(self) -> Mapping[str, PhraseView]:
        return self._phrase_list.read(self._robot.phrases, self._robot.hearing.language)

    def say(self, text: str, instead: Utterance | None = None, by: str = "") -> None:
        self._robot.hearing.type(text, None if instead is None else instead.t, by)

    def take_as(self, words: Utterance, meaning: str) -> None:
        self._robot.loop.ask(TakeAs(words.meaning(meaning)))

    def hush(self, by: str = "") -> None:
        """The button is the word: both take the same way through the guard."""
        self._robot.hearing.type(STOP_WORD, by=by)

    def move_again(self) -> None:
        """The button is the word, in the language that the robot hears now."""
        self._robot.hearing.type(text("page.limp_go_on", self._robot.hearing.language))


class PhraseList:
    """The phrases of the tables, which are many, and change only when somebody saves a file."""

    def __init__(self) -> None:
        self._of: tuple[Phrases, str] | None = None
        self._views: Mapping[str, PhraseView] = {}

    def read(self, tables: Phrases, language: str) -> Mapping[str, PhraseView]:
        """All of these tables, by name."""
        if self._of is None or self._of[0] is not tables or self._of[1] != language:
            found = ((key, tables.variants(key, language)) for key in tables.keys)
            self._views = {key: PhraseView(key, tuple(sorted(gaps(said[0]))), said) for key, said in found}
            self._of = (tables, language)
        return self._views
