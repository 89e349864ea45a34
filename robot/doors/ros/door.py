"""The door to ROS 2: publishes joint angles, what was heard and said and whether somebody is here, and takes sentences
and points to look at, which pass the guard like any wish.

The loop gives it each tick and waits for nothing; all else happens in the thread of the line.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from robot.core.kinematics import bearing_of
from robot.core.percepts import Telemetry, Utterance, Wish
from robot.core.voice_commands import Speech
from robot.doors.api.forms import LONGEST, LookForm, SayForm
from robot.doors.asking import Asking, WishAnswer
from robot.doors.ros import messages
from robot.doors.ros.graph import PUBLISHER, SUBSCRIBER, RosNode, RosTopic, attachment, gid, ros_name
from robot.doors.ros.line import RosLine
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    import zenoh

    from robot.config.schema import Config
    from robot.core.clock import Clock
    from robot.core.condition import Health
    from robot.core.tick import Tick
    from robot.page.api import Controls

BY = "ROS 2"
BACKLOG = 50  # ticks that wait for the line
WAITING = 16  # messages from there that wait for it
MOST_BYTES = 4096  # of such a message
PRESENT_EVERY_S = 1.0  # presence is told so often, and when it changes


class Came(NamedTuple):
    """A message from a topic."""

    topic: str
    data: bytes


class RosDoor:
    """An observer of the loop; close it when done."""

    def __init__(self, config: Config, controls: Controls, clock: Clock) -> None:
        """Raises DeviceError without the libraries."""
        self._clock = clock
        self._name, self._domain = ros_name(config.robot.name), config.network.ros_domain
        self._says = {
            name: messages.topic(name, kind)
            for name, kind in (
                ("joint_states", messages.JOINTS),
                ("heard", messages.STRING),
                ("said", messages.STRING),
                ("present", messages.BOOL),
                ("answer", messages.STRING),
            )
        }
        self._takes = {
            "say": messages.topic("say", messages.STRING),
            "look": messages.topic("look", messages.POINT),
        }
        self._do: dict[str, Callable[[bytes], None]] = {"say": self._say, "look": self._look}
        self._ticks: deque[Tick] = deque(maxlen=BACKLOG)
        self._came: deque[Came] = deque(maxlen=WAITING)
        self._answers: deque[WishAnswer] = deque()
        self._asking = Asking(controls, config.robot.language, self._answers.append)
        self._node = RosNode(self._domain, "", self._name)
        self._held: list[object] = []  # tokens and subscribers: they would go with their last reference
        self._gids: dict[str, bytes] = {}
        self._sent: dict[str, int] = {}
        self._present: tuple[bool, float] | None = None
        self._line = RosLine(config.network.ros, self._begin, self._work)

    # ---------------------------------------------------------------- the loop's thread, and any

    def see(self, tick: Tick) -> None:
        self._ticks.append(tick)

    def health(self) -> Health:
        """How the line does, and where its topics are."""
        return self._line.health(sentence("health.ros_told", place=self._line.at, name=f"/{self._name}"))

    def close(self) -> None:
        """Safe to call twice."""
        self._line.close()

    # ---------------------------------------------------------------- the line's thread

    def _begin(self, session: zenoh.Session) -> None:
        """Be there as a node, with its publishers and subscribers."""
        self._node = RosNode(self._domain, str(session.zid()), self._name)
        self._came.clear()
        self._present = None
        liveliness = session.liveliness()
        self._held = [liveliness.declare_token(self._node.token)]
        for number, one in enumerate((*self._says.values(), *self._takes.values()), 1):
            kind = PUBLISHER if one.topic in self._says else SUBSCRIBER
            token = self._node.end_token(number, kind, one)
            self._held.append(liveliness.declare_token(token))
            if kind == PUBLISHER:
                self._gids[one.topic], self._sent[one.topic] = gid(token), 0
            else:
                self._held.append(session.declare_subscriber(self._node.key(one), self._hearing(one)))

    def _hearing(self, one: RosTopic) -> Callable[[zenoh.Sample], None]:
        def hear(sample: zenoh.Sample) -> None:
            if len(sample.payload) <= MOST_BYTES:
                self._came.append(Came(one.topic, sample.payload.to_bytes()))

        return hear

    def _work(self, session: zenoh.Session) -> None:
        while self._came:
            came = self._came.popleft()
            self._do[came.topic](came.data)
        last = None
        while self._ticks:
            last = self._ticks.popleft()
            self._asking.judge(last)
            for heard in (one.verbatim for one in last.percepts if isinstance(one, Utterance) and one.text):
                self._tell(session, "heard", messages.text(heard))
            for said in (one.text for one in last.voice if isinstance(one, Speech) and not one.sound):
                self._tell(session, "said", messages.text(said))
        self._asking.give_up()
        if last is not None:
            self._tell_state(session, last)
        while self._answers:
            told = json.dumps(self._answers.popleft()._asdict(), ensure_ascii=False)
            self._tell(session, "answer", messages.text(told))

    def _tell_state(self, session: zenoh.Session, tick: Tick) -> None:
        told = next((one.pose for one in tick.percepts if isinstance(one, Telemetry)), tick.frame.pose)
        self._tell(session, "joint_states", messages.joints(told, self._now_ns()))
        here = tick.scene.alone_since is None
        if self._present is None or self._present[0] != here or tick.t - self._present[1] >= PRESENT_EVERY_S:
            self._present = (here, tick.t)
            self._tell(session, "present", messages.truth(here))

    def _tell(self, session: zenoh.Session, topic: str, data: bytes) -> None:
        self._sent[topic] += 1
        session.put(
            self._node.key(self._says[topic]),
            data,
            attachment=attachment(self._sent[topic], self._now_ns(), self._gids[topic]),
        )

    def _now_ns(self) -> int:
        return int(self._clock.civil().timestamp() * messages.NS)

    def _say(self, data: bytes) -> None:
        if not self._asking.admit("say"):
            return
        try:
            text = SayForm(text=messages.read(messages.STRING, data).data).text or ""
        except (ValueError, ValidationError):
            self._asking.refuse("say", sentence("doors.home_no_sentence", most=LONGEST))
        else:
            self._asking.wish("say", Wish(0.0, 0, BY, text=text))

    def _look(self, data: bytes) -> None:
        if not self._asking.admit("look"):
            return
        try:
            point = messages.read(messages.POINT, data)
            bearing = bearing_of(point.x, point.y, point.z)
            form = LookForm(yaw=bearing.yaw, pitch=bearing.pitch)
        except (ValueError, ValidationError):
            self._asking.refuse("look", sentence("doors.ros_no_point"))
        else:
            self._asking.wish("look", Wish(0.0, 0, BY, yaw=form.yaw, pitch=form.pitch, look_s=form.for_s))
