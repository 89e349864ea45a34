"""What of a model's words can be spoken: sentences in the language of the talk, cleaned of what is only written.

It holds no duties: the guard judges each sentence later. Here falls what is no speech, what a model says of itself as
another product, and what it says that it does and cannot do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from robot.core.language_words import WordTable, section
from robot.core.sentences import sentences_of
from robot.core.typed_toml import Table, parse
from robot.sense.language.lexicon import plain
from robot.sense.language.spoken_language import spoken_language
from robot.texts.sentence import AnyText, sentence

LONGEST = 260  # letters of one sentence
UNSPEAKABLE = sentence("health.model_unspeakable")
OTHER_LANGUAGE = sentence("health.model_other_language")
OTHER_NAME = sentence("health.model_other_name")
CANNOT_DO = sentence("health.model_cannot_do")
NO_LIFE = sentence("health.model_no_life")
_THOUGHT = re.compile(r"<think>.*?</think>\s*", re.DOTALL)
_OPEN = re.compile(r"\s*(?:<think>|<(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?$)")  # a thought that has not ended
_STAGED = re.compile(r"\*[^*\n]{1,60}\*(?=\s|$)|\[[^\]\n]{1,60}\]")  # *smiles*, [laughs]
_LISTED = re.compile(r"^\s*(?:[-*\u2022>]+|\d{1,2}[.)])\s+")
_LABEL = re.compile(r"^\s*(?:bowlby|assistant|robot|ai|réponse|response)\s*:\s*", re.IGNORECASE)
_TURN = re.compile(r"^\s*(?:user|human|person|utilisateur|personne|humain)\s*:", re.IGNORECASE)
_WRITTEN = re.compile(r"https?:|www\.|@\w|[<>{}|\\=^]|```|\b\w+_\w+\b")
_MARKS = str.maketrans("", "", "*_#`~")
PICTURES = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf", "Mn"})  # and what belongs to them
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")  # somebody else's words
ENDS = (".", "!", "?", "…", "»", "”", '"')


class Found(NamedTuple):
    """A sentence, and why it cannot be said; empty where it can."""

    text: str
    why: AnyText = ""


class _CannotFile(Table):
    names: list[str]
    deeds: list[str]


@cache
def _cannot() -> tuple[re.Pattern[str], re.Pattern[str]]:
    place = files("robot.sense.language.model") / "cannot.toml"
    table = parse(_CannotFile, place.read_text(encoding="utf-8"), str(place))
    names, deeds = ("|".join(f"(?:{line})" for line in lines) for lines in (table.names, table.deeds))
    return re.compile(names), re.compile(deeds)


class OfItselfWords(WordTable, section="of_itself"):
    """[of_itself] of a language's words: what it may say of itself."""

    short: list[tuple[str, str]]  # and what each is short for
    subject: str
    asks: str
    says: list[str]
    owner: str
    owns: list[str]


class _FirstPerson:
    """Looks for what a model says of itself that no machine can."""

    def __init__(self, table: OfItselfWords) -> None:
        self._short = table.short
        self._asks = re.compile(table.asks)
        self._pairs = [
            (re.compile(who), re.compile("|".join(f"(?:{line})" for line in lines)))
            for who, lines in ((table.subject, table.says), (table.owner, table.owns))
        ]

    def lives(self, said: str) -> bool:
        """Whether plain text tells of a life of its own."""
        for short, long in self._short:
            said = re.sub(rf"\b{short}", long, said)
        said = self._asks.sub(" ", said)
        return any(
            allowed.match(said, one.start()) is None for who, allowed in self._pairs for one in who.finditer(said)
        )


@cache
def _first_person(language: str) -> _FirstPerson | None:
    table = section(OfItselfWords, language)
    return None if table is None else _FirstPerson(table)


class Sieve:
    """Takes a model's words as they come, and gives whole sentences, until one cannot be said or it is enough."""

    def __init__(self, language: str, *, sentences: int, letters: int) -> None:
        self._language = language
        self._left = sentences
        self._letters = letters
        self._raw = ""  # what is in no sentence yet
        self.given = 0
        self.done = False

    def feed(self, piece: str) -> list[Found]:
        """The sentences that are whole with this piece."""
        if self.done:
            return []
        self._raw = _THOUGHT.sub("", self._raw + piece)
        if _OPEN.match(self._raw):
            return []
        whole: list[str] = []
        while "\n" in self._raw:
            line, _, self._raw = self._raw.partition("\n")
            whole += _sentences(line)
        *more, rest = _sentences(self._raw) or [""]
        if more:
            self._raw = rest + self._raw[len(self._raw.rstrip()) :]
        return self._judged([*whole, *more, *([rest] if len(rest) > LONGEST else [])])

    def finish(self, *, cut: bool) -> list[Found]:
        """What is left; where the model was `cut` off, only if it is a whole sentence."""
        rest = self._raw.strip()
        whole = not _OPEN.match(rest) and (not cut or rest.endswith(ENDS))
        found = self._judged(_sentences(rest) if whole else [])
        self.done = True
        return found

    def _judged(self, pieces: list[str]) -> list[Found]:
        found = []
        for piece in pieces:
            if self.done or _TURN.match(piece):
                self.done = True
                break
            text = spoken_form(piece)
            if not text:
                continue
            why = unfit(text, self._language)
            self._letters -= len(text)
            if self.given and self._letters < 0 and not why:
                self.done = True
                break
            self.given += 1
            self._left -= 1
            self.done = bool(why) or self._left <= 0
            found.append(Found(text, why))
        return found


def _sentences(line: str) -> list[str]:
    return list(sentences_of(line.strip())) if line.strip() else []


def spoken_form(text: str) -> str:
    """A sentence without what is only written: marks, labels, stage directions, pictures."""
    text = unicodedata.normalize("NFC", _LABEL.sub("", _LISTED.sub("", _STAGED.sub("", text))))
    letters = (letter for letter in text.translate(_MARKS) if unicodedata.category(letter) not in PICTURES)
    return re.sub(r"\s+", " ", "".join(letters)).strip(" -–—:")


def unfit(text: str, language: str) -> AnyText:
    """Why a sentence cannot be said; empty where it can. In a language in which nobody has written down what a machine
    may say of itself, none can.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or len(text) > LONGEST or _WRITTEN.search(text) or not all(map(_is_latin, letters)):
        return UNSPEAKABLE
    if spoken_language(text, language) != language:
        return OTHER_LANGUAGE
    names, deeds = _cannot()
    said = plain(text)
    if names.search(said):
        return OTHER_NAME
    if deeds.search(said):
        return CANNOT_DO
    told = plain(QUOTED.sub(" ", text))
    first_person = _first_person(language)
    return NO_LIFE if first_person is None or first_person.lives(told) else ""


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")
