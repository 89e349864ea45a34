"""Hearing by another machine: sound goes there, what the same listener makes of it comes back.

The robot's own listener is kept ready beside it. Whichever of the two hears, the sound since the last pause is kept
here, so that a sentence during which the network goes is heard to its end by the other: it is told the sentence anew.
What the other machine had not yet come to is kept as well: on a busy one that is seconds.
Back to the other machine it goes at a pause. The other end is in `remote_listener.py`.
"""

from __future__ import annotations

import json
import logging
import math
from collections import deque
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Any, cast

from hardware.network.line import ServiceLine
from hardware.network.session import chunk, place
from robot.core.clock import unguessable
from robot.core.condition import Condition, Health
from robot.parts.supervise import Enduring
from robot.recording.plain import reader
from robot.sense.hearing.worker_messages import Done, Ready, Recognised, Spoke, Woken
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.errors import PartError
    from robot.parts.protocols import Listener
    from robot.parts.registry import Surroundings
    from robot.sense.hearing.worker_messages import Message

log = logging.getLogger(__name__)

KEY = "bowlby/lend/hearing"
LENT = sentence("health.hearing_lent")
INSTEAD = sentence("health.hearing_away")
REMEDY = sentence("health.see_lend_runs")
PAUSE_S = 2.0  # kept of a pause, before what is heard so far: the beginning of a sentence is in it
MOST_BLOCKS = 1500  # kept at most
PATIENCE_S = 0.5  # sound is kept meanwhile
EVERY_S = 0.03  # how often the other machine is asked
KINDS: dict[str, type[Message]] = {kind.__name__.lower(): kind for kind in (Ready, Spoke, Recognised, Woken, Done)}
SOUND = ("sound", "played")


def open_listener(address: str, around: Surroundings) -> FarHearing:  # noqa: ARG001 - the signature of factories
    """`tcp://desk.local`. Raises ConfigError for another kind of address, DeviceError without library or key."""
    line = ServiceLine(
        place(address), "far_hearing", KEY, patience_s=PATIENCE_S, lent=LENT, instead=INSTEAD, remedy=REMEDY
    )
    return FarHearing(line)


class FarHearing:
    """A robot.parts.Listens."""

    def __init__(self, line: ServiceLine) -> None:
        self._line = line
        self._pair: Pair | None = None

    def with_fallback(self, own: Listener) -> Listener:
        self._pair = Pair(self._line, own)
        return self._pair

    @property
    def hears(self) -> bool:
        """Whether the other machine is the one that listens at present."""
        return self._pair is not None and self._pair.far

    def health(self) -> Health:
        ready = self._pair.ready if self._pair is not None else None
        if self._line.there and ready is not None and ready.fault:
            cannot = sentence("health.hearing_cannot", why=ready.fault)
            there = sentence("health.there", remedy=ready.remedy)
            return Health("far_hearing", Condition.LESSER, cannot, there)
        return self._line.health()

    def close(self) -> None:
        self._line.close()


class Pair:
    """A listener on another machine with the robot's own beside it."""

    def __init__(self, line: ServiceLine, own: Listener) -> None:
        self._line, self._own = line, own
        self._who = chunk(unguessable(12))
        self._lock = RLock()
        self._closing = Event()
        self._outbox: list[Any] = []  # for the other machine
        self._inbox: deque[Any] = deque()
        self._kept: deque[Any] = deque(maxlen=MOST_BLOCKS)
        self._grammar: Any = None
        self.far = self._speaking = False
        self._doubted = math.inf  # until when somebody spoke, by the other machine alone
        self.ready: Ready | None = None  # what the other machine would hear with
        self._told = -1.0  # until when all that was said is told
        self._own_ready: Ready | None = None
        self._thread = Thread(target=self._ask, name="far-listener", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._own.alive

    @property
    def pid(self) -> int:
        return self._own.pid

    @property
    def toil(self) -> float:
        return self._own.toil

    @property
    def ended(self) -> str:
        return self._own.ended

    def send(self, message: Any) -> None:
        with self._lock:
            kind = message[0]
            if kind in SOUND:
                self._kept.append(message)
            elif kind == "grammar":
                self._grammar, self.ready = message, None
            else:
                self._kept.clear()
                self._speaking, self._doubted = False, math.inf
            if self.far:
                self._outbox.append(message)
            if not self.far or kind not in SOUND:
                self._own.send(message)

    def receive(self) -> list[Any]:
        with self._lock:
            for message in self._own.receive():
                if isinstance(message, Ready):
                    self._own_ready = message
                if not self.far:
                    self._take(message)
            out = list(self._inbox)
            self._inbox.clear()
            return out

    def wait(self, seconds: float) -> bool:
        return bool(self._inbox) or self._own.wait(seconds)

    def pace(self, share: float) -> None:
        """Only what works on this machine rests by turns."""
        self._own.pace(share)

    def close(self) -> None:
        self._closing.set()
        self._thread.join()
        self._own.close()

    def _take(self, message: Message) -> None:
        """What the one that hears says; what the other had said before it is not said twice."""
        if isinstance(message, (Spoke, Recognised)) and message.certain <= self._told:
            return
        if isinstance(message, Done):
            self._heard_until(message.t)
        elif isinstance(message, Spoke):
            self._speaking, self._doubted = message.speaking, math.inf
            if not message.speaking:
                self._told = message.certain - 1e-3  # the words of the same moment come next, and may be lost
        elif isinstance(message, Recognised):
            self._told = message.certain
            self._kept = deque((one for one in self._kept if one[1] >= message.certain), MOST_BLOCKS)
        self._inbox.append(message)

    def _heard_until(self, t: float) -> None:
        if t >= self._doubted:  # this machine's own listener heard nobody speak there
            self._speaking, self._doubted = False, math.inf
            self._inbox.append(Spoke(t, t, speaking=False))
        while not self._speaking and self._kept and self._kept[0][1] < t - PAUSE_S:
            self._kept.popleft()

    def _ask(self) -> None:
        """The thread that speaks with the other machine."""
        enduring = Enduring(self._lose)
        while not self._closing.wait(EVERY_S):
            with enduring:
                if self.far or self._prepare():
                    self._exchange()

    def _exchange(self) -> None:
        with self._lock:
            messages, self._outbox = self._outbox, []
        answer = _asked(self._line, self._who, messages)
        with self._lock:
            if answer is None:
                self._hand_over()
                return
            for message in answer:
                if isinstance(message, Ready):
                    self.ready = message
                self._take(message)
            ready = self.ready
            if ready is not None and ready.fault:  # it was told another grammar, for which it has no model
                self._hand_over()
                self.ready = ready

    def _lose(self, _: PartError) -> None:
        with self._lock:
            if self.far:
                self._hand_over()

    def _prepare(self) -> bool:
        """Let the other machine load what it needs; at the next pause it hears. Gives whether it does now: not while
        it is asked for a grammar that was the right one when it began.
        """
        grammar = self._grammar
        if not self._line.there or grammar is None:
            self.ready = None
            return False
        asked: list[Any] = [grammar]
        while self.ready is None and not self._closing.wait(EVERY_S):
            answer = _asked(self._line, self._who, asked)
            asked = []
            with self._lock:
                if answer is None or self._grammar is not grammar:
                    return False
                self.ready = next((message for message in answer if isinstance(message, Ready)), None)
        with self._lock:
            ready = self.ready
            if ready is None or ready.fault or self._speaking or self._grammar is not grammar:
                return False
            self.far, self._outbox = True, [("reset",)]
            self._inbox.append(ready)
        log.info("far hearing: the other machine hears, by %s", ready.name)
        return True

    def _hand_over(self) -> None:
        """The robot's own listener hears again, from the last pause on."""
        self.far, self._outbox, self.ready = False, [], None
        if self._own_ready is not None:
            self._inbox.append(self._own_ready)
        self._doubted = self._kept[-1][1] if self._speaking and self._kept else math.inf
        self._own.send(("reset",))
        for message in self._kept:
            self._own.send(message)


def _asked(line: ServiceLine, who: str, messages: list[Any]) -> list[Message] | None:
    """Tell the other machine's listener something, and take what it has to say."""
    header, sound = [], []
    for kind, *values in messages:
        if kind in SOUND:
            t, raw, anew = values
            header.append([kind, t, len(raw), anew])
            sound.append(raw)
        elif kind == "grammar":
            language, grammar, _, wake = values  # where its model lies is each machine's own business
            header.append([kind, language, grammar.phrases, grammar.slots, grammar.commands, wake])
        else:
            header.append([kind])
    answer = line.ask(b"".join(sound), json.dumps(header).encode(), below=who)
    if answer is None:
        return None
    try:
        return [reader(cast("Any", KINDS[one.pop("kind")]))(one) for one in json.loads(answer)]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
