"""The phrase tables, and what other packages and the personal folder add to them: no phrase gets in that breaks a duty,
whoever wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.errors import ConfigError
from robot.guard.rules.honesty import TELLS_OF_RECORD
from robot.guard.rules.never_said import Sentences
from robot.guard.speech.judge import shipped_judge
from robot.sense.language import own_phrases
from robot.sense.language.phrases import is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from robot.core.errors import BowlbyError
    from robot.sense.language.phrases import Additions, Phrases


class AddedPhrases:
    """Keeps what each file added when it was last whole."""

    def __init__(self, load: Callable[[], Phrases]) -> None:
        """`load`: the tables without what is added."""
        self._load = load
        self._sentences = Sentences.load()
        self._additions: dict[Path, Additions] = {}

    def all(self, paths: Iterable[Path], spoil: Callable[[Path, BowlbyError], None]) -> Phrases:
        """The tables with what these files add. A broken file is told by `spoil`; its last goes on."""
        phrases = self._sentences.check(self._load(), TELLS_OF_RECORD)
        before, self._additions = self._additions, {}
        for path in paths:
            if is_whole(path):
                continue
            try:
                more = own_phrases.read(path, phrases, self._broken_by, self._additions)
            except ConfigError as error:
                spoil(path, error)
                if path not in before:
                    continue
                more = before[path]
            self._additions[path] = more
            phrases = phrases.with_more(more)
        return phrases

    def _broken_by(self, key: str, text: str, language: str) -> int | None:
        """The duty that a phrase of somebody's own breaks, by the patterns or by its meaning."""
        duty = self._sentences.broken_by(key, text)
        if duty is not None:
            return duty
        found = shipped_judge().judge(text, language)
        return None if found is None else found.duty
