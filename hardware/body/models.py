"""The body as other tools read it: MJCF for MuJoCo, URDF for everything else. Both are written from the description.

Frames as everywhere: x forward, y left, z up; the first part stands on z = 0.
"""

from __future__ import annotations

from math import radians
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hardware.body.mechanics import Link, Mechanics, Servo
    from robot.core.body_description import BodyDescription

STEP_S = 0.005
PLAY = "_play"  # a joint's backlash is a second joint of this name's ending
FOOT_M = 0.004
FOOT_FRICTION = 0.8  # rubber on wood


def mjcf(body: BodyDescription, mechanics: Mechanics) -> str:
    """A MuJoCo model: the body on its four feet on a table, each servo's motor and play, each joint able to be locked.

    A motor is a position actuator whose force is cut at its stall torque; its back voltage is the joint's damping.
    The head carries the site `camera`; actuators, in the order of the joints, and locks have their joint's name.
    """
    root = Element("mujoco", model=body.name)
    SubElement(root, "compiler", angle="radian", autolimits="true")
    option = SubElement(root, "option", timestep=_text(STEP_S), integrator="implicitfast")
    SubElement(option, "flag", island="disable")  # all of it is one: looking for more costs a tenth of a step
    world = SubElement(root, "worldbody")
    SubElement(world, "geom", name="table", type="plane", size="2 2 0.1", friction=f"{FOOT_FRICTION} 0.005 0.0001")
    actuators, locks = Element("actuator"), Element("equality")
    parts: dict[str, Element] = {}
    limits = {joint.name: joint for joint in body.joints}
    for name, link in mechanics.links.items():
        parts[name] = part = SubElement(parts.get(link.parent, world), "body", name=name, pos=_text(*link.at_m))
        if link.joint:
            servo, joint = mechanics.servo(link.joint), limits[link.joint]
            _turning(part, link, servo, joint.lower, joint.upper)
            SubElement(locks, "joint", name=link.joint, joint1=link.joint, active="false", solref="0.01 1")
        else:
            SubElement(part, "freejoint", name=name)
            _stand(part, link)
        _matter(part, link)
    SubElement(parts["head"], "site", name="camera", pos=_text(body.camera.forward_m, 0, 0))
    for joint in body.joints:
        servo = mechanics.servo(joint.name)
        SubElement(
            actuators,
            "position",
            name=joint.name,
            joint=joint.name,
            kp=_text(servo.stiffness),
            kv=_text(2 * servo.damping),
            forcerange=_text(-servo.motor_nm, servo.motor_nm),
        )
    root.extend((actuators, locks))
    return _written(root)


def _turning(part: Element, link: Link, servo: Servo, lower: float, upper: float) -> None:
    """The servo's horn, and the play between it and what it turns. Stops stand 3 degrees outside the limits."""
    spare, play = radians(3), radians(servo.backlash_deg) / 2
    axis = _text(*link.axis)
    SubElement(
        part,
        "joint",
        name=link.joint,
        axis=axis,
        range=_text(lower - spare, upper + spare),
        armature=_text(servo.rotor_kg_m2),
        damping=_text(servo.damping),
        frictionloss=_text(servo.friction_nm),
    )
    SubElement(
        part,
        "joint",
        name=link.joint + PLAY,
        axis=axis,
        range=_text(-play, play),
        armature=_text(servo.rotor_kg_m2 / 100),
        damping=_text(servo.damping / 30),
        solreflimit="0.01 1",
        solimplimit="0.99 0.999 0.0001",
    )


def _stand(part: Element, link: Link) -> None:
    for x in (-link.feet_m, link.feet_m):
        for y in (-link.feet_m, link.feet_m):
            SubElement(
                part, "geom", type="sphere", size=_text(FOOT_M), pos=_text(x, y, FOOT_M), mass="0.001", contype="2"
            )


def _matter(part: Element, link: Link) -> None:
    """What is seen and weighed. What collides does so with the table alone."""
    shape, size = _shape(link)
    attributes = {"type": shape, "size": _text(*size), "pos": _text(*link.centre_m), "mass": _text(link.mass_kg)}
    with_table = ("2", "1") if link.collides else ("0", "0")
    attributes |= dict(zip(("contype", "conaffinity"), with_table, strict=True))
    SubElement(part, "geom", attributes)


def _shape(link: Link) -> tuple[str, Iterable[float]]:
    """Kind and half sizes, as MuJoCo counts them."""
    if link.shape == "cylinder":
        return "cylinder", (link.size_m[0], link.size_m[1] / 2)
    return "box", tuple(edge / 2 for edge in link.size_m)


def urdf(body: BodyDescription, mechanics: Mechanics) -> str:
    """The same body as URDF: links with shapes and inertias, revolute joints with limits, and a fixed camera frame."""
    root = Element("robot", name=body.name.lower().replace(" ", "_"))
    limits = {joint.name: joint for joint in body.joints}
    for name, link in mechanics.links.items():
        one = SubElement(root, "link", name=name)
        inertial = SubElement(one, "inertial")
        SubElement(inertial, "origin", xyz=_text(*link.centre_m), rpy="0 0 0")
        SubElement(inertial, "mass", value=_text(link.mass_kg))
        x, y, z = (_text(value) for value in link.inertia)
        SubElement(inertial, "inertia", ixx=x, iyy=y, izz=z, ixy="0", ixz="0", iyz="0")
        for use in ("visual", "collision"):
            shown = SubElement(one, use)
            SubElement(shown, "origin", xyz=_text(*link.centre_m), rpy="0 0 0")
            geometry = SubElement(shown, "geometry")
            if link.shape == "cylinder":
                SubElement(geometry, "cylinder", radius=_text(link.size_m[0]), length=_text(link.size_m[1]))
            else:
                SubElement(geometry, "box", size=_text(*link.size_m))
        if link.joint:
            servo, joint = mechanics.servo(link.joint), limits[link.joint]
            hinge = SubElement(root, "joint", name=link.joint, type="revolute")
            SubElement(hinge, "origin", xyz=_text(*link.at_m), rpy="0 0 0")
            SubElement(hinge, "parent", link=link.parent)
            SubElement(hinge, "child", link=name)
            SubElement(hinge, "axis", xyz=_text(*link.axis))
            SubElement(
                hinge,
                "limit",
                lower=_text(joint.lower),
                upper=_text(joint.upper),
                velocity=_text(joint.speed),
                effort=_text(servo.stall_torque_nm),
            )
            SubElement(hinge, "dynamics", damping=_text(servo.damping), friction=_text(servo.friction_nm))
    SubElement(root, "link", name="camera")
    mount = SubElement(root, "joint", name="camera", type="fixed")
    SubElement(mount, "origin", xyz=_text(body.camera.forward_m, 0, 0), rpy="0 0 0")
    SubElement(mount, "parent", link="head")
    SubElement(mount, "child", link="camera")
    return _written(root)


def _text(*values: float) -> str:
    return " ".join(f"{value:.10g}" for value in values)


def _written(root: Element) -> str:
    indent(root)
    return '<?xml version="1.0"?>\n' + tostring(root, encoding="unicode") + "\n"
