"""The client for programs that wait for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from pydantic_core import from_json
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import connect

from robot.doors.client import calls
from robot.doors.client.wire import PATIENCE_S, Way, read, wish

if TYPE_CHECKING:
    from collections.abc import Generator

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


class Bowlby:
    """A robot, addressed through its page. What the guard refused is an `Effect` that is false and says why. What
    cannot be asked at all raises InputError; what the robot cannot do now, PartError.
    """

    def __init__(self, url: str = "", *, key: str = "", language: str = "en") -> None:
        """`url`: of its page, else what BOWLBY_URL says, else this machine's; `key`: else BOWLBY_KEY. `language`: of
        what is explained.
        """
        self._way = Way.to(url, key, language)
        self._http = httpx.Client(
            base_url=self._way.root, headers=self._way.headers, timeout=PATIENCE_S, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def _ask(self, call: ApiCall[T]) -> T:
        try:
            answer = self._http.request(call.method, call.path, json=call.body)
        except httpx.HTTPError as error:
            raise self._way.unreachable(error) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise self._way.unsendable(error) from error
        return read(call, answer)

    def state(self) -> StateNow:
        """The robot at this moment."""
        return self._ask(calls.STATE)

    def health(self) -> HealthNow:
        """How each of its parts does."""
        return self._ask(calls.HEALTH)

    def talk(self) -> list[TalkLine]:
        """The last lines that were heard and said."""
        return self._ask(calls.TALK)

    def say(self, text: str = "", *, phrase: str = "", **slots: str) -> Effect:
        """Have it say words of your own, or a phrase of its tables with what fills its slots."""
        return self._ask(calls.say(text, phrase, slots))

    def show(self, expression: str) -> Effect:
        """Have it play an expression."""
        return self._ask(calls.show(expression))

    def look(self, yaw: float, pitch: float = 0.0, *, for_s: float = 3.0) -> Effect:
        """Have it look at a bearing, rad: yaw positive to the left, pitch positive up."""
        return self._ask(calls.look(yaw, pitch, for_s))

    def tell(self, text: str, *, wait_s: float = 2.0) -> Told:
        """Tell it a line, as somebody would type it, and wait so long for what it answers."""
        return self._ask(calls.tell(text, wait_s))

    def hush(self) -> None:
        """Have it be silent and still at once."""
        self._ask(calls.HUSH)

    def expressions(self) -> list[str]:
        """Names of what it can show."""
        return self._ask(calls.EXPRESSIONS)

    def phrases(self) -> list[PhraseNow]:
        """What it can say by name."""
        return self._ask(calls.PHRASES)

    def behaviors(self) -> list[BehaviorNow]:
        """Its behaviours with their parameters."""
        return self._ask(calls.BEHAVIORS)

    def change(self, behavior: str, parameter: str, value: str | float) -> BehaviorNow:
        """Give a behaviour's parameter another value, until the next start."""
        return self._ask(calls.change(behavior, parameter, value))

    def reset(self, behavior: str) -> BehaviorNow:
        """Put a behaviour's parameters back to what its file says."""
        return self._ask(calls.reset(behavior))

    def memory(self) -> dict[str, Any]:
        """All that it keeps of people, complete; for an owner's key."""
        return self._ask(calls.MEMORY)

    def forget(self, name: str) -> Forgotten:
        """Have it forget one person; for an owner's key."""
        return self._ask(calls.forget(name))

    def forget_all(self) -> Forgotten:
        """Have it forget everything; for an owner's key."""
        return self._ask(calls.FORGET_ALL)

    def people(self) -> list[PersonNow]:
        """Who is in the simulated room."""
        return self._ask(calls.PEOPLE)

    def speak(self, person: str, text: str) -> None:
        """Have somebody in the simulated room say a line aloud."""
        self._ask(calls.speak(person, text))

    def touch(self, pad: str = "head", *, hold_s: float = 0.5) -> None:
        """Have a hand lie on a pad, "head" or "back", in the simulator."""
        self._ask(calls.touch(pad, hold_s))

    def live(self, *streams: str, every: int = 5) -> Generator[dict[str, Any]]:
        """Messages as they come: of "ticks" (every so manieth), "percepts", "words" and "verdicts".

        Ends with the robot; close the iterator to end it earlier. Raises InputError when the robot ends it, as it does
        for a key that was taken back.
        """
        try:
            with connect(self._way.line, additional_headers=self._way.headers, proxy=None) as line:
                line.send(wish(streams, every))
                for message in line:
                    yield from_json(message)
        except ConnectionClosed as error:
            self._way.ended(error)
        except InvalidStatus as error:
            raise self._way.refused() from error
        except (OSError, WebSocketException, ValueError) as error:  # the latter two where another program answers
            raise self._way.unreachable(error) from error
