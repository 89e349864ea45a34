"""A recording holds a whole run: it replays to the bit, and tells where a program differs or a file is damaged."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from foxglove_schemas_protobuf.CompressedImage_pb2 import CompressedImage
from mcap.reader import make_reader

from behaviors.greet import Greet
from robot.app.context import shared_stock
from robot.app.replay import Replay
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.errors import InputError
from robot.core.percepts import LearnedFace
from robot.express import composer
from robot.memory.memory import Memory
from robot.recording.beginning import Beginning
from robot.recording.plain import plain
from robot.recording.reader import RecordingReader
from robot.recording.tick_reader import read_ticks
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from robot.core.scene import Scene
    from robot.decide.behavior import State

# Twenty scenarios, or as many as ship and again with other seeds: short here; longer and at true speed in `make soak`.
NAMES = list(scenarios.shipped())
CASES = [(NAMES[i % len(NAMES)], 100 + i) for i in range(20)]
SECONDS, LONGER_S = 6.0, 15.0


def play(path: Path | None, name: str, seed: int, seconds: float, **options: Any) -> tuple[str, str]:
    """A run, recorded when there is a path: the digest of the line to the body, and that of the ticks."""
    usual = {"senses": SightFrom.truth, "hears": WordsFrom.text, "fast": True, "fps": 10.0, "language": None}
    given = Options(**{**usual, "seed": seed, "record": path, **options})
    with SimSession(name, scenarios.load(name)[1], Config(), given, shared_stock()) as session:
        session.headless(seconds)
        return session.digest, session.tick_digest


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of the first meeting as far as the first answer."""
    path = tmp_path_factory.mktemp("record") / "meeting.mcap"
    play(path, "first-meeting", 7, 18.0)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed"), CASES)
def test_a_recording_replays_to_the_bit(name: str, seed: int, tmp_path: Path) -> None:
    _, ticks = play(tmp_path / "run.mcap", name, seed, SECONDS)
    outcome = Replay(tmp_path / "run.mcap", shared_stock()).run()
    assert outcome.difference is None
    assert outcome.ticks == SECONDS * 50
    assert outcome.digest == outcome.recorded_digest == ticks


@pytest.mark.soak
@pytest.mark.parametrize(("name", "seed"), CASES)
def test_twice_at_true_speed_and_on_replay_all_digests_are_equal(name: str, seed: int, tmp_path: Path) -> None:
    fast = play(tmp_path / "fast.mcap", name, seed, LONGER_S)
    assert play(tmp_path / "again.mcap", name, seed, LONGER_S) == fast
    assert play(tmp_path / "paced.mcap", name, seed, LONGER_S, fast=False) == fast
    assert Replay(tmp_path / "paced.mcap", shared_stock()).run().digest == fast[1]


def test_the_same_run_gives_the_same_file_and_recording_changes_nothing(meeting: Path, tmp_path: Path) -> None:
    recorded, _ = play(tmp_path / "again.mcap", "first-meeting", 7, 18.0)
    assert recorded == play(None, "first-meeting", 7, 18.0)[0]
    assert (tmp_path / "again.mcap").read_bytes() == meeting.read_bytes()


def test_a_changed_behaviour_is_located(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    greets = Greet.desire

    def eager(self: Greet, state: State) -> float:
        return min(1.0, 1.2 * greets(self, state))

    monkeypatch.setattr(Greet, "desire", eager)
    found = Replay(meeting, shared_stock()).run().difference
    assert found is not None
    assert (found.step, found.topic) == ("decide", "/decision")
    assert found.key.startswith("bids.")
    assert 4.0 < found.t < 6.0  # she appears at 4 s
    assert found.tick == round(found.t * 50)


def test_a_changed_motion_is_located_in_its_joint(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = composer.Composer._target

    def beside(self: composer.Composer, scene: Scene, look: Any) -> Any:
        aim = target(self, scene, look)
        return aim._replace(yaw=aim.yaw + 0.01) if scene.t >= 6.0 else aim

    monkeypatch.setattr(composer.Composer, "_target", beside)
    found = Replay(meeting, shared_stock()).run().difference
    assert found is not None
    assert (found.tick, found.step, found.topic) == (300, "express", "/frame")
    assert found.key.startswith(("pose.", "eyes."))
    assert found.was != found.now


def test_the_command_tells_what_it_found(meeting: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "robot", "replay", str(meeting), "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["same"] is True
    assert told["ticks"] == 900


def test_a_file_that_is_cut_short_says_where(meeting: Path, tmp_path: Path) -> None:
    whole = meeting.read_bytes()
    path = tmp_path / "cut.mcap"
    for size in (len(whole) - 4, len(whole) - 300, len(whole) // 2, 3000, 20, 4, 0):
        path.write_bytes(whole[:size])
        with pytest.raises(InputError, match=r"cut\.mcap: the recording is cut short") as told:
            Replay(path, shared_stock()).run()
        if size == len(whole) // 2:
            assert "after tick" in str(told.value)
            assert "up to there the run is as it was" in str(told.value)


def test_its_ticks_are_read_by_a_path_as_text_too(meeting: Path) -> None:
    assert next(read_ticks(str(meeting))).t == next(read_ticks(meeting)).t
    with pytest.raises(TypeError):  # a mistake of the program, and no damaged recording
        next(read_ticks(3))  # type: ignore[arg-type]


def test_a_damaged_file_says_where(meeting: Path, tmp_path: Path) -> None:
    damaged = bytearray(meeting.read_bytes())
    for at in range(len(damaged) // 2, 2 * len(damaged) // 3, 4096):  # one byte alone may lie in an index
        damaged[at] ^= 0x10
    path = tmp_path / "damaged.mcap"
    path.write_bytes(damaged)
    with pytest.raises(InputError, match=r"damaged\.mcap: the recording is damaged after tick \d+"):
        Replay(path, shared_stock()).run()


def test_what_is_no_recording_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "letter.mcap"
    path.write_text("Dear robot, how are you? I am fine.")
    with pytest.raises(InputError, match="this is no recording"):
        Replay(path)
    with pytest.raises(InputError, match="No such file"):
        Replay(tmp_path / "nowhere.mcap")


def test_it_is_private_and_has_pictures_only_when_they_were_asked_for(meeting: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(meeting.stat().st_mode) == 0o600
    assert "/view/camera" not in topics(meeting)
    path = tmp_path / "open.mcap"
    path.touch(0o644)
    play(path, "visit", 1, 3.0, senses=SightFrom.pixels, record_pictures=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    pictures = topics(path)["/view/camera"]
    assert len(pictures) >= 20
    assert CompressedImage.FromString(pictures[0]).data.startswith(b"\xff\xd8")
    assert Replay(path, shared_stock()).run().same


def test_it_knows_when_its_day_began_though_the_clocks_changed_since(meeting: Path) -> None:
    begun = RecordingReader(meeting).beginning
    civil, midnight = map(datetime.fromisoformat, ("2026-03-29T09:00:00+02:00", "2026-03-29T00:00:00+01:00"))
    changed = begun._replace(civil=civil, midnight=midnight)
    kept = Beginning.read(changed.as_metadata(), b"", "")
    assert (kept.civil, kept.midnight) == (civil, midnight)


def test_nobody_can_be_known_by_the_faces_in_it() -> None:
    memory = Memory(None, ManualClock())
    memory.remember_person("Ada")
    memory.keep_face("Ada", [0.25] * 128)
    copy = Memory(None, ManualClock(), memory.image())
    assert {name: float(abs(face).sum()) for name, face in copy.faces().items()} == {"Ada": 0.0}
    assert np.float32(0.25).tobytes() * 8 not in memory.image()
    assert plain(LearnedFace("Ada", (0.5, 0.25)))["template"] == [0.0, 0.0]
    assert plain(LearnedFace("Ada", None))["template"] is None
    memory.close()
    copy.close()


def test_every_message_fits_its_schema(meeting: Path) -> None:
    with meeting.open("rb") as file:
        for schema, channel, message in make_reader(file).iter_messages():
            assert schema is not None
            if channel.message_encoding == "json":
                fits(json.loads(message.data), json.loads(schema.data), channel.topic)


def topics(path: Path) -> Mapping[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    with path.open("rb") as file:
        for _, channel, message in make_reader(file).iter_messages():
            found.setdefault(channel.topic, []).append(message.data)
    return found


def fits(value: Any, schema: Any, place: str) -> None:
    """The part of JSON Schema that is used here."""
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "number": (int, float),
        "integer": int,
        "boolean": bool,
        "string": str,
        "null": type(None),
    }
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, kinds[name]) for name in named), place
    for key, inner in schema.get("properties", {}).items():
        if isinstance(value, dict) and key in value:
            fits(value[key], inner, f"{place}.{key}")
    for one in value if isinstance(value, list) and "items" in schema else ():
        fits(one, schema["items"], place)
