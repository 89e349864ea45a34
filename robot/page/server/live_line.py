"""The live line to each browser: poses 25 times a second, pictures 8 times, sounds as they begin.

Everything is made once for all viewers, and only when somebody wants it. A browser that is slow gets fewer messages,
never old ones: for poses and pictures there is one slot each, and the newest wins. The other way come requests, and the
pictures and sound of whoever lends them (`lending.py`).
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect

from robot.core.clock import stopwatch
from robot.page.server.access import Bucket, VisitorRole
from robot.page.server.feed import PICTURE_LIVES_S
from robot.page.server.lending import Lender, PageLending
from robot.page.server.messages import faces_message, jpeg, pose_message
from robot.page.server.read_json import read_object
from robot.page.server.wav import wav

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from robot.core.percepts import FacesSeen
    from robot.page.server.served import Served

POSE_S = 0.04
PICTURE_EVERY = 3  # of the pose's beats: 8 pictures a second
LONGEST_REQUEST = 512  # bytes; what a page asks is far shorter
FARTHEST_M = 1000.0
PICTURE, SOUND = b"\x01", b"\x02"


class Viewer:
    """One browser's line: what it wants, and what waits to be sent."""

    def __init__(self, socket: WebSocket, *, may_act: bool) -> None:
        self.socket = socket
        self.may_act = may_act
        self.lender = Lender(socket.client.host if socket.client is not None else "", may_act)
        self.pace = Bucket(burst=60, rate=40)
        self.camera = False
        self.sound = False
        self.wake = asyncio.Event()
        self._pose: str | None = None
        self._picture: tuple[str, bytes] | None = None
        self._queue: deque[str | bytes] = deque(maxlen=8)

    def give_pose(self, message: str) -> None:
        self._pose = message
        self.wake.set()

    def give_picture(self, faces: str, picture: bytes) -> None:
        self._picture = (faces, picture)
        self.wake.set()

    def give(self, message: str | bytes) -> None:
        self._queue.append(message)
        self.wake.set()

    async def send(self) -> None:
        """Send what waits, for as long as the line stands."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            while self._queue:
                await self._send(self._queue.popleft())
            pose, self._pose = self._pose, None
            if pose is not None:
                await self.socket.send_text(pose)
            picture, self._picture = self._picture, None
            if picture is not None:
                await self.socket.send_text(picture[0])
                await self.socket.send_bytes(picture[1])

    async def _send(self, message: str | bytes) -> None:
        if isinstance(message, str):
            await self.socket.send_text(message)
        else:
            await self.socket.send_bytes(message)


class Live:
    """Beats for as long as the server runs."""

    def __init__(self, page: Served) -> None:
        self._page = page
        self._feed = page.feed
        self._turn = page.turn
        self._viewers: set[Viewer] = set()
        self._pictured: FacesSeen | None = None
        self._sounded = 0
        self._lending = PageLending(page)
        self._came = asyncio.Event()

    async def beat(self) -> None:
        """Make and hand out messages until cancelled; rest while nobody is there."""
        n = 0
        while True:
            if not self._viewers:
                await self._rest()
            await asyncio.sleep(POSE_S)
            n += 1
            if self._page.turn != self._turn:
                self._turn = self._page.turn
                for viewer in self._viewers:
                    viewer.give('{"k":"anew"}')
            self._give_pose()
            self._give_sounds()
            self._give_news_of_loans()
            if n % PICTURE_EVERY == 0:
                await self._give_picture()

    async def _rest(self) -> None:
        """Wait for the first viewer. What happens until then is no news to them."""
        self._came.clear()
        self._feed.watched = False
        await asyncio.sleep(POSE_S)  # a tick may just be keeping a picture that somebody looked at
        self._feed.drop_picture()
        self._pictured = None
        await self._came.wait()
        self._turn = self._page.turn
        self._sounded = max((sound.n for sound in tuple(self._feed.sounds)), default=self._sounded)

    def _give_pose(self) -> None:
        tick = self._feed.tick
        if tick is None:
            return
        controls = self._page.controls
        stage = None if self._lending.camera_lent else controls.stage  # whom it sees is not on the stage
        message = pose_message(tick, controls.description, None if stage is None else stage.figures())
        for viewer in self._viewers:
            viewer.give_pose(message)

    def _give_news_of_loans(self) -> None:
        self._lending.watch()
        for viewer in self._viewers:
            news = self._lending.news(viewer.lender)
            if news is not None:
                viewer.give(news)

    def _give_sounds(self) -> None:
        news = [sound for sound in tuple(self._feed.sounds) if sound.n > self._sounded]
        if not news:
            return
        self._sounded = news[-1].n
        listeners = [viewer for viewer in self._viewers if viewer.sound]
        for sound in news if listeners else ():
            message = '{"k":"cut"}' if sound.clip is None else SOUND + wav(sound.clip)
            for viewer in listeners:
                viewer.give(message)

    async def _give_picture(self) -> None:
        lookers = [viewer for viewer in self._viewers if viewer.camera]
        self._feed.watched = bool(lookers)
        seen, tick = self._feed.seen, self._feed.tick
        if seen is None or tick is None:
            return
        if not lookers or tick.t - seen.t > PICTURE_LIVES_S:
            self._feed.drop_picture()
            self._pictured = None
            for viewer in lookers:
                viewer.give('{"k":"dark"}')
            return
        if seen is self._pictured or seen.image is None:
            return
        self._pictured = seen
        message = faces_message(seen, tick, self._page.controls.description)
        picture = PICTURE + await asyncio.to_thread(jpeg, seen.image)
        for viewer in lookers:
            viewer.give_picture(message, picture)

    def close(self) -> None:
        """End what it has begun."""
        self._lending.close()

    async def serve(self, socket: WebSocket) -> None:
        """One browser, from its coming to its going. A viewer's wishes to move people are not heard."""
        await socket.accept()
        viewer = Viewer(socket, may_act=socket.scope["bowlby.role"] is VisitorRole.OWNER)
        self._viewers.add(viewer)
        self._came.set()
        sender = asyncio.create_task(viewer.send())
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                await self._take(viewer, message.get("text"), message.get("bytes"))
        except BufferError:
            await socket.close(code=1008, reason="too many requests")
        except WebSocketDisconnect:
            pass
        finally:
            self._viewers.discard(viewer)
            self._lending.leave(viewer.lender)
            sender.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect):
                await sender

    async def _take(self, viewer: Viewer, text: str | None, data: bytes | None) -> None:
        """One message. Raises BufferError when they come faster than a page ever sends them."""
        if data is not None:
            answer = await self._lending.take(viewer.lender, data)
            if answer is not None:
                viewer.give(answer)
        elif not viewer.pace.take(stopwatch()):
            raise BufferError
        elif text is not None:
            self._hear(viewer, text)

    def _hear(self, viewer: Viewer, text: str) -> None:
        """A request of the page's script; what does not have its form is not ours and is left alone."""
        if len(text) > LONGEST_REQUEST:
            return
        match read_object(text):
            case {"want": {"camera": bool(camera), "sound": bool(sound)}}:
                viewer.camera, viewer.sound = camera, sound
            case {"lend": [str(sense), str(wish)]}:
                answer = self._lending.ask(viewer.lender, sense, wish)
                if answer is not None:
                    viewer.give(answer)
            case {"move": [str(figure), float() | int() as x, float() | int() as y]}:
                stage = self._page.controls.stage
                if viewer.may_act and stage is not None and max(abs(x), abs(y)) < FARTHEST_M:
                    stage.move(figure, float(x), float(y))
