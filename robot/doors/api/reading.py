"""State, health, talk, and what can be named: all that is only looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

from robot.doors.answers import (
    FeelingsNow,
    HealthNow,
    PartNow,
    PhraseNow,
    SomebodyHere,
    StateNow,
    TalkLine,
)
from robot.doors.api.desk import AtDesk, ByBuilder, ByViewer
from robot.doors.api.language import Spoken
from robot.doors.keys import KeyRole
from robot.health.conditions import title
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from robot.core.tick import Tick
    from robot.page.server.feed import TalkEntry

reading = APIRouter(tags=["look"])


@reading.get("/state")
async def state(key: ByViewer, desk: AtDesk) -> StateNow:
    """The robot at this moment: mode, what it does, how it feels, who is here, where it points."""
    return state_of(desk.tick, key.role)


def state_of(tick: Tick, role: KeyRole) -> StateNow:
    """What is told of a turn; of an episode of need nothing, but to an owner."""
    scene, body, feelings = tick.scene, tick.scene.body, tick.feelings
    owns = role is KeyRole.OWNER
    pose = tick.frame.pose if body is None or not body.link else body.pose
    return StateNow(
        n=tick.n,
        t=round(tick.t, 3),
        mode=tick.decision.mode.value,
        behavior=tick.decision.behavior if owns or not scene.in_need else "",
        feelings=FeelingsNow(
            arousal=round(feelings.arousal, 3),
            comfort=round(feelings.comfort, 3),
            exploration=round(feelings.exploration, 3),
        ),
        people=[
            SomebodyHere(
                track=person.track,
                yaw=round(person.yaw, 4),
                pitch=round(person.pitch, 4),
                facing=round(person.facing, 3),
                band=person.band.value,
                since=round(person.since, 2),
            )
            for person in scene.people
        ],
        focus=scene.focus,
        speaking=scene.robot_speaks,
        in_talk=scene.in_talk,
        in_need=scene.in_need if owns else None,
        pose={joint: round(angle, 4) for joint, angle in pose._asdict().items()},
        armed=body is not None and body.link and body.armed,
    )


@reading.get("/health")
async def health(_: ByViewer, desk: AtDesk, language: Spoken) -> HealthNow:
    """How each part does, why, and what mends it."""
    vitals, senses = desk.controls.vitals(), desk.controls.senses
    return HealthNow(
        parts=[
            PartNow(
                part=title(one, language),
                condition=one.condition.value,
                reason=words(one.reason, language),
                remedy=words(one.remedy, language),
            )
            for one in vitals.health
        ],
        ticks=vitals.ticks,
        late=vitals.late,
        senses_off=[] if senses is None else sorted(senses.off()),
    )


@reading.get("/talk")
async def talk(key: ByBuilder, desk: AtDesk, language: Spoken) -> list[TalkLine]:
    """The last lines that were heard and said, oldest first; of the last hour, and of nobody who was forgotten. What
    was said while somebody was in need is told to an owner's key alone.
    """
    lines = tuple(desk.served.feed.talk)
    return [line_of(one, language) for one in lines if key.role is KeyRole.OWNER or not one.in_need]


def line_of(entry: TalkEntry, language: str) -> TalkLine:
    """One line of the talk, for a program."""
    return TalkLine(
        t=round(entry.t, 3),
        who="person" if entry.who == "person" else "robot",
        text=entry.text,
        via=entry.via,
        meaning=entry.taken.meaning if entry.taken is not None else "",
        why=words(entry.why, language),
    )


@reading.get("/expressions")
async def expressions(_: ByBuilder, desk: AtDesk) -> list[str]:
    """The names of what it can show."""
    return [] if desk.controls.repertoire is None else list(desk.controls.repertoire.names())


@reading.get("/phrases")
async def phrases(_: ByBuilder, desk: AtDesk) -> list[PhraseNow]:
    """What it can say by name, in the language that it speaks now."""
    found = () if desk.controls.wishes is None else desk.controls.wishes.phrases().values()
    return [PhraseNow(name=one.name, slots=list(one.slots), wordings=list(one.wordings)) for one in found]
