"""What is asked for from Home Assistant passes the guard, and what became of it is told; on a whole robot."""

from __future__ import annotations

from typing import Any

import pytest

from robot.core.intents import Say, Show
from tests.support.broker import Audience, Broker, needs_mosquitto
from tests.support.home_robot import HomeRobot, puppet, settings
from tests.support.waiting import until

pytestmark = needs_mosquitto
HERE = "bowlby/bowlby/availability"
SAY, PRESS = "bowlby/bowlby/command/say", "bowlby/bowlby/command/press"


def answers(listener: Audience, count: int) -> list[dict[str, Any]]:
    until(lambda: len(listener.answers("bowlby")) >= count, f"{count} answers")
    return listener.answers("bowlby")


@pytest.mark.slow
def test_it_shows_and_says_what_the_guard_allows_and_tells_why_not(broker: Broker, listener: Audience) -> None:
    with HomeRobot() as robot, robot.shown(settings(broker.address, home_shows=("buttons", "say"))):
        listener.waits(HERE, "online")
        listener.ask(PRESS, "nod")
        answers(listener, 1)
        listener.ask(SAY, "The soup is ready.")
        answers(listener, 2)
        listener.ask(SAY, "I love you. Please do not leave me.")
        told = answers(listener, 3)
        listener.ask(PRESS, "hush")
        answers(listener, 4)
        until(lambda: robot.ticks[-1].decision.diary.hushed_at is not None, "it is hushed")
        listener.ask(PRESS, "nod")
        silent = answers(listener, 5)[-1]
        robot.controls.say("I want to kill myself")
        until(lambda: robot.ticks[-1].scene.in_need, "an episode of need")
        listener.ask(SAY, "Shall I tell you a joke?")
        in_need = answers(listener, 6)[-1]
    done = [intent for tick in robot.ticks for intent in tick.done]
    assert [intent.cause.value for intent in done if isinstance(intent, Show) and intent.expression == "nod"][:1] == [
        "Home Assistant"
    ]
    said = [intent.text for intent in done if isinstance(intent, Say)]
    assert "The soup is ready." in said
    assert not any("I love you" in text or "joke" in text for text in said)
    assert told[0] == {"event_type": "done", "asked": "nod", "duty": None, "why": ""}
    assert told[1] == {"event_type": "done", "asked": "say", "duty": None, "why": ""}
    assert (told[2]["event_type"], told[2]["duty"]) == ("refused", 4)
    assert told[2]["why"].startswith("duty 4 does not allow it: ")
    assert silent["duty"] == 35
    # that somebody is in need is told to nobody there
    assert in_need == {"event_type": "refused", "asked": "say", "duty": None, "why": "it does not do this now"}


@pytest.mark.parametrize(
    ("topic", "payload", "why"),
    [
        (SAY, b"", "this is no sentence"),
        (SAY, b"\xff\xfe", "this is no sentence"),
        (SAY, b"one\ntwo", "this is no sentence"),
        (SAY, b"a" * 251, "this is no sentence"),
        (SAY, b"a" * 1_000_000, "this is no sentence"),
        (PRESS, b"dance", "there is no such button"),
        (PRESS, b"\xff", "there is no such button"),
        (PRESS, b"Nod", "there is no such button"),
    ],
)
def test_malformed_things_are_refused_in_words(
    broker: Broker, listener: Audience, topic: str, payload: bytes, why: str
) -> None:
    with puppet(settings(broker.address, home_shows=("buttons", "say"))) as robot:
        robot.beat()
        listener.waits(HERE, "online")
        listener.ask(topic, payload)
        told = answers(listener, 1)[0]
    assert told["event_type"] == "refused"
    assert told["why"].startswith(why)
    assert robot.wanted == []


def test_what_the_broker_keeps_asks_for_nothing(broker: Broker, listener: Audience) -> None:
    listener.ask(SAY, "Good morning.", retain=True)
    with puppet(settings(broker.address, home_shows=("say",))) as robot:
        robot.beat()
        assert "would be done again at every start" in answers(listener, 1)[0]["why"]
    assert robot.wanted == []


def test_what_was_not_chosen_cannot_be_asked_for(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address, home_shows=("mode", "buttons"))) as robot:
        robot.beat()
        listener.waits(HERE, "online")
        listener.ask(SAY, "Good morning.")
        listener.ask(PRESS, "hush")
        assert [one["asked"] for one in answers(listener, 1)] == ["hush"]
    assert robot.wanted == []
    assert robot.asked.hushed == 1


def test_a_flood_is_refused_and_a_wish_that_no_turn_takes_up_is_taken_back(broker: Broker, listener: Audience) -> None:
    with puppet(settings(broker.address, home_shows=("say",))) as robot:
        robot.beat()
        listener.waits(HERE, "online")
        for n in range(200):
            listener.ask(SAY, f"Sentence {n}.")
        told = answers(listener, 16)
        until(lambda: any("no turn" in one["why"] for one in listener.answers("bowlby")), "one is given up")
    assert len(robot.wanted) < 60
    assert any("faster than a robot" in one["why"] for one in told)
    assert robot.dropped
