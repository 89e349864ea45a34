"""Between the body's values (angles, eyes, light) and the numbers of the line."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.framing import encode
from robot.core.body_frame import Eyes, Light, Pose
from robot.core.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_description import BodyDescription
    from robot.core.body_frame import BodyFrame

_EYES = struct.Struct("<B" + table.EYES.format)
_LIGHT = struct.Struct("<B" + table.LIGHT.format)
_UNITS = table.UNITS_PER_US


def _byte(share: float) -> int:
    return 0 if share <= 0.0 else 255 if share >= 1.0 else int(share * 255 + 0.5)


def pack_eyes(eyes: Eyes) -> bytes:
    x = int(min(max(eyes.x, -1.0), 1.0) * 127)
    y = int(min(max(eyes.y, -1.0), 1.0) * 127)
    red, green, blue = eyes.colour
    lid, size, brightness = _byte(eyes.lid), _byte(eyes.size), _byte(eyes.brightness)
    return _EYES.pack(table.EYES.id, x, y, lid, size, red & 0xFF, green & 0xFF, blue & 0xFF, brightness)


def pack_light(light: Light) -> bytes:
    red, green, blue = light.colour
    brightness, fill = _byte(light.brightness), _byte(light.fill)
    return _LIGHT.pack(table.LIGHT.id, red & 0xFF, green & 0xFF, blue & 0xFF, brightness, fill)


def unpack_eyes(values: Sequence[int]) -> Eyes:
    """From the fields of `eyes`."""
    x, y, lid, size, red, green, blue, brightness = values
    return Eyes(
        x=x / 127, y=y / 127, lid=lid / 255, size=size / 255, colour=(red, green, blue), brightness=brightness / 255
    )


def unpack_light(values: Sequence[int]) -> Light:
    """From the fields of `light`."""
    red, green, blue, brightness, fill = values
    return Light((red, green, blue), brightness / 255, fill / 255)


class Wire:
    """Packs body frames for one body, and reads its poses. Keeps the last eyes and light, which seldom change."""

    def __init__(self, description: BodyDescription) -> None:
        by_channel = {joint.channel: (i, joint) for i, joint in enumerate(description.joints) if joint.fitted}
        self.mask = sum(1 << channel for channel in by_channel)
        rows = []  # per channel: joint, pulse at angle 0 (and half a unit, to round), units per rad
        self.count = max(by_channel, default=-1) + 1  # channels of which it speaks
        for channel in range(self.count):
            if channel in by_channel:
                i, joint = by_channel[channel]
                rows.append((i, joint.centre_us * _UNITS + 0.5, joint.us_per_rad * _UNITS))
            else:
                rows.append((0, 0.0, 0.0))
        self._rows = tuple(rows)
        self._setpoint = table.SETPOINT.packer(self.count)
        self._back = tuple(
            (joint.channel, 1 / (joint.us_per_rad * _UNITS), -joint.centre_us / joint.us_per_rad)
            if joint.fitted
            else (0, 0.0, joint.rest)
            for joint in description.joints
        )
        self._description = description
        self._eyes: Eyes | None = None
        self._light: Light | None = None
        self._show = self._eyes_bytes = self._light_bytes = b""

    def positions(self, pose: Pose) -> list[int]:
        """Pulse of each channel up to the last joint's, 1/16 us; 0 for one without. Raises ProtocolError for what is no
        number.
        """
        try:
            return [int(centre + scale * pose[i]) for i, centre, scale in self._rows]
        except (ValueError, OverflowError) as error:
            raise ProtocolError(f"the pose holds something that is no number: {pose}") from error

    def pose(self, positions: Sequence[int]) -> Pose:
        """Joint angles from the pulses of the channels, 1/16 us; of those that are not told, as from no pulse."""
        if len(positions) < self.count:
            positions = (*positions, *([0] * (self.count - len(positions))))
        return Pose._make([positions[channel] * scale + zero for channel, scale, zero in self._back])

    def show(self, frame: BodyFrame) -> bytes:
        """The messages `eyes` and `light`."""
        if frame.eyes != self._eyes or frame.light != self._light:
            if frame.eyes != self._eyes:
                self._eyes = frame.eyes
                self._eyes_bytes = pack_eyes(frame.eyes)
            if frame.light != self._light:
                self._light = frame.light
                self._light_bytes = pack_light(frame.light)
            self._show = self._eyes_bytes + self._light_bytes
        return self._show

    def messages(self, frame: BodyFrame, start_us: int) -> bytes:
        """The messages `setpoint`, `eyes` and `light` of one tick; without the setpoint when the frame is limp.

        Angles beyond the body's limits go out as they are and are held by the firmware.
        """
        show = self.show(frame)
        if frame.limp:
            return show
        positions = self.positions(frame.pose)
        try:
            return self._setpoint.pack(table.SETPOINT.id, start_us & 0xFFFFFFFF, self.count, *positions) + show
        except struct.error:  # an angle that no pulse can stand for
            positions = self.positions(self._description.clip(frame.pose))
            return self._setpoint.pack(table.SETPOINT.id, start_us & 0xFFFFFFFF, self.count, *positions) + show

    def line(self, frame: BodyFrame, sequence: int = 0) -> bytes:
        """All bytes of one tick as they go over the line to a board whose clock is robot time: for digests."""
        return encode(sequence, self.messages(frame, round(frame.t * 1e6)))

    def configure(self, sag_mv: int, light_max: int) -> bytes:
        """The message that says what the board's surroundings are."""
        chip = self._description.chip_mhz
        output = table.Output.PINS if chip is None else table.Output.CHIP
        return table.CONFIGURE.pack(sag_mv, light_max, output, round((chip or 0) * 1000))

    def limits(self) -> list[bytes]:
        """The messages that hold the body's limits, six to a frame."""
        messages = []
        for joint in (joint for joint in self._description.joints if joint.fitted):
            ends = sorted((joint.pulse_us(joint.lower), joint.pulse_us(joint.upper)))
            per_rad = abs(joint.us_per_rad)
            messages.append(
                table.LIMITS.pack(
                    joint.channel,
                    *(round(us * _UNITS) for us in (*ends, joint.pulse_us(joint.rest))),
                    round(joint.speed * per_rad),
                    round(joint.acceleration * per_rad),
                )
            )
        return [b"".join(messages[i : i + 6]) for i in range(0, len(messages), 6)]
