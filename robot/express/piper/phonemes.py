"""From text to the sounds of a language, by espeak-ng's library: it is what Piper's voices were taught with.

The library is called directly, since pyttsx3 gives sound alone. It keeps one language at a time.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from ctypes.util import find_library

from robot.core.errors import ModelError
from robot.texts.sentence import sentence

SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: nothing is played
UTF8, IPA = 1, 2
# What ends a clause, in the bits that espeak-ng gives (clause_TYPE_CLAUSE and _SENTENCE, its intonation, its pause).
SENTENCE = 0x80000
MARKS = {0x80028: ".", 0x82028: "?", 0x8302D: "!", 0x41014: ",", 0x4001E: ":", 0x4101E: ";"}
MARK_BITS = 0xFFFFF
SWITCH = re.compile(r"\([^)]*\)")  # “(en)”: a word of another language follows


class Phonemizer:
    """espeak-ng's library, and the voice of it that was used last."""

    def __init__(self) -> None:
        """Raises ModelError where the library is not there, or too old."""
        try:
            self._library = ctypes.CDLL(find_library("espeak-ng") or "libespeak-ng.so.1")
            self._translate = self._library.espeak_TextToPhonemesWithTerminator
        except (OSError, AttributeError) as error:
            raise ModelError(sentence("health.espeak_not_loaded", error=str(error)), place="voice") from error
        self._translate.restype = ctypes.c_char_p
        self._library.espeak_Initialize(SYNCHRONOUS, 0, None, 0)
        self._voice = ""

    def phonemes(self, voice: str, text: str) -> str:
        """The sounds in the International Phonetic Alphabet, accents as signs of their own, with the marks that end
        clauses. Raises ModelError where espeak-ng does not have the voice.
        """
        if voice != self._voice and self._library.espeak_SetVoiceByName(voice.encode()):
            raise ModelError(sentence("health.no_phonemes_for", voice=voice), place="voice")
        self._voice = voice
        raw = ctypes.c_char_p(text.encode())
        left = ctypes.cast(raw, ctypes.c_void_p)
        end = ctypes.c_int(0)
        found = ""
        while left.value:
            clause = self._translate(ctypes.byref(left), UTF8, IPA, ctypes.byref(end)) or b""
            mark = MARKS.get(end.value & MARK_BITS, "." if end.value & SENTENCE else "")
            found += SWITCH.sub("", clause.decode()) + mark + " "
        return unicodedata.normalize("NFD", found.strip())
