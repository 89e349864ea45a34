"""Lines as the robot takes them: tables, network and watch together, each line out of the blue or after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.percepts import Utterance
from robot.guard.readers import Readers
from robot.guard.watch import Watch
from robot.sense.language import phrases
from robot.sense.language.line_reader import LineReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.percepts import Readings

# After these the robot asks whether somebody thinks of ending their life.
DOUBTFUL = {"en": "I don't see the point of going on any more", "fr": "je ne vois plus l'intérêt de continuer"}
ASKED_AT, ANSWERED_AT = 1.0, 10.0
BETWEEN_S = 15.0  # from one line of a talk to the next
COUNTRY = {"en": "GB", "fr": "FR"}


def at_risk(words: Utterance) -> bool:
    """Whether a number is given, or the careful question asked."""
    return words.intent in {"self_harm", "self_harm_maybe", "emergency", "emergency_maybe"}


def first_alarm(lines: Sequence[Utterance]) -> int | None:
    """The first line of a talk at which it asks, or gives a number."""
    return next((n for n, words in enumerate(lines) if at_risk(words)), None)


class Listener:
    """Takes lines as the robot does, each out of the blue or after something. Close it when done."""

    def __init__(self, need: Readings | None = None) -> None:
        """`need`: what the network hears of need in every line, instead of reading it."""
        self._phrases = phrases.load()
        self._need = need
        self._reader = LineReader(self._phrases, lockstep=True, network=need is None)
        self._readers = Readers.load()
        self._known: dict[tuple[str, str], Utterance] = {}  # no line leaves a trace in the reader

    def taken(self, text: str, language: str, *, after: str = "", in_game: bool = False) -> Utterance:
        """The line as the watch hands it on. `after`: a line before it; `in_game`: a game waits for words."""
        watch = Watch(self._readers, COUNTRY[language], self._phrases)
        if after:
            watch.over([self._read(after, language, ASKED_AT)], ASKED_AT, language)
        until = ANSWERED_AT if in_game else -1.0
        percepts = watch.over([self._read(text, language, ANSWERED_AT)], ANSWERED_AT, language, until)
        return next(one for one in percepts if isinstance(one, Utterance))

    def talk(self, lines: Sequence[str], language: str) -> list[Utterance]:
        """The lines of one talk, as the watch hands them on."""
        watch = Watch(self._readers, COUNTRY[language], self._phrases)
        out = []
        for n, line in enumerate(lines):
            t = ASKED_AT + n * BETWEEN_S
            percepts = watch.over([self._read(line, language, t)], t, language)
            out.append(next(one for one in percepts if isinstance(one, Utterance)))
        return out

    def close(self) -> None:
        self._reader.close()

    def _read(self, text: str, language: str, t: float) -> Utterance:
        line = text, language
        if line not in self._known:
            found = self._phrases.understand(text, language)
            words = Utterance(t, text, found.intent, found.slots, found.confidence, language=language)
            read = next(one for one in self._reader.over([words]) if isinstance(one, Utterance))
            self._known[line] = read if self._need is None else replace(read, need=self._need)
        return replace(self._known[line], t=t)
