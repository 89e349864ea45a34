"""`bowlby mcp`: tools and resources for an assistant that speaks the Model Context Protocol, over the API's own client.

An assistant sees and says by it what any program may, and is told by which duty something was refused. The library is
the optional extra `mcp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from robot.core.errors import BowlbyError, PartError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from mcp.server.mcpserver import MCPServer

    from robot.doors.answers import Effect
    from robot.doors.client import AsyncBowlby

T = TypeVar("T")
ABOUT = """A companion robot on somebody's desk. What you have it say is spoken aloud to the people there, after its
guard has judged it: it claims no feeling, begs nobody to stay, gives no medical or legal advice, and begins at most
three contacts a day. A refusal tells the duty; do not try to word it round that. Never pass off your words as a
person's."""


def serve_assistants(robot: AsyncBowlby) -> MCPServer:
    """The server, to be run over standard input and output. Raises PartError where the extra is not installed."""
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: PLC0415 - an optional extra
        from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise PartError(
            "the library of the Model Context Protocol is not installed",
            place="mcp",
            remedy='install the extra: pip install "bowlby[mcp]"',
        ) from error
    server = MCPServer("bowlby", instructions=ABOUT, log_level="ERROR")

    async def told(asked: Awaitable[T]) -> T:
        """The answer; what cannot be asked is told to the assistant in words."""
        try:
            return await asked
        except BowlbyError as error:
            raise ToolError(str(error)) from error

    @server.tool()
    async def say(text: str) -> str:
        """Have the robot say a sentence aloud. The answer is what was said, or which duty of its guard forbids it."""
        return _effect(await told(robot.say(text)))

    @server.tool()
    async def show(expression: str) -> str:
        """Have the robot play an expression, such as nod or glad; an unknown one is answered with the nearest."""
        return _effect(await told(robot.show(expression)))

    @server.tool()
    async def look(yaw: float, pitch: float = 0.0, for_s: float = 3.0) -> str:
        """Have the robot look at a bearing in radians: yaw positive to its left, pitch positive up."""
        return _effect(await told(robot.look(yaw, pitch, for_s=for_s)))

    @server.tool()
    async def tell(line: str) -> str:
        """Tell the robot a line, as a person would type it to it; the answer is what it says to that."""
        return str(await told(robot.tell(line, wait_s=4.0))) or "it has heard that, and says nothing"

    @server.tool()
    async def state() -> str:
        """How the robot is at this moment: mode, what it does, who is in front of it, where it points. JSON."""
        return (await told(robot.state())).model_dump_json()

    _add_resources(server, robot)
    return server


def _effect(effect: Effect) -> str:
    return f"done: {effect}" if effect else f"refused: {effect}"


def _add_resources(server: MCPServer, robot: AsyncBowlby) -> None:
    @server.resource("bowlby://state", mime_type="application/json")
    async def state_now() -> str:
        """The robot at this moment."""
        return (await robot.state()).model_dump_json()

    @server.resource("bowlby://health", mime_type="application/json")
    async def health_now() -> str:
        """How each of its parts does, why, and what mends it."""
        return (await robot.health()).model_dump_json()

    @server.resource("bowlby://talk", mime_type="text/plain")
    async def talk_now() -> str:
        """The last lines that were heard and said."""
        return "\n".join(f"{line.who}: {line.text}" for line in await robot.talk() if not line.why)
