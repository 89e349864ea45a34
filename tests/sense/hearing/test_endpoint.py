"""Where speech begins and ends: clicks are none, a moment of a near voice is enough, and none goes on for ever."""

from __future__ import annotations

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE
from robot.sense.hearing.endpoint import CHUNK_S, Edge, Endpointer
from robot.sense.hearing.voice_detector import CHUNK
from tests.support.voices import joe


def test_clicks_are_no_speech() -> None:
    clicks = np.zeros(4 * HEARD_RATE, np.float32)
    clicks[:: HEARD_RATE // 2] = 0.9
    endpointer = Endpointer()
    cuts = [cut for at in range(0, len(clicks), CHUNK) for cut in endpointer.feed(clicks[at : at + CHUNK], at / 16000)]
    assert not any(cut.edge is Edge.END for cut in cuts)


@pytest.mark.parametrize(("rms", "begun"), [(0.005, 0), (0.02, 1)], ids=["faint", "near"])
def test_while_it_speaks_a_moment_of_a_near_voice_is_enough_and_of_a_faint_one_is_not(rms: float, begun: int) -> None:
    word = joe("be quiet")
    voice = np.concatenate([np.zeros(HEARD_RATE, np.float32), rms / np.sqrt(np.mean(word**2)) * word])
    first = next(cut for cut in Endpointer().feed(voice, 0.0, eager=True) if cut.edge is Edge.BEGIN)
    moment = voice[: round((first.t + CHUNK_S) * HEARD_RATE)]
    cuts = Endpointer().feed(np.concatenate([moment, np.zeros(HEARD_RATE, np.float32)]), 0.0, eager=True)
    assert len([cut for cut in cuts if cut.edge is Edge.BEGIN]) == begun


def test_endless_speech_is_cut() -> None:
    speech = np.concatenate([joe("the train to London leaves at nine and we will be late")] * 6)
    endpointer = Endpointer()
    cuts = [cut for at in range(0, len(speech), CHUNK) for cut in endpointer.feed(speech[at : at + CHUNK], at / 16000)]
    ends = [cut.t for cut in cuts if cut.edge is Edge.END]
    assert ends
    assert ends[0] < 13
