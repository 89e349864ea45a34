"""A body that has senses of its own brings them, where no others are named."""

from __future__ import annotations

from robot.config.schema import Config, PartsTable
from robot.core import typed_toml


def test_what_is_left_out_beside_a_reachy_mini_of_this_machine_is_its_own() -> None:
    parts = typed_toml.parse(PartsTable, 'body = "reachy://"', "bowlby.toml")
    assert (parts.camera, parts.ears, parts.speaker) == ("reachy://",) * 3
    parts = typed_toml.parse(
        PartsTable, 'body = "reachy://localhost:8001"\nears = ""\nspeaker = "sound:2"', "bowlby.toml"
    )
    assert (parts.camera, parts.ears, parts.speaker) == ("reachy://localhost:8001", "", "sound:2")


def test_elsewhere_and_beside_other_bodies_the_computers_own_are_taken() -> None:
    usual = PartsTable()
    for body in ("reachy://reachy-mini.local", "/dev/ttyACM0", "sim://"):
        assert PartsTable(body=body) == usual.model_copy(update={"body": body})


def test_a_body_given_on_the_command_line_brings_its_senses_and_takes_them_along() -> None:
    config = Config().changed("parts", body="reachy://")
    assert config.parts.ears == "reachy://"
    assert config.changed("parts", body="sim://").parts.ears == PartsTable().ears
    assert config.changed("parts", ears="microphone:1").parts.camera == "reachy://"
