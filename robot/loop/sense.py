"""The first step: every device is asked for what came, and what was said passes the watch over words of need."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.percepts import Telemetry, Tuned, Utterance
from robot.core.requests import TakeWish
from robot.guard.need_meanings import HEAVY, OWN
from robot.sense.language.phrases import COMMANDS
from robot.sense.switches import MICROPHONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.diary import Diary
    from robot.core.percepts import Percept, Wish
    from robot.core.pose_history import PoseHistory
    from robot.core.requests import DropWish
    from robot.guard.watch import Watch
    from robot.loop.devices import Devices, Suggests
    from robot.sense.switches import Switches

HEARD_UNCALLED = COMMANDS | OWN - {HEAVY}  # a faint doubt about words for others is none of its business


class SenseStep:
    """Asks the devices, in an order that lets hearing know of this tick what the robot itself says."""

    def __init__(self, devices: Devices, switches: Switches, watch: Watch, history: PoseHistory) -> None:
        self._devices = devices
        self._switches = switches
        self._watch = watch
        self._history = history
        self._words_until = math.nan  # as hearing was told it
        self._tuned: deque[tuple[str, str]] = deque()
        self._chosen: deque[Utterance] = deque()
        self._wishes: deque[Wish] = deque()

    def poll(self, now: float, diary: Diary) -> tuple[Percept, ...]:
        """What is new since the last tick; the `diary` of then tells how the robot speaks and what it waits for."""
        hearing, sight, voice = self._devices.hearing, self._devices.sight, self._devices.voice
        percepts = self.body(now)
        hearing.mute(self._switches.off(MICROPHONE))
        if sight is not None:
            percepts += sight.poll(now)
        spoken = voice.poll(now)
        if voice.unheard:
            for percept in spoken:
                hearing.gate(percept.active)
        else:
            hearing.add_echo_reference(voice.take_played(now))
        percepts += self._devices.changes.poll(now)
        while self._tuned:
            percepts.append(Tuned(now, *self._tuned.popleft()))
        if self._wishes:  # one a turn, so that what becomes of it is told apart
            percepts.append(replace(self._wishes.popleft(), t=now))
        heard, reader = hearing.poll(now), self._devices.reader
        understood = list(heard if reader is None else reader.over(heard))
        while self._chosen:
            understood.append(replace(self._chosen.popleft(), t=now))
        if diary.words_until != self._words_until:
            self._words_until = diary.words_until
            hearing.stay(diary.words_until)
        watched = self._watch.over(understood, now, diary.manner.language, diary.words_until)
        percepts += [one for one in watched if not self._for_others(one)]
        if self._devices.model is not None:
            percepts += self._suggested(self._devices.model, percepts, now)
        percepts += spoken
        return tuple(percepts)

    def _for_others(self, percept: Percept) -> bool:
        """Words that the robot, which waits to be called, was not called for; a command or a call of need is for it."""
        return (
            isinstance(percept, Utterance)
            and percept.intent not in HEARD_UNCALLED
            and self._devices.hearing.passes_over(percept)
        )

    @staticmethod
    def _suggested(model: Suggests, percepts: list[Percept], now: float) -> Sequence[Percept]:
        """What the language model would say; a new line ends what it says to the one before."""
        if any(isinstance(percept, Utterance) for percept in percepts):
            model.cut()
        return model.poll(now)

    def body(self, now: float) -> list[Percept]:
        """What the body alone says; where the head was goes into the history, where its switch stands to the others."""
        percepts = list(self._devices.body.poll(now))
        for percept in percepts:
            if isinstance(percept, Telemetry):
                self._history.add(percept.t, percept.pose)
                self._switches.muted = percept.muted
        return percepts

    def tune(self, behavior: str, config: str) -> None:
        """Sense at the next turn that somebody gave a behaviour other parameters (JSON)."""
        self._tuned.append((behavior, config))

    def take(self, words: Utterance) -> None:
        """Sense at the next turn that somebody chose this meaning for what was said; the watch hears it, too."""
        self._chosen.append(words)

    def wish(self, request: TakeWish | DropWish) -> None:
        """Sense at one of the next turns what another program asks for, or no more if it was not sensed yet."""
        if isinstance(request, TakeWish):
            self._wishes.append(request.wish)
        else:
            self._wishes = deque(wish for wish in self._wishes if wish.number != request.number)
