"""PocketSphinx: phrases of the tables in US English, with the model that its wheel carries. It does not dictate."""

from __future__ import annotations

import math
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pocketsphinx

from robot.core.audio import HEARD_RATE, pcm16
from robot.sense.hearing.endpoint import LEAD_IN_S
from robot.sense.hearing.recogniser import NOTHING, RecognisedText

if TYPE_CHECKING:
    from robot.sense.language.grammar import Grammar

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

    dictates = False
    sentence_s = 0.0  # hardly any

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

    def so_far(self) -> RecognisedText:
        self._ahead = self._ahead or self._decode()
        return self._ahead

    def finish(self) -> RecognisedText:
        found = self.so_far()
        self.drop()
        return found

    def drop(self) -> None:
        self._sound.clear()
        self._ahead = None

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
