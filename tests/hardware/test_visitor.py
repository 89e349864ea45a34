"""A visitor's camera and microphone as devices: at their own time, before the robot's own, and those without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hardware.visitor import GONE_S, OLDEST_S, VisitorEars, open_camera, open_ears
from robot.core.audio import write_wav
from robot.core.clock import ManualClock
from robot.core.condition import Condition, Health
from robot.core.percepts import VoiceActivity
from robot.parts.browser_media import HERE, Lent, LentPicture, LoanEnding
from robot.parts.protocols import Audio, Ears, TextLine
from robot.parts.registry import CAMERAS, EARS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.support.visitor import LEFT, spoken, webcam_picture

if TYPE_CHECKING:
    from pathlib import Path


def test_a_picture_is_of_the_moment_that_its_browser_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least delay that was seen is the line's; what came later than that has waited."""
    real = 100.0
    for module in ("robot.parts.browser_media", "hardware.visitor"):
        monkeypatch.setattr(f"{module}.stopwatch", lambda: real)
    lent = Lent()
    camera = open_camera("page:", Surroundings(ManualClock(), lent=lent))
    number = lent.camera.begin(HERE)
    assert number is not None

    def taken(told: float, age: float) -> float:
        lent.camera.give(number, LentPicture(told, age, real, webcam_picture(LEFT)))
        picture = camera.poll(50.0)
        assert picture is not None
        return picture.t

    assert taken(7.0, 0.05) == pytest.approx(50.0 - 0.05)
    real = 100.3
    assert taken(7.1, 0.05) == pytest.approx(50.0 - 0.25)
    real = 500.0
    assert taken(8.0, 0.05) == pytest.approx(50.0 - OLDEST_S)


class Own(Ears):
    """Ears with a device that can be closed, in which somebody speaks."""

    def __init__(self) -> None:
        self.closed = False

    def poll(self, now: float) -> list[VoiceActivity | TextLine]:
        return [VoiceActivity(now, speaking=True), TextLine(now, "from the robot's own room")]

    def rest(self, on: bool) -> None:  # noqa: FBT001 - as the real one
        self.closed = on

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "its own")

    def close(self) -> None: ...


def test_the_robots_own_microphone_is_closed_while_a_visitors_is_used() -> None:
    lent, own = Lent(), Own()
    ears = VisitorEars(lent.microphone, own)
    assert len(ears.poll(0.0)) == 2
    lent.microphone.begin(HERE)
    assert list(ears.poll(0.1)) == [VoiceActivity(0.1, speaking=False)]  # whoever spoke there is heard no more
    assert list(ears.poll(0.2)) == []
    assert own.closed
    lent.microphone.end(LoanEnding.LEFT)
    (silence,) = ears.poll(0.3)
    assert isinstance(silence, Audio)
    assert not silence.samples.any()
    assert list(ears.poll(1.0)) == []
    assert ears.health().condition is Condition.FAULT
    assert len(ears.poll(0.3 + GONE_S)) == 2
    assert not own.closed


def test_the_doctor_and_others_without_a_page_get_the_robots_own_part(tmp_path: Path) -> None:
    around = Surroundings(ManualClock())
    for group, part in ((CAMERAS, "camera"), (EARS, "microphone")):
        health = open_part(group, "page:", around).health()
        assert (health.condition, words(health.reason)) == (Condition.OFF, f"nobody lends a {part}")
    assert "/dev/video97" in words(open_camera("page:/dev/video97", around).health().reason)
    path = tmp_path / "talk.wav"
    write_wav(path, spoken(), 16_000)
    assert words(open_ears(f"page:{path}", around).health().reason) == "talk.wav"
