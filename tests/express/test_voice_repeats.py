"""The same sentence sounds the same, to the sample, whatever was said before it and in whichever process."""

from __future__ import annotations

from robot.express.renderer import Renderer
from robot.express.rendering import SpeechRequest

SENTENCES = [
    SpeechRequest("Hello, I am a robot.", "en", 0.95, 1.0),
    SpeechRequest("Bonjour, je suis un robot.", "fr", 1.0, 1.05),
    SpeechRequest("Hello again.", "en", 1.05, 1.1),
    SpeechRequest("See you.", "en", 0.95, 1.0),
]


def _rendered(sentences: list[SpeechRequest]) -> dict[SpeechRequest, bytes]:
    renderer = Renderer()
    try:
        renderings = {wording: renderer.wait(wording) for wording in sentences}
    finally:
        renderer.close()
    assert [rendering.fault for rendering in renderings.values() if rendering.fault] == []
    return {wording: found.samples.tobytes() for wording, found in renderings.items() if found.samples is not None}


def test_a_sentence_sounds_the_same_in_every_process() -> None:
    first = _rendered(SENTENCES)
    assert len(first) == len(SENTENCES)
    for _ in range(4):
        assert _rendered(SENTENCES) == first


def test_a_sentence_sounds_the_same_whatever_was_said_before_it() -> None:
    assert _rendered(SENTENCES[::-1]) == _rendered(SENTENCES)
