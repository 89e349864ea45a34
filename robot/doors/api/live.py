"""The live line: ticks, percepts, words and verdicts to whoever asked for them, as small JSON.

Of ticks the newest waits for a slow reader, and none else; of the rest the last hundreds do, and what is lost is told.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import to_json
from starlette.websockets import WebSocketDisconnect

from robot.core.clock import stopwatch
from robot.core.percepts import FacesSeen, Need, SenseTurned, Touch, Tuned, Utterance, VoiceActivity, Wish
from robot.core.voice_commands import Speech
from robot.doors.api.form_mistakes import mistake
from robot.doors.api.judgement import held
from robot.doors.api.reading import state_of
from robot.doors.api.wanted import Wanted
from robot.doors.keys import KeyRole
from robot.page.server.access import Bucket
from robot.page.server.read_json import read_object
from robot.recording.plain import plain
from robot.texts.catalogue import words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    from robot.core.intents import Verdict
    from robot.core.tick import Tick
    from robot.doors.api.desk import Desk
    from robot.doors.keys import DoorKey

HELD = 256  # messages that wait for a slow reader
SAME_S = 10.0  # a verdict is no news so soon after the same one
LOOK_S = 1.0  # whether the key is still good
TOLD = (FacesSeen, VoiceActivity, Touch, SenseTurned, Tuned, Wish)  # what else is sensed stands in ticks and words


class ProgramLine:
    """One program's line."""

    def __init__(self, socket: WebSocket, key: DoorKey, language: str) -> None:
        self._socket = socket
        self._key = key
        self._owns = key.role is KeyRole.OWNER  # others are told nothing of an episode of need
        self._language = language
        self._wanted = Wanted()
        self._tick: Tick | None = None
        self._queue: deque[dict[str, Any]] = deque(maxlen=HELD)
        self._lost = 0
        self._lately: dict[Verdict, float] = {}
        self._wake = asyncio.Event()

    async def serve(self, desk: Desk, still_good: Callable[[], bool]) -> None:
        """From its coming to its going, or until its key is taken back."""
        await self._socket.accept()
        tasks = [
            asyncio.create_task(one) for one in (self._send(), self._hear(), _until_gone(still_good, self._language))
        ]
        with desk.ticks.followed(self._see):
            _, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        reasons = await asyncio.gather(*tasks, return_exceptions=True)
        ending = next((one for one in reasons if isinstance(one, str)), "")
        with suppress(RuntimeError, WebSocketDisconnect):  # the other side has closed it already
            await self._socket.close(1008 if ending else 1000, ending)
        for fault in (one for one in reasons if isinstance(one, Exception)):
            raise fault

    def _see(self, tick: Tick) -> None:
        wanted, told = self._wanted, self._owns or not tick.scene.in_need
        if wanted.has("ticks") and tick.n % wanted.every == 0:
            self._tick = tick
            self._wake.set()
        if wanted.has("percepts"):
            for percept in tick.percepts:
                if isinstance(percept, TOLD) or (self._owns and isinstance(percept, Need)):
                    self._put({"kind": "percept", "type": type(percept).__name__.lower(), "percept": _told(percept)})
        if wanted.has("words") and told:
            self._put_words(tick)
        if wanted.has("verdicts") and tick.verdicts and told:
            self._put_verdicts(tick)

    def _put_words(self, tick: Tick) -> None:
        for percept in tick.percepts:
            if isinstance(percept, Utterance):
                meant = {"meaning": percept.intent, "via": percept.via}
                self._put({"kind": "words", "t": tick.t, "who": "person", "text": percept.verbatim, **meant})
        for command in tick.voice:
            if isinstance(command, Speech) and not command.sound:
                self._put({"kind": "words", "t": tick.t, "who": "robot", "text": command.text})

    def _put_verdicts(self, tick: Tick) -> None:
        self._lately = {one: t for one, t in self._lately.items() if 0.0 <= tick.t - t < SAME_S}
        for verdict in tick.verdicts:
            if verdict not in self._lately:
                self._lately[verdict] = tick.t
                self._put({"kind": "verdict", "t": tick.t, **held(verdict, self._language).model_dump()})

    def _put(self, message: dict[str, Any]) -> None:
        self._lost += len(self._queue) == HELD
        self._queue.append(message)
        self._wake.set()

    async def _send(self) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._send_all()

    async def _send_all(self) -> None:
        """Whatever waits."""
        if self._lost:
            lost, self._lost = self._lost, 0
            await self._socket.send_text(to_json({"kind": "lost", "messages": lost}).decode())
        while self._queue:
            await self._socket.send_text(to_json(self._queue.popleft()).decode())
        tick, self._tick = self._tick, None
        if tick is not None:
            await self._socket.send_text(
                to_json({"kind": "tick", **state_of(tick, self._key.role).model_dump()}).decode()
            )

    async def _hear(self) -> str:
        """What it wants, message by message; why the line is to end."""
        pace = Bucket(burst=20, rate=5)
        with suppress(WebSocketDisconnect):
            while True:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                if not pace.take(stopwatch()):
                    return words(sentence("doors.too_fast"), self._language)
                self._take(message.get("text") or "")
        return ""

    def _take(self, text: str) -> None:
        found = read_object(text)
        try:
            wanted = Wanted.model_validate(found)
        except ValidationError as error:
            told = mistake(error.errors(include_input=False, include_url=False)[0], within=0)
            self._put({"kind": "problem", "detail": words(told, self._language)})
            return
        if not self._key.role.covers(KeyRole.BUILDER) and set(wanted.want) - {"ticks"}:
            told = sentence("doors.needs_role", role="builder", name=self._key.name, has=self._key.role.value)
            self._put({"kind": "problem", "detail": words(told, self._language)})
            return
        self._wanted = wanted


async def _until_gone(still_good: Callable[[], bool], language: str) -> str:
    while still_good():  # noqa: ASYNC110 - a file tells of no event
        await asyncio.sleep(LOOK_S)
    return words(sentence("doors.wrong_key"), language)


def _told(percept: object) -> dict[str, Any]:
    told: dict[str, Any] = plain(percept)
    if isinstance(percept, FacesSeen):  # who is known by their face is the memory's to tell
        told["faces"] = [{name: value for name, value in face.items() if name != "who"} for face in told["faces"]]
        told.pop("learned", None)
    return told
