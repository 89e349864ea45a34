"""The drawings of the body are those of its pin table and parts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from docs import wiring
from tests.support.rig import ONE

BODY = Path(__file__).parents[2] / "hardware/body"


def test_the_drawing_and_the_parts_list_are_current() -> None:
    assert (BODY / "wiring.svg").read_text() == wiring.svg(), "run `python -m docs.wiring`"
    assert (BODY / "parts.md").read_text() == wiring.parts(), "run `python -m docs.wiring`"


def test_every_joint_has_a_pin_and_no_pin_is_used_twice() -> None:
    table = tomllib.loads((BODY / "pins.toml").read_text())
    by_joint = {row["joint"]: row["channel"] for row in table["servo"]}
    assert all(by_joint[joint.name] == joint.channel for joint in ONE.joints)
    ports = [row["port"] for row in table["servo"] + table["signal"]]
    assert len(ports) == len(set(ports))


def test_the_drawing_names_every_pin() -> None:
    words = set(re.findall(r"<text[^>]*>([^<]*)</text>", wiring.svg()))
    table = tomllib.loads((BODY / "pins.toml").read_text())
    assert {row["pin"] for row in table["servo"] + table["signal"]} <= words


def test_usual_life_fits_the_supplies() -> None:
    sums = wiring.budget()
    assert sums["usb"]["worst"] < 500
    assert sums["servo"]["usual"] + wiring.STALL_MA < 6000
