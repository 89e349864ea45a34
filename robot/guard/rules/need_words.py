"""Words that are said to somebody in need alone: by the names of their phrases, and where other words repeat them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.sense.language.brought_phrases import OF_NEED
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from robot.core.intents import Say
    from robot.sense.language.phrases import Phrases

TELLING_WORDS = 6  # in a row
APART = re.compile(r"[.?!:;]|\{\w+\}")  # the ends of sentences, and gaps
BARE = re.compile(r"[^\w']+")


class NeedWords:
    """Those of some tables in one language."""

    def __init__(self, phrases: Phrases, language: str) -> None:
        of_need: list[str] = []
        others: list[str] = []
        for key in phrases.keys:
            (of_need if key.startswith(OF_NEED) else others).extend(phrases.variants(key, language))
        said_to_all = "\n".join(others)
        parts = {part.strip() for wording in of_need for part in APART.split(wording)}
        parts = {part for part in parts if len(part.split()) >= TELLING_WORDS and part not in said_to_all}
        self._parts = tuple(f" {_bare(part)} " for part in parts)

    def stand_in(self, said: Say) -> bool:
        """Whether a sentence is of such a phrase, or words that no table has repeat some of it."""
        if said.phrase.startswith(OF_NEED):
            return True
        text = f" {_bare(said.text)} "
        return said.free and any(part in text for part in self._parts)


def _bare(text: str) -> str:
    return BARE.sub(" ", plain(text)).strip()
