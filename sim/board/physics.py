"""The body with physics, by MuJoCo: servos with torque, speed, dead band, play and a supply that sags, on a body that
stands on its feet and can be pushed over.

As in an analogue servo, the error is judged once a pulse: within the dead band the motor is off, beyond it the motor
is driven towards the pulse until the next. MuJoCo then takes four steps of 5 ms.
"""

from __future__ import annotations

from math import acos, asin, atan2
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from firmware_bridge import table
from hardware.body.mechanics import bowlby_one
from hardware.body.models import PLAY, STEP_S, mjcf
from robot.core.body_frame import JOINTS, Pose
from robot.core.errors import PartError

if TYPE_CHECKING:
    from collections.abc import Collection

    from hardware.body.mechanics import Mechanics, Vector
    from robot.core.body_description import BodyDescription

STEPS = round(table.FRAME_US / 1e6 / STEP_S)
STILL = 1e-3  # rad/s, m/s
HAND_N = 1.5  # a hand that lies on a pad
_GOALS, _LIMITS = Struct(f"{len(JOINTS)}d"), Struct(f"{2 * len(JOINTS)}d")  # into arrays, quicker than numpy's own way
PADS: dict[str, tuple[str, Vector]] = {"head": ("head", (0, 0, -HAND_N)), "back": ("trunk", (HAND_N / 2, 0, 0))}


class _Row(NamedTuple):
    """How a servo takes pulses, and what it makes of its supply."""

    channel: int
    scale: float  # rad per unit of a pulse
    zero: float  # rad at no pulse
    band: float  # rad to either side in which it rests
    nm_per_volt: float


class _Motor(NamedTuple):
    """What its motor takes from the supply."""

    dof: int
    damping: float
    a_per_nm: float


class MujocoServos:
    """Six servos and what they carry."""

    def __init__(self, description: BodyDescription, mechanics: Mechanics | None = None) -> None:
        """Raises PartError when MuJoCo is not installed."""
        try:
            import mujoco  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise PartError(
                "MuJoCo is not installed", remedy="make doctor EXTRAS=physics, or leave out --physics"
            ) from error
        mechanics = mechanics or bowlby_one()
        self.name = f"MuJoCo {mujoco.__version__}"
        self.open_volts = self.volts = mechanics.supply.volts
        self._supply = mechanics.supply
        self._step = mujoco.mj_step
        self.model = model = mujoco.MjModel.from_xml_string(mjcf(description, mechanics))
        self.data = data = mujoco.MjData(model)
        self._at = [int(model.joint(name).qposadr[0]) for name in JOINTS]
        self._play_at = [int(model.joint(name + PLAY).qposadr[0]) for name in JOINTS]
        self._body = {name: int(model.body(name).id) for name in mechanics.links}
        self._head = data.body("head").xmat  # a view: it follows
        self._base = data.qpos[3:7]
        servos = [mechanics.servo(name) for name in JOINTS]
        units = table.UNITS_PER_US
        self._rows = tuple(
            _Row(
                joint.channel,
                1 / (joint.us_per_rad * units),
                -joint.centre_us / joint.us_per_rad,
                servo.dead_band_us / abs(joint.us_per_rad),
                servo.motor_nm / servo.volts,
            )
            for joint, servo in zip(description.joints, servos, strict=True)
        )
        self._motors = tuple(
            _Motor(int(model.joint(name).dofadr[0]), servo.damping, servo.stall_a / servo.motor_nm)
            for name, servo in zip(JOINTS, servos, strict=True)
        )
        self._idle_a = sum(servo.idle_a for servo in servos)
        # Views, which MuJoCo makes anew each time they are asked of it.
        self._goals, self._torques, self._limits = data.ctrl, data.actuator_force, model.actuator_forcerange
        self._places, self._speeds = data.qpos, data.qvel
        for at, angle in zip(self._at, description.rest, strict=True):
            data.qpos[at] = angle
        mujoco.mj_forward(model, data)
        self._pulses: tuple[int, ...] = ()
        self._pads: tuple[str, ...] = ()
        self._push: Vector = (0, 0, 0)
        self._still = False
        self._read()

    def hold(self, joint: str, *, fast: bool) -> None:
        """Something blocks a joint where it is, or lets it go."""
        lock = self.model.equality(joint).id
        self.model.eq_data[lock, 0] = self.data.qpos[self._at[JOINTS.index(joint)]]
        self.data.eq_active[lock] = fast
        self._still = False

    def press(self, pads: Collection[str]) -> None:
        """Hands lie on these pads, and on no other."""
        self._pads = tuple(pads)
        self._forces()

    def push(self, newton: Vector) -> None:
        """A force on the head from now on, N in the base frame; zero ends it."""
        self._push = newton
        self._forces()

    @property
    def tilt(self) -> float:
        """How far the base leans, rad."""
        w, x, y, z = self._base.tolist()
        return acos(min(max(w * w - x * x - y * y + z * z, -1.0), 1.0))

    def follow(self, pulses: tuple[int, ...], seconds: float) -> bool:
        """Let the world go on for `seconds`; True when the pose has changed."""
        if self._still and pulses == self._pulses:
            return False
        self._pulses = pulses
        goals, most = [], []
        for angle, (channel, scale, zero, band, nm_per_volt) in zip(self._horns, self._rows, strict=True):
            pulse = pulses[channel] if channel >= 0 else 0
            wanted = pulse * scale + zero
            on = pulse != 0 and abs(wanted - angle) > band
            goals.append(wanted if on else angle)
            most.append(nm_per_volt * self.volts if on else 0.0)
        _GOALS.pack_into(self._goals, 0, *goals)
        _LIMITS.pack_into(self._limits, 0, *[limit for torque in most for limit in (-torque, torque)])
        self._step(self.model, self.data, round(seconds / STEP_S))
        speeds = self._speeds.tolist()
        drawn = self._idle_a + self._drawn(most, speeds)
        self.volts = self._supply.under(drawn * self.open_volts / self.volts, self.open_volts)
        self._read()
        self._still = not any(most) and max(map(abs, speeds)) < STILL
        return True

    def _drawn(self, most: list[float], speeds: list[float]) -> float:
        """What the motors take from the supply, A; `most` is the torque that each has at full drive, N m.

        A bridge that switches gives the motor its current and takes the share of it that is switched on from the supply
        (the mean of a step-down converter). While it brakes, the current goes round in the motor: nothing is taken.
        """
        drawn = 0.0
        for torque, full, (dof, damping, a_per_nm) in zip(self._torques.tolist(), most, self._motors, strict=True):
            if full:
                drawn += max(torque * (torque - damping * speeds[dof]) / full, 0.0) * a_per_nm
        return drawn

    def _forces(self) -> None:
        forces = self.data.xfrc_applied
        forces[:] = 0
        for pad in self._pads:
            part, newton = PADS[pad]
            forces[self._body[part], :3] += newton
        forces[self._body["head"], :3] += self._push
        self._still = False

    def _read(self) -> None:
        """Where the horns and the joints stand, and the pose in which a base that stands firm would see the same."""
        places = self._places.tolist()
        self._horns = [places[at] for at in self._at]
        self.joints = Pose._make([places[at] + places[play] for at, play in zip(self._at, self._play_at, strict=True)])
        r = self._head.tolist()
        pitch = asin(min(max(r[6], -1.0), 1.0))
        roll = atan2(r[7], r[8])
        yaw = atan2(r[3], r[0])
        _, _, _, head_yaw, left_ear, right_ear = self.joints
        self.pose = Pose(yaw - head_yaw, pitch, roll, head_yaw, left_ear, right_ear)
