"""Say, show, look, tell, be silent: what a program has the robot do. Each is answered once the guard has judged."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter

from robot.core.intents import Say, Show, by_program
from robot.core.percepts import Utterance, Wish
from robot.core.voice_commands import Speech
from robot.doors.answers import Effect, Noted, Told
from robot.doors.api.desk import ActsAsBuilder, ActsAsOwner, AtDesk, Desk
from robot.doors.api.forms import LookForm, SayForm, ShowForm, TellForm
from robot.doors.api.judgement import each_once, effect_of
from robot.doors.api.known import known_expression, known_phrase
from robot.doors.api.language import Spoken
from robot.doors.api.problems import TURN_S, ProblemError, in_time, of_a_robot
from robot.doors.keys import DoorKey
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.intents import Verdict
    from robot.core.tick import Tick

HEARD_S = 8.0  # for a typed line to be understood; the first has the network of meanings loaded

acting = APIRouter(tags=["act"])


@acting.post("/say")
async def say(form: SayForm, key: ActsAsBuilder, desk: AtDesk, language: Spoken) -> Effect:
    """Have it say a phrase of its tables, or words of your own. Somebody who has just spoken gets one answer so; else
    it begins a contact, and duty 15 allows three of these a day, none in quiet hours.
    """
    if form.phrase is not None:
        known_phrase(desk.controls, form.phrase, frozenset(form.slots))
    wish = Wish(
        0.0,
        0,
        key.name,
        phrase=form.phrase or "",
        slots=tuple(sorted(form.slots.items())),
        text=form.text or "",
    )
    return await _done(desk, key, wish, language)


@acting.post("/show")
async def show(form: ShowForm, key: ActsAsBuilder, desk: AtDesk, language: Spoken) -> Effect:
    """Have it play an expression once."""
    known_expression(desk.controls, form.expression)
    return await _done(desk, key, Wish(0.0, 0, key.name, expression=form.expression), language)


@acting.post("/look")
async def look(form: LookForm, key: ActsAsBuilder, desk: AtDesk, language: Spoken) -> Effect:
    """Have it look at a bearing for a while; it goes as far that way as its body can. Somebody who speaks to it or
    touches it has its attention back at once.
    """
    wish = Wish(0.0, 0, key.name, yaw=form.yaw, pitch=form.pitch, look_s=form.for_s)
    return await _done(desk, key, wish, language)


async def _done(desk: Desk, key: DoorKey, wish: Wish, language: str) -> Effect:
    """Have a wish judged, and tell what became of it."""
    wishes = of_a_robot(desk.controls.wishes)
    wish = wishes.numbered(wish)
    judged: asyncio.Future[Tick] = asyncio.get_running_loop().create_future()

    def see(tick: Tick) -> None:
        if not judged.done() and any(one.number == wish.number for one in tick.scene.wishes):
            judged.set_result(tick)

    with desk.limits.waiting(key), desk.ticks.followed(see):
        wishes.take(wish)
        try:
            tick = await in_time(judged, TURN_S, "doors.no_turn")
        except ProblemError:
            wishes.drop(wish.number)
            raise
    return effect_of(tick, wish, language, key.role)


@acting.post("/tell")
async def tell(form: TellForm, key: ActsAsOwner, desk: AtDesk, language: Spoken) -> Told:
    """Tell it a line in the owner's place, and wait a little for what it answers. It may have somebody forgotten: so it
    needs the owner's key; in an episode of need none will do. It is nobody who speaks: it lifts no “stop”.
    """
    if desk.tick.scene.in_need:
        raise ProblemError(409, sentence("doors.in_need"), sentence("doors.leave_to_people"))
    with desk.limits.waiting(key):
        ear = _Ear(form.text, key.name)
        with desk.ticks.followed(ear.see):
            desk.controls.say(form.text, by=key.name)
            heard = await in_time(ear.heard, HEARD_S, "doors.not_heard")
            await asyncio.wait({ear.answered}, timeout=form.wait_s)
    return Told(
        heard=True,
        meaning=ear.meaning or heard.intent,
        answers=list(ear.answers),
        verdicts=each_once(ear.verdicts, language),
        t=heard.t,
    )


class _Ear:
    """Follows what becomes of a line: heard, taken for something, answered."""

    def __init__(self, text: str, by: str) -> None:
        loop = asyncio.get_running_loop()
        self._line = (text, by)
        self.heard: asyncio.Future[Utterance] = loop.create_future()
        self.answered: asyncio.Future[None] = loop.create_future()
        self.meaning = ""
        self.answers: tuple[str, ...] = ()
        self.verdicts: list[Verdict] = []

    def see(self, tick: Tick) -> None:
        if not self.heard.done():
            mine = (one for one in tick.percepts if isinstance(one, Utterance) and (one.verbatim, one.by) == self._line)
            words = next(mine, None)
            if words is None:
                return
            self.heard.set_result(words)
            turns = (turn for turn in reversed(tick.decision.diary.talk.turns) if turn.person)
            self.meaning = next((turn.intent for turn in turns if turn.t == words.t), "")
        if self.answered.done():
            return
        self.verdicts += tick.verdicts
        own = not any(by_program(intent) for intent in tick.done if isinstance(intent, Say | Show))
        if tick.voice and own:
            self.answers = tuple(one.text for one in tick.voice if isinstance(one, Speech) and not one.sound)
            if self.answers:
                self.answered.set_result(None)


@acting.post("/hush")
async def hush(key: ActsAsBuilder, desk: AtDesk) -> Noted:
    """Have it be silent and still at once, as “stop” does."""
    desk.controls.hush(key.name)
    return Noted()
