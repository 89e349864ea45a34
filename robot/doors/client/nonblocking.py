"""The client for asyncio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from pydantic_core import from_json
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from robot.doors.client import calls
from robot.doors.client.wire import PATIENCE_S, Way, read, wish

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from robot.doors.answers import (
        BehaviorNow,
        Effect,
        Forgotten,
        HealthNow,
        PersonNow,
        PhraseNow,
        StateNow,
        TalkLine,
        Told,
    )
    from robot.doors.client.calls import ApiCall

T = TypeVar("T")


class AsyncBowlby:
    """As `Bowlby`, each call to be awaited."""

    def __init__(self, url: str = "", *, key: str = "", language: str = "en") -> None:
        """As `Bowlby`."""
        self._way = Way.to(url, key, language)
        self._http = httpx.AsyncClient(
            base_url=self._way.root, headers=self._way.headers, timeout=PATIENCE_S, trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def _ask(self, call: ApiCall[T]) -> T:
        try:
            answer = await self._http.request(call.method, call.path, json=call.body)
        except httpx.HTTPError as error:
            raise self._way.unreachable(error) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise self._way.unsendable(error) from error
        return read(call, answer)

    async def state(self) -> StateNow:
        """The robot at this moment."""
        return await self._ask(calls.STATE)

    async def health(self) -> HealthNow:
        """How each of its parts does."""
        return await self._ask(calls.HEALTH)

    async def talk(self) -> list[TalkLine]:
        """The last lines that were heard and said."""
        return await self._ask(calls.TALK)

    async def say(self, text: str = "", *, phrase: str = "", **slots: str) -> Effect:
        """Have it say words of your own, or a phrase of its tables with what fills its slots."""
        return await self._ask(calls.say(text, phrase, slots))

    async def show(self, expression: str) -> Effect:
        """Have it play an expression."""
        return await self._ask(calls.show(expression))

    async def look(self, yaw: float, pitch: float = 0.0, *, for_s: float = 3.0) -> Effect:
        """Have it look at a bearing, rad: yaw positive to the left, pitch positive up."""
        return await self._ask(calls.look(yaw, pitch, for_s))

    async def tell(self, text: str, *, wait_s: float = 2.0) -> Told:
        """Tell it a line, as somebody would type it, and wait so long for what it answers."""
        return await self._ask(calls.tell(text, wait_s))

    async def hush(self) -> None:
        """Have it be silent and still at once."""
        await self._ask(calls.HUSH)

    async def expressions(self) -> list[str]:
        """Names of what it can show."""
        return await self._ask(calls.EXPRESSIONS)

    async def phrases(self) -> list[PhraseNow]:
        """What it can say by name."""
        return await self._ask(calls.PHRASES)

    async def behaviors(self) -> list[BehaviorNow]:
        """Its behaviours with their parameters."""
        return await self._ask(calls.BEHAVIORS)

    async def change(self, behavior: str, parameter: str, value: str | float) -> BehaviorNow:
        """Give a behaviour's parameter another value, until the next start."""
        return await self._ask(calls.change(behavior, parameter, value))

    async def reset(self, behavior: str) -> BehaviorNow:
        """Put a behaviour's parameters back to what its file says."""
        return await self._ask(calls.reset(behavior))

    async def memory(self) -> dict[str, Any]:
        """All that it keeps of people, complete; for an owner's key."""
        return await self._ask(calls.MEMORY)

    async def forget(self, name: str) -> Forgotten:
        """Have it forget one person; for an owner's key."""
        return await self._ask(calls.forget(name))

    async def forget_all(self) -> Forgotten:
        """Have it forget everything; for an owner's key."""
        return await self._ask(calls.FORGET_ALL)

    async def people(self) -> list[PersonNow]:
        """Who is in the simulated room."""
        return await self._ask(calls.PEOPLE)

    async def speak(self, person: str, text: str) -> None:
        """Have somebody in the simulated room say a line aloud."""
        await self._ask(calls.speak(person, text))

    async def touch(self, pad: str = "head", *, hold_s: float = 0.5) -> None:
        """Have a hand lie on a pad, "head" or "back", in the simulator."""
        await self._ask(calls.touch(pad, hold_s))

    async def live(self, *streams: str, every: int = 5) -> AsyncGenerator[dict[str, Any]]:
        """As `Bowlby.live`."""
        try:
            async with connect(self._way.line, additional_headers=self._way.headers, proxy=None) as line:
                await line.send(wish(streams, every))
                async for message in line:
                    yield from_json(message)
        except ConnectionClosed as error:
            self._way.ended(error)
        except InvalidStatus as error:
            raise self._way.refused() from error
        except (OSError, WebSocketException, ValueError) as error:  # the latter two where another program answers
            raise self._way.unreachable(error) from error
