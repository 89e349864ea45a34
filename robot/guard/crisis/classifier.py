"""Talk of self-harm and suicide, found by its meaning: a linear classifier over signs, concepts in their order, stems
and letters (weights in `data/crisis_weights.npz`, made by `python -m training.crisis.train`).

Recall comes first: what is doubtful is asked about with care, and what is faintly so counts in the lines that follow.
No word of the line is kept, and `why` names concepts only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays
from robot.core.errors import ModelError
from robot.core.hashed import GRAIN, code, codes, letters, runs, weighed
from robot.core.language_words import WordTable, section
from robot.guard.crisis.meaning import COMMA, SHELF, TURNS, WORDS_FILE, Item, Reader, data_folder
from robot.guard.crisis.signs import Sign, Signs
from robot.texts.languages import with_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

Level = Literal["none", "faint", "ask", "crisis"]

BITS = 21
SLOTS = 1 << BITS  # of the hashed weights
WEIGHTS = "crisis_weights.npz"
WINDOW, STEP = 14, 6  # items: long talk without full stops is also judged piece by piece,
RUNNING, NARROW = 2 * WINDOW, 10  # and what runs on and on also in narrower ones, where what is said in passing weighs
LEAST = -9.0  # the score of a line that says nothing
DOUBT = -0.34  # of the risk: from where on it doubts at all; with a sign that is serious, without one faint
SERIOUS = 0.4  # how much surer than that, without a sign, it must be to ask
PLAIN = 0.8  # and to give the number at once
PART = 0.7  # how much surer it must be of a part than of a whole line
SHORT = 8  # items
LISTED = 0.3  # the risk, at least, of what a list has in a language of which the classifier was taught nothing
BRIEF = 0.3  # how much surer it must be of fewer, where no sign was seen; a language may have its own
SURE = 0.0  # of the urgency: from where on it takes it as plainly said
# How much each kind of feature weighs. [by cross-validation, one writer left out at a time]
STEMS, CONCEPTS, MIXED, SCOPE, SIGNS, LETTERS = 0.8, 0.8, 1.4, 1.0, 0.8, 1.0
NEGATIONS = frozenset(
    {"NOT", "NEVER", "NOMORE", "NOBODY", "CANNOT", "UNABLE", "without", "neither", "nor", "sans", "ni", "aucun"}
)
BREAKS = frozenset({COMMA, "but", "becaus", "and", "so", "mais", "parc", "et", "donc"})  # where a negation ends


class GuardWords(WordTable, section="guard"):
    """[guard] of a language's words: how much surer the classifier must be of a brief line; from which score on a text
    of the robot's is held back; and whether the machines were `taught` lines of the language. Where they were not, what
    its lists have counts by itself.
    """

    taught: bool = True

    brief: float
    speech_doubt: float


def risk_languages() -> tuple[str, ...]:
    """Those that have words of risk."""
    return tuple(with_file(data_folder(), SHELF, WORDS_FILE))


class Assessment(NamedTuple):
    """How a line is taken: `score` above 0 is a risk; `why` names the concepts that were found.

    Three answers, not two: "crisis" gets the number, "ask" the careful question, "faint" an open turn that names no
    thing.
    """

    level: Level
    score: float
    why: str
    sign: bool = True  # found by its words; else by the classifier's doubt alone


class CrisisClassifier:
    """Judges lines; the same line gives the same answer. Thread-safe once made."""

    def __init__(self, readers: dict[str, Reader], signs: Signs, weights: Weights) -> None:
        self._readers = readers
        guards = {language: section(GuardWords, language) for language in readers}
        self._untaught = frozenset(code for code, words in guards.items() if words is not None and not words.taught)
        self._brief = {language: BRIEF if words is None else words.brief for language, words in guards.items()}
        self._signs = signs
        self._weights = weights

    @classmethod
    def load(cls) -> Self:
        """With the shipped weights. Raises ModelError, ConfigError."""
        return cls({language: Reader(language) for language in risk_languages()}, Signs(), Weights.load())

    def assess(self, text: str, language: str) -> Assessment:
        """How a line is to be taken. The signs of other languages count too: people change theirs when it matters."""
        best = Assessment("none", LEAST, "")
        for name, reader in self._readers.items():
            for n, piece in enumerate(pieces(reader.sentences(text))):
                found = self._judge(piece, name, part=n > 0, foreign=name != language)
                if (LEVELS[found.level], found.score) > (LEVELS[best.level], best.score):
                    best = found
        return best

    def _judge(self, items: Sequence[Item], language: str, *, part: bool, foreign: bool) -> Assessment:
        """One piece: the classifier weighs the signs with all else; a foreign one counts only with a sign."""
        signs = self._signs.find(items)
        own = next((sign for sign in signs if sign.standing == "own" and sign.strength != "hint"), None)
        if foreign and own is None:
            return Assessment("none", LEAST, "")
        risk, urgent = self._weights.scores(features(items, signs))
        risk -= DOUBT + PART * part + self._brief[language] * (own is None and len(items) < SHORT)
        if own is not None and language in self._untaught:
            return Assessment("crisis" if own.strength == "crisis" else "ask", max(risk, LISTED), own.name)
        if risk <= 0.0:
            return Assessment("none", risk, "")
        why = own.name if own else " ".join(item.concept for item in items if item.concept)
        plain = urgent > SURE or (own is not None and own.strength == "crisis")
        if own is None and risk <= SERIOUS:
            return Assessment("faint", risk, why, sign=False)
        plain = plain and (own is not None or risk > PLAIN)
        return Assessment("crisis" if plain else "ask", risk, why, sign=own is not None)


LEVELS: dict[Level, int] = {"none": 0, "faint": 1, "ask": 2, "crisis": 3}


class Weights:
    """Two hashed linear models: is there a risk at all, and is it plainly said."""

    def __init__(self, quantised: np.ndarray, scale: np.ndarray, bias: np.ndarray) -> None:
        """`quantised` int8 (2, SLOTS); `scale`, `bias` float64 (2,)."""
        self._rows = [memoryview(row) for row in quantised]  # gives whole numbers, and quicker than numpy does
        self._scale = [float(x) for x in scale]
        self._bias = [float(x) for x in bias]

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """Raises ModelError."""
        path = data_folder() / WEIGHTS if place is None else place
        remedy = "run `python -m training.crisis.train`"
        table = read_arrays(path, remedy)
        try:
            quantised, scale, bias = spread(table["used"], table["weights"]), table["scale"], table["bias"]
        except (LookupError, TypeError, ValueError) as error:
            raise ModelError(f"the weights cannot be read: {error}", place=str(path), remedy=remedy) from error
        if quantised.shape != (2, SLOTS) or quantised.dtype != np.int8:
            raise ModelError(
                f"the weights have the shape {quantised.shape}, not {(2, SLOTS)}",
                place=str(path),
                remedy=remedy,
            )
        return cls(quantised, scale, bias)

    def scores(self, found: dict[int, int]) -> tuple[float, float]:
        """Risk and urgency of a line's features; above 0 is yes."""
        first, second = self._rows
        risk = urgent = 0
        for slot, value in found.items():
            risk += first[slot] * value
            urgent += second[slot] * value
        return risk / GRAIN * self._scale[0] + self._bias[0], urgent / GRAIN * self._scale[1] + self._bias[1]


def gathered(quantised: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights int8 (2, SLOTS) as they are kept: which slots are used, in bits, and what these weigh. Most are not."""
    used = quantised.any(axis=0)
    return np.packbits(used), quantised[:, used]


def spread(used: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """What was gathered, in full. Raises ValueError where the two do not fit together."""
    out = np.zeros((len(kept), 8 * len(used)), kept.dtype)
    out[:, np.unpackbits(used).astype(bool)] = kept
    return out


def pieces(sentences: list[list[Item]]) -> list[list[Item]]:
    """The whole line, then its sentences, what follows a “but”, and windows over what is long; each is judged, and the
    worst counts.
    """
    if not sentences:
        return []
    whole = [*sentences[0], *(item for items in sentences[1:] for item in (Item("", (COMMA,)), *items))]
    out = [whole, *(sentences if len(sentences) > 1 else [])]
    for items in sentences:
        out += [items[i + 1 :] for i, item in enumerate(items[:-2]) if item.word in TURNS]
        if len(items) > WINDOW:
            out += _windows(items, WINDOW, STEP)
        if len(items) > RUNNING:
            out += _windows(items, NARROW, NARROW // 2)
    return out


def _windows(items: list[Item], size: int, step: int) -> list[list[Item]]:
    return [items[i : i + size] for i in range(0, len(items) - size + step, step)]


# ---------------------------------------------------------------- features


def features(items: Sequence[Item], signs: Sequence[Sign]) -> dict[int, int]:
    """A line as slots and values (in 1 / GRAIN): signs, concepts and stems in their order, what is negated, letters.

    Idioms are read both ways, as idioms and at their word: “to die” ends some lines that are none. Each kind of
    feature has one length, however long the line.
    """
    told = [item.word for item in items]
    literal = [inner.word for item in items for inner in (item.literal or (item,))]
    stems = [stem for item in items for stem in item.stems]
    kinds = (
        (STEMS, [*codes(stems), *runs("", stems, 2)]),
        (CONCEPTS, _order("/", [word for word in literal if word.isupper()])),
        (CONCEPTS, _order("|", [word for word in told if word.isupper()])),
        (MIXED, [*runs("=", literal, 2), *runs("=", literal, 3)]),
        (MIXED, [*runs("+", told, 2), *runs("+", told, 3)]),
        (SCOPE, _scope(literal)),
        (SIGNS, codes(f"@{name} {sign.standing}" for sign in signs for name in (sign.strength, sign.name))),
        (LETTERS, letters("#", (stem for stem in stems if stem != COMMA))),
    )
    return weighed(kinds, BITS)


def _order(mark: str, concepts: list[str]) -> list[int]:
    """Concepts alone, in runs of two and three, and in pairs with one or two between."""
    edged = ["<", *concepts, ">"]
    apart = [f"{mark}{first}~{n}{edged[i + n]}" for n in (2, 3) for i, first in enumerate(edged[:-n])]
    return [
        *codes(mark + word for word in concepts),
        *runs(mark, concepts, 2),
        *runs(mark, concepts, 3),
        *codes(apart),
    ]


def _scope(words: Sequence[str]) -> list[int]:
    """Slots of the words, each with how many negations (none, one, more) stand before it in its clause."""
    out = []
    negations = 0
    for word in words:
        if word in BREAKS:
            negations = 0
        elif word in NEGATIONS:
            negations += 1
        else:
            out.append(code(f"!{min(negations, 2)}{word}"))
    return out
