"""Animals to be guessed: what is true of each (`animals.toml`), what a question is about, and which is likeliest."""

from __future__ import annotations

import math
import re
from enum import Enum, auto
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field, PositiveFloat

from robot.core.errors import ConfigError
from robot.core.language_words import WordTable, section
from robot.core.typed_toml import Table, parse
from robot.sense.language.answers import any_fits, words_of
from robot.texts.languages import file_of, with_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

CLOSE = 1.5  # within this factor of weight, nobody can say which is bigger
BIGGER = {"bigger_cat": 5.0, "bigger_person": 85.0}  # kg; questions of the robot's, as traits
TINY = {"tiny": 0.2}  # kg; the same: smaller than a hand
BIG, SMALL = 100.0, 3.0  # kg; "is it big?"
RIGHT, WRONG, OPEN = 0.92, 0.08, 0.5  # how likely a yes or no is, where the table has that, the contrary, or "some"
SHELF = "animals"
_ROOM = files("robot.sense.language")


class Answer(Enum):
    """What can be said to a question about an animal."""

    YES = auto()
    NO = auto()
    SOME = auto()  # of some of them, or sometimes


class AnimalWords(Table):
    """What something is called, by language (`animals/<language>.toml`); the first is the one that is spoken."""

    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def of(self, language: str) -> tuple[str, ...]:
        return self.words.get(language, ())


class AskingWords(WordTable, section="animals"):
    """[animals] of a language's words: patterns of what compares two, and of what asks for size."""

    size: str
    big: str
    small: str
    than: str


class AnimalNames(Table):
    """`animals/<language>.toml`: what each is called, by its name in `animals.toml`."""

    trait: dict[str, tuple[str, ...]]
    size: dict[str, tuple[str, ...]]
    animal: dict[str, tuple[str, ...]]


class Trait(AnimalWords):
    """Something that is true of some animals, by the words that ask for it."""

    asked: bool = True  # by the robot, too


class Size(AnimalWords):
    """Something that animals are held against."""

    kg: PositiveFloat


class Animal(Size):
    """One animal."""

    yes: frozenset[str]
    maybe: frozenset[str] = frozenset()

    def has(self, trait: str) -> Answer:
        """Whether a trait is true of it."""
        if trait in BIGGER:
            return _compared(self.kg, BIGGER[trait])
        if trait in TINY:
            return _compared(TINY[trait], self.kg)
        return Answer.YES if trait in self.yes else Answer.SOME if trait in self.maybe else Answer.NO

    def spoken(self, language: str) -> str:
        """Its name with the article."""
        return self.of(language)[0]

    def article(self, language: str) -> str:
        return self.spoken(language).partition(" ")[0]

    def bare(self, language: str) -> tuple[str, ...]:
        """Its names without the article."""
        return (self.spoken(language).partition(" ")[2], *self.of(language)[1:])


class AnimalTable(Table):
    """All of them, by name."""

    trait: dict[str, Trait]
    size: dict[str, Size]
    animal: dict[str, Animal]


@cache
def animals() -> AnimalTable:
    """The table (`animals.toml`). Raises ConfigError."""
    table = _facts()
    for code, place in with_file(_ROOM / SHELF, SHELF, "{}.toml").items():
        _name(table, code, place)
    return table


def check(language: str) -> None:
    """Read the names that one language has for them, if any. Raises ConfigError."""
    place = file_of(_ROOM / SHELF, SHELF, f"{language}.toml", language)
    if place is not None:
        _name(_facts(), language, place)


def _facts() -> AnimalTable:
    place = _ROOM / "animals.toml"
    return parse(AnimalTable, place.read_text(encoding="utf-8"), str(place))


def _name(table: AnimalTable, language: str, place: Traversable) -> None:
    names = parse(AnimalNames, place.read_text(encoding="utf-8"), str(place))
    for things, called in ((table.trait, names.trait), (table.size, names.size), (table.animal, names.animal)):
        for name, words in called.items():
            if name not in things:
                raise ConfigError(f"there is no {name!r} in animals.toml", place=str(place), remedy="take it out")
            things[name].words[language] = words


def asked_traits() -> tuple[str, ...]:
    """Those for which the robot asks."""
    table = animals().trait
    return (*(name for name, trait in table.items() if trait.asked), *BIGGER, *TINY)


class Asked(NamedTuple):
    """What a line says of an animal: which one it names, or what it asks and the answer to that."""

    animal: str = ""
    answer: Answer | None = None


def asked_of(animal: Animal, text: str, language: str) -> Asked:
    """What a question about this animal is about; neither a name nor an answer where that is not known."""
    line = " ".join(words_of(text))
    asking = section(AskingWords, language)
    if asking is None:
        return Asked()
    compared = re.search(asking.size, line)
    if compared is not None and re.search(asking.than, line[compared.end() :]):
        against = _against(line[compared.end() :], language)
        if against is None:
            return Asked()
        more, less = (animal.kg, against) if compared["more"] else (against, animal.kg)
        return Asked(answer=_compared(more, less))
    found = [
        (len(wording), name)
        for name, trait in animals().trait.items()
        for wording in trait.of(language)
        if any_fits(text, (wording,))
    ]
    length, trait = max(found, default=(0, ""))
    named = _named(text, language)
    if named and named[:2] > (length, False):
        return Asked(animal=named[2])
    if trait:
        return Asked(answer=animal.has(trait))
    return Asked(answer=_size(animal, line, asking))


def _size(animal: Animal, line: str, asking: AskingWords) -> Answer | None:
    """What is said to "is it big?"."""
    if re.search(asking.big, line):
        return _compared(animal.kg, BIG)
    return _compared(SMALL, animal.kg) if re.search(asking.small, line) else None


def named_in(text: str, language: str) -> str:
    """The animal that a line names: the longest name of those that stand in it; empty where it names none."""
    named = _named(text, language)
    return named[2] if named else ""


def _named(text: str, language: str) -> tuple[int, bool, str] | None:
    """How long the name is, whether it stands with its article ("a fly" is one, "fly" may be a verb), and of which."""
    found = [
        (len(bare), any_fits(text, (f"{animal.article(language)} {bare}",)), name)
        for name, animal in animals().animal.items()
        for bare in animal.bare(language)
        if any_fits(text, (bare, f"{bare}s", f"{bare}x"))
    ]
    return max(found, default=None)


def _against(text: str, language: str) -> float | None:
    named = named_in(text, language)
    if named:
        return animals().animal[named].kg
    return next((one.kg for one in animals().size.values() if any_fits(text, one.of(language))), None)


def _compared(kg: float, than: float) -> Answer:
    if 1 / CLOSE < kg / than < CLOSE:
        return Answer.SOME
    return Answer.YES if kg > than else Answer.NO


# ---------------------------------------------------------------- guessing


class Guesses:
    """What may still be meant, each with its likelihood, after what was answered. A wrong answer does not rule out."""

    def __init__(self) -> None:
        self._chance = {name: 1.0 / len(animals().animal) for name in animals().animal}
        self._left = list(asked_traits())

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest animal and its likelihood."""
        return max(self._chance.items(), key=lambda one: one[1])

    def question(self) -> str:
        """The trait whose answer tells most (expected information; Shannon 1948); empty where none tells anything."""
        gains = {trait: self._gain(trait) for trait in self._left}
        best = max(gains, key=lambda trait: gains[trait], default="")
        return best if best and gains[best] > 0.0 else ""

    def learn(self, trait: str, answer: Answer) -> None:
        """It was asked for a trait; `SOME` where nobody was sure."""
        self._left.remove(trait)
        if answer is not Answer.SOME:
            self._weigh({name: _likely(name, trait, answer) for name in self._chance})

    def rule_out(self, name: str) -> None:
        """It is not this one."""
        self._weigh({other: float(other != name) for other in self._chance})

    def _weigh(self, factors: Mapping[str, float]) -> None:
        chance = {name: p * factors[name] for name, p in self._chance.items()}
        total = sum(chance.values())
        self._chance = {name: p / total for name, p in chance.items()}

    def _gain(self, trait: str) -> float:
        """How many bits its answer is expected to tell."""
        yes = {name: _likely(name, trait, Answer.YES) for name in self._chance}
        left = sum(p * _entropy(yes[name]) for name, p in self._chance.items())
        return _entropy(sum(p * yes[name] for name, p in self._chance.items())) - left


def _likely(name: str, trait: str, answer: Answer) -> float:
    has = animals().animal[name].has(trait)
    return OPEN if has is Answer.SOME else RIGHT if has is answer else WRONG


def _entropy(p: float) -> float:
    """Of a yes that comes with this chance, in bits."""
    return -p * math.log2(p) - (1 - p) * math.log2(1 - p)
