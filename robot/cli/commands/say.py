"""`bowlby say TEXT`: the robot's own voice, to the speaker or into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from robot.core.errors import DeviceError, InputError
from robot.texts.sentence import both
from robot.texts.terminal import terminal

STEP_S = 0.02
LEAD_OUT_S = 0.15  # the card plays what it has taken


def say(
    text: Annotated[str, typer.Argument(help="What to say.", show_default=False)],
    *,
    out: Annotated[Path | None, typer.Option(help="Write a WAV file instead of playing it.")] = None,
    language: Annotated[str, typer.Option(help="en or fr.")] = "en",
    voice: Annotated[
        str, typer.Option(help="Address of the voice: espeak:, or piper: for the natural one.")
    ] = "espeak:",
    speaker: Annotated[str, typer.Option(help="Address of the sound card.")] = "sound:",
) -> None:
    """Speak a text with the robot's voice."""
    from robot.core.audio import write_wav  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.core.clock import RealClock  # noqa: PLC0415
    from robot.core.condition import Condition  # noqa: PLC0415
    from robot.express.renderer import render, timbres  # noqa: PLC0415
    from robot.express.rendering import SpeechRequest  # noqa: PLC0415
    from robot.health.brought_languages import broken  # noqa: PLC0415
    from robot.parts.registry import SPEAKERS, VOICES, Surroundings, open_part  # noqa: PLC0415
    from robot.texts.catalogue import words  # noqa: PLC0415

    if not text.strip():
        raise InputError("there is nothing to say", remedy='write: bowlby say "Hello"')
    broken()
    if language not in timbres():
        raise InputError(f"there is no voice for {language!r}", remedy=f"use one of: {', '.join(timbres())}")
    clock = RealClock()
    around = Surroundings(clock, language=language)
    renderer = open_part(VOICES, voice, around)
    samples, rate = render(SpeechRequest(text, language), renderer)
    lesser = renderer.health()
    if lesser.condition is Condition.LESSER:
        terminal(stderr=True).print(words(both(lesser.reason, lesser.remedy)), soft_wrap=True)
    if out is not None:
        write_wav(out, samples, rate)
        terminal(stderr=True).print(f"{len(samples) / rate:.1f} s written to {out}")
        return
    card = open_part(SPEAKERS, speaker, around)
    try:
        health = card.health()
        if health.condition in {Condition.FAULT, Condition.OFF}:
            raise DeviceError(health.reason, place="speaker", remedy=both(health.remedy, "or use --out FILE.wav"))
        card.play(samples, rate, clock.now())
        while card.playing(clock.now()):
            clock.sleep_until(clock.now() + STEP_S)
        clock.sleep_until(clock.now() + LEAD_OUT_S)
        health = card.health()
        if health.condition in {Condition.FAULT, Condition.OFF}:
            raise DeviceError(health.reason, place="speaker", remedy=health.remedy)
    finally:
        card.close()
