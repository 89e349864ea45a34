"""Speech models: which are known, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import platformdirs

if TYPE_CHECKING:
    from pathlib import Path


class SpeechModel(NamedTuple):
    """A Vosk model that its makers publish: language, folder name, and the size and sum of its zip."""

    language: str
    name: str
    size: int
    sha256: str

    @property
    def url(self) -> str:
        return f"https://alphacephei.com/vosk/models/{self.name}.zip"


KNOWN = (
    SpeechModel(
        "en",
        "vosk-model-small-en-us-0.15",
        41_205_931,
        "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    ),
    SpeechModel(
        "fr",
        "vosk-model-small-fr-0.22",
        42_233_323,
        "cabf6180e177eb9b3a9a9d43a437bd5e549f3a7d09525e5d69a3fed787be12ad",
    ),
)


def folder() -> Path:
    """Where `bowlby models` keeps them."""
    return platformdirs.user_data_path("bowlby") / "models"


def is_model(place: Path) -> bool:
    """Whether a Vosk model lies in this very folder."""
    return (place / "am" / "final.mdl").is_file() and (place / "conf" / "mfcc.conf").is_file()


def find(language: str, place: Path | None = None) -> Path | None:
    """The model of a language below `place` (default: `folder()`), or None."""
    parent = folder() if place is None else place
    for model in KNOWN:
        if model.language == language and is_model(parent / model.name):
            return parent / model.name
    return None
