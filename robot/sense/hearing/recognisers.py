"""From the sound of one utterance to text, behind one interface.

Vosk (Kaldi) when a model's folder is given: by grammar what the tables list, by free dictation what they do not.
Otherwise PocketSphinx, for English alone: commands and phrases of the tables, with the model that its wheel carries.

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

from robot.core.audio import HEARD_RATE, pcm16
from robot.core.errors import ModelError
from robot.sense.hearing.endpoint import LEAD_IN_S
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import re
    from pathlib import Path

    from robot.sense.language.grammar import Grammar

UNKNOWN_WORD = "[unk]"
DOUBTFUL = 0.6  # confidence of a word that noise may have brought
FETCH = "bowlby models fetch"


class RecognisedText(NamedTuple):
    """What was recognised: text ("" when nothing fits) and confidence 0..1."""

    text: str
    confidence: float


NOTHING = RecognisedText("", 0.0)


class Recogniser(Protocol):
    """Takes one utterance after the other: `feed` its sound, then `finish`."""

    name: str

    def feed(self, samples: np.ndarray) -> None:
        """Sound of the utterance, float32 at 16 kHz."""
        ...

    def pause(self) -> None:
        """It may have ended: what can be worked out ahead may be."""
        ...

    def finish(self) -> RecognisedText:
        """The utterance is over."""
        ...


# ---------------------------------------------------------------- Vosk


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
        self._words: list[_Word] = []

    def feed(self, samples: np.ndarray) -> None:
        pcm = pcm16(samples)
        self._sound.append(pcm)
        if self._listed.AcceptWaveform(pcm):  # its own end of speech, in mid-utterance
            self._words += _vosk_words(self._listed.Result())

    def pause(self) -> None:
        """Vosk decodes as it goes: nothing is left to do ahead."""

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


# ---------------------------------------------------------------- PocketSphinx

# Found on 30 commands and 30 foreign sentences of a clear voice, silent and with noise at 20 dB:
FILLER_ENTRY = (
    f"{1e-28:.32f}"  # weight of hearing something else than a phrase: small, so that noise does not favour it
)
GOOD_COST, WORST_COST = 1.4e-3, 3.5e-3  # cost a frame of a phrase: as on a clear voice, and beyond belief
SHORT_COST = 0.03  # frames: of a short phrase, whose mean varies more, a little more is believed
SLOWEST = 1.5  # times the length that a phrase of so many letters has
LETTER_S, ONSET_S = 0.07, 0.15


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
        self._mean = self._decoder.get_cmn(update=False)
        self._sound: list[np.ndarray] = []
        self._ahead: RecognisedText | None = None

    def _jsgf(self, grammar: Grammar) -> str:
        text = (files("robot.sense.hearing") / "common_words_en.txt").read_text(encoding="utf-8")
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

    def finish(self) -> RecognisedText:
        found = self._ahead or self._decode()
        self._sound.clear()
        self._ahead = None
        return found

    def _decode(self) -> RecognisedText:
        if not self._sound:
            return NOTHING
        sound = np.concatenate([*self._sound, np.zeros(HEARD_RATE // 10, np.float32)])
        self._decoder.set_cmn(self._mean)
        self._decoder.start_utt()
        self._decoder.process_raw(pcm16(sound), no_search=False, full_utt=True)
        self._decoder.end_utt()
        best = self._decoder.hyp()
        if best is None or best.score <= 0 or not self._whole.fullmatch(best.hypstr):
            return NOTHING
        frames = max(1, self._decoder.n_frames())
        cost, worst = -math.log(best.score) / frames, WORST_COST + SHORT_COST / frames
        letters = len(best.hypstr.replace(" ", ""))
        usual = LETTER_S * letters + ONSET_S + LEAD_IN_S
        if cost > worst or len(sound) > SLOWEST * usual * HEARD_RATE:
            return NOTHING
        confidence = min(1.0, 1.0 - 0.5 * (cost - GOOD_COST) / (worst - GOOD_COST))
        return RecognisedText(best.hypstr, round(confidence, 3))


def choose(language: str, grammar: Grammar, model: Path | None) -> VoskRecogniser | SphinxRecogniser:
    """Vosk with a model's folder, else PocketSphinx for English. Raises ModelError with what mends it."""
    if model is not None:
        return VoskRecogniser(model, grammar)
    if language == "en":
        return SphinxRecogniser(grammar)
    raise ModelError(
        sentence("health.no_speech_model", language=language),
        place="hearing",
        remedy=f"{FETCH} {language}",
    )
