"""Whisper (Radford et al. 2022) by CTranslate2 in eight bits: takes down what anybody says, in English and French.

It was trained on pieces of 30 s, and most programs fill up what they have to that length, which costs a second a
sentence on one core. Here silence of 8 s is put behind the sound and no more: on recordings of people as few words were
wrong, in a quarter of the time. With less, it may say a sentence again and again; where that is seen, the sound is
filled up after all.

Of words without a sentence around them it is unsure. Then it is asked once more with a hint of what was expected there,
as if that had been said before: the phrase that PocketSphinx made out, or the commands. A hint counts where it comes
back, word for word. Where the two are but one word apart (“start talking”, “stop talking”), what is listed was meant;
of commands, where it is the likelier one (“oh, to sleep”, “go to sleep”), which the search may have passed by.
"""

from __future__ import annotations

import math
import os
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import ctranslate2
import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.clock import worked
from robot.core.errors import ModelError
from robot.sense.hearing.log_mel import HOP, log_mel
from robot.sense.hearing.recogniser import FETCH, NOTHING, RecognisedText
from robot.sense.hearing.sphinx_engine import SphinxRecogniser
from robot.sense.language.grammar import spoken
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from robot.sense.language.grammar import Grammar

BEHIND_S = 8.0  # of silence after the sound
WHOLE_S = 30.0  # what it was trained on
BEAMS = 5
TOKENS, TOKENS_A_SECOND = 16, 7  # at most, for a sound: nobody speaks faster
MOST_THREADS = 4  # the encoder gains little by more
SAID_AGAIN = 2  # words, from which on a text that is twice the same is not believed

# By the mean logarithm of a token's probability, and by that of there being no speech:
SURE, DOUBTFUL, UNHEARD = -0.1, -0.5, -2.2
NO_SPEECH = 0.5
HINTED = -0.9  # with a hint, at least so sure, and surer than without
FEW_WORDS = 4
FAR_TOO_LONG_S = 10.0  # for a sentence, prepared or not: then nothing is gained by reading a second one
SHORT_S = 3.0  # of sound, beyond which it is no phrase of the tables
HINTS = 8
LEAST = 1e-9  # of a probability, so that it has a logarithm


class _Reading(NamedTuple):
    """What a sound was taken for; `score`: how sure it is, `silence`: the probability that nobody spoke."""

    text: str
    score: float
    silence: float
    ended: bool  # by itself, not by the limit


class WhisperRecogniser:
    """Reads ahead at each pause, in a thread, so that the text is there when the end of speech is certain."""

    dictates = True

    def __init__(self, folder: Path, language: str, grammar: Grammar) -> None:
        self.name = f"Whisper ({folder.name})"
        self.unknown_words: tuple[str, ...] = ()
        self._whole = grammar.pattern()
        self._threads = max(1, min(MOST_THREADS, (os.cpu_count() or 1) - 1))
        try:
            self._model = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=self._threads
            )
            tokens = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        except (RuntimeError, OSError, ValueError, MemoryError) as error:
            fault = sentence("health.model_not_loaded", error=(str(error).splitlines() or [type(error).__name__])[0])
            raise ModelError(fault, place=str(folder), remedy=f"{FETCH} {language}") from error
        self._vocabulary = _Vocabulary(tokens)
        self._asked = ["<|startoftranscript|>", f"<|{language}|>", "<|transcribe|>", "<|notimestamps|>"]
        self._commands = grammar.commands
        self._hint = "".join(_as_written(one) for one in grammar.commands[:HINTS])
        self._spotter = SphinxRecogniser(grammar) if language == "en" and grammar.phrases else None
        self._thread = ThreadPoolExecutor(1, "whisper")
        self._sound: list[np.ndarray] = []
        self._ahead: Future[RecognisedText] | None = None
        self.sentence_s = self._measured()

    def _measured(self) -> float:
        """Seconds that a sentence of 3 s would take on this machine if nothing else ran."""
        sound = np.zeros(int(SHORT_S * HEARD_RATE), np.float32)
        for _ in range(2):  # the first one prepares
            begin = worked()
            self._generated(self._encoded(sound, SHORT_S + BEHIND_S), sound)
            took = (worked() - begin) / self._threads
            if took > FAR_TOO_LONG_S:
                break
        return took

    def feed(self, samples: np.ndarray) -> None:
        self._sound.append(samples)
        self._forget_ahead()

    def pause(self) -> None:
        self._forget_ahead()
        if self._sound:
            self._ahead = self._thread.submit(self._read, np.concatenate(self._sound))

    def so_far(self) -> RecognisedText:
        if self._ahead is None:
            self.pause()
        return NOTHING if self._ahead is None else self._ahead.result()

    def finish(self) -> RecognisedText:
        found = self.so_far()
        self.drop()
        return found

    def drop(self) -> None:
        self._sound.clear()
        self._forget_ahead()

    def _forget_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()  # unless it has begun
            self._ahead = None

    # ------------------------------------------------------------ in the thread

    def _read(self, sound: np.ndarray) -> RecognisedText:
        seen = self._encoded(sound, len(sound) / HEARD_RATE + BEHIND_S)
        found = self._generated(seen, sound)
        if not found.ended or _said_again(found.text):
            seen = self._encoded(sound, WHOLE_S)
            found = self._generated(seen, sound)
        if found.silence > NO_SPEECH and found.score < DOUBTFUL:
            return NOTHING
        words = spoken(found.text)
        short = len(sound) < SHORT_S * HEARD_RATE and words.count(" ") < FEW_WORDS
        if short and not self._whole.fullmatch(words):
            found = self._hinted(seen, sound, found)
        if found.score < UNHEARD:
            return NOTHING
        return RecognisedText(found.text, round(min(1.0, math.exp(found.score - SURE)), 3))

    def _hinted(self, seen: ctranslate2.StorageView, sound: np.ndarray, plain: _Reading) -> _Reading:
        """By what may have been said, where it is that; else as it was read plainly. The commands come first: they are
        waited for, and PocketSphinx takes its time.
        """
        if self._hint:
            hinted = self._command(seen, sound, self._generated(seen, sound, self._hint))
            if hinted.score > max(HINTED, plain.score) and self._whole.fullmatch(spoken(hinted.text)):
                return hinted
        expected = ""
        if self._spotter is not None:
            self._spotter.feed(sound)
            expected = self._spotter.finish().text
        if not expected:
            return plain
        if _a_word_apart(spoken(plain.text), expected):
            return plain._replace(text=expected)
        hinted = self._generated(seen, sound, _as_written(expected))
        return hinted if spoken(hinted.text) == expected else plain

    def _command(self, seen: ctranslate2.StorageView, sound: np.ndarray, hinted: _Reading) -> _Reading:
        """What was read with the hint; where that is no phrase, a likelier command one word apart from it."""
        words = spoken(hinted.text)
        if self._whole.fullmatch(words):
            return hinted
        near = [_as_written(one) for one in self._commands if _a_word_apart(words, one)]
        read = [hinted, *(hinted._replace(text=one.strip(), score=self._likelihood(seen, sound, one)) for one in near)]
        return max(read, key=lambda one: one.score)

    def _likelihood(self, seen: ctranslate2.StorageView, sound: np.ndarray, text: str) -> float:
        """The mean logarithm of the probability of the tokens of `text`, with the hint of commands."""
        start = ["<|startofprev|>", *self._vocabulary.tokens(self._hint), *self._asked]
        asked, tokens = self._vocabulary.numbers(start), self._vocabulary.numbers(self._vocabulary.tokens(text))
        (found,) = self._model.align(seen, asked, [tokens], [len(sound) // HOP // 2])  # the encoder halves them
        return float(np.mean(np.log(np.maximum(found.text_token_probs, LEAST))))

    def _encoded(self, sound: np.ndarray, length_s: float) -> ctranslate2.StorageView:
        frames = round(min(length_s, WHOLE_S) * HEARD_RATE) // HOP
        frames -= frames % 2  # it halves them
        filled = np.zeros(frames * HOP, np.float32)
        filled[: len(sound)] = sound[: len(filled)]
        return self._model.encode(ctranslate2.StorageView.from_array(log_mel(filled)[None]), to_cpu=True)

    def _generated(self, seen: ctranslate2.StorageView, sound: np.ndarray, hint: str = "") -> _Reading:
        before = ["<|startofprev|>", *self._vocabulary.tokens(hint)] if hint else []
        most = TOKENS + TOKENS_A_SECOND * len(sound) // HEARD_RATE
        (found,) = self._model.generate(
            seen,
            [before + self._asked],
            beam_size=BEAMS,
            max_length=len(before) + len(self._asked) + most,
            return_scores=True,
            return_no_speech_prob=True,
        )
        tokens = found.sequences[0]
        return _Reading(self._vocabulary.text(tokens), found.scores[0], found.no_speech_prob, len(tokens) < most)


def _said_again(text: str) -> bool:
    """Whether it is one and the same several times over."""
    words = spoken(text).split()
    return any(
        len(words) % length == 0 and words == words[:length] * (len(words) // length)
        for length in range(1, len(words) // 2 + 1)
        if length >= SAID_AGAIN or len(words) > 2 * SAID_AGAIN
    )


def _as_written(phrase: str) -> str:
    return f" {phrase.capitalize()}."


def _a_word_apart(one: str, other: str) -> bool:
    ours, theirs = one.split(), other.split()
    return len(ours) == len(theirs) > 1 and sum(a != b for a, b in zip(ours, theirs, strict=True)) == 1


class _Vocabulary:
    """Tokens, which are bytes of UTF-8 written as letters (Radford et al. 2019), to and from text."""

    def __init__(self, tokens: Sequence[str]) -> None:
        plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
        rest = [byte for byte in range(256) if byte not in plain]
        self._letters = {byte: chr(byte) for byte in plain} | {byte: chr(256 + n) for n, byte in enumerate(rest)}
        self._bytes = {letter: byte for byte, letter in self._letters.items()}
        self._numbers = {token: number for number, token in enumerate(tokens)}

    def text(self, tokens: Sequence[str]) -> str:
        raw = bytes(self._bytes[letter] for token in tokens if not token.startswith("<|") for letter in token)
        return raw.decode(errors="ignore").strip()

    def tokens(self, text: str) -> list[str]:
        """The longest tokens that make the text up, word by word."""
        found = []
        for word in re.findall(r"\s?[^\s]+", text):
            left = "".join(self._letters[byte] for byte in word.encode())
            while left:
                size = next(n for n in range(len(left), 0, -1) if n == 1 or left[:n] in self._numbers)
                found.append(left[:size])
                left = left[size:]
        return found

    def numbers(self, tokens: Sequence[str]) -> list[int]:
        return [self._numbers[token] for token in tokens]
