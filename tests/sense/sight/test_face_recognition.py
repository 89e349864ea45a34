"""Whom the robot knows by their face: nobody before their own yes, nobody else after it, nobody once forgotten.

Whole runs through pictures: painted people, the real face network and dlib's; and one real photograph.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import pytest
import skimage.data

from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config, PartsTable
from robot.core.clock import ManualClock
from robot.core.intents import LearnFace, Say
from robot.memory.memory import Memory
from robot.sense.sight.detector import FaceFinder
from robot.sense.sight.face_encoder import FaceEncoder
from robot.sense.sight.face_recognition import NEAREST, nearest
from sim.world.happenings import PersonTable, ScenarioLine, Step
from sim.world.scenario import Scenario
from sim.world.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from robot.app.robot import Robot
    from robot.core.tick import Tick

pytestmark = pytest.mark.slow

PARTS = PartsTable(body="sim://", camera="sim://?fps=5", ears="sim://", speaker="")
ANNA, BEN = 0, 4  # two looks that the network tells apart


class Heard(NamedTuple):
    """What an observer noted."""

    said: list[tuple[float, str, str]]
    named: set[str]
    lessons: list[LearnFace]


class Watcher:
    """Notes what the robot says, whom it names, and whose face it learns."""

    def __init__(self) -> None:
        self.heard = Heard([], set(), [])

    def see(self, tick: Tick) -> None:
        said, named, lessons = self.heard
        said += [(tick.t, intent.phrase, intent.text) for intent in tick.done if isinstance(intent, Say)]
        named |= {person.who for person in tick.scene.people if person.who}
        lessons += [intent for intent in tick.done if isinstance(intent, LearnFace)]

    def phrases(self) -> list[str]:
        return [phrase for _, phrase, _ in self.heard.said]


def play(people: tuple[PersonTable, ...], seconds: float, seed: int = 1) -> tuple[Watcher, Robot]:
    """A run to its end; the robot is closed, its memory can still be read."""
    watcher = Watcher()
    world = World(Scenario(about="faces", duration_s=seconds, person=people), bowlby_one(), "pixels")
    with build(
        Config(parts=PARTS, seed=seed), RunContext(ManualClock(), world, research=True, stock=shared_stock()), [watcher]
    ) as robot:
        robot.loop.run(seconds)
        watcher.heard.named.add(f"kept: {','.join(robot.memory.faces())}")
    return watcher, robot


def somebody(name: str, look: int, *stays: tuple[float, float], say: tuple[tuple[float, str], ...] = ()) -> PersonTable:
    """A person who is in front of the robot from one time to another, again and again."""
    way = [step for come, go in stays for step in (Step(at=come, x=0.9), Step(at=go, x=0.9, leave=True))]
    return PersonTable(name=name, look=look, way=way, say=tuple(ScenarioLine(at=at, text=text) for at, text in say))


TEACHING = ((5.0, "my name is Anna"), (13.0, "yes"), (19.0, "learn my face"), (29.0, "yes"))


def test_whoever_agreed_is_greeted_by_name_and_a_stranger_is_not() -> None:
    anna = somebody("Anna", ANNA, (1.0, 36.0), (66.0, 76.0), say=TEACHING)
    ben = somebody("Ben", BEN, (96.0, 104.0))
    watcher, _ = play((anna, ben), 104.0)
    phrases = watcher.phrases()
    assert "face_learned" in phrases
    assert [lesson.name for lesson in watcher.heard.lessons] == ["Anna"]
    greeted = [(t, text) for t, phrase, text in watcher.heard.said if phrase == "greet_by_name" and t > 50]
    assert len(greeted) == 1
    assert 66 < greeted[0][0] < 72
    assert "Anna" in greeted[0][1]
    assert watcher.heard.named == {"Anna", "kept: Anna"}


def test_a_no_learns_nothing_and_forgetting_ends_it() -> None:
    no = somebody("Anna", ANNA, (1.0, 34.0), say=(*TEACHING[:3], (29.0, "no")))
    watcher, _ = play((no,), 34.0)
    assert "face_no" in watcher.phrases()
    assert not watcher.heard.lessons
    assert watcher.heard.named == {"kept: "}
    forgets = somebody("Anna", ANNA, (1.0, 46.0), (66.0, 74.0), say=(*TEACHING, (38.0, "forget my face")))
    watcher, _ = play((forgets,), 74.0)
    assert {"face_learned", "face_forgotten"} <= set(watcher.phrases())
    assert "kept: " in watcher.heard.named
    assert not [text for t, phrase, text in watcher.heard.said if phrase == "greet_by_name" and t > 50]


def test_nobody_s_face_is_learned_before_their_name_was_agreed_to() -> None:
    anna = somebody("Anna", ANNA, (1.0, 22.0), say=((6.0, "learn my face"), (14.0, "yes")))
    watcher, _ = play((anna,), 22.0)
    assert "face_name_first" in watcher.phrases()
    assert not watcher.heard.lessons


def test_a_forgotten_face_leaves_no_byte_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    memory = Memory(path, ManualClock())
    memory.remember_person("Anna")
    template = np.linspace(-0.2, 0.2, 128, dtype=np.float32)
    memory.keep_face("Anna", template.tolist())
    memory.wait()
    assert np.array_equal(memory.faces()["Anna"], template)
    (row,) = memory.everything().faces
    assert bytes.fromhex(row[2]) == template.tobytes()
    assert memory.forget_face("Anna")
    memory.wait()
    left = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert template.tobytes()[:64] not in left
    assert memory.person("Anna") is not None
    memory.keep_face("Anna", template.tolist())
    memory.forget_person("Anna")
    memory.wait()
    assert template.tobytes()[:64] not in b"".join(part.read_bytes() for part in tmp_path.iterdir())
    memory.close()


def test_a_memory_from_before_faces_is_taken_on(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    Memory(path, ManualClock()).close()
    store = sqlite3.connect(path)
    store.executescript("DROP TABLE face; PRAGMA user_version = 1;")
    store.close()
    memory = Memory(path, ManualClock())
    memory.remember_person("Anna")
    memory.keep_face("Anna", [0.0] * 128)
    memory.wait()
    assert "Anna" in memory.faces()
    memory.close()


def test_a_photograph_is_the_same_person_smaller_darker_turned_and_mirrored() -> None:
    encoder, finder = FaceEncoder(), FaceFinder()
    photograph = cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2BGR)  # type: ignore[no-untyped-call]
    turned = cv2.warpAffine(photograph, cv2.getRotationMatrix2D((256, 128), 12, 1), (512, 512))
    pictures = [
        photograph,
        cv2.resize(photograph, None, fx=0.6, fy=0.6),
        cv2.convertScaleAbs(photograph, alpha=0.6),
        cv2.flip(photograph, 1),
        turned,
    ]
    codes = [encoder.encode(picture, finder.look(picture, 1.0)[0].box) for picture in pictures]
    assert max(float(np.linalg.norm(codes[0] - code)) for code in codes[1:]) < NEAREST / 2
    assert nearest(codes[1], {"Eileen": codes[0]}) == "Eileen"
    assert nearest(codes[1], {"Eileen": codes[0], "her twin": codes[2]}) == ""  # rather nobody than the wrong one
