"""What people answer inside an episode of need, by edited cues (`data/answers_<language>.toml`): one move a line."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Self

from robot.guard.cues import of_languages

if TYPE_CHECKING:
    from robot.guard.cues import Cues

MOVES = (  # kinds of cues in the order in which they count
    *("number", "helped", "coming", "no_phone", "refuses", "admits", "late", "safe", "calls", "farewell", "denies"),
    *("no", "affirms", "unsaid", "unsure", "stay", "thanks"),
)
DENIED = frozenset({"denies", "no"})
SILENT = "unsure"  # what says nothing: “…”
OTHER = "other"  # anything else


class AnswerReader:
    """Reads the move of a line. Thread-safe once made."""

    def __init__(self, cues: dict[str, Cues]) -> None:
        self._cues = cues

    @classmethod
    def load(cls) -> Self:
        """With what ships. Raises ConfigError."""
        return cls(of_languages(files("robot.guard.episode") / "data", "episode", "answers_{}.toml"))

    def read(self, text: str, language: str) -> str:
        """One of MOVES, or OTHER; the language that is spoken counts, then any other."""
        if not any(letter.isalnum() for letter in text):
            return SILENT
        for name in sorted(self._cues, key=lambda name: name != language):
            cues = self._cues[name]
            kinds = {cue.kind for cue in cues.find(cues.stems(text))}
            if not DENIED.isdisjoint(kinds):
                kinds.discard("number")  # "what? no, I was singing"
            move = next((move for move in MOVES if move in kinds), "")
            if move:
                return move
        return OTHER
