"""What the robot is about to say, judged by its meaning: a linear classifier over stems, concepts and letters.

Text that stands in no table passes here just before it would sound: a model's, a filled slot's, somebody's own phrases.
Each sentence is judged by itself and with the others. Weights are in `data/speech_weights.npz`, made by
`python -m training.speech.train`. The patterns of `rules/never_said.py` stand beside it: what must be exact.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from robot.core.arrays import read_arrays
from robot.core.errors import ModelError
from robot.core.hashed import Machine, codes, letters, runs, weighed
from robot.core.language_words import section
from robot.guard.crisis.classifier import GuardWords
from robot.guard.speech.wording import PAUSES, QUOTED, SHELF, WORDS_FILE, WordingReader, speech_data
from robot.texts.languages import with_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    import numpy as np

    from robot.guard.speech.wording import SentenceReading

# Themes of what the robot never says, and the duty that each breaks.
THEMES: Final[Mapping[str, int]] = {
    "feeling": 4,
    "humanity": 3,
    "farewell": 7,
    "praise": 11,
    "selling": 12,
    "belittling": 17,
    "memory": 6,
    "advice": 43,
    "sides": 44,
    "secrets": 29,
}
SPEECH_WEIGHTS = "speech_weights.npz"
BITS = 16
THEME_BITS = 14  # themes are told apart without letters
SHAPES: Final = {"at_all": (1, 1 << BITS), "themes": (len(THEMES), 1 << THEME_BITS)}
DOUBT: Final = -0.4  # the score from where on it is held back; a language may have its own
SAME = 1.5  # words of grammar: by so much another language must have more than that of the talk
PART = 0.3  # how much surer it must be of a sentence among others
# How much each kind of feature weighs. [by cross-validation, one voice left out at a time]
STEMS, CONCEPTS, MIXED, CLAUSES, PAIRS, LETTERS = 0.8, 0.8, 1.0, 1.2, 0.8, 1.0
DENIALS = frozenset({"NOT", "NEVER", "NO", "UNABLE", "NOBODY"})
OTHERS = frozenset({"HE", "KIN", "FOLK", "GUARD", "MEDIC", "LAWYER", "NAME", "NOBODY"})
# What a machine may truly say of itself; every other claim that begins with “I” is one of its own life.
MACHINE = frozenset({"ROBOT", "LISTEN", "HELP", "KNOW", "HOPE", "UNKNOWN", "THANK", "SORRY", "ROBOTDO", "DENY", QUOTED})
LITTLE = frozenset({"NOT", "NO", "IT"})
BREAKS = frozenset(
    {"but", "becaus", "and", "so", "if", "when", "that", "who", "mais", "parc", "et", "donc", "si", "quand", "car"}
)  # where a clause ends, as do pauses


class Breach(NamedTuple):
    """What a text breaks: the theme, its duty, and how far it lies beyond the doubt."""

    theme: str
    duty: int
    score: float


class Judge:
    """Judges texts; the same text gives the same answer. Thread-safe once made."""

    def __init__(self, readers: Mapping[str, WordingReader], weights: SpeechWeights) -> None:
        self._readers = readers
        self._weights = weights
        words = {language: section(GuardWords, language) for language in readers}
        self._doubt = {code: DOUBT if own is None else own.speech_doubt for code, own in words.items()}

    def judge(self, text: str, language: str) -> Breach | None:
        """What a text breaks, if anything: the worst of its sentences and of the whole."""
        spoken, wordings = self.read(text, language)
        if not wordings:
            return None
        pieces = [wordings, *([wording] for wording in wordings if len(wordings) > 1)]
        scores = [self._weights.score(piece, spoken) for piece in pieces]
        sure = [score - self._doubt[spoken] - PART * (n > 0) for n, (score, _) in enumerate(scores)]
        worst = max(range(len(sure)), key=sure.__getitem__)
        theme = scores[worst][1]
        return Breach(theme, THEMES[theme], sure[worst]) if sure[worst] > 0.0 else None

    def read(self, text: str, language: str) -> tuple[str, list[SentenceReading]]:
        """The language that a text is in, and its sentences: that of the talk unless another has more of its words."""
        read = {name: reader.sentences(text) for name, reader in self._readers.items()}
        first = language if language in read else next(iter(read))
        spoken = max(read, key=lambda name: self._readers[name].grammar(read[name]) + SAME * (name == first))
        return spoken, read[spoken]


@lru_cache(maxsize=1)
def shipped_judge() -> Judge:
    """The one with the shipped weights. Raises ModelError, ConfigError."""
    found = with_file(speech_data(), SHELF, WORDS_FILE)
    return Judge({language: WordingReader(language) for language in found}, SpeechWeights.load())


class SpeechWeights:
    """Whether a duty is broken at all, and for each theme, whether it is that one."""

    def __init__(self, at_all: Machine, themes: Sequence[Machine]) -> None:
        self._at_all, self._themes = at_all, themes

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """Raises ModelError."""
        path = speech_data() / SPEECH_WEIGHTS if place is None else place
        remedy = "run `python -m training.speech.train`"
        table = read_arrays(path, remedy)
        try:
            parts = {name: table[name] for name in (*SHAPES, "scales", "biases")}
        except KeyError as error:
            raise ModelError(f"the weights cannot be read: {error}", place=str(path), remedy=remedy) from error
        shapes = {name: parts[name].shape for name in SHAPES}
        if shapes != SHAPES:
            raise ModelError(f"the weights have the shapes {shapes}, not {SHAPES}", place=str(path), remedy=remedy)
        return cls.of(**parts)

    @classmethod
    def of(cls, at_all: np.ndarray, themes: np.ndarray, scales: np.ndarray, biases: np.ndarray) -> Self:
        """Of arrays in `SHAPES`, int8, and float64 of one more than themes."""
        first, *others = (
            Machine(memoryview(row), float(scale), float(bias))
            for row, scale, bias in zip([*at_all, *themes], scales, biases, strict=True)
        )
        return cls(first, others)

    def score(self, wordings: Sequence[SentenceReading], language: str) -> tuple[float, str]:
        """How surely a text breaks a duty, and by which theme if it does: whether it breaks one at all, and the surest
        of the themes, together.
        """
        kinds = features(wordings, language)
        found = weighed(kinds, BITS)
        told = weighed(kinds[:-1], THEME_BITS)
        scores = [machine.score(told) for machine in self._themes]
        surest = max(scores)
        return self._at_all.score(found) + surest, list(THEMES)[scores.index(surest)]


# ---------------------------------------------------------------- features


def features(wordings: Sequence[SentenceReading], language: str) -> list[tuple[float, list[int]]]:
    """Sentences as features, kind by kind with its weight, letters last. Stems and letters are their language's own,
    concepts are shared.
    """
    stems: list[int] = []
    mixed: list[int] = []
    spelling: list[int] = []
    for wording in wordings:
        end = ("<", "?" if wording.asks else ">")
        stems += [*codes(f"{language} {stem}" for stem in wording.stems), *runs(f"{language} ", wording.stems, 2, end)]
        mixed += [*runs(f"{language}=", wording.line, 2, end), *runs(f"{language}=", wording.line, 3, end)]
        spelling += letters(f"{language}#", (stem for stem in wording.stems if stem not in PAUSES and stem != QUOTED))
    concepts, clauses, pairs = _meaning(wordings)
    return [
        (STEMS, stems),
        (CONCEPTS, concepts),
        (MIXED, mixed),
        (CLAUSES, clauses),
        (PAIRS, pairs),
        (LETTERS, spelling),
    ]


def _meaning(wordings: Sequence[SentenceReading]) -> tuple[list[int], list[int], list[int]]:
    """Concepts in their order, clauses by who does what, and pairs of concepts in one clause."""
    order: list[int] = []
    clauses: list[int] = []
    pairs: list[int] = []
    for wording in wordings:
        told = [word for word in wording.line if word.isupper()]
        for length in (1, 2, 3):
            order += runs("/", told, length, ("<", "?" if wording.asks else ">"))
        for concepts in _clauses(wording):
            said = frozenset().union(*concepts)
            denied = "-" if said & DENIALS else "+"
            who = _subject(concepts)
            whom = "".join(mark for mark, name in (("m", "ME"), ("y", "YOU"), ("r", "YOUR")) if name in said)
            act = f"{who}{denied}{'?' if wording.asks else ''}"
            content = sorted(said - LITTLE)
            clauses += codes([act + whom, *(f"{act}/{name}" for name in content)])
            clauses += codes(f"{who}{denied}/{name}" for name in content)
            pairs += codes(f"{denied}{a}&{b}" for i, a in enumerate(content) for b in content[i + 1 :])
            if who == "I" and denied == "+" and not said & MACHINE:
                clauses += codes(["a claim of its own"])
    return order, clauses, pairs


def _clauses(wording: SentenceReading) -> list[list[frozenset[str]]]:
    """The concepts of each clause, word by word."""
    starts = [0] + [i for i, stem in enumerate(wording.stems) if i and (stem in BREAKS or stem in PAUSES)]
    return [[*wording.concepts[a:b]] for a, b in zip(starts, [*starts[1:], len(wording.stems)], strict=True)]


def _subject(concepts: Sequence[frozenset[str]]) -> str:
    """Who acts in a clause, as far as its first words tell."""
    for names in concepts:
        for mark, name in (("I", "I"), ("W", "WE"), ("Y", "YOU"), ("T", "IT")):
            if name in names:
                return mark
        if names & OTHERS:
            return "H"
    return "O"
