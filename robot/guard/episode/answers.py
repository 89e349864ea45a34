"""What people answer inside an episode of need, by edited cues (`data/answers_<language>.toml`): one move a line."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Self

from robot.guard.crisis.meaning import COMMA, TURNS
from robot.guard.cues import ASKED, of_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.guard.cues import Cue, Cues

MOVES = (  # kinds of cues in the order in which they count
    *("number", "helped", "coming", "no_phone", "refuses", "admits", "late", "safe", "left", "unneeded", "calls"),
    *("farewell", "denies", "no", "affirms", "unsaid", "unsure", "stay", "thanks"),
)
DENIED = frozenset({"denies", "no"})
NEWS = frozenset({"helped", "coming", "safe", "left", "unneeded", "calls"})  # good news
NEGATED, UNMET = "negated", "unmet"  # kinds of cues that take it back where they stand in its clause
TAKE_BACK = frozenset({NEGATED, UNMET})
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
        """One of MOVES, or OTHER; the language that is spoken counts, then any other. Good news counts, and a denial,
        only where its own clause does not take it back: “the ambulance is not here”, “if they come”.
        """
        if not any(letter.isalnum() for letter in text):
            return SILENT
        for name in sorted(self._cues, key=lambda name: name != language):
            cues = self._cues[name]
            stems = cues.stems(text)
            kinds = {cue.kind for cue in cues.find(stems) if _stands(cue, stems, cues)}
            if not DENIED.isdisjoint(kinds):
                kinds.discard("number")  # "what? no, I was singing"
            move = next((move for move in MOVES if move in kinds), "")
            if move:
                return move
        return OTHER


def _stands(cue: Cue, stems: Sequence[str], cues: Cues) -> bool:
    """Whether something of a line says what its cue shows, and is not taken back."""
    if cue.kind not in NEWS and cue.kind != "denies":
        return True
    against = {NEGATED} if cue.kind == "denies" else set(TAKE_BACK)
    if NEGATED in _kinds(cues.stems(cue.line), cues):
        against.discard(NEGATED)  # “I am not alone”
    clauses = (_clauses(stems, start, end) for start, end in cues.places(cue, stems))
    return any(against.isdisjoint(_kinds(clause, cues)) for clause in clauses)


def _kinds(stems: Sequence[str], cues: Cues) -> set[str]:
    return {cue.kind for cue in cues.find(stems)}


def _clauses(stems: Sequence[str], start: int, end: int) -> Sequence[str]:
    """The clauses in which the stems from `start` to `end` stand, with the mark of a question."""
    ends = {COMMA, ASKED, *TURNS}
    first = next((n + 1 for n in range(start - 1, -1, -1) if stems[n] in ends), 0)
    last = next((n for n in range(max(end - 1, start), len(stems)) if stems[n] in ends), len(stems))
    return stems[first : last + (last < len(stems) and stems[last] == ASKED)]
