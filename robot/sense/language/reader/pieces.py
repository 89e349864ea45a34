"""From a line to the numbers of its pieces: the likeliest way to cut it (unigram model, Viterbi)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.sense.language.reader.base import Vocabulary

SPACE = "\u2581"  # stands before each word
MOST = 94  # pieces of a line; what follows is not read
MAX_LETTERS = 2000
RARE = 10.0  # how much less likely a letter without a piece is than the rarest piece
_OURS = re.compile(f"[{SPACE}a-z0-9àâäçéèêëîïôöùûüÿœæ'\\-.,!?;:\"«»()€$%&/+*=]+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})


def normal(text: str) -> str:
    """A line as it is read: lower case, one kind of apostrophe, single spaces, composed letters, no sharp s, for which
    nothing is kept.
    """
    folded = unicodedata.normalize("NFKC", text[:MAX_LETTERS].lower()).translate(_APOSTROPHES).replace("ß", "ss")
    return " ".join(folded.split())


def ours(vocabulary: Vocabulary) -> list[int]:
    """Which pieces are kept, in their order: the special ones, and all that lower-case English and French may use."""
    special = {vocabulary.begin, vocabulary.end, vocabulary.pad, vocabulary.unknown}
    return [n for n, piece in enumerate(vocabulary.pieces) if n in special or _OURS.fullmatch(piece)]


class Pieces:
    """Cuts lines. The same line gives the same pieces; thread-safe once made."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], begin: int, end: int, unknown: int) -> None:
        self._begin, self._end, self._unknown = begin, end, unknown
        special = {begin, end, unknown}
        self._table = {
            piece: (n, score)
            for n, (piece, score) in enumerate(zip(pieces, scores, strict=True))
            if piece and n not in special
        }
        self._longest = max(map(len, self._table))
        self._rare = min(scores) - RARE

    def of(self, text: str) -> list[int]:
        """Numbers of the pieces of a line, with those of its beginning and end."""
        line = SPACE + normal(text).replace(" ", SPACE)
        best = [0.0] + [-1e30] * len(line)
        back = [(0, self._unknown)] * (len(line) + 1)
        for start, so_far in enumerate(best[:-1]):
            so_far = best[start]  # noqa: PLW2901 - it was bettered meanwhile
            for end in range(start + 1, min(len(line), start + self._longest) + 1):
                piece = self._table.get(line[start:end])
                if piece is not None and so_far + piece[1] > best[end]:
                    best[end] = so_far + piece[1]
                    back[end] = (start, piece[0])
            if so_far + self._rare > best[start + 1]:
                best[start + 1] = so_far + self._rare
                back[start + 1] = (start, self._unknown)
        found = []
        at = len(line)
        while at > 0:
            at, number = back[at]
            found.append(number)
        return [self._begin, *found[::-1][:MOST], self._end]
