"""Real sound devices, played and heard through a null sink: a whole spoken meeting, and breaking in."""

from __future__ import annotations

import pytest

from tests.support.sound_room import SoundRoom

pytestmark = pytest.mark.paced


def understood(room: SoundRoom, text: str, intent: str) -> str:
    """The answer; said again as people do, since a busy machine drops sound."""
    for _ in range(3):
        heard, answer = room.ask(text)
        if heard == intent:
            return answer
    return ""


def test_a_spoken_meeting_is_understood_and_answered_and_whoever_speaks_is_not_talked_over() -> None:
    with SoundRoom() as room:
        room.learn()
        assert understood(room, "hello", "greeting")
        assert "Bowlby" in understood(room, "what is your name", "what_is_your_name")
        silenced = (room.break_in("do you love me", "be quiet", 0.8) for _ in range(3))
        assert any(not isinstance(after, str) for after in silenced)
        assert understood(room, "goodbye", "goodbye")
        assert room.end() == [], "no thread and no process is left behind"


def test_a_sound_card_that_is_pulled_out_is_told_and_used_again_when_it_is_back() -> None:
    with SoundRoom() as room:
        for _ in range(2):
            assert room.steady(("hearing", "voice"), 0.5, 20)
            room.pulse.unplug()
            assert room.wait(lambda e: e.get("reason") == "the microphone was lost", 10)
            assert room.wait(lambda e: e.get("reason") == "the speaker was lost", 10)
            room.pulse.plug()
        assert room.steady(("hearing", "voice"), 0.5, 20)
        assert understood(room, "hello", "greeting")
        assert room.end() == []
