"""The robot's side of a sound card's stream: its process is started, watched, and started anew when it ends."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any

from hardware.usb_card import UsbCard
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.parts.workers import Worker
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.texts.sentence import AnyText

Device = str | int | UsbCard | None  # a name, a number, what it is on the USB; None: the default one
FIRST_S = 3.0  # given to a card at the start to show itself
RETRY_S = 1.0  # between two starts of its process
SILENT_S = 1.2  # without a word of its process, once the stream runs
START_S = 10.0  # and while it is opened


class Card:
    """A stream by the name of its function in `stream.py`. `hear` takes every message that it does not keep."""

    def __init__(
        self, part: str, target: str, device: Device, remedy: AnyText, hear: Callable[[tuple[Any, ...]], None]
    ) -> None:
        self._part, self._target, self._device, self._remedy = part, target, device, remedy
        self._called = sentence(f"names.part.{part}")
        self._hear = hear
        self._worker: Worker | None = None
        self._heard_at = self._started = 0.0
        self._wanted = True
        opening = sentence("health.card_opening", part=self._called)
        self._trouble = self._opening = Health(part, Condition.FAULT, opening, remedy)
        self._patience = START_S
        self._lesser: AnyText = ""  # what is less than well about an open stream
        self.open = False
        self._lock = RLock()  # health is asked from the page's thread as well
        self._start().wait(FIRST_S)
        self.attend()

    def attend(self) -> None:
        """Take in what the process tells, and begin anew when it is gone or says nothing any more."""
        with self._lock:
            worker = self._worker
            if worker is None:
                return
            for message in worker.receive():
                self._heard_at = stopwatch()
                self._sort(message)
            if worker.alive and stopwatch() - self._heard_at < self._patience:
                return
            worker.close()
            if self.open or self._trouble is self._opening:
                self._lose(sentence("health.card_lost", part=self._called), "")
            if stopwatch() - self._started > RETRY_S:
                self._start()

    def send(self, message: tuple[Any, ...]) -> None:
        """For a card that is open: what is sent to another is dropped, since it would come out when it is there."""
        if self._worker is not None and self.open:
            self._worker.send(message)

    def want(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Whether the device shall be open at all; when not, it is truly closed before this returns."""
        with self._lock:
            if on == self._wanted:
                return
            self._wanted = on
            if on:
                self._start()
            else:
                self.close()

    def health(self) -> Health:
        self.attend()
        if not self._wanted:
            return Health(self._part, Condition.OFF, sentence("health.card_closed", part=self._called))
        if not self.open:
            return self._trouble
        if self._lesser:
            return Health(self._part, Condition.LESSER, self._lesser, sentence("health.end_other_programs"))
        return Health(self._part, Condition.OK, sentence("health.card_open", part=self._called))

    def close(self) -> None:
        with self._lock:
            if self._worker is not None:
                self._worker.close()
                self._worker = None
            self.open = False

    def _start(self) -> Worker:
        self._worker = worker = Worker(f"hardware.stream:{self._target}", name=f"bowlby-{self._part}")
        worker.send(self._device)
        self._heard_at = self._started = stopwatch()
        self._patience = START_S
        return worker

    def _sort(self, message: tuple[Any, ...]) -> None:
        match message:
            case ("open", trouble):
                self.open, self._lesser, self._patience = True, trouble, SILENT_S
            case ("again",):
                self._patience = START_S
            case ("beat",):
                pass
            case ("fault", what, remedy):
                self._lose(sentence("health.card_not_opened", part=self._called, why=what), remedy)
            case _:
                self._hear(message)

    def _lose(self, what: AnyText, remedy: AnyText) -> None:
        self.open = False
        self._trouble = Health(self._part, Condition.FAULT, what, remedy or self._remedy, f"{self._part}_lost")


def device_of(address: str, scheme: str) -> str | int | None:
    """`microphone:` -> None (the default device), `microphone:3` -> 3, `microphone:USB` -> a part of its name."""
    place = address.removeprefix(f"{scheme}:").strip("/")
    if not place:
        return None
    return int(place) if place.isdigit() else place
