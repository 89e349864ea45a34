"""Sentences through each door: is each judged as the guard judges it without one?"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.doors.running import HOME, assistant, is_up, text_of
from benchmarks.figures import tell
from robot.core.clock import generator
from robot.core.intents import BY_PROGRAM, Cause, Say
from robot.doors.home.door import HomeDoor
from robot.doors.keys import KeyRole
from tests.support.broker import Audience, Broker
from tests.support.desk import Desk
from tests.support.door_robot import DoorRobot
from tests.support.home_robot import settings
from tests.support.waiting import until
from training.speech.lines import TABLES, spoken

if TYPE_CHECKING:
    from mcp import Client

    from training.speech.lines import Spoken

SENTENCES = 300
LANGUAGES = ("en", "fr")


def sentences(language: str, count: int) -> list[Spoken]:
    """As many that break a duty as harmless ones, evenly from all hands; MQTT takes 250 characters."""
    ours = [one for one in spoken() if one.language == language and one.voice != TABLES and len(one.text) <= 250]
    chosen: list[Spoken] = []
    for breaks in (True, False):
        some = [one for one in ours if one.breaks is breaks]
        chosen += [some[i * len(some) // (count // 2)] for i in range(count // 2)]
    return [chosen[i] for i in generator(300).permutation(len(chosen))]


def own_verdict(text: str, language: str, cause: Cause) -> int | None:
    """The duty by which the guard, asked directly, holds a sentence back that answers somebody."""
    desk = Desk(language=language)
    desk.hear("hello" if language == "en" else "bonjour")
    said = Say(cause, text=text)
    done, verdicts = desk.judged(said)
    if any(isinstance(one, Say) and one.text == text for one in done):
        return None
    return next(one.duty for one in verdicts if one.action == "stopped")


class Doors:
    """Each door of one robot, by which a sentence is said: the duty that forbids it, None where it was said."""

    def __init__(self, robot: DoorRobot, listener: Audience, mcp: Client) -> None:
        self._robot, self._listener, self._mcp = robot, listener, mcp
        self._api = robot.way.client()
        self.by = {"API": self.by_api, "MCP": self.by_mcp, "MQTT": self.by_mqtt}

    async def by_api(self, text: str) -> int | str | None:
        effect = await asyncio.to_thread(self._api.say, text)
        return None if effect.done else effect.duty or effect.why

    async def by_mcp(self, text: str) -> int | str | None:
        told = text_of(await self._mcp.call_tool("say", {"text": text}))
        if told.startswith("done: "):
            return None
        words = told.removeprefix("refused: ").split()
        return int(words[1]) if words[0] == "duty" else told

    async def by_mqtt(self, text: str) -> int | str | None:
        before = len(self._listener.answers("bowlby"))
        self._listener.ask(f"{HOME}/command/say", text)
        await asyncio.to_thread(until, lambda: len(self._listener.answers("bowlby")) > before, "it is answered")
        told = self._listener.answers("bowlby")[-1]
        return None if told["event_type"] == "done" else told["duty"] or told["why"]


async def ask_all(robot: DoorRobot, broker: Broker, lines: list[Spoken]) -> dict[str, dict[str, int | str | None]]:
    """What became of each sentence, by door. Somebody types a word before each, which it is then an answer to."""
    found: dict[str, dict[str, int | str | None]] = {"API": {}, "MCP": {}, "MQTT": {}}
    async with AsyncExitStack() as made:
        listener = made.enter_context(Audience(broker))
        listener.waits(f"{HOME}/availability", "online")
        mcp = await assistant(made, robot.way.page.url, robot.way.keys[KeyRole.OWNER])
        doors = Doors(robot, listener, mcp)
        vitals = robot.session.robot.vitals
        for n in range(len(lines)):
            for k, (way, by) in enumerate(doors.by.items()):
                text = lines[(n + k * len(lines) // 3) % len(lines)].text
                robot.controls.say("hm")
                due = vitals().ticks + 3
                await asyncio.to_thread(until, lambda due=due: vitals().ticks >= due, "it is heard", every_s=0.005)
                found[way][text] = await by(text)
    return found


def duties(count: int = SENTENCES) -> None:
    import_module("mcp")  # before the robot's threads are there
    own: dict[str, int | None] = {}
    mouth: dict[str, int | None] = {}
    found: dict[str, dict[str, int | str | None]] = {}
    lines: dict[str, Spoken] = {}
    for language in LANGUAGES:
        some = sentences(language, count // len(LANGUAGES))
        lines |= {one.text: one for one in some}
        own |= {one.text: own_verdict(one.text, language, Cause(BY_PROGRAM, "a program")) for one in some}
        mouth |= {one.text: own_verdict(one.text, language, Cause("converse", "")) for one in some}
        with ExitStack() as made:
            folder = Path(made.enter_context(TemporaryDirectory()))
            broker = made.enter_context(Broker(folder))
            robot = made.enter_context(DoorRobot(folder, language=language))
            config = settings(broker.address, language, home_shows=("say",))
            door = HomeDoor(config, robot.controls, robot.session.robot.context.clock, "")
            made.callback(door.close)
            robot.session.robot.loop.watch(door)
            with robot.way.client() as client:
                until(partial(is_up, client), "it is awake")
            for way, told in asyncio.run(ask_all(robot, broker, some)).items():
                found.setdefault(way, {}).update(told)
    unit = f"of {len(lines)}"
    stopped = sum(duty is not None for duty in own.values())
    tell(
        "sentences that the guard itself holds back", stopped, unit, breaking=sum(one.breaks for one in lines.values())
    )
    for way, told in found.items():
        wrong = [(text, own[text], told[text]) for text in lines if told[text] != own[text]]
        through = sum(was is not None and now is None for _, was, now in wrong)
        tell(f"said by {way} though the guard holds it back", through, unit, 0)
        tell(f"verdicts by {way} that are not the guard's own", len(wrong), unit, 0, these=wrong[:5])
    other = [(text, mouth[text], own[text]) for text in lines if own[text] != mouth[text]]
    tell("verdicts on a program's words that are not those on the robot's own", len(other), unit, these=other[:5])
