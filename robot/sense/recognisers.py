"""From the sound of one utterance to text, behind one interface.

Vosk (Kaldi) when a model's folder is given: by grammar what the tables list, by free dictation what they do not.
Vosk (Kaldi) when a model is given: by grammar what the tables list, by free dictation what they do not.

Both hold the interpreter or may end the process, so they run in the listener's process, never in the robot's own.
"""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import pocketsphinx
import vosk

from robot.audio import HEARD_RATE, pcm16
from robot.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from robot.sense.grammar import Grammar

UNKNOWN_WORD = "[unk]"
FETCH = "bowlby models fetch"


class Recognition(NamedTuple):
    """What was recognised: text ("" when nothing fits) and confidence 0..1."""

    text: str
    confidence: float


NOTHING = Recognition("", 0.0)


class Recogniser(Protocol):
    """Takes one utterance after the other: `feed` its sound, then `finish`."""

    name: str

    def feed(self, samples: np.ndarray) -> None:
        """Sound of the utterance, float32 at 16 kHz."""
        ...

    def pause(self) -> None:
        """It may have ended: what can be worked out ahead may be."""
        ...

    def finish(self) -> Recognition:
        """The utterance is over."""
        ...


# ---------------------------------------------------------------- Vosk


def check_grammar(words: list[str]) -> str:
    """A grammar as the JSON that Vosk takes. An empty or odd one would end the process, so it raises ModelError."""
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise ModelError("the grammar is empty", place="vosk", remedy="list at least one phrase under [heard]")
    return json.dumps(words, ensure_ascii=False)


def check_model(folder: Path) -> Path:
    """The folder, when a Vosk model is in it. Raises ModelError."""
    if not folder.is_dir():
        raise ModelError("there is no such folder", place=str(folder), remedy=f"{FETCH}, or correct [hearing] model")
    if not (folder / "am" / "final.mdl").is_file() or not (folder / "conf" / "mfcc.conf").is_file():
        raise ModelError("this folder holds no Vosk model", place=str(folder), remedy=f"{FETCH}")
    return folder


class VoskRecogniser:
    """Grammar first; an utterance that is no whole phrase of it is dictated freely, and the words' meaning decides."""

    def __init__(self, folder: Path, grammar: Grammar, *, dictate: bool = True) -> None:
        vosk.SetLogLevel(-1)
        self.name = f"Vosk ({check_model(folder).name})"
        model = vosk.Model(str(folder))
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
        self._texts: list[Recognition] = []

    def feed(self, samples: np.ndarray) -> None:
        pcm = pcm16(samples)
        self._sound.append(pcm)
        if self._listed.AcceptWaveform(pcm):  # its own end of speech, in mid-utterance
            self._texts.append(_vosk_result(self._listed.Result()))

    def pause(self) -> None:
        """Vosk decodes as it goes: nothing is left to do ahead."""

    def finish(self) -> Recognition:
        parts = [*self._texts, _vosk_result(self._listed.FinalResult())]
        self._texts.clear()
        sound, self._sound = b"".join(self._sound), []
        found = _joined(parts)
        if self._whole.fullmatch(found.text):
            return found
        if self._free is None or not sound:
            return NOTHING
        ended = self._free.AcceptWaveform(sound)
        parts = [_vosk_result(self._free.Result())] if ended else []
        return _joined([*parts, _vosk_result(self._free.FinalResult())])


def _vosk_result(raw: str) -> Recognition:
    data = json.loads(raw)
    words = data.get("result", [])
    confidence = sum(word["conf"] for word in words) / len(words) if words else 0.0
    return Recognition(data.get("text", ""), confidence)


def _joined(parts: list[Recognition]) -> Recognition:
    parts = [part for part in parts if part.text]
    if not parts:
        return NOTHING
    return Recognition(" ".join(p.text for p in parts), min(1.0, *(p.confidence for p in parts)))


# ---------------------------------------------------------------- PocketSphinx

FILLER_ENTRY = "0.0000000000001"  # weight of hearing something else than a phrase


class SphinxRecogniser:
    """US English by grammar, with a loop of common words beside it that takes what is no phrase.

    The whole utterance is decoded at once with its own cepstral mean: a running mean carries over from one utterance to
    the next (30 of 30 commands on a clear voice instead of 28, and no dependence on what was heard before).
    """

    def __init__(self, grammar: Grammar) -> None:
        self.name = "PocketSphinx (US English)"
        self._decoder = pocketsphinx.Decoder(lm=None, bestpath=False, samprate=HEARD_RATE, loglevel="FATAL")
        self.unknown_words = tuple(w for w in grammar.words() if self._decoder.lookup_word(w) is None)
        known = grammar.without(self.unknown_words)
        self._whole = known.pattern()
        self._decoder.add_jsgf_string("commands", self._jsgf(known))
        self._decoder.activate_search("commands")
        self._sound: list[np.ndarray] = []
        self._ahead: Recognition | None = None

    def _jsgf(self, grammar: Grammar) -> str:
        text = (files("robot.sense") / "common_words_en.txt").read_text(encoding="utf-8")
        common = [word for word in text.split() if self._decoder.lookup_word(word) is not None]
        slots = "".join(f"<{name}> = {' | '.join(words)} ;\n" for name, words in grammar.slots.items() if words)
        return (
            "#JSGF V1.0;\ngrammar commands;\n"
            f"public <utterance> = <phrase> | /{FILLER_ENTRY}/ <common>+ ;\n"
            f"<phrase> = {' | '.join(grammar.phrases)} ;\n{slots}"
            f"<common> = {' | '.join(common)} ;\n"
        )

    def feed(self, samples: np.ndarray) -> None:
        self._sound.append(samples)
        self._ahead = None

    def pause(self) -> None:
        self._ahead = self._decode()

    def finish(self) -> Recognition:
        found = self._ahead or self._decode()
        self._sound.clear()
        self._ahead = None
        return found

    def _decode(self) -> Recognition:
        if not self._sound:
            return NOTHING
        sound = np.concatenate([*self._sound, np.zeros(HEARD_RATE // 10, np.float32)])
        self._decoder.start_utt()
        self._decoder.process_raw(pcm16(sound), no_search=False, full_utt=True)
        self._decoder.end_utt()
        best = self._decoder.hyp()
        if best is None or not self._whole.fullmatch(best.hypstr):
            return NOTHING
        per_frame = best.score / max(1, self._decoder.n_frames())
        return Recognition(best.hypstr, round(math.exp(per_frame * 4e-6), 3))


def choose(language: str, grammar: Grammar, model: Path | None) -> VoskRecogniser | SphinxRecogniser:
    """Vosk with a model's folder, else PocketSphinx for English. Raises ModelError with what mends it."""
    if model is not None:
        return VoskRecogniser(model, grammar)
    if language == "en":
        return SphinxRecogniser(grammar)
    raise ModelError(
        f"no speech model for the language {language!r} is there; typed lines are understood",
        place="hearing",
        remedy=f"{FETCH} {language}",
    )
