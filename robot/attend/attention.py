"""Who is here: tracked faces and words become a small list of people and one focus of attention.

The focus is steady. It moves at once to whoever speaks or first appears, otherwise only after `DWELL_S` and only for a
clearly better reason, so that the gaze does not hop between people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.percepts import (
    Band,
    Face,
    FacesSeen,
    Need,
    SenseTurned,
    Speaking,
    Suggested,
    Telemetry,
    Touch,
    Tuned,
    Utterance,
    VoiceActivity,
    Wish,
)
from robot.core.scene import Departure, Person, Scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.percepts import LearnedFace, Percept

LOST_S = 2.0  # a person unseen for so long has left
DWELL_S = 3.3  # comfortable mutual gaze, Binetti et al. 2016
NEWS_S = 2.5  # how long somebody counts as new
TALK_S = 8.0  # how long after the last word a talk goes on


class Attention:
    """Folds percepts into the scene, tick by tick."""

    def __init__(self) -> None:
        self._scene = Scene()
        self._people: dict[int, Person] = {}
        self._focus_since = 0.0
        self._ways: dict[int, str] = {}  # how faces went that were given up and have not yet departed

    def update(self, now: float, percepts: Sequence[Percept]) -> Scene:  # noqa: C901, PLR0912 - one case a kind of percept
        """The scene at `now`, after this tick's percepts."""
        old = self._scene
        body, speaking, voice, talk_until = old.body, old.speaking, old.voice, old.talk_until
        interrupted, recognises = False, old.recognises
        learned: LearnedFace | None = None
        utterances: tuple[Utterance, ...] = ()
        touches: tuple[Touch, ...] = ()
        senses, need = old.senses, old.need
        tuned: tuple[Tuned, ...] = ()
        wishes: tuple[Wish, ...] = ()
        suggested: tuple[Suggested, ...] = ()
        for percept in percepts:
            match percept:
                case Telemetry():
                    body = percept
                case FacesSeen():
                    self._see(percept)
                    learned, recognises = percept.learned or learned, percept.recognises
                case Speaking():
                    speaking = percept
                    if percept.active:
                        talk_until = max(talk_until, now + TALK_S / 2)
                case Utterance():
                    utterances += (percept,)
                    talk_until = now + TALK_S
                case VoiceActivity():
                    voice = percept.speaking
                    interrupted = voice and speaking is not None and speaking.active
                case Touch():
                    touches += (percept,)
                case SenseTurned():
                    senses = (*(one for one in senses if one.sense != percept.sense), percept)
                case Tuned():
                    tuned += (percept,)
                case Wish():
                    wishes += (percept,)
                case Need():
                    need = percept
                case Suggested():
                    suggested += (percept,)
        departures = self._depart(now) if self._people else ()
        people = tuple(self._people.values())
        company = bool(people or utterances or touches or voice)
        alone = None if company else (now if old.alone_since is None else old.alone_since)
        focus, why = self._focus(now, old, people, spoken=voice or bool(utterances))
        self._scene = Scene(
            t=now,
            people=people,
            focus=focus,
            why=why,
            departures=departures,
            alone_since=alone,
            voice=voice,
            interrupted=interrupted,
            talk_until=talk_until,
            utterances=utterances,
            touches=touches,
            body=body,
            speaking=speaking,
            recognises=recognises,
            learned=learned,
            senses=senses,
            tuned=tuned,
            wishes=wishes,
            need=need,
            suggested=suggested,
        )
        return self._scene

    def _see(self, seen: FacesSeen) -> None:
        self._ways.update((lost.track, lost.way) for lost in seen.lost)
        for face in seen.faces:
            if face.confirmed:
                self._people[face.track] = _person(self._people.get(face.track), face, seen.t)

    def _depart(self, now: float) -> tuple[Departure, ...]:
        gone = tuple(
            Departure(p.track, now, p.yaw, p.seen - p.since, self._ways.pop(p.track, "inside"))
            for p in tuple(self._people.values())
            if now - p.seen > LOST_S
        )
        for departure in gone:
            del self._people[departure.track]
        return gone

    def _focus(self, now: float, old: Scene, people: tuple[Person, ...], *, spoken: bool) -> tuple[int | None, str]:
        if not people:
            return None, "nobody"
        if len(people) == 1:
            self._focus_since = now if old.focus != people[0].track else self._focus_since
            return people[0].track, _reason(now, people[0], spoken=spoken)
        current = next((p for p in people if p.track == old.focus), None)
        best = max(people, key=lambda p: _pull(now, p, spoken=spoken))
        if current is None:
            self._focus_since = now
            return best.track, _reason(now, best, spoken=spoken)
        lead = _pull(now, best, spoken=spoken) - _pull(now, current, spoken=spoken)
        held = now - self._focus_since
        in_talk = now < old.talk_until
        if best is not current and (lead > 1.0 or (lead > 0.3 and held > DWELL_S)) and not (in_talk and lead < 1.0):
            self._focus_since = now
            return best.track, _reason(now, best, spoken=spoken)
        return current.track, "kept"


def _person(before: Person | None, face: Face, t: float) -> Person:
    return Person(
        track=face.track,
        yaw=face.yaw,
        pitch=face.pitch,
        yaw_rate=face.yaw_rate,
        pitch_rate=face.pitch_rate,
        facing=face.facing,
        band=face.band,
        since=before.since if before else t,
        seen=t - face.age,
        t=t,
        who=face.who,
    )


def _pull(now: float, person: Person, *, spoken: bool) -> float:
    """How strongly somebody draws attention; facing a person who speaks is the strongest."""
    pull = person.facing * (1.6 if spoken else 0.5)
    if now - person.since < NEWS_S:
        pull += 1.2
    if person.band is Band.NEAR:
        pull += 0.4
    elif person.band is Band.FAR:
        pull -= 0.3
    return pull


def _reason(now: float, person: Person, *, spoken: bool) -> str:
    if now - person.since < NEWS_S:
        return "new"
    if spoken:
        return "speaking"
    return "facing" if person.facing > 0.5 else "present"
