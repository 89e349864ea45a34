"""Who a tracked face is, of those alone who said yes; and learning the face of somebody who says yes now.

Duty 22: an unknown face is encoded only to be compared, and its numbers are gone with the picture. A template is made
of a track that its person has just agreed for, and belongs to the memory; what is forgotten there is unknown here at
once. Runs in the thread of sight.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from robot.core.errors import ModelError
from robot.core.percepts import LearnedFace
from robot.sense.sight.tracker import RECALL_S

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from robot.core.percepts import Face
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

NEAREST = 0.42  # apart at most for the same person; a wrong name is worse than none
CLEARER = 0.06  # than anybody else
LOOKS = 5  # of which a template is made
LEARN_S = 10.0  # to get them; then it is given up
AGAIN_S = 1.0  # between two tries at one track
TRIES = 6
FACING = 0.5
LEAST_PX = 32.0


class Encoder(Protocol):
    """Makes numbers of a face."""

    def encode(self, image: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray: ...


@dataclass(slots=True)
class _Guess:
    """What is known of one track, as long as it may come back."""

    shown: float  # last
    who: str = ""  # as long as it is shown without a break
    tries: int = 0  # in vain
    tried: float = float("-inf")


class _Lesson(NamedTuple):
    """A face that is being learned."""

    name: str
    track: int
    since: float
    looks: tuple[np.ndarray, ...] = ()


class FaceRecognition:
    """Names tracks. `know` and `learn` are called from the loop's thread, `see` from that of sight."""

    def __init__(self, encoder: Callable[[], Encoder]) -> None:
        """`encoder` is called when it is first needed; it may raise ModelError."""
        self._make = encoder
        self._encoder: Encoder | None = None
        self._known: Mapping[str, np.ndarray] = {}
        self._asked: tuple[str, int] | None = None
        self._lesson: _Lesson | None = None
        self._guesses: dict[int, _Guess] = {}
        self.trouble: AnyText = ""  # why nobody is recognised

    def know(self, templates: Mapping[str, np.ndarray]) -> None:
        """From now on these are known, and nobody else."""
        self._known = templates

    def learn(self, name: str, track: int) -> None:
        """Learn the face of a track whose person has agreed to it."""
        self._asked = (name, track)

    def see(
        self, t: float, image: np.ndarray | None, faces: tuple[Face, ...]
    ) -> tuple[tuple[Face, ...], LearnedFace | None]:
        """The faces of a picture (h, w, 3) with names where they are known, and what has been learned."""
        known = self._known
        if self._asked is not None:
            (name, track), self._asked = self._asked, None
            self._lesson = _Lesson(name, track, t)
        self._keep(t, faces)
        learned = None
        try:
            learned = self._study(t, image, faces)
            if known and image is not None and not self.trouble:
                self._try_one(t, image, faces, known)
        except ModelError as error:
            self.trouble = error.text
            log.warning("nobody is recognised: %s", error)
        return tuple(self._named(face, known) for face in faces), learned

    def _keep(self, t: float, faces: tuple[Face, ...]) -> None:
        """Who is hidden for a moment is compared anew when they are back, but a stranger no more often for that."""
        for face in faces:
            self._guesses.setdefault(face.track, _Guess(t)).shown = t
        self._guesses = {track: guess for track, guess in self._guesses.items() if t - guess.shown < RECALL_S}
        for guess in self._guesses.values():
            if guess.shown != t:
                guess.who = ""

    def _named(self, face: Face, known: Mapping[str, np.ndarray]) -> Face:
        who = self._guesses[face.track].who
        return replace(face, who=who) if who in known else face

    def _study(self, t: float, image: np.ndarray | None, faces: tuple[Face, ...]) -> LearnedFace | None:
        lesson = self._lesson
        if lesson is None:
            return None
        if t - lesson.since > LEARN_S or image is None or self.trouble:
            self._lesson = None
            return LearnedFace(lesson.name, None)
        face = next((face for face in faces if face.track == lesson.track), None)
        if face is None or not _clear(face):
            return None
        lesson = self._lesson = lesson._replace(looks=(*lesson.looks, self._encode(image, face)))
        if len(lesson.looks) < LOOKS:
            return None
        self._lesson = None
        self._guesses[face.track] = _Guess(t, lesson.name)
        return LearnedFace(lesson.name, tuple(np.stack(lesson.looks).mean(0).tolist()))

    def _try_one(self, t: float, image: np.ndarray, faces: tuple[Face, ...], known: Mapping[str, np.ndarray]) -> None:
        """Compare one face a picture at most: it takes longer than all the rest of sight."""
        for face in faces:
            guess = self._guesses[face.track]
            named = guess.who in known
            if named or guess.tries >= TRIES or t - guess.tried < AGAIN_S or not (face.confirmed and _clear(face)):
                continue
            guess.tries, guess.tried = guess.tries + 1, t
            guess.who = nearest(self._encode(image, face), known)
            if guess.who:
                guess.tries = 0
            return

    def _encode(self, image: np.ndarray, face: Face) -> np.ndarray:
        if self._encoder is None:
            self._encoder = self._make()
        return self._encoder.encode(image, face.box)


def _clear(face: Face) -> bool:
    return face.age == 0.0 and face.facing >= FACING and face.box[2] >= LEAST_PX


def nearest(code: np.ndarray, known: Mapping[str, np.ndarray]) -> str:
    """Whose template is close to a code (128,), and clearly closer than anybody else's; empty when nobody's is."""
    apart = sorted((float(np.linalg.norm(code - template)), name) for name, template in known.items())
    if apart[0][0] > NEAREST or (len(apart) > 1 and apart[1][0] - apart[0][0] < CLEARER):
        return ""
    return apart[0][1]
