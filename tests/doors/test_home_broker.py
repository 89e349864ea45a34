"""The line to the broker: killed, held up, refusing, encrypted; and the robot goes on whatever it does."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from robot.config.schema import Config, DoorsTable
from robot.core.condition import Condition
from robot.core.errors import ConfigError, DeviceError
from robot.core.typed_toml import parse
from robot.doors.home.broker import read_password
from robot.doors.home.trial import home
from robot.health.conditions import line
from tests.support.broker import Audience, Broker, needs_mosquitto
from tests.support.home_robot import HomeRobot, puppet, settings
from tests.support.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

HERE = "bowlby/bowlby/availability"
MODE = "bowlby/bowlby/state/mode"


@needs_mosquitto
def test_a_broker_that_was_killed_and_is_back_has_all_again(tmp_path: Path) -> None:
    with Broker(tmp_path) as broker, puppet(settings(broker.address)) as robot:
        robot.beat()
        for _ in range(3):
            until(lambda: robot.door._line.there, "the broker is there")
            assert robot.door.health().condition is Condition.OK
            assert "is told for Home Assistant: mode, muted, buttons" in line(robot.door.health())
            with Audience(broker) as listener:
                listener.waits(HERE, "online")
                listener.waits(MODE)
                listener.waits("homeassistant/device/bowlby_bowlby/config")
            broker.kill()
            until(lambda: not robot.door._line.there, "it is lost")
            until(lambda: "cannot be reached" in line(robot.door.health()), "that is told")
            assert robot.door.health().condition is Condition.LESSER
            assert "see that the broker runs" in line(robot.door.health())
            broker.start()


@needs_mosquitto
@pytest.mark.slow
def test_the_loop_goes_on_while_a_broker_takes_nothing_and_it_is_regained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("robot.doors.home.broker.KEEPALIVE_S", 1)
    with Broker(tmp_path) as broker, HomeRobot() as robot, robot.shown(settings(broker.address)) as door:
        until(lambda: door._line.there, "the broker is there")
        broker.hold_up(yes=True)
        ticks = len(robot.ticks)
        until(lambda: not door._line.there, "it is lost")
        assert len(robot.ticks) > ticks + 25  # half a second of them, and more than that has gone by
        broker.hold_up(yes=False)
        until(lambda: door._line.there, "it is back")
        with Audience(broker) as listener:
            listener.waits(HERE, "online")


@needs_mosquitto
@pytest.mark.slow
def test_its_last_will_tells_that_it_is_gone_however_it_went(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.support.home_robot import puppet, settings\n"
        "with puppet(settings(sys.argv[1])) as robot:\n"
        "    robot.beat()\n"
        "    input()\n"
        "    os._exit(1)\n"
    )
    with Broker(tmp_path) as broker, Audience(broker) as listener:
        run = [sys.executable, "-c", program, broker.address]
        with subprocess.Popen(run, stdin=subprocess.PIPE, text=True) as process:
            listener.waits(HERE, "online")
            process.communicate("\n")
        listener.waits(HERE, "offline")
        with puppet(settings(broker.address)) as robot:
            robot.beat()
            listener.waits(HERE, "online")
        listener.waits(HERE, "offline")


@needs_mosquitto
def test_a_password_opens_and_a_wrong_one_is_told_and_stands_in_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tool = shutil.which("mosquitto_passwd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert tool is not None
    kept = tmp_path / "users"
    subprocess.run([tool, "-b", "-c", str(kept), "bowlby", "open-sesame-5512"], check=True, capture_output=True)
    kept.chmod(0o644)
    caplog.set_level(logging.DEBUG)
    tmp_path.chmod(0o755)
    with Broker(tmp_path, "allow_anonymous false", f"password_file {kept}") as broker:
        address = broker.address.replace("://", "://bowlby@")
        with puppet(settings(address), "open-sesame-5512") as robot:
            until(lambda: robot.door._line.there, "it is let in")
            told = [line(robot.door.health())]
        with puppet(settings(address), "wrong-sesame-5512") as robot:
            until(lambda: "does not let it in" in line(robot.door.health()), "it is refused")
            told.append(line(robot.door.health()))
    assert "broker.password" in told[1]
    assert "sesame" not in caplog.text + "".join(told)


@needs_mosquitto
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # paho lets the refused socket go unclosed
def test_over_tls_the_broker_must_prove_who_it_is(tmp_path: Path) -> None:
    certificate, key = tmp_path / "broker.crt", tmp_path / "broker.key"
    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        ["openssl", *made, *named, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    key.chmod(0o644)
    tmp_path.chmod(0o755)
    with Broker(tmp_path, "allow_anonymous true", f"certfile {certificate}", f"keyfile {key}") as broker:
        address = broker.address.replace("mqtt:", "mqtts:")
        with puppet(settings(address, broker_certificate=certificate)) as robot:
            until(lambda: robot.door._line.there, "it is let in")
        with puppet(settings(address)) as robot:
            until(lambda: "does not prove to be who it says" in line(robot.door.health()), "a stranger is told")
            assert not robot.door._line.there
    with pytest.raises(DeviceError, match="cannot be used"), puppet(settings(address, broker_certificate=key)):
        pass


@needs_mosquitto
def test_the_doctor_tells_whether_the_broker_lets_it_in_and_tells_it_nothing(tmp_path: Path) -> None:
    assert home(DoorsTable()).condition is Condition.OFF
    with Broker(tmp_path) as broker:
        with Audience(broker) as listener:
            found = home(DoorsTable(broker=broker.address))
            assert not listener.heard
        assert (found.condition, found.part) == (Condition.OK, "home")
        assert "told there is: mode, muted, buttons" in line(found)
    assert home(DoorsTable(broker=broker.address)).condition is Condition.LESSER


def test_the_password_comes_from_the_environment_or_a_file_that_nobody_else_may_read(tmp_path: Path) -> None:
    file = tmp_path / "broker.password"
    assert read_password({}, file) == ""
    file.touch(0o600)
    file.write_text("one\n", encoding="utf-8")
    assert read_password({}, file) == "one"
    assert read_password({"BOWLBY_BROKER_PASSWORD": "two"}, file) == "two"
    file.chmod(0o640)
    with pytest.raises(DeviceError, match="others may read the broker’s password") as refused:
        read_password({}, file)
    assert refused.value.remedy == f"chmod 600 {file}"


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("mqtt://me:secret@broker.lan", "a password stands in it"),
        ("http://broker.lan", "no address of a broker"),
        ("mqtt://", "no address of a broker"),
        ("mqtt://broker.lan:0", "no address of a broker"),
        ("mqtt://broker.lan:99999", "no address of a broker"),
        ("mqtt://broker.lan/home", "no address of a broker"),
    ],
)
def test_a_mistaken_address_is_told_with_its_line(address: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what) as told:
        parse(Config, f'[doors]\nbroker = "{address}"\n', "bowlby.toml")
    assert told.value.place == "bowlby.toml:2"
    assert "secret" not in str(told.value)


def test_a_robot_without_a_broker_loads_nothing_of_it() -> None:
    """Neither the library nor the door, for a whole run."""
    program = (
        "import sys\n"
        "from types import SimpleNamespace\n"
        "from robot.config.schema import Config\n"
        "from robot.app.runner import at_home\n"
        "with at_home(SimpleNamespace(config=Config()), None):\n"
        "    print([name for name in sys.modules if name.startswith(('paho', 'robot.doors.home'))])\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
