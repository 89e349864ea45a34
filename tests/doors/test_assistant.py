"""An assistant over the Model Context Protocol, by the library's own client and a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import nap
from robot.core.errors import InputError
from robot.doors.client import AsyncBowlby
from robot.doors.keys import KeyRole
from tests.support.door_robot import DoorRobot

if TYPE_CHECKING:
    from pathlib import Path

    from mcp.types import CallToolResult


def text_of(result: CallToolResult) -> str:
    return "".join(getattr(part, "text", "") for part in result.content)


async def talk_with(key: dict[str, str]) -> dict[str, str]:
    """What an assistant is told."""
    from mcp import Client, StdioServerParameters, stdio_client  # noqa: PLC0415 - takes two seconds

    server = StdioServerParameters(command=sys.executable, args=["-m", "robot", "mcp"], env={**os.environ, **key})
    async with Client(stdio_client(server)) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"say", "show", "look", "tell", "state"}
        told = {
            "say": text_of(await client.call_tool("say", {"text": "The soup is ready."})),
            "love": text_of(await client.call_tool("say", {"text": "I love you, and I would be so sad without you."})),
            "show": text_of(await client.call_tool("show", {"expression": "nodd"})),
            "look": text_of(await client.call_tool("look", {"yaw": 0.5})),
            "tell": text_of(await client.call_tool("tell", {"line": "What time is it?"})),
            "state": text_of(await client.call_tool("state", {})),
        }
        resources = {str(one.uri) for one in (await client.list_resources()).resources}
        assert resources == {"bowlby://state", "bowlby://health", "bowlby://talk"}
        for uri in sorted(resources):
            found = await client.read_resource(uri)
            told[uri] = "".join(getattr(part, "text", "") for part in found.contents)
    return told


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the library's own streams as they close
def test_an_assistant_says_and_sees_through_the_guard(tmp_path: Path) -> None:
    import_module("mcp")  # before the robot's threads are there: up to Python 3.11.7 two must not parse (conftest.py)
    with DoorRobot(tmp_path) as robot:
        with robot.way.client() as client:
            for _ in range(100):
                if client.state().mode == "awake":
                    break
                nap(0.1)
        key = {"BOWLBY_KEY": robot.way.keys[KeyRole.OWNER], "BOWLBY_URL": robot.way.page.url}
        told = asyncio.run(talk_with(key))
    assert told["say"].startswith("done: ")
    assert told["say"].endswith("The soup is ready.")
    assert told["love"].startswith("refused: duty 4 does not allow it")
    assert "did you mean nod" in told["show"]
    assert told["look"] == "done: 0.50, 0.00 rad"
    assert "o'clock" in told["tell"]
    assert json.loads(told["state"])["mode"] in {"awake", "engaged"}
    assert json.loads(told["bowlby://health"])["parts"]
    assert "robot: The soup is ready." in told["bowlby://talk"]
    assert "I love you" not in told["bowlby://talk"]


def test_without_a_key_it_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOWLBY_KEY", raising=False)
    with pytest.raises(InputError, match="bowlby key add NAME --role builder"):
        AsyncBowlby()
