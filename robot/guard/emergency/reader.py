"""Danger to life or health now, found in a line: edited cues (`data/emergency_<language>.toml`) and a linear machine
over them, words and letters (weights in `data/emergency_weights.npz`, made by `python -m training.emergency.train`).

The cues alone find most of it, so that a list which somebody edits takes effect at once; the machine hears what no cue
has, and lets go what a cue takes too far. The same line gives the same answer on every machine.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, Self

from robot.core.arrays import read_arrays
from robot.core.hashed import Machine, codes, letters, runs, weighed
from robot.core.language_words import section
from robot.guard.crisis.classifier import GuardWords
from robot.guard.crisis.meaning import COMMA
from robot.guard.cues import ASKED, of_languages

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from importlib.resources.abc import Traversable

    from robot.guard.cues import Cues

BITS = 18
SLOTS = 1 << BITS  # of the hashed weights
WEIGHTS = "emergency_weights.npz"
REMEDY = "run `python -m training.emergency.train`"
DANGERS = (  # kinds of cues; where a line bears several, the first in this order is answered
    *("fire", "gas", "poison", "violence", "intruder", "bleeding", "breath", "collapse", "child", "stroke", "chest"),
    *("fall", "dying", "call"),
)
ENDING = ("past", "idiom", "fiction", "asks", "denied")  # kinds that take danger away
ELSEWHERE = frozenset({"past", "fiction", "asks"})  # of them, those that stand in another clause
JOKED = frozenset({"dying"})  # kinds that an idiom in another clause takes away, too: “That's hilarious, I'm dying”
SURE = 0.17  # of the score: from where on it is one, without a cue
LISTED = 0.9  # the score, at least, of what a cue has in a language of which the machine was taught nothing
WITH_CUE = -1.05  # the same, where a cue of danger stands and none takes it away
PART = 0.25  # how much surer it must be of one sentence of several
LEAST = -9.0  # the score of a line that says nothing
WORDS, PAIRS, GAPS, CUES, LETTERS = 1.0, 1.0, 0.6, 1.2, 0.9  # how much each kind of feature weighs


class Danger(NamedTuple):
    """How a line is taken: `kind` is one of DANGERS, empty where it is no emergency; `unsure` where it may be one.
    `plain`: whether it is clear enough to be no question; `sure`: whether a whole clause says nothing else.
    """

    kind: str
    score: float = LEAST
    unsure: bool = False
    plain: bool = True
    sure: bool = False


NONE = Danger("")


def data_folder() -> Traversable:
    """Where cues and weights lie."""
    return files("robot.guard.emergency") / "data"


class EmergencyReader:
    """Judges lines. Thread-safe once made."""

    def __init__(self, cues: dict[str, Cues], weights: Machine) -> None:
        self._cues = cues
        guards = {language: section(GuardWords, language) for language in cues}
        self._untaught = frozenset(code for code, words in guards.items() if words is not None and not words.taught)
        self._weights = weights

    @classmethod
    def load(cls) -> Self:
        """With what ships. Raises ModelError, ConfigError."""
        return cls(load_cues(), load_weights())

    def assess(self, text: str, language: str) -> Danger:
        """How a line is to be taken. Cues of other languages count too: people change theirs when it matters."""
        found = [self._judge(text, name, foreign=name != language) for name in self._cues]
        return max(found, key=lambda one: (one.sure, bool(one.kind), one.score))

    def _judge(self, text: str, language: str, *, foreign: bool) -> Danger:
        cues = self._cues[language]
        best = NONE
        every = cues.stems(text)
        plainly = _plainly(cues, clauses(every, (COMMA, ASKED)))
        if plainly:
            return Danger(plainly, LISTED, sure=True)
        told = ""  # what an earlier sentence takes away from those after it: a film, long ago
        for n, stems in enumerate(pieces(every)):
            kinds = tuple(dict.fromkeys(cue.kind for cue in cues.find(stems)))
            told = told or next((kind for kind in kinds if kind in {"past", "fiction"}), "")
            danger = next((kind for kind in DANGERS if kind in kinds), "")
            ended = not set(ENDING).isdisjoint(kinds) or (n > 0 and bool(told))
            if foreign and (not danger or ended):
                continue
            score = self._weights.score(features(stems, kinds)) - PART * (n > 0)
            if language in self._untaught and danger and not ended:
                score = max(score, LISTED)
            bar = WITH_CUE if danger and not ended else SURE + 0.3 * (n > 0 and bool(told))
            if score > bar and (not best.kind or score > best.score):
                best = Danger(danger or "call", score)
            elif not best.kind and score > best.score:
                best = Danger("", score)
        return best


def _plainly(cues: Cues, told: Sequence[tuple[str, ...]]) -> str:
    """The danger that one clause is by itself, unless another tells of a film or of last year; "" for none."""
    for n, clause in enumerate(told):
        kind = cues.plainly(clause)
        if kind:
            others = [stem for other in (*told[:n], *told[n + 1 :]) for stem in (*other, COMMA)]
            ends = ELSEWHERE | {"idiom"} if kind in JOKED else ELSEWHERE
            return kind if ends.isdisjoint(cue.kind for cue in cues.find(others)) else ""
    return ""


def load_cues() -> dict[str, Cues]:
    """The edited tables, by language. Raises ConfigError."""
    return of_languages(data_folder(), "emergency", "emergency_{}.toml")


def load_weights() -> Machine:
    """The shipped ones. Raises ModelError."""
    path = data_folder() / WEIGHTS
    return Machine.of(read_arrays(path, REMEDY), SLOTS, path, REMEDY)


def clauses(stems: Sequence[str], ends: Collection[str] = (COMMA,)) -> list[tuple[str, ...]]:
    """What stands between the commas, or other `ends`."""
    out: list[list[str]] = [[]]
    for stem in stems:
        if stem in ends:
            out.append([])
        else:
            out[-1].append(stem)
    return [tuple(clause) for clause in out]


def pieces(stems: Sequence[str]) -> list[tuple[str, ...]]:
    """The whole line, and its clauses where it has several of three words or more."""
    out = [tuple(stems)] if stems else []
    long = [clause for clause in clauses(stems) if len(clause) > 2]
    return out + (long if len(long) > 1 else [])


def features(stems: Sequence[str], kinds: Sequence[str]) -> dict[int, int]:
    """A line as slots and values (in 1 / GRAIN): words, pairs, pairs with a gap, cues, letters."""
    edged = ["<", *stems, ">"]
    dangers = [kind for kind in kinds if kind in DANGERS]
    ends = [kind for kind in kinds if kind not in DANGERS]
    cues = [f"@{kind}" for kind in kinds] or ["@"]
    cues += [f"@{bool(dangers)} {bool(ends)}", *(f"@danger {end}" for end in ends if dangers)]
    kinds_of_feature = (
        (WORDS, codes(stems)),
        (PAIRS, runs("", stems, 2)),
        (GAPS, codes(f"{edged[i]}~{edged[i + n]}" for n in (2, 3) for i in range(len(edged) - n))),
        (CUES, codes(cues)),
        (LETTERS, letters("#", (stem for stem in stems if stem not in {COMMA, ASKED}))),
    )
    return weighed(kinds_of_feature, BITS)
