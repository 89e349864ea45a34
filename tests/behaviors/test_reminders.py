"""Timers, alarms and reminders by voice: set, told, moved, cancelled; they ring politely, and outlive the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from robot.config.schema import Config
from robot.core.decision import Mode
from robot.decide.reminders import REMINDERS
from sim.testing.sim_robot import NO_FOLDER, SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.testing.sim_robot import Visitor

pytestmark = pytest.mark.slow

START = "2026-03-02T16:20:00"


class Talk:
    """A robot, and Ada who talks with it."""

    def __init__(self, robot: SimRobot, ada: Visitor) -> None:
        self.robot, self.ada = robot, ada

    def says(self, line: str, expected: str, within: float = 8.0) -> None:
        """She says a line, and is answered with these words."""
        self.robot.said.clear()
        self.ada.says(line)
        assert self.robot.says(expected, within=within), (line, self.robot.said)
        self.robot.forward(seconds=2.0)

    def hears(self, phrase: str, within: float) -> float:
        """The robot says it by itself; how long that took."""
        self.robot.said.clear()
        before = self.robot.now
        assert self.robot.says(phrase, within=within), self.robot.said
        return self.robot.now - before

    def count(self, phrase: str, within: float) -> int:
        """How often the robot says it."""
        self.robot.said.clear()
        self.robot.forward(seconds=within)
        return sum(one.phrase == phrase for one in self.robot.said)


@pytest.fixture(params=["en", "fr"])
def talk(request: pytest.FixtureRequest) -> Iterator[Talk]:
    with SimRobot(language=request.param, civil=START) as robot:
        ada = robot.person()
        robot.forward(seconds=12)
        yield Talk(robot, ada)


@pytest.fixture
def english() -> Iterator[Talk]:
    with SimRobot(civil=START) as robot:
        ada = robot.person()
        robot.forward(seconds=12)
        yield Talk(robot, ada)


AGAIN_S = 65.0  # by when it rings once more, where nobody has answered
ONE_MINUTE = {
    "en": ("Set a timer for one minute.", "one minute"),
    "fr": ("Mets un minuteur d'une minute.", "une minute"),
}
LINES = {
    "en": {
        "timer": ("Set a timer for ten minutes.", "ten minutes"),
        "egg": ("Set an egg timer for three minutes.", "egg timer"),
        "left": ("How long is left on the timer?", "left"),
        "reminder": (
            "Remind me to call my sister at five.",
            "today at five o'clock in the afternoon: call your sister",
        ),
        "daily": ("Remind me to take my pills at eight every day.", "every day at eight o'clock in the morning"),
        "friday": ("Remind me on Friday at five to phone Emma.", "on Friday at five o'clock in the afternoon"),
        "alarm": ("Wake me at seven.", "tomorrow at seven o'clock in the morning"),
        "list": ("What reminders do I have?", "call your sister"),
        "cancel": ("Cancel the timer.", "off|stopped"),
        "none": ("Cancel the timer.", "nothing"),
    },
    "fr": {
        "timer": ("Mets un minuteur de dix minutes.", "dix minutes"),
        "egg": ("Mets un minuteur pour les œufs de trois minutes.", "œufs"),
        "left": ("Il reste combien de temps sur le minuteur ?", "minuteur"),
        "reminder": (
            "Rappelle-moi d'appeler ma sœur à cinq heures.",
            "aujourd’hui à dix-sept heures : appeler ta sœur",
        ),
        "daily": (
            "Rappelle-moi de prendre mes médicaments à huit heures tous les jours.",
            "tous les jours à huit heures",
        ),
        "friday": ("Rappelle-moi vendredi à dix-sept heures d'appeler Emma.", "vendredi à dix-sept heures"),
        "alarm": ("Réveille-moi à sept heures.", "demain à sept heures"),
        "list": ("Quels rappels j'ai ?", "appeler ta sœur"),
        "cancel": ("Annule le minuteur.", "arrêté"),
        "none": ("Annule le minuteur.", "annuler"),
    },
}


def language(talk: Talk) -> str:
    return talk.robot.tick.decision.diary.manner.language


def line(talk: Talk, which: str) -> tuple[str, str]:
    return LINES[language(talk)][which]


def test_what_is_set_is_told_back_with_its_time(talk: Talk) -> None:
    for which in ("timer", "egg", "reminder", "daily", "friday", "alarm"):
        words, expected = line(talk, which)
        talk.robot.said.clear()
        talk.ada.says(words)
        talk.robot.forward(seconds=8)
        told = " | ".join(one.text for one in talk.robot.said).lower()
        assert all(part.lower() in told for part in expected.split(": ")), (words, told)


FROM_TODAY = {  # at an hour that is over today
    "en": (
        (
            "Remind me to take my pills every day at nine starting today.",
            "every day at nine o'clock",
            "take your pills",
        ),
        ("Remind me today and every day at nine to feed the cat.", "every day at nine o'clock", "feed the cat"),
        ("Remind me every morning at nine, from today, to stretch.", "every day at nine o'clock", "stretch"),
        ("Wake me every Monday at nine, beginning today.", "every monday at nine o'clock", ""),
    ),
    "fr": (
        (
            "Rappelle-moi de prendre mes médicaments tous les jours à neuf heures à partir d'aujourd'hui.",
            "tous les jours à neuf heures",
            "prendre tes médicaments",
        ),
        (
            "Rappelle-moi aujourd'hui et tous les jours à neuf heures de nourrir le chat.",
            "tous les jours à neuf heures",
            "nourrir le chat",
        ),
        (
            "Rappelle-moi tous les matins à neuf heures, dès aujourd'hui, d'ouvrir la fenêtre.",
            "tous les jours à neuf heures",
            "ouvrir la fenêtre",
        ),
        ("Réveille-moi tous les lundis à neuf heures, dès aujourd'hui.", "tous les lundis à neuf heures", ""),
    ),
}


def test_what_comes_again_from_today_on_comes_next_where_its_hour_is_over(talk: Talk) -> None:
    memory = talk.robot.session.robot.memory
    for words, expected, what in FROM_TODAY[language(talk)]:
        talk.robot.said.clear()
        talk.ada.says(words)
        talk.robot.forward(seconds=8)
        told = " | ".join(one.text for one in talk.robot.said).lower()
        assert expected in told, (words, told)
        *_, kept = (json.loads(row.value) for row in memory.everything().stored)
        assert (kept["what"], kept["due"][10:]) == (what, "T09:00:00"), words
        assert kept["due"] > START, words


def test_it_rings_softly_once_more_after_a_minute_and_then_is_quiet(talk: Talk) -> None:
    talk.says(*ONE_MINUTE[language(talk)])
    before = talk.robot.contacts
    assert 45 < talk.hears("ring_timer", within=80) < 60
    assert 55 < talk.hears("ring_timer", within=90) < 66
    assert talk.count("ring_timer", within=2 * AGAIN_S) == 0
    assert talk.robot.contacts == before  # it was asked for: no contact that the robot began (duty 15)


def test_whoever_answers_has_heard_it(english: Talk) -> None:
    english.says("Set a timer for one minute.", "one minute")
    english.hears("ring_timer", within=80)
    english.robot.forward(seconds=5)
    english.says("Thank you.", "answer_thanks")
    assert english.count("ring_timer", within=AGAIN_S) == 0


ENDING = {
    "en": ("Thank you.", "Okay.", "I'm awake.", "Five more minutes."),
    "fr": ("Merci.", "D'accord.", "Je suis réveillée.", "Encore cinq minutes."),
}
BESIDE = {
    "en": ("What day is it today?", "I am sad."),
    "fr": ("Quel jour sommes-nous ?", "Je suis triste."),
}


def rung(talk: Talk) -> None:
    talk.says(*ONE_MINUTE[language(talk)])
    talk.hears("ring_timer", within=80)
    talk.robot.forward(seconds=5)


@pytest.mark.parametrize("number", range(4))
def test_what_is_meant_for_it_ends_it(talk: Talk, number: int) -> None:
    rung(talk)
    talk.ada.says(ENDING[language(talk)][number])
    assert talk.count("ring_timer", within=AGAIN_S) == 0


@pytest.mark.parametrize("number", range(2))
def test_other_talk_does_not(talk: Talk, number: int) -> None:
    rung(talk)
    talk.ada.says(BESIDE[language(talk)][number])
    assert talk.count("ring_timer", within=AGAIN_S) == 1


SNOOZED = {
    "timer": {"en": "Set a timer for one minute.", "fr": "Mets un minuteur d'une minute."},
    "alarm": {"en": "Wake me at 16:22.", "fr": "Réveille-moi à seize heures vingt-deux."},
}


@pytest.mark.parametrize("before_s", [0.5, 2.0])  # in the moment before its sound; into its sentence
@pytest.mark.parametrize("kind", ["timer", "alarm"])
def test_what_is_put_off_while_it_rings_rings_later(talk: Talk, kind: str, before_s: float) -> None:
    talk.robot.session.robot.hearing.type(SNOOZED[kind][language(talk)])
    memory = talk.robot.session.robot.memory
    assert talk.robot.forward(seconds=150.0, until=lambda: "ringing" in str(memory.stored(REMINDERS.name)))
    talk.robot.forward(seconds=before_s)
    talk.robot.session.robot.hearing.type(ENDING[language(talk)][3])
    assert talk.robot.says("snoozed", within=4.0)
    assert 280 < talk.hears(f"ring_{kind}", within=310) < 302


def test_a_touch_ends_it(english: Talk) -> None:
    rung(english)
    english.robot.touch()
    assert english.count("ring_timer", within=AGAIN_S) == 0


def test_stop_ends_it_at_once_and_later_ones_still_ring(english: Talk) -> None:
    english.says("Set a timer for one minute.", "one minute")
    english.says("Set an egg timer for three minutes.", "egg timer")
    english.hears("ring_timer", within=80)
    english.ada.says("Stop!")
    assert english.count("ring_timer", within=AGAIN_S) == 0
    english.hears("ring_timer_named", within=120)


def test_several_by_name_are_told_and_cancelled(english: Talk) -> None:
    english.says("Set an egg timer for three minutes.", "egg")
    english.says("Set a timer for ten minutes for the pasta.", "pasta")
    english.says("How long is left on the egg timer?", "egg timer")
    assert not any("pasta" in one.text for one in english.robot.said)
    english.says("Cancel the pasta timer.", "cancelled_timer_named")
    english.says("Which timers are set?", "egg timer")
    assert not any("pasta" in one.text for one in english.robot.said)


def test_which_one_is_asked_where_several_could_be_meant(english: Talk) -> None:
    english.says("Set an egg timer for three minutes.", "egg")
    english.says("Set a timer for ten minutes for the pasta.", "pasta")
    english.says("Cancel the timer.", "cancel_which")
    english.says("The pasta one.", "cancelled_timer_named")
    english.says("Cancel all timers.", "egg")


def test_it_is_moved_and_put_off(english: Talk) -> None:
    english.says("Wake me at seven.", "seven o'clock")
    english.says("Make it six instead.", "tomorrow at six o'clock in the morning")
    english.says("Remind me to water the plants in one minute.", "in one minute")
    english.hears("ring_reminder", within=80)
    english.robot.forward(seconds=4)
    english.says("Two more minutes.", "snoozed")
    assert 90 < english.hears("water the plants", within=150) < 122


def test_it_asks_for_what_it_lacks(english: Talk) -> None:
    english.says("Set a timer.", "timer_how_long")
    english.says("Ten minutes.", "ten minutes")
    english.says("Remind me to lock the door.", "reminder_when")
    english.says("Tomorrow at nine.", "tomorrow at nine o'clock in the morning")
    english.says("Remind me at five.", "reminder_what")
    english.says("To phone my brother.", "phone your brother")
    english.says("What do I have today?", "phone your brother")
    english.says("Remind me every two hours to drink.", "reminder_every_how")


def test_an_alarm_rings_in_quiet_hours_asleep_and_after_a_goodbye() -> None:
    soon = Config.model_validate({"robot": {"behaviors": NO_FOLDER}, "care": {"asleep_after_s": 60.0}})
    with SimRobot(civil="2026-03-02T22:00:00", config=soon) as robot:
        ada = robot.person()
        robot.forward(seconds=12)
        talk = Talk(robot, ada)
        talk.says("Wake me in five minutes.", "answer_wants_alarm")
        talk.says("Good night.", "good_night")
        ada.leaves()
        robot.forward(seconds=120)
        assert robot.mode == Mode.ASLEEP.value
        assert 140 < talk.hears("ring_alarm", within=200) < 180


def test_what_is_said_of_it_breaks_no_duty(english: Talk) -> None:
    """Words that the robot must not say are left out; that it was to remind is told all the same."""
    english.says("Remind me in one minute that I am tired.", "reminder_bare")
    english.hears("ring_reminder_bare", within=90)


def test_it_is_shown_and_forgotten_with_the_rest(english: Talk) -> None:
    memory = english.robot.session.robot.memory
    english.says("Remind me to call Emma at five.", "call Emma")
    (row,) = memory.everything().stored
    assert (row.store, row.person) == ("reminders", 0)
    assert "call Emma" in row.value
    memory.forget_person("Emma")
    assert not memory.everything().stored
    english.says("What reminders do I have?", "answer_asks_reminders")


def test_a_daily_question_is_asked_once_a_day_until_it_is_ended(english: Talk) -> None:
    """For hours after its time it is due at every moment until the day is noted: it would be asked again at once."""
    english.says("Ask me every day at twenty-five past four how I am.", "answer_wants_check_in")
    before = english.robot.contacts
    assert 200 < english.hears("check_in_ask", within=360) < 320
    assert english.count("check_in_ask", within=300) == 0
    assert english.robot.contacts == before
    english.says("Stop asking me every day.", "check_in_off")
    assert not english.robot.session.robot.memory.everything().stored
