"""What Home Assistant is shown: what the owner has chosen, and nothing else; by a real broker."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

import pytest

from robot.config.schema import Config
from robot.core.body_frame import ZERO
from robot.core.decision import Mode
from robot.core.percepts import Telemetry, Touch, Utterance
from robot.decide.reminders import Kind, Reminder
from tests.support.broker import Audience, Broker, needs_mosquitto
from tests.support.home_assistant import taken
from tests.support.home_robot import EVERYTHING, puppet, settings
from tests.support.noted_controls import Night
from tests.support.waiting import until

pytestmark = needs_mosquitto
CONFIG = "homeassistant/device/bowlby_bowlby/config"
HERE = "bowlby/bowlby/availability"


def state(key: str) -> str:
    return f"bowlby/bowlby/state/{key}"


def introduced(listener: Audience) -> list[dict[str, Any]]:
    """The entities of each discovery that came, in their order."""
    return [json.loads(text)["components"] for topic, text in tuple(listener.heard) if topic == CONFIG]


@pytest.mark.parametrize(
    ("language", "called", "mode"), [("en", "Somebody here", "Engaged"), ("fr", "Quelqu’un est là", "")]
)
def test_one_device_with_all_that_was_chosen_in_the_robots_language(
    broker: Broker, listener: Audience, language: str, called: str, mode: str
) -> None:
    with puppet(settings(broker.address, language, home_shows=EVERYTHING)) as robot:
        robot.beat()
        listener.waits(HERE, "online")
    found = taken(CONFIG, listener.kept[CONFIG])
    values = {"mode", "muted", "presence", "last_contact", "quiet_hours", "hushed", "timers", "next_timer", "supply"}
    assert set(found) == {*values, "say", "hush", "show_nod", "answer"}
    assert found["presence"]["name"] == called
    assert listener.kept[state("mode")] in found["mode"]["options"]
    assert not mode or listener.kept[state("mode")] == mode
    assert json.loads(listener.kept[CONFIG])["availability_topic"] == HERE
    assert {one["state_topic"] for one in found.values() if one["platform"] in {"sensor", "binary_sensor"}} == {
        state(key) for key in values
    }


def body(**of: Any) -> Telemetry:
    return Telemetry(0.0, ZERO, **of)


@pytest.mark.parametrize(
    ("key", "before", "beat", "after"),
    [
        ("mode", "Awake", {"mode": Mode.ASLEEP}, "Asleep"),
        ("muted", "OFF", {"body": body(muted=True)}, "ON"),
        ("presence", "OFF", {"alone_since": None}, "ON"),
        ("hushed", "OFF", {"diary": {"hushed_at": 0.01}}, "ON"),
        ("last_contact", "None", {"diary": {"spoken_to_at": 0.0}}, "2026-01-05T10:00:00+00:00"),
        ("last_contact", "None", {"touches": (Touch(0.0, "head", "tap"),)}, "2026-01-05T10:00:00+00:00"),
    ],
)
def test_each_value_follows_the_robot(
    broker: Broker, listener: Audience, key: str, before: str, beat: dict[str, Any], after: str
) -> None:
    with puppet(settings(broker.address, home_shows=EVERYTHING)) as robot:
        robot.beat(mode=Mode.AWAKE, alone_since=0.0)
        listener.waits(state(key), before)
        robot.beat(**beat)
        listener.waits(state(key), after)


def test_the_supply_is_told_where_the_body_says_it(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address, home_shows=("supply",))) as robot:
        robot.beat(body=body(volts=4.92))
        listener.waits(state("supply"), "4.9")
    with puppet(settings(broker.address, home_shows=("supply",))) as robot:
        robot.beat(body=body(volts=0.0))
        listener.waits(state("supply"), "None")


def test_quiet_hours_and_a_switch_on_the_page_are_seen(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address, home_shows=EVERYTHING)) as robot:
        night = robot.asked.quiet_hours
        assert isinstance(night, Night)
        assert robot.asked.senses is not None
        robot.beat()
        listener.waits(state("quiet_hours"), "OFF")
        listener.waits(state("muted"), "OFF")
        night.hours = (time(9), time(11))
        robot.asked.senses.switch("microphone", on=False)
        listener.waits(state("quiet_hours"), "ON")
        listener.waits(state("muted"), "ON")


def test_timers_are_counted_and_the_next_told_but_never_of_what(broker: Broker, listener: Audience) -> None:
    due = (datetime(2026, 1, 5, 10, 20, tzinfo=UTC), datetime(2026, 1, 5, 10, 5, tzinfo=UTC))
    timers = [Reminder(kind=Kind.TIMER, due=at.isoformat(), what="biopsy", seconds=60) for at in due]
    with puppet(settings(broker.address, home_shows=EVERYTHING)) as robot:
        robot.beat()
        listener.waits(state("timers"), "0")
        listener.waits(state("next_timer"), "None")
        for key, timer in enumerate(timers):
            robot.memory.keep_value("reminders", str(key), timer.model_dump_json(), 0)
        listener.waits(state("timers"), "2")
        listener.waits(state("next_timer"), "2026-01-05T10:05:00+00:00")
    assert "biopsy" not in str(listener.heard)


def test_as_it_comes_neither_presence_nor_words_nor_names_leave(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address)) as robot:
        robot.beat(mode=Mode.AWAKE)
        listener.waits(HERE, "online")
        words = Utterance(0.0, "my name is Zoé and I am ill", slots=(("name", "Zoé"),))
        said = {"partner": "Zoé", "pending": words, "spoken_to_at": 0.0, "hushed_at": 0.0, "last_said": "Hello Zoé"}
        robot.beat(mode=Mode.ENGAGED, utterances=(words,), touches=(Touch(0.0, "head", "tap"),), diary=said)
        assert robot.asked.senses is not None
        robot.asked.senses.switch("microphone", on=False)
        listener.waits(state("muted"), "ON")
    assert listener.kept.keys() == {CONFIG, HERE, state("mode"), state("muted")}
    assert {text for topic, text in listener.heard if topic == state("mode")} == {"Awake"}
    assert {*taken(CONFIG, listener.kept[CONFIG])} == {"mode", "muted", "hush", "show_nod", "answer"}
    assert not any(word in text for _, text in listener.heard for word in ("Zoé", "ill", "Ada", "Ben"))


def test_what_was_chosen_before_is_let_go(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address, home_shows=("presence", "mode", "say"))) as robot:
        robot.beat()
        listener.waits(state("presence"))
        listener.waits(HERE, "online")
    listener.waits(HERE, "offline")
    listener.heard.clear()
    with puppet(settings(broker.address, home_shows=("mode",))) as robot:
        robot.beat()
        listener.waits(state("presence"), "")
        until(lambda: any("presence" in one for one in introduced(listener)), "it is told what is gone")
        until(lambda: introduced(listener)[-1].keys() == {"mode"}, "and then what there is")
    gone = next(one for one in introduced(listener) if "presence" in one)
    assert gone["presence"] == {"platform": "binary_sensor"}
    assert gone["say"] == {"platform": "text"}
    assert {*taken(CONFIG, listener.kept[CONFIG])} == {"mode"}


def test_home_assistant_that_starts_is_told_all_again(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address)) as robot:
        robot.beat()
        listener.waits(HERE, "online")
        listener.heard.clear()
        listener.ask("homeassistant/status", "online")
        until(lambda: {CONFIG, HERE, state("mode")} <= {topic for topic, _ in listener.heard}, "all again")


def test_whoever_is_sensed_is_told_where_something_of_them_leaves() -> None:
    """Duty 23: the guard has it said by this."""
    assert Config().beyond == ""
    assert settings("mqtt://broker.lan", home_shows=("muted", "buttons", "say", "supply")).beyond == ""
    for choice in ("mode", "presence", "last_contact", "hushed", "timers"):
        assert settings("mqtt://broker.lan", home_shows=(choice,)).beyond == "sent"
        assert settings("", home_shows=(choice,)).beyond == ""
