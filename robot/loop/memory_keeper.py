"""The memory keeper: what a run begins with of earlier ones (diary, bonds), and what is kept of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.core.feelings import SOMEONE
from robot.core.intents import Drop, Forget, ForgetFace, ForgetNotes, Keep, Note, Remember, Say
from robot.decide.contacts import Contacts
from robot.decide.earlier_runs import EarlierRuns
from robot.decide.groups import BEGIN_NEED, TELLS_ROBOT
from robot.feel.attachment import DAY_S
from robot.guard.rules.dependence import SAY_AGAIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from robot.core.clock import Clock
    from robot.core.intents import Intent
    from robot.core.scene import Scene
    from robot.feel.attachment import Attachment
    from robot.memory.memory import Memory

KEEP_EVERY_S = 60.0
LOOK_EVERY_S = 1.0
OPENING, TOLD, INFORMED, MUCH = "opening", "told it is a robot", "told that it senses", "told of much time"
SAID = {"consent_notice": INFORMED, "dependence_notice": MUCH}  # phrases that are counted over days


def earlier(memory: Memory, clock: Clock) -> EarlierRuns:
    """What duties count over days, as the diary begins with it. Robot time begins now; what is said to have been later
    was written while the clock was ahead.
    """
    midnight, now = clock.midnight(), clock.civil()
    today = now.date()

    def since(start: datetime, kind: str) -> list[datetime]:
        return [at for at in memory.events_since(kind, start) if at <= now]

    told = since(midnight, TOLD)
    much = since(midnight - SAY_AGAIN, MUCH)
    return EarlierRuns(
        openings=tuple((today, -(now - at).total_seconds()) for at in since(midnight, OPENING)),
        told_robot_at=-(now - told[-1]).total_seconds() if told else None,
        told_robot_on=today if told else None,
        told_much_on=much[-1].astimezone(midnight.tzinfo).date() if much else None,
        informed_on=today if since(midnight, INFORMED) else None,
    )


def faded_bonds(memory: Memory, civil: datetime, bond_days: float) -> dict[int, float]:
    """The bonds by person, faded since they were written."""
    return {
        who: value * math.exp(-max((civil - at).total_seconds(), 0.0) / DAY_S / bond_days)
        for who, (value, at) in memory.bonds().items()
    }


class MemoryKeeper:
    """Writes what must outlive a run: what was agreed, what duties count, the bonds, the time together.

    The memory is the truth: a bond that was forgotten there, by voice, page or command, is let go here.
    """

    def __init__(self, memory: Memory, attachment: Attachment, clock: Clock) -> None:
        self._memory = memory
        self._attachment = attachment
        self._clock = clock
        self._contacts = Contacts()
        self._day = clock.civil().date()
        self._written = set(memory.bonds())
        self._looked_at = 0.0
        self._kept_at = 0.0
        self._together_s = 0.0
        self._closed = False
        self.faces = memory.faces()  # whom sight may know

    def keep(self, scene: Scene, done: Sequence[Intent], partner: str, dt: float) -> None:
        """One tick; `partner` is the name of whom the robot talks with, empty when it does not know."""
        if done:
            for intent in done:
                self._do(intent, partner)
            if self._contacts.begins(scene.t, done):
                self._memory.keep_event(OPENING)
        learned = scene.learned
        if learned is not None and learned.template is not None:
            self._memory.keep_face(learned.name, learned.template)
            self.faces = self._memory.faces()
        if scene.people:
            self._together_s += dt
        if scene.t - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = scene.t
            self._memory.look()
            self.faces = self._memory.faces()
            self._let_go()
        if scene.t - self._kept_at >= KEEP_EVERY_S:
            self._kept_at = scene.t
            self._keep_minute()

    def close(self) -> None:
        """Keep what came since the last whole minute, before the memory is closed; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._keep_minute()

    def _let_go(self) -> None:
        """Drop the bonds that the memory no longer has."""
        gone = self._written - self._memory.bonds().keys()
        for who in gone:
            self._attachment.forget(who)
        self._written -= gone

    def _keep_minute(self) -> None:
        self._let_go()
        known = {SOMEONE, *(person.id for person in self._memory.everything().people)}
        for who, value in tuple(self._attachment.bonds.items()):
            if who in known:
                self._memory.keep_bond(who, value)
                self._written.add(who)
            else:
                self._attachment.forget(who)
        if self._together_s:
            self._memory.add_minutes(self._together_s / 60.0)
            self._together_s = 0.0
        today = self._clock.civil().date()
        if today != self._day:
            self._day = today
            self._memory.fade()

    def _count(self, say: Say) -> None:
        """What duties count, over days."""
        memory = self._memory
        if say.phrase in TELLS_ROBOT:
            memory.keep_event(TOLD)
        if say.phrase in SAID:
            memory.keep_event(SAID[say.phrase])
        if say.phrase in BEGIN_NEED:
            memory.count(BEGIN_NEED[say.phrase])

    def _do(self, intent: Intent, partner: str) -> None:
        memory = self._memory
        match intent:
            case Say():
                self._count(intent)
            case Remember(name=name):
                memory.remember_person(name)
            case Note(about=about, detail=detail):
                known = memory.person(partner)
                if known is not None:
                    memory.keep_topic(known.id, about, detail)
            case Keep(store=store, key=key, value=value, person=person):
                memory.keep_value(store, key, value, person)
            case Drop(store=store, key=key):
                memory.drop_value(store, key)
            case Forget() | ForgetFace() | ForgetNotes():
                self._forget(intent)
            case _:
                pass

    def _forget(self, intent: Forget | ForgetFace | ForgetNotes) -> None:
        match intent:
            case Forget(name=""):
                self._memory.reset()
            case Forget(name=name):
                self._memory.forget_person(name)
            case ForgetFace(name=name):
                self._memory.forget_face(name)
            case ForgetNotes(lines=lines):
                self._memory.forget_notes(lines)
