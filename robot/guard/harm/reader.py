"""Whether a line tells that somebody is harmed by another person: struck, touched, shut in, threatened, robbed, kept in
fear, lately or again and again.

Two find it: edited cues (`data/harm_<language>.toml`), and a probe of the network (`training/harm`). The probe finds it
by itself where it is sure; what a cue finds, it may let go where it sees hardly any harm ("he beat me at draughts").
Where the probe alone is less sure, the line hints at harm, and a second such line is asked about. Where no network has
read the line the cues decide alone.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Self

from robot.core.percepts import HARMED
from robot.guard.cues import of_languages

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.guard.cues import Cues

DREAD = "dread"  # the kind of cue of fear of somebody close, of which the probe knows too little to be heard
GAME = "game"  # the kind of cue of who is beaten at chess: no harm, unless the probe is very sure of it
# How probable harm must be by the probe: by itself, in a few words by themselves ("it hurts again") or in spite of a
# game, and beside a cue.
CERTAIN, WITH_CUE = 0.9, 0.15
# Of strangers' everyday lines one in a thousand is so sure in English. In French it must be surer for as few: at 0.62
# thirteen are, at 0.8 six, at 0.85 none.
SURE, SURE_ELSEWHERE = {"en": 0.62}, 0.85
# From where on a line may tell of harm, and where it so likely does that it wants a caring turn. Of strangers' 48 talks
# in which harm came through, 43 have a line that is told or a second hint, of 48 harmless ones near them 10, of 168
# ordinary ones 2.
HINTS, WANTS_CARE = 0.4, 0.75
SHORT = 4  # words
ANY = 0.03  # and what it must be beside a cue in an answer


class HarmReader:
    """Judges lines. Thread-safe once made."""

    def __init__(self, cues: dict[str, Cues]) -> None:
        self._cues = cues

    @classmethod
    def load(cls) -> Self:
        """With the tables of every language that has one. Raises ConfigError."""
        return cls(of_languages(files("robot.guard.harm") / "data", "harm", "harm_{}.toml"))

    def is_told(self, words: Utterance) -> bool:
        """Whether a line tells of harm, by its cues and by what the network has read in it; not in a language that has
        no cues, of which the probe was taught nothing.
        """
        if words.language not in self._cues:
            return False
        kinds = self._kinds(words)
        need = dict(words.need)
        if HARMED not in need or DREAD in kinds:
            return bool(kinds) and GAME not in kinds
        if GAME in kinds:
            return need[HARMED] >= CERTAIN
        alone = CERTAIN if _is_short(words) else SURE.get(words.language, SURE_ELSEWHERE)
        return need[HARMED] >= (WITH_CUE if kinds else alone)

    def is_hinted(self, words: Utterance, least: float = HINTS) -> bool:
        """Whether a line may tell of harm: the network sees it, though not surely enough to be asked about at once."""
        need = dict(words.need)
        hints = words.language in self._cues and need.get(HARMED, 0.0) >= least
        return hints and not _is_short(words) and GAME not in self._kinds(words)

    def is_named(self, words: Utterance) -> bool:
        """Whether a cue names it and the network sees any: where it was just asked what is wrong."""
        kinds = self._kinds(words)
        return bool(kinds) and GAME not in kinds and dict(words.need).get(HARMED, 1.0) >= ANY

    def _kinds(self, words: Utterance) -> frozenset[str]:
        """Of the cues of a line in its language."""
        cues = self._cues.get(words.language)
        return frozenset() if cues is None else frozenset(cue.kind for cue in cues.find(cues.stems(words.text)))


def _is_short(words: Utterance) -> bool:
    return len(words.text.split()) <= SHORT
