"""Which voice speaks, by its address: `espeak:`, the smallest, or `piper:`, the natural one.

`piper:` takes the voice that is known for each language, where it was fetched. `piper:NAME,FILE.onnx` names others: a
voice of `bowlby models list`, or a file of Piper's with its settings beside it, called as those are: fr_FR-tom-medium.
`piper:NAME,fr:espeak` leaves a language to espeak-ng.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.express.natural import NaturalRenderer, Voices
from robot.express.piper import published
from robot.express.renderer import Renderer, timbres
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, both, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.parts.registry import Surroundings

log = logging.getLogger(__name__)

AS_SHIPPED = "espeak:"
FETCH = "bowlby models fetch"
NAMED = re.compile(r"([a-z]{2})_[A-Z]{2}-")
PLAINLY = ":espeak"  # behind a language: espeak-ng speaks it, and is not missing anything


def open_espeak(address: str, around: Surroundings) -> Renderer:
    """espeak-ng."""
    del address, around
    return Renderer()


def open_piper(address: str, around: Surroundings) -> Voices:
    """Piper's voices, and espeak-ng for what they cannot say. Raises ConfigError when the address names no voice."""
    files: dict[str, Path] = {}
    missing = {language: _missing(language) for language in timbres()}
    listed = _listed(address)
    for language in timbres():
        if f"{language}{PLAINLY}" in listed:
            listed.remove(f"{language}{PLAINLY}")
            del missing[language]
    if listed:
        files = dict(_named(name, address) for name in listed)
    else:
        for language in timbres():
            voice = published.of(language)
            file = published.found(voice) if voice is not None else None
            if file is not None:
                files[language] = file
    for language, file in list(files.items()):
        if file.is_file():
            missing.pop(language, None)
        else:
            del files[language]
            missing[language] = _lesser(sentence("health.no_such_voice", file=str(file)), f"{FETCH} {file.stem}")
    if around.language in missing:
        log.warning("%s; %s", words(missing[around.language].reason), words(missing[around.language].remedy))
    return Voices(NaturalRenderer(files, around.language), Renderer(), missing, around.language)


def voices_of(address: str) -> dict[str, str]:
    """Which voice an address means for each language: its name or file, "" for espeak-ng. Raises ConfigError."""
    found = dict.fromkeys(timbres(), "")
    if address.partition(":")[0] != AS_SHIPPED.rstrip(":"):
        listed = _listed(address)
        for name in listed:
            if not name.endswith(PLAINLY):
                found[_named(name, address)[0]] = name
        if not listed:
            found |= {language: voice.name for language in timbres() if (voice := published.of(language)) is not None}
    return found


def address_of(voices: Mapping[str, str]) -> str:
    """The address that means these; the opposite of `voices_of`."""
    if not any(voices.values()):
        return AS_SHIPPED
    address = "piper:" + ",".join(name or f"{language}{PLAINLY}" for language, name in voices.items())
    return "piper:" if voices == voices_of("piper:") else address


def _listed(address: str) -> list[str]:
    return [name.strip() for name in address.partition(":")[2].split(",") if name.strip()]


def _named(name: str, address: str) -> tuple[str, Path]:
    """The language of a voice, and its file, whether it is there or not."""
    voice = published.known(name)
    if voice is not None:
        return voice.languages[0], published.found(voice) or Path(voice.name) / voice.files[0].name
    language = NAMED.match(Path(name).name)
    if language is None or language[1] not in timbres():
        raise ConfigError(
            f"no language can be told from {name!r}",
            place=f"[parts] voice = {address!r}",
            remedy="name the file as Piper's are: en_US-joe-medium.onnx, fr_FR-siwis-medium.onnx",
        )
    return language[1], Path(name).expanduser()


def _missing(language: str) -> Health:
    voice = published.of(language)
    return _lesser(
        sentence("health.no_natural_voice", language=language), f"{FETCH} {voice.name if voice else language}"
    )


def _lesser(why: AnyText, remedy: str) -> Health:
    return Health("voice", Condition.LESSER, both(why, sentence("health.said_by_espeak")), remedy)
