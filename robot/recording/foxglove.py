"""What Foxglove and Rerun draw of a tick: the head's frame, curves, a log of what was heard and said, pictures.

These messages are Protobuf, with Foxglove's well-known schemas where there is one, because Rerun draws no other. A
replay does not look at them: all that they show stands in the other topics as well.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import cv2
from foxglove_schemas_protobuf.CompressedImage_pb2 import CompressedImage
from foxglove_schemas_protobuf.FrameTransforms_pb2 import FrameTransforms
from foxglove_schemas_protobuf.Log_pb2 import Log
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from robot.core.intents import Say
from robot.core.percepts import FacesSeen, Utterance
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from robot.core.body_description import BodyDescription
    from robot.core.tick import Tick

TF, CURVES, LOG, CAMERA = "/view/tf", "/view/curves", "/view/log", "/view/camera"
BASE, HEAD = "base", "head"
JPEG_QUALITY = 80
DRAWN_EVERY = 2  # ticks
CURVE_NAMES = (
    "head_yaw",
    "head_pitch",
    "eye_x",
    "eye_y",
    "lid",
    "arousal",
    "comfort",
    "exploration",
    "bond",
    "people",
)


class DrawnMessage(NamedTuple):
    """One message to draw: topic, Protobuf bytes, and the robot time that it is of."""

    topic: str
    data: bytes
    t: float


def _curves() -> Any:
    """A message of numbers, one field a curve."""
    file = descriptor_pb2.FileDescriptorProto(name="bowlby/curves.proto", package="bowlby", syntax="proto3")
    message = file.message_type.add(name="Curves")
    field = descriptor_pb2.FieldDescriptorProto
    for number, name in enumerate(CURVE_NAMES, 1):
        message.field.add(name=name, number=number, type=field.TYPE_DOUBLE, label=field.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("bowlby.Curves"))


Curves = _curves()
SCHEMAS = {TF: FrameTransforms, CURVES: Curves, LOG: Log, CAMERA: CompressedImage}


class FoxgloveDrawing:
    """Makes the messages; knows the mode and behaviour of the tick before, to tell when they change."""

    def __init__(self, body: BodyDescription, base_ns: int, *, pictures: bool) -> None:
        self._body = body
        self._base_ns = base_ns
        self._pictures = pictures
        self._last = ("", "")

    def views(self, tick: Tick) -> Iterator[DrawnMessage]:
        """What is to be drawn of a tick."""
        if tick.n % DRAWN_EVERY == 0:
            yield DrawnMessage(TF, self._frames(tick), tick.t)
            yield DrawnMessage(CURVES, _curves_of(tick).SerializeToString(), tick.t)
        for told in self._log_lines(tick):
            log = Log(level=Log.INFO, message=told, name="bowlby")
            log.timestamp.FromNanoseconds(self._ns(tick.t))
            yield DrawnMessage(LOG, log.SerializeToString(), tick.t)
        if self._pictures:
            for percept in tick.percepts:
                if isinstance(percept, FacesSeen) and percept.image is not None and not percept.lent:
                    jpeg = cv2.imencode(".jpg", percept.image, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))[1]
                    picture = CompressedImage(frame_id=HEAD, format="jpeg", data=jpeg.tobytes())
                    picture.timestamp.FromNanoseconds(self._ns(percept.t))
                    yield DrawnMessage(CAMERA, picture.SerializeToString(), percept.t)

    def _ns(self, t: float) -> int:
        return self._base_ns + round(t * 1e9)

    def _frames(self, tick: Tick) -> bytes:
        """The head in the base frame: Rz(yaw) Ry(-pitch) Rx(roll), as a quaternion."""
        pose = tick.frame.pose
        cy, sy = math.cos(pose.yaw / 2), math.sin(pose.yaw / 2)
        cp, sp = math.cos(-pose.neck_pitch / 2), math.sin(-pose.neck_pitch / 2)
        cr, sr = math.cos(pose.neck_roll / 2), math.sin(pose.neck_roll / 2)
        frames = FrameTransforms()
        one = frames.transforms.add(parent_frame_id=BASE, child_frame_id=HEAD)
        one.timestamp.FromNanoseconds(self._ns(tick.t))
        one.translation.z = self._body.camera.height_m
        turn = one.rotation
        turn.w = cr * cp * cy + sr * sp * sy
        turn.x = sr * cp * cy - cr * sp * sy
        turn.y = cr * sp * cy + sr * cp * sy
        turn.z = cr * cp * sy - sr * sp * cy
        return bytes(frames.SerializeToString())

    def _log_lines(self, tick: Tick) -> Iterator[str]:
        for percept in tick.percepts:
            if isinstance(percept, Utterance):
                yield f"heard “{percept.verbatim}” ({percept.intent})"
        decision = tick.decision
        now = (decision.mode.value, decision.behavior)
        if now != self._last:
            self._last = now
            yield f"{now[0]}: {now[1] or 'nothing'}"
        for verdict in tick.verdicts:
            yield f"duty {verdict.duty} {verdict.action} {verdict.intent}: {words(verdict.reason)}"
        for intent in tick.done:
            if isinstance(intent, Say):
                yield f"says “{intent.text}” because {intent.cause.words()}"


def _curves_of(tick: Tick) -> Any:
    pose, eyes, feelings = tick.frame.pose, tick.frame.eyes, tick.feelings
    return Curves(
        head_yaw=pose.yaw,
        head_pitch=pose.neck_pitch,
        eye_x=eyes.x,
        eye_y=eyes.y,
        lid=eyes.lid,
        arousal=feelings.arousal,
        comfort=feelings.comfort,
        exploration=feelings.exploration,
        bond=feelings.bond,
        people=len(tick.scene.people),
    )
