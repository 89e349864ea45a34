"""The phrase tables: what people say to the robot and what it says, in every language, as data that anyone can edit.

A folder holds `heard_<language>.toml` and `said_<language>.toml` for each language, and further parts of what is said
as `said_<part>_<language>.toml`. All languages of the house have the same intents and the same phrases with the same
slots; a mistake stops the start with file, line, reason and the nearest name.

A language that is brought (`robot/texts/languages.py`) has the same files on its shelf `phrases`. What it lacks is said
by what its `instead_<language>.toml` names for it, in its own language; what is said to somebody in need it must have.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import ConfigError
from robot.core.sentences import sentences_of
from robot.parts.behavior_packages import BEHAVIORS
from robot.parts.registry import data_folders
from robot.sense.language.answers import any_fits
from robot.sense.language.brought_phrases import SHELF, WHOLE, BroughtPhrases, Instead
from robot.sense.language.grammar import Grammar, spoken
from robot.sense.language.phrase_files import PhraseFile, heard_table, near, said_table, same_keys, same_slots
from robot.sense.language.slotted_wordings import SLOT, slots_of
from robot.sense.language.understanding import Understanding
from robot.texts.languages import brought

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import numpy as np

    from robot.core.intents import Piece
    from robot.sense.language.heard import Heard
    from robot.sense.language.lexicon import HeardTable

COMMANDS = frozenset(  # intents that are carried out as soon as they are said
    {"stop", "quiet", "look_left", "look_right", "look_at_me", "come_here", "sleep", "wake", "louder", "softer"}
)


Wordings = dict[str, tuple[str, ...]]


class Additions(NamedTuple):
    """What one file adds, by language."""

    said: Mapping[str, Wordings]
    heard: Mapping[str, Wordings]


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """All tables of all languages."""

    _readers: Mapping[str, Understanding]
    _heard: Mapping[str, HeardTable]
    _said: Mapping[str, Mapping[str, tuple[str, ...]]]
    _instead: Mapping[str, Instead] = field(default_factory=dict)  # of each language that is brought
    _answered: dict[tuple[str, str], frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _grown: list[tuple[Additions, Phrases]] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._said)

    @property
    def intents(self) -> tuple[str, ...]:
        return tuple(next(iter(self._heard.values())).heard)

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the phrases that the robot can say."""
        return tuple(next(iter(self._said.values())))

    def has(self, key: str, language: str = "") -> bool:
        """Whether the robot can say a phrase of that name; in a language of its own, where one is given."""
        instead = self._instead.get(language)
        return key in next(iter(self._said.values())) and (instead is None or key not in instead.lacking)

    def lacking(self, language: str) -> frozenset[str]:
        """The phrases that a language has no words for, and says another instead."""
        instead = self._instead.get(language)
        return frozenset() if instead is None else instead.lacking

    def wordings(self, language: str) -> Mapping[str, list[str]]:
        """The listed wordings by intent."""
        return self._heard[language].heard

    def slots(self, language: str) -> tuple[str, ...]:
        """The gaps that a wording may have."""
        table = self._heard[language]
        return ("time", *table.slots, *table.names)

    def with_more(self, more: Additions) -> Phrases:
        """These and what a file adds to them (see `own_phrases.py`). The last ones are kept: robots that are made one
        after another have the same file, and a table takes long to learn.
        """
        for added, grown in self._grown:
            if added == more:
                return grown
        grown = self._with(more)
        self._grown[:] = [(more, grown)]
        return grown

    def _with(self, more: Additions) -> Phrases:
        tables = {
            language: replace(table, heard={**table.heard, **{name: [*w] for name, w in heard.items()}})
            for language, table in self._heard.items()
            for heard in (more.heard.get(language, {}),)
        }
        changed = any(more.heard.values())
        said = {language: {**known, **more.said.get(language, {})} for language, known in self._said.items()}
        keys = next(iter(said.values())).keys()
        instead = {language: one.for_more(keys - said[language].keys()) for language, one in self._instead.items()}
        return Phrases(
            {language: Understanding(table) for language, table in tables.items()} if changed else self._readers,
            tables,
            {
                language: instead[language].filled(said[language]) if language in instead else said[language]
                for language in said
            },
            instead,
        )

    def understand(self, text: str, language: str) -> Heard:
        """What a line means in `language`: (intent, slots, confidence); intent "unknown" when nothing fits."""
        return self._readers[language].understand(text)

    def variants(self, key: str, language: str) -> tuple[str, ...]:
        """All wordings of a phrase, slots unfilled. Raises ConfigError for a phrase that no table has."""
        said = self._said[language]
        if key not in said:
            raise ConfigError(f"no phrase is called {key!r}", place=f"said_{language}.toml", remedy=near(key, said))
        return said[key]

    def needs(self, key: str, language: str) -> frozenset[str]:
        """The slots that are to be filled before a phrase is said. Raises ConfigError for one that no table has."""
        return slots_of(self.variants(key, language)[0])

    def lists(self, text: str, language: str) -> bool:
        """Whether a text is a whole wording of some phrase, as a word of a game is."""
        return any(text in wordings for wordings in self._said[language].values())

    def choose(self, key: str, language: str, chance: np.random.Generator, lately: Sequence[str] = ()) -> str:
        """One wording of a phrase, slots unfilled: by `chance` of those not said `lately` (oldest first), and where all
        were, the one said longest ago. Raises ConfigError for a phrase that no table has.
        """
        variants = self.variants(key, language)
        left = [text for text in variants if text not in lately]
        if not left:
            last = {text: n for n, text in enumerate(lately)}
            return min(variants, key=last.__getitem__)
        return left[int(chance.integers(len(left)))] if len(left) > 1 else left[0]

    def piece(self, key: str, language: str, piece: Piece) -> str:
        """One sentence of one wording of a phrase, slots unfilled. Raises ConfigError for one that is not there."""
        wordings = self.variants(key, language)
        sentences = sentences_of(wordings[piece.wording]) if piece.wording < len(wordings) else ()
        if piece.sentence >= len(sentences):
            raise ConfigError(f"the phrase {key!r} has no {piece}", place=f"said_{language}.toml")
        return sentences[piece.sentence]

    def answers(self, text: str, language: str) -> frozenset[str]:
        """What a line may mean as an answer in a game: the names under [answers] that have a wording of it."""
        found = self._answered.get((text, language))
        if found is None:
            names = self._heard[language].answers.items()
            found = frozenset(name for name, wordings in names if any_fits(text, wordings))
            self._answered.clear()  # of one line at a time: every game asks for it
            self._answered[text, language] = found
        return found

    def fill(self, key: str, wording: str, language: str, slots: Iterable[tuple[str, str]]) -> str:
        """A wording of a phrase with its slots filled, as a sentence begins. Raises ConfigError for a slot that nothing
        fills.
        """
        filled = dict(slots)
        for slot in SLOT.findall(wording):
            if slot not in filled:
                raise ConfigError(f"the phrase {key!r} needs the slot {{{slot}}}", place=f"said_{language}.toml")
            wording = wording.replace(f"{{{slot}}}", filled[slot])
        return wording[:1].upper() + wording[1:]

    def grammar(self, language: str) -> Grammar:
        """Whole phrases for a recogniser: lower case, no punctuation, `<slot>` where one of the slot's words stands."""
        table = self._heard[language]
        own = next(iter(table.turns), "")
        slots = {name: tuple(words) for name, words in table.names.items()}
        slots |= {name: tuple(f"{own} {word}" for word in words) for name, words in table.slots.items()}
        phrases: dict[str, None] = {}
        commands: list[list[str]] = []
        for intent, wordings in (*table.heard.items(), *table.answers.items()):
            listed = [spoken(wording) for wording in wordings]
            whole = [w for w in listed if all(word[1:-1] in slots for word in w.split() if word.startswith("{"))]
            phrases |= dict.fromkeys(words.replace("{", "<").replace("}", ">") for words in whole)
            if intent in COMMANDS:
                commands.append(
                    sorted((words for words in whole if "{" not in words), key=lambda words: words.count(" "))
                )
        first_of_each = chain.from_iterable(zip_longest(*commands))
        return Grammar(tuple(phrases), slots, tuple(filter(None, first_of_each)))


# ---------------------------------------------------------------- loading


def is_whole(item: Traversable) -> bool:
    """Whether a file is of the whole tables, not an addition to them."""
    return WHOLE.fullmatch(item.name) is not None


def phrase_folder() -> Traversable:
    """The folder of the first installed package of behaviours that has the whole tables."""
    folders = [folder for folder in data_folders("phrases") if any(map(is_whole, folder.iterdir()))]
    if not folders:
        raise ConfigError("no package of behaviours has a `phrases` folder", place=BEHAVIORS, remedy="install bowlby")
    return folders[0]


def said_files(language: str) -> list[Traversable]:
    """The files of the whole tables that hold what is said in a language."""
    own = brought().get(language)
    found = [(item, WHOLE.fullmatch(item.name)) for item in (own / SHELF if own else phrase_folder()).iterdir()]
    return [item for item, name in found if name is not None and (name["kind"], name["language"]) == ("said", language)]


def load(folder: Traversable | Path | None = None) -> Phrases:
    """Read and check all tables. Raises ConfigError at file:line."""
    place = phrase_folder() if folder is None else folder
    try:
        found = [match for item in place.iterdir() if (match := WHOLE.fullmatch(item.name))]
    except OSError as error:
        raise ConfigError(f"the phrase folder cannot be read: {error}", place=str(place)) from error
    said = {m["language"] for m in found if m["kind"] == "said"}
    languages = sorted(said)
    if not languages:
        raise ConfigError("no said_<language>.toml is there", place=str(place), remedy="add said_en.toml")
    for language in languages:
        if not any(m[0] == f"heard_{language}.toml" for m in found):
            raise ConfigError(
                f"said_{language}.toml has no heard_{language}.toml beside it", place=str(place), remedy="add it"
            )
    heard_files = {language: PhraseFile(place / f"heard_{language}.toml") for language in languages}
    heard = {language: heard_table(file) for language, file in heard_files.items()}
    reference = languages[0]
    for language in languages[1:]:
        same_keys(heard_files[language], heard[language].heard, heard_files[reference], heard[reference].heard)
        same_keys(heard_files[language], heard[language].answers, heard_files[reference], heard[reference].answers)
    said_by = _said(place, languages, sorted({m["part"] or "" for m in found if m["kind"] == "said"}))
    instead: dict[str, Instead] = {}
    for language in brought() if folder is None else ():
        own = BroughtPhrases(language)
        heard[language] = own.heard(heard[reference])
        said_by[language], instead[language] = own.said(said_by[reference])
    return Phrases({language: Understanding(table) for language, table in heard.items()}, heard, said_by, instead)


def _said(place: Traversable | Path, languages: list[str], parts: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """What is said, part by part: each part has a file in every language, and no phrase stands in two of them."""
    all_said: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in languages}
    owner: dict[str, str] = {}
    for part in parts:
        names = {
            language: f"said_{part}_{language}.toml" if part else f"said_{language}.toml" for language in languages
        }
        files = {language: PhraseFile(place / name) for language, name in names.items()}
        said = {language: said_table(file) for language, file in files.items()}
        reference = languages[0]
        for key in said[reference]:
            other = owner.setdefault(key, names[reference])
            if other != names[reference]:
                raise files[reference].error(f"{key} stands in {other} too", key, "take one of them out")
        for language in languages[1:]:
            same_keys(files[language], said[language], files[reference], said[reference])
            same_slots(files[language], said[language], said[reference])
        for language in languages:
            all_said[language] |= said[language]
    return all_said
