"""Intents become one body frame: layers of gaze, posture, expression, speech and life, each smooth by itself.

The composer is the only place that makes frames, so nothing can jump: every joint goes through its follower, and
when the body is not armed the followers stand where the body stands.
"""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING

from robot.core.body_frame import ZERO, BodyFrame, Pose
from robot.core.decision import Mode
from robot.core.intents import Hold, Hush, Look, MoveAgain, Say, Show, Sound
from robot.core.profile import PLAIN
from robot.core.voice_commands import Silence, Speech
from robot.express.adaptation import Adaptation
from robot.express.eyes_and_light import EyesAndLight
from robot.express.gaze import MEETING, Aversion, GazeMotor, Target, lead, towards
from robot.express.keyframes import REST, Expression, Offsets
from robot.express.life import IdleLife
from robot.express.motion import Follower

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from robot.core.body_description import BodyDescription
    from robot.core.decision import Decision
    from robot.core.feelings import Feelings
    from robot.core.intents import Intent
    from robot.core.profile import Profile
    from robot.core.scene import Person, Scene
    from robot.core.voice_commands import Manner, VoiceCommand

log = logging.getLogger(__name__)

AT_REST = 0.02  # rad
FACING = 0.2  # from here on a face counts as turned to the robot
AVERTED = math.radians(5.0)  # so far from everybody's eyes it looks at nobody
LONGEST_S = 4.4  # with the way back, less than the five seconds of a stare (duty 40)
STILL_S = 5.0  # after "stop"
MOOD_EARS = 0.08  # rad that the best mood lifts the ears
DROOPING = frozenset({Mode.ASLEEP, Mode.SAFE, Mode.BOOT})  # modes in which the ears hang
SWAY = 0.035  # rad of nod at full loudness


class Composer:
    """Owns the layers; one call a tick."""

    def __init__(
        self,
        body: BodyDescription,
        expressions: Mapping[str, Expression],
        rng: np.random.Generator,
        profile: Profile = PLAIN,
    ) -> None:
        self._body = body
        self._pupils, self._reach = body.pupils, body.eye_range
        self._expressions = expressions
        self._gaze = GazeMotor(body)
        self._lead = lead(body)
        self._aversion = Aversion(rng, profile)
        self._idle = IdleLife(rng)
        self._adaptation = Adaptation(body)
        self._roll = Follower(body.joint("neck_roll"), 8.0)
        left, right = body.joint("left_ear"), body.joint("right_ear")
        self._ears = Follower(left, 14.0), Follower(right, 14.0)
        self._ears_at = left.rest, right.rest
        self._shine = EyesAndLight()
        self._playing: Expression | None = None
        self._strength = 1.0
        self._played_from = 0.0
        self._shown = REST
        self._standing: tuple[Look | None, Hold | None] = (None, None)
        self._unknown: set[str] = set()
        self._request = 0
        self._eyes_at = Target()  # with the frame before: the body may be held, or at the end of its reach
        self._averted_at = 0.0
        self._glancing = False  # within an expression
        self._still_until = -1.0  # told to stop: it stands where it came to rest
        self._stopped = Target(0.0, 0.0)

    def renew(self, expressions: Mapping[str, Expression]) -> None:
        """Show these from now on; one that plays plays to its end."""
        self._expressions = expressions
        self._unknown.clear()

    def compose(
        self,
        scene: Scene,
        feelings: Feelings,
        decision: Decision,
        intents: Sequence[Intent],
        dt: float,
    ) -> tuple[BodyFrame, tuple[VoiceCommand, ...]]:
        """The frame for this tick, and what the voice is asked for."""
        now = scene.t
        voice: tuple[VoiceCommand, ...] = ()
        if decision.fresh:
            voice = self._take(now, intents, feelings, decision.diary.manner)
        look, hold = self._standing
        before, shown = self._shown, self._play(now)
        self._shown = shown
        playing = shown is not REST
        rate = _rates(before, shown, dt) if playing and before is not REST else REST
        asleep = decision.mode in DROOPING
        loud = scene.speaking.loudness if scene.speaking is not None and scene.speaking.active else 0.0
        life = self._idle.step(now, dt, arousal=feelings.arousal, in_talk=scene.in_talk, still=playing)
        posture = hold.pose if hold is not None else ZERO
        lift = posture.neck_pitch + shown.pitch + life.pitch + SWAY * loud
        target = self._stopped if now < self._still_until else self._target(scene, look)
        away = self._aside(scene, target, shown)
        if not self._pupils:  # it looks away with the head
            target, away = Target(target.yaw + away[0], target.pitch + away[1], *target[2:]), (0.0, 0.0)
        aim = self._gaze.step(now, dt, target, away, Target(shown.yaw, lift, rate.yaw, rate.pitch))
        ears = self._ears
        perk = 0.35 * feelings.exploration + 0.3 * feelings.arousal - (0.5 if asleep else 0.0)
        perk += MOOD_EARS * (feelings.mood - 0.5) * 2.0
        pose = Pose(
            aim.base_yaw,
            aim.pitch,
            self._roll.step(posture.neck_roll + shown.roll, rate.roll, dt),
            aim.head_yaw,
            ears[0].step(self._ears_at[0] + perk + posture.left_ear + shown.left_ear, rate.left_ear, dt),
            ears[1].step(self._ears_at[1] + perk + posture.right_ear + shown.right_ear, rate.right_ear, dt),
        )
        body = scene.body
        if body is not None and not (body.link and body.armed):
            pose = body.pose
            self._stand(pose)
        eyes = self._shine.eyes(aim.eye_x, aim.eye_y, hold, shown, feelings, life.lid, dt)
        reach = self._reach
        self._eyes_at = Target(pose.base_yaw + pose.head_yaw + eyes.x * reach, pose.neck_pitch + eyes.y * reach)
        frame = BodyFrame(
            now,
            pose,
            eyes,
            self._shine.light(decision.mode, hold, shown, loud, life.breath, dt),
            hold.limp if hold is not None else False,
            go_on=decision.fresh and any(isinstance(intent, MoveAgain) for intent in intents),
        )
        return frame, voice

    def _take(
        self, now: float, intents: Sequence[Intent], feelings: Feelings, manner: Manner
    ) -> tuple[VoiceCommand, ...]:
        look: Look | None = None
        hold: Hold | None = None
        voice: list[VoiceCommand] = []
        for intent in intents:
            match intent:
                case Look():
                    look = intent
                case Hold():
                    hold = intent
                case Show():
                    self._start(now, intent)
                case Say():
                    if intent.interrupt:
                        voice.append(Silence())
                    voice.append(self._speech(intent.text, "", feelings, manner))
                case Sound():
                    voice.append(self._speech(intent.name, intent.name, feelings, manner))
                case Hush(motion=motion):
                    voice.append(Silence())
                    if motion:
                        self._stop(now)
        self._standing = (look, hold)
        return tuple(voice)

    def _start(self, now: float, show: Show) -> None:
        expression = self._expressions.get(show.expression)
        if expression is not None:
            self._playing, self._strength, self._played_from, self._shown = expression, show.strength, now, REST
        elif show.expression not in self._unknown:
            self._unknown.add(show.expression)
            log.warning("no expression is called %r; it cannot be shown", show.expression)

    def _stop(self, now: float) -> None:
        """Cut the expression, and stay where the head can come to rest."""
        self._playing = None
        self._still_until = now + STILL_S
        self._stopped = self._gaze.stop()

    def _speech(self, text: str, sound: str, feelings: Feelings, manner: Manner) -> Speech:
        self._request += 1
        return Speech(
            self._request,
            text,
            manner.language,
            rate=_in_steps((0.95 + 0.15 * feelings.arousal) * manner.rate),
            pitch=_in_steps(1.0 + 0.12 * feelings.arousal),
            volume=manner.volume,
            sound=sound,
        )

    def _stand(self, at: Pose) -> None:
        """Stand where the body stands: while it is not armed it rests, or is moved by hand."""
        self._gaze.place(at.base_yaw, at.head_yaw, at.neck_pitch)
        self._roll.place(at.neck_roll)
        self._ears[0].place(at.left_ear)
        self._ears[1].place(at.right_ear)

    def _target(self, scene: Scene, look: Look | None) -> Target:
        if look is None:
            return Target(0.0, 0.0)
        person = scene.person(look.person) if look.person is not None else None
        return towards(person, scene.t + self._lead) if person is not None else Target(look.yaw, look.pitch)

    def _aside(self, scene: Scene, target: Target, shown: Offsets) -> tuple[float, float]:
        """Where the eyes alone go. They glance away from somebody's now and then, whatever brought them there; not in
        an expression, unless it would become a stare.
        """
        now = scene.t
        if shown is REST and not scene.people:
            self._averted_at, self._glancing = now, False
            return self._aversion.offset(now, mutual=False, speaking=False)
        facing = [person for person in scene.people if person.facing > FACING]
        mutual = bool(facing) and any(_meets(person, one, now) for person in facing for one in (target, self._eyes_at))
        overdue = now - self._averted_at > LONGEST_S
        own = (shown.eye_yaw, shown.eye_pitch) if shown is not REST else None
        if own is not None and not (self._glancing or overdue):
            aside = own
        else:
            yaw, pitch = self._aversion.offset(now, mutual=mutual, speaking=scene.robot_speaks, overdue=overdue)
            self._glancing = own is not None and (yaw, pitch) != (0.0, 0.0)
            aside = (yaw, pitch) if own is None else (own[0] + yaw, own[1] + pitch)
        if not (facing and any(math.dist(person.bearing(now), self._eyes_at[:2]) < AVERTED for person in facing)):
            self._averted_at = now
        return aside

    def _play(self, now: float) -> Offsets:
        if self._playing is None:
            return REST
        since = now - self._played_from
        if since >= self._playing.duration:
            self._playing = None
            return REST
        return self._adaptation.adapt(self._playing.at(since, self._strength))

    def rest(self, now: float, dt: float) -> BodyFrame:
        """One tick on the way to rest: head forward and down, eyes shut, light out; limp once it is there."""
        rest = self._body.rest
        aim = self._gaze.step(now, dt, Target(0.0, rest.neck_pitch), (0.0, 0.0))
        pose = Pose(
            aim.base_yaw,
            aim.pitch,
            self._roll.step(rest.neck_roll, 0.0, dt),
            aim.head_yaw,
            self._ears[0].step(rest.left_ear, 0.0, dt),
            self._ears[1].step(rest.right_ear, 0.0, dt),
        )
        there = max(abs(a - b) for a, b in zip(pose, rest, strict=True)) < AT_REST
        eyes, light = self._shine.fade(aim.eye_x, aim.eye_y)
        return BodyFrame(now, pose, eyes, light, limp=there)


def _meets(person: Person, target: Target, now: float) -> bool:
    yaw, pitch = person.bearing(now)
    return abs(target.yaw - yaw) < MEETING and abs(target.pitch - pitch) < MEETING


def _rates(before: Offsets, now: Offsets, dt: float) -> Offsets:
    """How fast each channel of a playing expression moves, a second."""
    return Offsets._make([(b - a) / dt for a, b in zip(before, now, strict=True)])


def _in_steps(share: float) -> float:
    """To a twentieth: finer differences cannot be heard, and what was rendered once can be used again."""
    return round(share * 20.0) / 20.0
