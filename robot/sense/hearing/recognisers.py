"""From the sound of one utterance to text, behind one interface; and which engine is taken.

Whisper or Vosk, where the folder of a model is given: they dictate, so that anybody is understood in any words.
PocketSphinx otherwise, for English alone: it knows the phrases of the tables and nothing else.

All of them hold the interpreter or may end the process, so they run in the listener's process, never in the robot's
own, and each is imported only where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.errors import ModelError
from robot.sense.hearing import models
from robot.sense.hearing.recogniser import FETCH
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from robot.sense.hearing.recogniser import Recogniser
    from robot.sense.language.grammar import Grammar

SLOW_S = 2.5  # for a sentence: with a slower one nobody likes to talk


def choose(language: str, grammar: Grammar, folders: Sequence[Path]) -> Recogniser:
    """The engine of the first folder; of the next one, where this machine is too slow for it. Without any PocketSphinx,
    for English. Raises ModelError with what mends it.
    """
    for folder, rest in ((folder, folders[n + 1 :]) for n, folder in enumerate(folders)):
        if not models.is_whisper(folder):
            from robot.sense.hearing.vosk_engine import VoskRecogniser  # noqa: PLC0415

            return VoskRecogniser(folder, grammar)
        from robot.sense.hearing.whisper_engine import WhisperRecogniser  # noqa: PLC0415

        found = WhisperRecogniser(folder, language, grammar)
        if not rest or found.sentence_s <= SLOW_S:
            return found
    if language == "en":
        from robot.sense.hearing.sphinx_engine import SphinxRecogniser  # noqa: PLC0415

        return SphinxRecogniser(grammar)
    raise ModelError(
        sentence("health.no_speech_model", language=language),
        place="hearing",
        remedy=f"{FETCH} {language}",
    )
