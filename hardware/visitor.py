"""A visitor's camera and microphone, lent through the page, over the robot's own: `page:` before an address.

`page:/dev/video0` is that camera until a visitor lends theirs, and again afterwards; `page:` alone has nothing of its
own. A webcam stands still while the robot's head turns, so its pictures are read as if they were taken straight ahead.
"""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from hardware.samples import SampleClock
from robot.core.audio import HEARD_RATE
from robot.core.body_frame import ZERO
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.core.percepts import VoiceActivity
from robot.parts.browser_media import HERE, LoanEnding
from robot.parts.protocols import Audio, Ears, Picture
from robot.parts.registry import CAMERAS, EARS, P_co, open_part
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from robot.parts.browser_media import LentPicture, LentSound, Loan
    from robot.parts.protocols import Camera, Part, TextLine
    from robot.parts.registry import PartKind, Surroundings
    from robot.texts.sentence import Sentence

GONE_S = 2.0  # after a loss, before the robot's own sense comes back: that it was lost is told first
OLDEST_S = 1.0  # an age is believed up to this
CLOSING_S = 1.0  # of silence after the last block, so that what was being said comes to its end
SETTLES_S = 2.0  # for which hearing still works on it


LOST = {
    LoanEnding.LEFT: sentence("health.loan_left"),
    LoanEnding.SILENT: sentence("health.loan_silent"),
    LoanEnding.UNPLUGGED: sentence("health.loan_unplugged"),
}


class Use(Enum):
    """Which sense is used at this moment."""

    OWN = auto()
    LENT = auto()
    GONE = auto()


class _Turn:
    """Tells whose turn it is."""

    def __init__(self, loan: Loan[LentPicture] | Loan[LentSound]) -> None:
        self._loan = loan
        self._over = 0  # the last loan whose end was seen
        self._gone_until = -math.inf
        self.use = Use.OWN

    def at(self, now: float) -> Use:
        terms = self._loan.terms
        if terms.by:
            self.use = Use.LENT
            return self.use
        if terms.number != self._over:
            self._over = terms.number
            self._gone_until = now if terms.ending is None or terms.ending.meant else now + GONE_S
        self.use = Use.GONE if now < self._gone_until else Use.OWN
        return self.use

    def health(self, part: str, own: Part, shape: str = "") -> Health:
        """The line of the sense that is used."""
        terms = self._loan.terms
        if self.use is Use.OWN:
            return own.health()
        if self.use is Use.GONE:
            why = "" if terms.ending is None else LOST.get(terms.ending, "")
            lost = sentence("health.loan_lost", sense=sentence(f"names.part.{part}"), why=why)
            return Health(part, Condition.FAULT, lost, sentence("health.lend_again"), f"{part}_lost")
        return Health(part, Condition.OK, _lent(terms.by, shape))


def _lent(by: str, shape: str) -> Sentence:
    """Whose it is, and the size of the pictures where there are any."""
    if by == HERE:
        return sentence("health.lent_here_sized", size=shape) if shape else sentence("health.lent_here")
    return (
        sentence("health.lent_from_sized", address=by, size=shape)
        if shape
        else sentence("health.lent_from", address=by)
    )


class NoCamera:
    """A camera that is not there: nothing comes."""

    latency: float | None = None

    def __init__(self, health: Health) -> None:
        self._health = health

    def poll(self, now: float) -> None: ...

    def health(self) -> Health:
        return self._health

    def close(self) -> None: ...


class NoEars(Ears):
    """Ears that are not there: nothing comes."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def poll(self, now: float) -> Sequence[Audio]:  # noqa: ARG002 - as all ears
        return ()

    def health(self) -> Health:
        return self._health

    def close(self) -> None: ...


class VisitorCamera:
    """A robot.parts.Camera: the visitor's while they lend it, otherwise the robot's own."""

    def __init__(self, loan: Loan[LentPicture], own: Camera) -> None:
        self._loan, self._own = loan, own
        self._turn = _Turn(loan)
        self._offset = math.inf  # the stopwatch less the browser's clock, as far as the line's delay lets it be known
        self._number = 0
        self._shape = ""
        loan.offered = True

    @property
    def latency(self) -> float | None:
        """What is lent comes in real time."""
        return self._own.latency if self._turn.use is Use.OWN else None

    def poll(self, now: float) -> Picture | None:
        use = self._turn.at(now)
        if use is Use.OWN:
            return self._own.poll(now)
        pictures = self._loan.take() if use is Use.LENT else []
        return self._picture(pictures[-1], now) if pictures else None

    def _picture(self, lent: LentPicture, now: float) -> Picture:
        if self._loan.terms.number != self._number:
            self._number, self._offset = self._loan.terms.number, math.inf
        self._offset = min(self._offset, lent.arrived - lent.told)
        age = stopwatch() - (lent.told - lent.age + self._offset)
        height, width = lent.image.shape[:2]
        self._shape = f"{width}x{height}"
        return Picture(now - min(max(age, 0.0), OLDEST_S), ZERO, lent.image, lent=self._number)

    def health(self) -> Health:
        return self._turn.health("camera", self._own, self._shape)

    def close(self) -> None:
        self._loan.offered = False
        self._own.close()


class VisitorEars(Ears):
    """A robot.parts.Ears: the visitor's microphone while they lend it, otherwise the robot's own ears."""

    def __init__(self, loan: Loan[LentSound], own: Ears) -> None:
        self._loan, self._own = loan, own
        self._turn = _Turn(loan)
        self._clock = SampleClock(HEARD_RATE)
        self._number = 0
        self._end = 0.0  # of the last block, robot time
        self._voice = False  # the robot's own ears said that somebody speaks
        self._muted = False
        self._elsewhere_until = -math.inf
        self._now = 0.0
        loan.offered = True

    @property
    def elsewhere(self) -> bool:
        """It hears where the visitor is, in real time, and not the robot's own voice: their browser takes that out."""
        return self._turn.use is Use.LENT or self._now < self._elsewhere_until

    def poll(self, now: float) -> Sequence[Audio | TextLine | VoiceActivity]:
        self._now = now
        before, use = self._turn.use, self._turn.at(now)
        own = self._own.poll(now) or ()  # what it hears meanwhile is for nobody
        if (before is Use.LENT) != (use is Use.LENT):
            return self._change(now)
        if use is Use.LENT:
            return [self._block(sound, now) for sound in self._loan.take()]
        if use is Use.GONE:
            return ()
        for item in own:
            if isinstance(item, VoiceActivity):
                self._voice = item.speaking
        return own

    def _change(self, now: float) -> list[Audio | TextLine | VoiceActivity]:
        """The first poll with another's ears: whoever was speaking speaks no more."""
        self._rest_own()
        if self._turn.use is Use.LENT:
            self._clock, self._end = SampleClock(HEARD_RATE), now
            voice, self._voice = self._voice, False
            return [VoiceActivity(now, speaking=False)] if voice else []
        self._elsewhere_until = now + SETTLES_S
        return [Audio(self._end, np.zeros(int(CLOSING_S * HEARD_RATE), np.float32))]

    def _block(self, sound: LentSound, now: float) -> Audio:
        count = len(sound.samples)
        told = sound.told - count / HEARD_RATE
        real = self._clock.stamp(sound.arrived, sound.told, told, count, lost=False)
        begun = now if real is None else now - min(max(stopwatch() - real, 0.0), OLDEST_S)
        self._end = begun + count / HEARD_RATE
        return Audio(begun, sound.samples, self._clock.take_anew())

    def rest(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Muted: what a visitor lends is given back, so that their microphone is closed as well."""
        self._muted = on
        if on:
            self._loan.end(LoanEnding.OFF)
        self._rest_own()

    def _rest_own(self) -> None:
        """A microphone of the robot's own is closed while it is not used."""
        self._own.rest(self._muted or self._turn.use is Use.LENT)

    def health(self) -> Health:
        return self._turn.health("microphone", self._own)

    def close(self) -> None:
        self._loan.offered = False
        self._own.close()


def open_camera(address: str, around: Surroundings) -> Camera:
    """`page:` and the address of the robot's own camera, if it has one."""
    own = _own(CAMERAS, NoCamera, address, around)
    return own if around.lent is None else VisitorCamera(around.lent.camera, own)


def open_ears(address: str, around: Surroundings) -> Ears:
    """`page:` and the address of the robot's own ears, if it has any."""
    own = _own(EARS, NoEars, address, around)
    return own if around.lent is None else VisitorEars(around.lent.microphone, own)


def _own(kind: PartKind[P_co], absent: Callable[[Health], P_co], address: str, around: Surroundings) -> P_co:
    """What stands behind `page:`; one that cannot be had is told by its health, and a visitor may lend theirs."""
    rest = address.removeprefix("page:").removeprefix("//")
    part = kind.name
    if not rest:
        nobody = sentence("health.nobody_lends", sense=sentence(f"names.part.{part}"))
        return absent(Health(part, Condition.OFF, nobody, sentence("health.lend_yours")))
    try:
        return open_part(kind, rest, around)
    except DeviceError as error:
        return absent(Health(part, Condition.FAULT, error.what, error.remedy, f"{part}_lost"))
