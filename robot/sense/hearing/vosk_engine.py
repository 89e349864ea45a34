"""Vosk (Kaldi): by grammar what the tables list, by free dictation what they do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import vosk

from robot.core.audio import HEARD_RATE, pcm16
from robot.core.errors import ModelError
from robot.sense.hearing.recogniser import FETCH, NOTHING, RecognisedText
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import re
    from pathlib import Path

    import numpy as np

    from robot.sense.language.grammar import Grammar

UNKNOWN_WORD = "[unk]"
DOUBTFUL = 0.6  # confidence of a word that noise may have brought


def check_grammar(words: list[str]) -> str:
    """A grammar as the JSON that Vosk takes. An empty or odd one would end the process, so it raises ModelError."""
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise ModelError(sentence("health.grammar_empty"), place="vosk", remedy=sentence("health.list_a_phrase"))
    return json.dumps(words, ensure_ascii=False)


def check_model(folder: Path) -> Path:
    """The folder, when a Vosk model is in it. Raises ModelError."""
    if not folder.is_dir():
        remedy = sentence("health.fetch_or_correct")
        raise ModelError(sentence("health.no_such_folder"), place=str(folder), remedy=remedy)
    if not (folder / "am" / "final.mdl").is_file() or not (folder / "conf" / "mfcc.conf").is_file():
        raise ModelError(sentence("health.no_vosk_model"), place=str(folder), remedy=FETCH)
    return folder


class VoskRecogniser:
    """Grammar first; an utterance that is no whole phrase of it is dictated freely, and the words' meaning decides."""

    dictates = True
    sentence_s = 0.0  # it decodes as it goes

    def __init__(self, folder: Path, grammar: Grammar, *, dictate: bool = True) -> None:
        vosk.SetLogLevel(-1)
        self.name = f"Vosk ({check_model(folder).name})"
        try:
            model = vosk.Model(str(folder))
        except Exception as error:  # it has no class of its own
            fault = sentence("health.model_not_loaded", error=str(error).splitlines()[0] if str(error) else "vosk")
            raise ModelError(fault, place=str(folder), remedy=FETCH) from error
        self.unknown_words = tuple(w for w in grammar.words() if model.vosk_model_find_word(w) < 0)
        known = grammar.without(self.unknown_words)
        listed = [p for p in known.phrases if "<" not in p]
        listed += [w for phrase in known.phrases if "<" in phrase for w in phrase.split() if "<" not in w]
        listed += [word for words in known.slots.values() for word in words]
        if model.vosk_model_find_word(UNKNOWN_WORD) >= 0:
            listed.append(UNKNOWN_WORD)
        self._whole = known.pattern()
        self._listed = vosk.KaldiRecognizer(model, HEARD_RATE, check_grammar(list(dict.fromkeys(listed))))
        self._listed.SetWords(True)
        self._free = vosk.KaldiRecognizer(model, HEARD_RATE) if dictate else None
        if self._free is not None:
            self._free.SetWords(True)
        self._sound: list[bytes] = []
        self._words: list[_Word] = []

    def feed(self, samples: np.ndarray) -> None:
        pcm = pcm16(samples)
        self._sound.append(pcm)
        if self._listed.AcceptWaveform(pcm):  # its own end of speech, in mid-utterance
            self._words += _vosk_words(self._listed.Result())

    def pause(self) -> None:
        """Vosk decodes as it goes: nothing is left to do ahead."""

    def so_far(self) -> RecognisedText:
        return RecognisedText(json.loads(self._listed.PartialResult()).get("partial", ""), 0.0)

    def drop(self) -> None:
        self._listed.Reset()
        self._words.clear()
        self._sound.clear()

    def finish(self) -> RecognisedText:
        words = [*self._words, *_vosk_words(self._listed.FinalResult())]
        self._words.clear()
        sound, self._sound = b"".join(self._sound), []
        found = _without_doubt(words, self._whole)
        if found is not None:
            return found
        if self._free is None or not sound:
            return NOTHING
        ended = self._free.AcceptWaveform(sound)
        words = _vosk_words(self._free.Result()) if ended else []
        return _recognition([*words, *_vosk_words(self._free.FinalResult())])


class _Word(NamedTuple):
    text: str
    confidence: float


def _vosk_words(raw: str) -> list[_Word]:
    return [_Word(word["word"], word["conf"]) for word in json.loads(raw).get("result", [])]


def _recognition(words: list[_Word]) -> RecognisedText:
    if not words:
        return NOTHING
    confidence = sum(word.confidence for word in words) / len(words)
    return RecognisedText(" ".join(word.text for word in words), round(confidence, 3))


def _without_doubt(words: list[_Word], whole: re.Pattern[str]) -> RecognisedText | None:
    """The words when they are a whole phrase, if need be without one doubtful word before or after it."""
    tries = [words]
    if len(words) > 1:
        tries += [words[1:]] if words[0].confidence < DOUBTFUL else []
        tries += [words[:-1]] if words[-1].confidence < DOUBTFUL else []
    for tried in tries:
        found = _recognition(tried)
        if whole.fullmatch(found.text):
            return found
    return None
