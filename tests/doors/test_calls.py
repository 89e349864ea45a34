"""Each call of the API on a whole robot in the simulator, through the client, and what it is told of its effect."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import nap, stopwatch
from robot.core.errors import InputError, PartError
from robot.doors.client import AsyncBowlby, Bowlby
from robot.doors.keys import KeyRole
from tests.support import waiting
from tests.support.door_robot import MADE, DoorRobot
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow  # one robot in real time, for all of them

PATIENCE_S = 30.0
until = partial(waiting.until, every_s=0.1)  # a door has its limits


@pytest.fixture(scope="module")
def robot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DoorRobot]:
    with DoorRobot(tmp_path_factory.mktemp("keys"), company=True) as made:
        with made.way.client() as client:
            until(lambda: client.state().mode in {"awake", "engaged"})
        yield made


@pytest.fixture
def client(robot: DoorRobot) -> Iterator[Bowlby]:
    robot.way.rest()
    with robot.way.client() as made:
        yield made


@pytest.fixture
def owner(robot: DoorRobot) -> Iterator[Bowlby]:
    with robot.way.client(KeyRole.OWNER) as made:
        yield made


def test_state_and_health(client: Bowlby) -> None:
    state = client.state()
    assert set(state.pose) >= {"base_yaw", "head_yaw"}
    assert 0.0 <= state.feelings.arousal <= 1.0
    until(lambda: client.state().n > state.n)
    parts = {one.part: one.condition for one in client.health().parts}
    assert "ok" in parts.values()
    assert all(isinstance(name, str) and name for name in parts)


def test_words_are_said_with_what_the_guard_adds(client: Bowlby) -> None:
    effect = client.say("The tea is ready.")
    assert effect
    assert effect.said[-1] == "The tea is ready."
    assert str(effect).endswith("The tea is ready.")
    until(lambda: any(line.text == "The tea is ready." and line.via == "program" for line in client.talk()))


def test_a_refusal_has_its_duty_and_its_sentence_in_two_languages(robot: DoorRobot, client: Bowlby) -> None:
    english = client.say("I love you, and I would be so sad without you.")
    assert not english
    assert english.duty == 4
    assert "claims love" in english.why
    with robot.way.client(language="fr") as french:
        told = french.say("I love you, and I would be so sad without you.")
    assert told.duty == 4
    assert told.why.startswith("le devoir 4 ne le permet pas")


def test_an_expression_is_shown_and_a_bearing_looked_at(client: Bowlby) -> None:
    until(lambda: client.show("nod").shown == "nod")
    assert client.look(0.6, for_s=10.0).looks == (0.6, 0.0)
    until(lambda: abs(client.state().pose["base_yaw"] + client.state().pose["head_yaw"] - 0.6) < 0.1)


def test_a_typed_line_is_told_with_its_meaning_and_its_answer(owner: Bowlby) -> None:
    told = owner.tell("What time is it?", wait_s=5.0)
    assert told.heard
    assert told.meaning == "what_time_is_it"
    assert any("10:0" in one or "ten" in one for one in told.answers), told.answers


def test_a_line_in_shorthand_is_known_again_and_told_word_for_word(client: Bowlby, owner: Bowlby) -> None:
    line = client.live("ticks", "words")
    next(line)  # from here on it is told
    told = owner.tell("can u tell me the time plz", wait_s=5.0)
    assert told.meaning == "what_time_is_it"
    typed = next(one for one in line if one.get("via") == "program")
    assert typed["text"] == "can u tell me the time plz"
    line.close()


def test_a_name_that_is_not_known_is_told_with_the_nearest(client: Bowlby) -> None:
    with pytest.raises(InputError, match="did you mean nod"):
        client.show("nodd")
    with pytest.raises(InputError, match="did you mean time_is"):
        client.say(phrase="time_iss")
    with pytest.raises(InputError, match="needs these slots, and no other: time"):
        client.say(phrase="time_is", name="Ada")
    with pytest.raises(InputError, match="did you mean 'greet'"):
        client.change("greett", "x", 1)


def test_what_can_be_named_is_listed(client: Bowlby) -> None:
    assert "nod" in client.expressions()
    assert next(one for one in client.phrases() if one.name == "time_is").slots == ["time"]


def test_a_parameter_is_changed_while_it_runs_and_put_back(client: Bowlby) -> None:
    one = next(one for one in client.behaviors() if one.parameters and one.name == "greet")
    parameter = next(p for p in one.parameters if not p.choices)
    changed = client.change("greet", parameter.name, float(parameter.value) / 2)
    now = next(p for p in changed.parameters if p.name == parameter.name)
    assert float(now.value) == pytest.approx(float(parameter.value) / 2)
    assert now.file == parameter.file
    with pytest.raises(InputError, match=parameter.name):
        client.change("greet", parameter.name, "a great deal")
    again = next(p for p in client.reset("greet").parameters if p.name == parameter.name)
    assert again.value == parameter.file


def test_the_calls_of_the_documentation_are_the_clients(client: Bowlby) -> None:
    page = (HOUSE / "docs" / "api.md").read_text(encoding="utf-8")
    table = [line for line in page.splitlines() if re.match(r"\| `(?:GET|POST|PUT|DELETE) ", line)]
    calls = [ast.parse(call, mode="eval").body for line in table for call in re.findall(r"`(\w+\([^`]*\))`", line)]
    assert len(calls) > 12
    for call in calls:
        assert isinstance(call, ast.Call)
        assert isinstance(call.func, ast.Name)
        method = getattr(client, call.func.id)
        named = {one.arg: one.value for one in call.keywords if one.arg is not None}
        inspect.signature(method).bind(*call.args, **named)
        if call.func.id == "change":
            client.change(*(ast.literal_eval(one) for one in call.args))
    client.reset("greet")


def test_in_the_simulator_somebody_speaks_and_a_hand_touches(client: Bowlby) -> None:
    until(lambda: bool(client.people()))
    assert [one.name for one in client.people()] == ["Ada"]
    with pytest.raises(InputError, match="did you mean Ada"):
        client.speak("Adda", "Hello")
    client.touch("head", hold_s=0.6)
    client.speak("Ada", "How are you?")
    until(lambda: any(line.text == "How are you?" and line.who == "person" for line in client.talk()))


def test_hush_silences_it_until_a_person_speaks(robot: DoorRobot, client: Bowlby, owner: Bowlby) -> None:
    client.hush()
    until(lambda: client.say("One more thing.").duty == 35)
    assert owner.tell("Hello again", wait_s=0.0).meaning == "greeting"
    assert client.say("One more thing.").duty == 35
    robot.controls.say("Hello again")
    until(lambda: bool(client.show("nod")))


def test_a_line_that_the_robot_ends_is_told_by_both_clients(robot: DoorRobot) -> None:
    """It is no end like the robot's own."""
    ring = robot.way.ring
    secrets = [ring.add(name, KeyRole.VIEWER, MADE) for name in ("brief", "briefer")]

    def follow() -> None:
        with Bowlby(robot.way.page.url, key=secrets[0]) as brief:
            for _ in brief.live("ticks"):
                if ring.known(secrets[0]):
                    ring.remove("brief")

    async def follow_by_asyncio() -> None:
        async with AsyncBowlby(robot.way.page.url, key=secrets[1]) as briefer:
            async for _ in briefer.live("ticks"):
                if ring.known(secrets[1]):
                    ring.remove("briefer")

    with pytest.raises(InputError, match="was taken back"):
        follow()
    with pytest.raises(InputError, match="was taken back"):
        asyncio.run(follow_by_asyncio())


def test_the_memory_is_shown_whole_and_forgotten(owner: Bowlby, client: Bowlby) -> None:
    assert [one["name"] for one in owner.memory()["people"]] == ["Ben"]
    with pytest.raises(InputError, match="needs the role owner; the key builder has builder"):
        client.memory()
    with pytest.raises(InputError, match="did you mean Ben"):
        owner.forget("Benn")
    assert owner.forget("Ben").forgotten
    assert owner.memory()["people"] == []
    assert owner.forget_all().forgotten
    assert owner.memory()["people"] == []


def test_a_loop_that_stands_still_is_told_and_does_nothing_later(robot: DoorRobot, client: Bowlby) -> None:
    playback = robot.session.playback
    playback.pause(yes=True)
    nap(0.1)
    try:
        with pytest.raises(PartError, match=r"no turn of its loop came within 1\.0 s"):
            client.say("This comes too late.")
    finally:
        playback.pause(yes=False)
    client.look(0.1)
    assert all(line.text != "This comes too late." for line in client.talk())


def test_the_live_line_brings_ticks_words_percepts_and_verdicts(client: Bowlby, owner: Bowlby) -> None:
    line = client.live("ticks", "words", "percepts", "verdicts", every=10)
    first = next(line)
    assert first["kind"] in {"tick", "percept"}
    owner.tell("What time is it?", wait_s=0.0)
    client.touch("back")
    client.say("I love you, and I would be so sad without you.")
    wanted = {"person", "robot", "tick", "touch", "verdict"}
    seen: set[str] = set()
    end = stopwatch() + PATIENCE_S
    for message in line:
        assert stopwatch() < end, wanted - seen
        kind = message["kind"]
        seen.add({"words": message.get("who"), "percept": message.get("type")}.get(kind, kind))
        if kind == "tick":
            assert message["n"] % 10 == 0
            assert len(json.dumps(message)) < 2000
        if wanted <= seen:
            break
    line.close()


async def _by_asyncio(url: str, key: str) -> None:
    async with AsyncBowlby(url, key=key) as robot:
        state, effect = await asyncio.gather(robot.state(), robot.look(0.2))
        assert state.n
        assert effect.looks == (0.2, 0.0)
        async for message in robot.live("ticks"):
            assert message["kind"] == "tick"
            break
        with pytest.raises(InputError, match="did you mean nod"):
            await robot.show("nodd")


def test_the_other_client_does_the_same_for_asyncio(robot: DoorRobot, client: Bowlby) -> None:
    assert client.state().n
    asyncio.run(_by_asyncio(robot.way.page.url, robot.way.keys[KeyRole.BUILDER]))


def test_both_clients_have_the_same_calls() -> None:
    def public(kind: type) -> set[str]:
        return {name for name in vars(kind) if not name.startswith("_")}

    assert public(Bowlby) == public(AsyncBowlby)
