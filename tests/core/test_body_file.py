"""Bodies are described in files: what ships is sound, and a mistake is told with its line."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from firmware_bridge import table
from firmware_bridge.body import BoardBody, open_body
from firmware_bridge.descriptions import described
from robot.core.body_description import OWN, SERVOS
from robot.core.body_file import CHANNELS, PACES_US, PULSE_US, load
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.errors import ConfigError, PartError
from robot.parts.registry import Surroundings
from robot.texts.catalogue import words
from sim.board.body import open_body as open_simulated

FOLDER = Path(str(files("hardware.body")))
ONE = (FOLDER / "bowlby_one.toml").read_text(encoding="utf-8")
BUS_HEAD = (FOLDER / "bus_head.toml").read_text(encoding="utf-8")
REACHY = (FOLDER / "reachy_mini.toml").read_text(encoding="utf-8")


def test_a_body_that_ships_is_found_by_its_name(tmp_path: Path) -> None:
    reachy = described(Path("reachy_mini"))
    assert (reachy.name, reachy.motors, reachy.eyes, reachy.ears, reachy.light) == (
        *("Reachy Mini", OWN, "none", "antennas"),
        False,
    )
    assert described(None).motors == SERVOS
    with pytest.raises(ConfigError, match="cannot be read"):
        described(tmp_path / "reachy_mini")


def test_every_body_that_ships_rests_within_its_limits_and_says_what_it_lacks() -> None:
    for name, lacks in (("bowlby_one", 0), ("reachy_mini", 3), ("bus_head", 5)):
        body = load(FOLDER / f"{name}.toml")
        assert body.clip(body.rest) == body.rest
        assert len(body.lacks()) == lacks
        assert all(words(one, language) for one in body.lacks() for language in ("en", "fr"))


@pytest.mark.parametrize(
    ("text", "instead_of", "by", "line", "told"),
    [
        (ONE, "joints.left_ear", "joints.left_wing", "joints.left_wing]", "there is no joint 'left_wing'.*left_ear"),
        (ONE, "upper_deg = 80", "upper_deg = -90", "rest_deg = 0", "rests outside of its limits"),
        (ONE, "channel = 1", "channel = 0", "channel = 0", "base_yaw has this channel"),
        (ONE, "speed_deg_s = 120", "speed_deg_s = 0", "speed_deg_s = 0", "greater than 0"),
        (ONE, "fov_deg = 90", 'fov_deg = "wide"', "fov_deg", "write a number"),
        (ONE, "height_m = 0.30", "height_m = 0.30\nhight_m = 1", "hight_m", "did you mean 'height_m'"),
        (ONE, "[joints.base_yaw]", "[joints.base_yaw]\nchanel = 3", "chanel = 3", "did you mean 'channel'"),
        (ONE, "us_per_deg = 10", "us_per_deg = 0", "us_per_deg = 0", "would not turn"),
        (ONE, "channel = 0\n", "", "[joints.base_yaw]", "'channel' is missing"),
        (ONE, "range_deg = 28", "", "[eyes]", "drawn eyes look somewhere"),
        (ONE, "[eyes]", '[eyes]\nkind = "laser"', "kind =", "no kind of eyes 'laser'"),
        (
            ONE,
            "lower_deg = -80",
            "lower_deg = -160",
            "lower_deg = -160",
            "base_yaw would take a pulse of -100 us.*-100,",
        ),
        (ONE, "upper_deg = 35", "upper_deg = 110", "upper_deg = 110", "neck_pitch would .* 2600 us.*write 100,"),
        (ONE, "speed_deg_s = 300", "speed_deg_s = 900", "speed_deg_s = 900", "left_ear would .* 9000 us/s.*write 800"),
        (
            ONE,
            "acceleration_deg_s2 = 3000",
            "acceleration_deg_s2 = 7000",
            "acceleration_deg_s2 = 7000",
            "left_ear.*6553",
        ),
        (
            ONE,
            "acceleration_deg_s2 = 600",
            "acceleration_deg_s2 = 0.5",
            "acceleration_deg_s2 = 0.5",
            "base_yaw.*write 1",
        ),
        (REACHY, "[joints.base_yaw]", "[joints.base_yaw]\nchannel = 0", "channel = 0", "motors of its own"),
        (BUS_HEAD, "id = 2", "id = 1", "id = 1", "head_yaw has this id"),
        (BUS_HEAD, "centre = 2048\n", "", "[joints.head_yaw]", "'centre' is missing"),
        (BUS_HEAD, "id = 1", "id = 1\nchannel = 0", "channel = 0", "servos hang on a bus"),
        (ONE, "channel = 0", "channel = 0\nid = 1", "id = 1", "servos hang on a board"),
        (REACHY, '"antennas"', '"wings"', "kind =", "ears"),
        (REACHY, 'motors = "own"', 'motors = "mine"', "motors =", "did you mean|known here"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_remedy(
    tmp_path: Path, text: str, instead_of: str, by: str, line: str, told: str
) -> None:
    assert instead_of in text
    path, changed = tmp_path / "body.toml", text.replace(instead_of, by, 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(ConfigError, match=told) as raised:
        load(path)
    numbers = [number for number, one in enumerate(changed.splitlines(), 1) if line in one]
    assert raised.value.place in {f"{path}:{number}" for number in numbers}, raised.value
    assert raised.value.remedy


def test_a_body_with_motors_of_its_own_hangs_on_no_board_and_has_no_weight_in_the_simulator() -> None:
    around = Surroundings(ManualClock(), build=Path("reachy_mini"))
    with pytest.raises(ConfigError, match="moves by itself"):
        open_body("/dev/null", around)
    with pytest.raises(PartError, match="no masses"):
        open_simulated("sim://?physics=mujoco", around)
    simulated = open_simulated("sim://", around)
    assert isinstance(simulated, BoardBody)
    assert len({joint.channel for joint in simulated.description.joints}) == 6
    simulated.close()


def test_what_a_board_takes_is_as_its_messages_have_it() -> None:
    assert (table.PULSE_MIN_US, table.PULSE_MAX_US) == PULSE_US
    assert PACES_US["speed_deg_s"][1] == table.SPEED_MAX_US_S
    assert table.CHANNELS == CHANNELS


@pytest.mark.parametrize(
    ("instead_of", "by"),
    [
        ("lower_deg = -80", "lower_deg = -100"),
        ("upper_deg = 80", "upper_deg = 100"),
        ("speed_deg_s = 120", "speed_deg_s = 800"),
        ("speed_deg_s = 120", "speed_deg_s = 0.1"),
        ("acceleration_deg_s2 = 600", "acceleration_deg_s2 = 6553.5"),
        ("acceleration_deg_s2 = 600", "acceleration_deg_s2 = 1"),
    ],
)
def test_whatever_a_file_may_say_the_board_takes(instead_of: str, by: str, tmp_path: Path) -> None:
    file = tmp_path / "body.toml"
    file.write_text(ONE.replace(instead_of, by, 1), encoding="utf-8")
    clock = ManualClock()
    body = open_simulated("sim://", Surroundings(clock, build=file))
    assert isinstance(body, BoardBody)
    for n in range(100):
        clock.sleep_until(n * 0.02)
        body.poll(n * 0.02)
    assert body.health().condition is Condition.OK
    body.close()
