"""Shopping list: puts things on it and takes them off, tells what is on it, and keeps it until it is emptied."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from robot import Entry, Say, Shelf, Skill
from robot.core.language_words import WordTable, section
from robot.sense.language.spoken import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

MOST = 50  # things
OF_IT = "list_"  # what its phrases begin with
CALMLY = 0.9  # how sure it must be that nobody is in need, where words may be of the list


class ListItem(Entry):
    """One thing, in the person's words."""

    what: str


SHOPPING = Shelf("shopping_list", ListItem)


class ListWords(WordTable, section="shopping_list"):
    """[shopping_list] of a language's words, patterns: `adds` and `removes`, with `what` is to come on the list or off
    it; `also` and `off`, the same where a sentence of it came before; `asks` for what is on it, and `clears` it;
    `trims` goes from the ends of a thing, and `joins` stands between two.
    """

    adds: str
    removes: str
    also: str
    off: str
    asks: str
    clears: str
    trims: str
    joins: str


class ListWish(Enum):
    """What is to be done with the list."""

    CLEAR = auto()
    ASK = auto()
    REMOVE = auto()
    ADD = auto()


class ListAsked(NamedTuple):
    """A wish, and the things that it is about."""

    wish: ListWish
    things: tuple[str, ...] = ()


class ShoppingList(Skill):
    """Answers “add milk to the shopping list” and “what's on my list?”."""

    name = "shopping_list"
    asked = frozenset()

    def worded(self, state: State, words: Utterance) -> bool:
        return _asked(state, words) is not None

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        asked = _asked(state, words)
        kept = {item.what: key for key, item in state.store(SHOPPING).items()}
        match asked:
            case ListAsked(ListWish.ADD, things):
                new = [thing for thing in things if thing not in kept]
                if len(kept) + len(new) > MOST:
                    yield Say(cause, "list_full", (("most", str(MOST)),))
                    return
                for thing in new:
                    yield SHOPPING.keep(cause, thing, ListItem(what=thing), state.whose)
                yield self._told(state, cause, "list_added", things)
            case ListAsked(ListWish.REMOVE, things):
                gone = [thing for thing in things if thing in kept]
                for thing in gone:
                    yield SHOPPING.drop(cause, kept[thing])
                yield self._told(state, cause, "list_removed" if gone else "list_lacks", gone)
            case ListAsked(ListWish.CLEAR):
                for key in kept.values():
                    yield SHOPPING.drop(cause, key)
                yield Say(cause, "list_cleared")
            case _:
                yield self._told(state, cause, "list_told" if kept else "list_empty", list(kept))

    @staticmethod
    def _told(state: State, cause: Cause, phrase: str, things: Iterable[str]) -> Say:
        items = list(things)
        return Say(cause, phrase, (("items", joined(items, state.diary.manner.language)),) if items else ())


def _asked(state: State, said: Utterance) -> ListAsked | None:
    """What words wish of the list; None for nothing."""
    words = section(ListWords, state.diary.manner.language)
    if words is None:
        return None
    text = said.text.replace("\u2019", "'")
    ways = [
        (ListWish.CLEAR, words.clears),
        (ListWish.ASK, words.asks),
        (ListWish.REMOVE, words.removes),
        (ListWish.ADD, words.adds),
    ]
    if state.diary.talk.last_phrase.startswith(OF_IT) and said.calm >= CALMLY:
        ways += [(ListWish.REMOVE, words.off), (ListWish.ADD, words.also)]
    for wish, pattern in ways:
        found = re.search(pattern, text, re.IGNORECASE)
        if found is not None:
            things = tuple(_things(found.groupdict().get("what") or "", words))
            return ListAsked(wish, things) if things or wish in {ListWish.CLEAR, ListWish.ASK} else None
    return None


def _things(told: str, words: ListWords) -> Iterable[str]:
    """The things that are named, without what belongs to none."""
    for part in re.split(words.joins, told, flags=re.IGNORECASE):
        thing = part.strip(" .,;!?\"'")
        while (shorter := re.sub(words.trims, "", thing, flags=re.IGNORECASE)) != thing:
            thing = shorter
        if thing:
            yield thing.lower() if thing.istitle() else thing
