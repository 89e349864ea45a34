"""Intents become one body frame: layers of gaze, posture, expression, speech and life, each smooth by itself.

The composer is the only place that makes frames, so nothing can jump: every joint goes through its follower, and
when the body is not armed the followers stand where the body stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.decision import Mode
from robot.express.gaze import Aversion, GazeMotor, Target, towards
from robot.express.keyframes import REST, Expression, Offsets
from robot.express.life import Idle
from robot.express.motion import Follower
from robot.messages import BodyFrame, Eyes, Hold, Hush, Light, Look, Pose, Say, Show, Silence, Sound, Speech

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from robot.attend.scene import Scene
    from robot.decide.decision import Decision
    from robot.description import BodyDescription
    from robot.feel.attachment import Feelings
    from robot.messages import Cause, Intent, Manner, VoiceCommand

COLOURS: Mapping[Mode, tuple[int, int, int]] = {
    Mode.BOOT: (80, 80, 120),
    Mode.ASLEEP: (30, 30, 70),
    Mode.AWAKE: (255, 170, 90),
    Mode.ENGAGED: (255, 190, 110),
    Mode.SAFE: (255, 60, 40),
}
EYE_COLOUR = (120, 200, 255)
AT_REST = 0.02  # rad
SWAY = 0.035  # rad of nod at full loudness


class Composer:
    """Owns the layers; one call a tick."""

    def __init__(self, body: BodyDescription, expressions: Mapping[str, Expression], rng: np.random.Generator) -> None:
        self._body = body
        self._expressions = expressions
        self._gaze = GazeMotor(body)
        self._aversion = Aversion(rng)
        self._idle = Idle(rng)
        self._roll = Follower(body.joints[2], 8.0)
        self._ears = Follower(body.joints[4], 14.0), Follower(body.joints[5], 14.0)
        self._lid = 0.0
        self._size = 0.5
        self._brightness = 0.0
        self._playing: Expression | None = None
        self._strength = 1.0
        self._played_from = 0.0
        self._standing: tuple[Look | None, Hold | None] = (None, None)
        self._request = 0

    def compose(
        self,
        scene: Scene,
        feelings: Feelings,
        decision: Decision,
        intents: Sequence[Intent],
        manner: Manner,
        dt: float,
    ) -> tuple[BodyFrame, tuple[VoiceCommand, ...]]:
        """The frame for this tick, and what the voice is asked for."""
        now = scene.t
        voice: tuple[VoiceCommand, ...] = ()
        if decision.fresh:
            voice = self._take(now, intents, feelings, manner)
        look, hold = self._standing
        shown = self._shown(now)
        asleep = decision.mode in {Mode.ASLEEP, Mode.SAFE, Mode.BOOT}
        loud = scene.speaking.loudness if scene.speaking is not None and scene.speaking.active else 0.0
        life = self._idle.step(now, dt, arousal=feelings.arousal, in_talk=scene.in_talk)
        posture = hold.pose if hold is not None else Pose()
        lift = posture.neck_pitch + shown.pitch + life.pitch + SWAY * loud
        away = self._away(scene, look)
        aim = self._gaze.step(now, dt, self._target(scene, look, shown.yaw), away, lift)
        ears = self._ears
        perk = 0.35 * feelings.exploration + 0.3 * feelings.arousal - (0.5 if asleep else 0.0)
        pose = Pose(
            aim.base_yaw,
            aim.pitch,
            self._roll.step(posture.neck_roll + shown.roll, 0.0, dt),
            aim.head_yaw,
            ears[0].step(self._body.joints[4].rest + perk + posture.left_ear + shown.left_ear, 0.0, dt),
            ears[1].step(self._body.joints[5].rest + perk + posture.right_ear + shown.right_ear, 0.0, dt),
        )
        body = scene.body
        if body is not None and not (body.link and body.armed):
            pose = body.pose
            self._stand(pose)
        frame = BodyFrame(
            now,
            pose,
            self._eyes(aim.eye_x, aim.eye_y, hold, shown, feelings, life.lid, dt),
            self._light(decision.mode, hold, shown, loud, life.breath, dt),
            hold.limp if hold is not None else False,
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
                case Show() if intent.expression in self._expressions:
                    self._playing = self._expressions[intent.expression]
                    self._strength, self._played_from = intent.strength, now
                case Say():
                    if intent.interrupt:
                        voice.append(Silence())
                    voice.append(self._speech(intent.text, "", feelings, manner))
                case Sound():
                    voice.append(self._speech(intent.name, intent.name, feelings, manner))
                case Hush():
                    voice.append(Silence())
                case _:
                    pass
        self._standing = (look, hold)
        return tuple(voice)

    def _speech(self, text: str, sound: str, feelings: Feelings, manner: Manner) -> Speech:
        self._request += 1
        return Speech(
            self._request,
            text,
            manner.language,
            rate=0.95 + 0.15 * feelings.arousal,
            pitch=1.0 + 0.12 * feelings.arousal,
            volume=manner.volume,
            sound=sound,
        )

    def _stand(self, at: Pose) -> None:
        """Stand where the body stands: while it is not armed it rests, or is moved by hand."""
        self._gaze.place(at.base_yaw, at.head_yaw, at.neck_pitch)
        self._roll.place(at.neck_roll)
        self._ears[0].place(at.left_ear)
        self._ears[1].place(at.right_ear)

    def _target(self, scene: Scene, look: Look | None, shift: float) -> Target:
        if look is None:
            return Target(shift, 0.0)
        person = scene.person(look.person) if look.person is not None else None
        if person is not None:
            target = towards(person, scene.t)
            return target if shift == 0.0 else target._replace(yaw=target.yaw + shift)
        return Target(look.yaw + shift, look.pitch)

    def _away(self, scene: Scene, look: Look | None) -> tuple[float, float]:
        person = scene.person(look.person) if look is not None and look.person is not None else None
        return self._aversion.offset(
            scene.t, mutual=person is not None and person.facing > 0.2, speaking=scene.robot_speaks
        )

    def _shown(self, now: float) -> Offsets:
        if self._playing is None:
            return REST
        since = now - self._played_from
        if since >= self._playing.duration:
            self._playing = None
            return REST
        return self._playing.at(since, self._strength)

    def _eyes(
        self, x: float, y: float, hold: Hold | None, shown: Offsets, feelings: Feelings, blink: float, dt: float
    ) -> Eyes:
        lid = (hold.lid if hold is not None else 1.0) * shown.lid
        ease = min(1.0, dt / 0.15)
        self._lid += ease * (lid - self._lid)
        self._size += ease * (0.45 + 0.25 * feelings.arousal + shown.pupil - self._size)
        return Eyes(x, y, min(max(self._lid * blink, 0.0), 1.0), min(max(self._size, 0.0), 1.0), EYE_COLOUR, 0.6)

    def _light(self, mode: Mode, hold: Hold | None, shown: Offsets, loud: float, breath: float, dt: float) -> Light:
        if hold is not None and hold.light is not None:
            return hold.light
        wish = (0.06 if mode is Mode.ASLEEP else 0.22) + 0.05 * breath + shown.light + 0.5 * loud
        self._brightness += min(1.0, dt / 0.1) * (min(max(wish, 0.0), 1.0) - self._brightness)
        return Light(COLOURS[mode], self._brightness, 1.0 if loud == 0.0 else 0.25 + 0.75 * loud)

    def rest(self, now: float, dt: float) -> BodyFrame:
        """One tick on the way to rest: head forward and down, eyes shut, light out; limp once it is there."""
        rest = self._body.rest
        aim = self._gaze.step(now, dt, Target(0.0, rest.neck_pitch), (0.0, 0.0), 0.0)
        pose = Pose(
            aim.base_yaw,
            aim.pitch,
            self._roll.step(rest.neck_roll, 0.0, dt),
            aim.head_yaw,
            self._ears[0].step(rest.left_ear, 0.0, dt),
            self._ears[1].step(rest.right_ear, 0.0, dt),
        )
        self._lid *= 0.9
        self._brightness *= 0.95
        there = max(abs(a - b) for a, b in zip(pose, rest, strict=True)) < AT_REST
        eyes = Eyes(aim.eye_x, aim.eye_y, self._lid, self._size, EYE_COLOUR, self._brightness)
        return BodyFrame(now, pose, eyes, Light(COLOURS[Mode.ASLEEP], self._brightness), limp=there)

    def cause_of_gaze(self) -> Cause | None:
        """Why the robot looks where it looks."""
        return self._standing[0].cause if self._standing[0] is not None else None
