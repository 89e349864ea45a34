"""Faces from picture to picture: who is the same person, where, and which way they move.

A track lives in angles of the base frame, so that the head's own motion does not move it, and predicts with an
alpha-beta filter of growing memory (Brookner 1998, "Tracking and Kalman Filtering Made Easy", ch. 1). A track counts
once it was found in two of three looks, and clearly; a face that hides is predicted for a moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, exp, hypot, log
from typing import TYPE_CHECKING, NamedTuple

from robot.core.kinematics import Bearing, wrap
from robot.core.percepts import Band, Face, Lost
from robot.sense.sight.observation import FACE_M, band_of, blended, glimpse, unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.kinematics import PinholeView
    from robot.parts.protocols import Detection
    from robot.sense.sight.observation import Glimpse, Shirt

ALPHA, BETA = 0.65, 0.3  # least gains of the filter
FADE_S = 0.8  # a rate that nothing confirms fades with this time constant
ANEW_S = 0.25  # unseen for longer, the filter's memory begins anew
FASTEST = 2.5  # rad/s
GATE, GATE_RATE, GATE_S = 1.0, 0.6, 0.5  # how far off a face may be: its own size, and rad for each second unseen
GHOST_S = 0.4  # a face that hides is still told, as a prediction, for so long
FORGET_S = 1.0  # then it is given up
RECALL_S = 6.0  # where somebody was is kept for so long, without any picture, so that they come back as the same
DRESS = 1.5  # sizes of a face that such a difference weighs
CLEAR = 0.8  # a track counts once its running score is so high: what merely resembles a face (a motorcycle) stays below


class SearchRegion(NamedTuple):
    """Where to look for a face in the next picture, px."""

    track: int
    u: float
    v: float
    extent: float


class Sighting(NamedTuple):
    """What the tracks are after a picture."""

    faces: tuple[Face, ...]
    lost: tuple[Lost, ...]


@dataclass(slots=True)
class _Track:
    number: int
    yaw: float
    pitch: float
    size: float
    facing: float
    band: Band
    seen: float
    face: Face
    shirt: Shirt | None
    yaw_rate: float = 0.0
    pitch_rate: float = 0.0
    found: int = 1  # how often, in the filter's memory
    looks: int = 1  # the last three looks as bits, newest lowest
    score: float = 0.0  # running mean
    confirmed: bool = False

    def at(self, t: float) -> Bearing:
        dt = t - self.seen
        lead = dt if dt < 0.2 else FADE_S * (1 - exp(-dt / FADE_S))
        return Bearing(self.yaw + lead * self.yaw_rate, self.pitch + lead * self.pitch_rate)

    @property
    def distance(self) -> float:
        return FACE_M / self.size


class Tracker:
    """Folds the detections of each picture into tracks."""

    def __init__(self, first: int = 1) -> None:
        """`first`: the number of the first track."""
        self._tracks: list[_Track] = []
        self._former: list[_Track] = []
        self._next = first

    def successor(self) -> Tracker:
        """One that knows nobody, and whose numbers go on."""
        return Tracker(self._next)

    @property
    def busy(self) -> bool:
        """Whether anybody is followed."""
        return bool(self._tracks)

    def forget(self, t: float) -> None:
        """Whoever comes from now on is nobody who was unseen for so long at `t`, also where no picture came since."""
        self._tracks = [track for track in self._tracks if t - track.seen < RECALL_S]
        self._former = [old for old in self._former if t - old.seen < RECALL_S]

    def aims(self, t: float, view: PinholeView) -> list[SearchRegion]:
        """Where each track should be in a picture taken at `t`; those outside of it are left out."""
        aims = []
        for track in self._tracks:
            bearing = track.at(t)
            pixel = view.at(bearing, track.distance)
            if pixel is not None and view.contains(pixel.u, pixel.v):
                aims.append(SearchRegion(track.number, pixel.u, pixel.v, track.size * view.focal))
        return aims

    def update(
        self, t: float, view: PinholeView, found: Sequence[Detection], looked_for: frozenset[int] | None = None
    ) -> Sighting:
        """Take in what a picture of time `t` showed.

        `looked_for` names the tracks that were looked for, when only regions of the picture were searched.
        """
        self.forget(t)
        seen = [glimpse(view, detection) for detection in found]
        pairs = sorted(  # who is in view chooses first (a cascade, as Wojke et al. 2017): they are known best
            (t - track.seen > ANEW_S, cost, i, j)
            for i, track in enumerate(self._tracks)
            for j, one in enumerate(seen)
            if (cost := _mismatch(track, one, t)) is not None
        )
        taken: set[int] = set()
        matched: set[int] = set()
        for _, _, i, j in pairs:
            if i not in matched and j not in taken:
                matched.add(i)
                taken.add(j)
                _correct(self._tracks[i], seen[j], t)
        for i, track in enumerate(self._tracks):
            if i not in matched and (looked_for is None or track.number in looked_for):
                track.looks = track.looks << 1 & 7
        self._tracks.extend(self._born(one, t) for j, one in enumerate(seen) if j not in taken)
        lost = self._give_up(t, view)
        return Sighting(tuple(_face(track, t, view) for track in self._tracks if _is_shown(track, t)), lost)

    def _born(self, one: Glimpse, t: float) -> _Track:
        track = _Track(
            number=self._next,
            yaw=one.bearing.yaw,
            pitch=one.bearing.pitch,
            size=one.size,
            facing=one.facing,
            band=band_of(None, one.size),
            seen=t,
            face=_UNSEEN,
            shirt=one.shirt,
        )
        near = [(cost, i) for i, old in enumerate(self._former) if (cost := _mismatch(old, one, t)) is not None]
        if near:
            track.number = self._former.pop(min(near)[1]).number
        else:
            self._next += 1
        track.face = _fresh(track, one)
        return track

    def _give_up(self, t: float, view: PinholeView) -> tuple[Lost, ...]:
        kept, lost = [], []
        for track in self._tracks:
            if not track.confirmed:
                if track.looks.bit_count() >= 2 and track.score >= CLEAR:
                    track.confirmed = True
                    track.face = replace(track.face, confirmed=True)
                elif track.looks & 3 == 0:
                    continue
            if t - track.seen <= FORGET_S:
                kept.append(track)
            elif track.confirmed:
                lost.append(Lost(track.number, track.yaw, track.pitch, track.seen, _way(track, t, view)))
                track.yaw_rate = track.pitch_rate = 0.0  # they are looked for where they were last
                self._former.append(track)
        self._tracks = kept
        return tuple(lost)


def _mismatch(track: _Track, one: Glimpse, t: float) -> float | None:
    """How ill a detection fits a track, in sizes of the face; None when it cannot be the same."""
    ratio = abs(log(one.size / track.size))
    if ratio > 0.7:
        return None
    expected = track.at(t)
    off = hypot(wrap(one.bearing.yaw - expected.yaw) * cos(expected.pitch), one.bearing.pitch - expected.pitch)
    if off > GATE * track.size + GATE_RATE * min(t - track.seen, GATE_S):
        return None
    return off / track.size + ratio + DRESS * unlike(track.shirt, one.shirt) + (0.0 if track.confirmed else 0.3)


def _correct(track: _Track, one: Glimpse, t: float) -> None:
    expected, dt = track.at(t), t - track.seen
    if dt > ANEW_S:
        track.found = 1
    k = track.found
    alpha = max(ALPHA, 2 * (2 * k + 1) / ((k + 1) * (k + 2)))
    beta = max(BETA, 6 / ((k + 1) * (k + 2)))
    off_yaw, off_pitch = wrap(one.bearing.yaw - expected.yaw), one.bearing.pitch - expected.pitch
    if dt > 0:
        track.yaw_rate = min(max(track.yaw_rate + beta * off_yaw / dt, -FASTEST), FASTEST)
        track.pitch_rate = min(max(track.pitch_rate + beta * off_pitch / dt, -FASTEST), FASTEST)
    track.yaw, track.pitch = wrap(expected.yaw + alpha * off_yaw), expected.pitch + alpha * off_pitch
    track.size += 0.5 * (one.size - track.size)
    track.facing += 0.6 * (one.facing - track.facing)
    if one.shirt is not None:
        track.shirt = one.shirt if track.shirt is None else blended(track.shirt, one.shirt)
    track.band = band_of(track.band, track.size)
    track.seen = t
    track.found += 1
    track.looks = (track.looks << 1 | 1) & 7
    track.face = _fresh(track, one)


def _fresh(track: _Track, one: Glimpse) -> Face:
    track.score += (0.5 if track.score else 1.0) * (one.detection.score - track.score)
    return Face(
        track=track.number,
        yaw=track.yaw,
        pitch=track.pitch,
        size=track.size,
        box=one.detection.box,
        score=one.detection.score,
        facing=track.facing,
        band=track.band,
        confirmed=track.confirmed,
        yaw_rate=track.yaw_rate,
        pitch_rate=track.pitch_rate,
    )


def _is_shown(track: _Track, t: float) -> bool:
    return track.seen == t or (track.confirmed and t - track.seen <= GHOST_S)


def _face(track: _Track, t: float, view: PinholeView) -> Face:
    if track.seen == t:
        return track.face
    expected = track.at(t)
    x, y, width, height = track.face.box
    pixel = view.at(expected, track.distance)
    if pixel is not None:
        x, y = pixel.u - width / 2, pixel.v - height / 2
    fade = exp((track.seen - t) / FADE_S)
    return replace(
        track.face,
        yaw=expected.yaw,
        pitch=expected.pitch,
        box=(x, y, width, height),
        yaw_rate=track.yaw_rate * fade,
        pitch_rate=track.pitch_rate * fade,
        age=t - track.seen,
    )


def _way(track: _Track, t: float, view: PinholeView) -> str:
    """Through which side of the picture a track went, or "inside"."""
    pixel = view.at(track.at(t), track.distance)
    if pixel is None:
        return "left" if wrap(track.yaw) > 0 else "right"
    half = track.size * view.focal / 2
    margins = {
        "left": pixel.u - half,
        "right": view.width - 1 - pixel.u - half,
        "up": pixel.v - half,
        "down": view.height - 1 - pixel.v - half,
    }
    side = min(margins, key=margins.__getitem__)
    return side if margins[side] < 0 else "inside"


_UNSEEN = Face(
    track=0,
    yaw=0.0,
    pitch=0.0,
    size=1.0,
    box=(0.0, 0.0, 0.0, 0.0),
    score=0.0,
    facing=0.0,
    band=Band.MIDDLE,
    confirmed=False,
)
