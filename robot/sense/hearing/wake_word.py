"""The word by which the robot is called, heard in the sound itself: microWakeWord (K. Ahrendt), by `pymicro-wakeword`.

It is an extra. Four words come with it (Apache-2.0), taught for English, “Okay Nabu” for French, too; a word of one's
own is a model of microWakeWord, named by its JSON file. It looks at every 30 ms of sound, for half a percent of a core.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.audio import HEARD_RATE, pcm16
from robot.core.errors import ModelError
from robot.sense.language.grammar import spoken
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import numpy as np

OWN = ".json"  # ends the name of a model of one's own
MAGIC = b"TFL3"  # of TensorFlow Lite, from the fifth byte on: its library ends the process over anything else
RESTS = HEARD_RATE  # its network is sure of the word for a while
ALONE_S = 0.25  # of voice after the word is certain, up to which nothing was said but that
MORE_WORDS = 2  # that a recogniser may take the word for: “Okay, now, boo”
ALIKE = 0.25  # so alike is what it makes of the word, at least
LONGER = 0.04  # what each word counts: recognisers make more of a name than it has
STOP = 0.15  # what a comma or full stop behind it counts
REMEDY = sentence("health.add_wake")


class WakeWord:
    """One word, in one stream of sound."""

    def __init__(self, name: str) -> None:
        """`name`: of a word that comes with it, or the JSON file of a model. Raises ModelError where it cannot be
        loaded.
        """
        try:
            import pymicro_wakeword  # noqa: PLC0415 - an extra, and loaded by the listener's process alone
        except (ImportError, OSError) as error:
            missing = isinstance(error, ModuleNotFoundError)
            why = sentence("health.extra_missing") if missing else str(error)
            raise ModelError(why, place="hearing", remedy=REMEDY) from error
        own = name.endswith(OWN)
        file = Path(name) if own else Path(pymicro_wakeword.__file__).parent / "models" / f"{name}{OWN}"
        try:
            self._features = pymicro_wakeword.MicroWakeWordFeatures()
            self._network = pymicro_wakeword.MicroWakeWord.from_config(_checked(file.expanduser()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            fault = sentence("health.no_such_wake", file=str(file), error=str(error))
            raise ModelError(fault, place="hearing", remedy=sentence("health.choose_wake")) from error
        self.word: str = self._network.wake_word
        self._rests = 0  # samples for which it is not told again

    def heard(self, sound: np.ndarray) -> bool:
        """Whether the word ended in this (n,) float32 at 16 kHz; told once each time."""
        found = False
        for features in self._features.process_streaming(pcm16(sound)):
            found = bool(self._network.process_streaming(features)) or found
        self._rests -= len(sound)
        if not found or self._rests > 0:
            return False
        self._rests = RESTS
        return True


class CallByWord:
    """What is said behind the word, in the utterance in which it was heard. Its sound stays before that, since the word
    is certain a moment too late to cut there; a recogniser makes something like it of that.
    """

    def __init__(self, word: str) -> None:
        self._word = word
        self._voice_s = 0.0
        self.late = False  # much was said before it in the same breath: that counts as well
        self.apart = False  # what is recognised begins after it

    def voice(self, seconds: float) -> None:
        """Somebody goes on speaking."""
        self._voice_s += seconds

    @property
    def alone(self) -> bool:
        """Nothing was said behind it so far."""
        return self._voice_s <= ALONE_S and not self.late

    def behind(self, text: str) -> str:
        """What a recogniser heard, without the word."""
        return text if self.apart or self.late else behind(self._word, text)


def behind(word: str, text: str) -> str:
    """What is left of a text that begins with what a recogniser took the word for."""
    wanted, least, parts = _letters(word), len(word.split()), text.split()
    counts = range(1, min(len(parts), least + MORE_WORDS) + 1)
    alike = [SequenceMatcher(None, wanted, _letters(" ".join(parts[:n])), autojunk=False).ratio() for n in counts]
    likely = [
        alike[n - 1] + LONGER * n + STOP * (n >= least and parts[n - 1].endswith((",", ".", "!", "?"))) for n in counts
    ]
    if max(alike, default=0.0) < ALIKE:
        return text
    return " ".join(parts[likely.index(max(likely)) + 1 :])


def _letters(text: str) -> str:
    return spoken(text).replace(" ", "")


def _checked(file: Path) -> Path:
    """Raises ValueError, OSError or KeyError where the file or the network beside it is none."""
    import json  # noqa: PLC0415 - as above

    network = file.parent / json.loads(file.read_bytes())["model"]
    with network.open("rb") as opened:
        if opened.read(8)[4:] != MAGIC:
            raise ValueError(f"{network.name}: no TensorFlow Lite model")
    return file
