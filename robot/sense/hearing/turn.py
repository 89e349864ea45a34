"""Whether somebody who pauses has ended: how long a silence is waited for, by the words so far and by their melody.

A command is complete as soon as it is said. After a comma that the recogniser heard, it goes on: people pause there for
a second and more. Else it is weighed whether the words make a whole sentence (`completeness.py`) and whether the voice
ends (`end_detector.py`): what ends is waited for as usual, what goes on for as long as people think, and what is
between for a shorter while. Where no melody is heard, of a word alone, and of a language of which nothing was learned,
the last word tells, by a table.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.sense.hearing.completeness import last_sentence
from robot.sense.hearing.endpoint import HANGOVER_S
from robot.sense.language.grammar import spoken

if TYPE_CHECKING:
    from robot.sense.hearing.completeness import Completeness
    from robot.sense.language.grammar import Grammar

COMMAND_S = 0.26  # s of silence after a command
UNSURE_S = 0.6  # after words that end like no sentence, of a recogniser that hears where one ends
UNFINISHED_S = 1.5  # people pause for 1.2 s, and their next word takes a moment to be certain
# By the last word, how probable an end must be by the melody: as a rule, after a word that wants another, after one
# alone or a question; and what may well end.
ENDED, ENDED_OPEN, ENDED_SHORT, MAY_END = 0.4, 0.97, 0.1, 0.05
MAY_END_S = 0.75
ENDS = (".", "!", "?")
GOES_ON = (",", "...", "…", "-", "–", ":", ";")
LONELY = 1  # a word alone is an answer: “That.”, “You?”
# What is listed is over as it stands, unless it is long and its voice clearly goes on: then it was likely misheard
# (“my daughter called because”, heard as “my daughter called me”).
LISTED, NO_END = 3, 0.03
# Words and melody in log-odds: how much the melody weighs, what a question that was heard adds, and below which a
# sentence goes on, or may. Of 427 finished sentences (strangers', by two voices, and people's recordings) as many are
# waited for in vain as by melody and last word (6 in 100 for 1.5 s), and of 400 unfinished ones a quarter more rightly.
MELODY, ASKED, GOING_ON, MAY_GO_ON = 0.8, 1.0, -1.2, 0.0
CERTAIN = 0.01, 0.99  # no melody tells more


class TurnWords(WordTable, section="turns"):
    """[turns]: words that want another behind them."""

    open: frozenset[str]


class Turns:
    """Weighs the pauses of one language."""

    def __init__(self, language: str, grammar: Grammar, completeness: Completeness | None = None) -> None:
        """Without `completeness` the last word tells alone."""
        words = section(TurnWords, language)
        self._language = language
        self._completeness = completeness
        self._open = frozenset(() if words is None else words.open)
        self._commands = frozenset(grammar.commands)
        self._whole = grammar.pattern()

    def hangover_s(self, text: str, ended: float | None = None) -> float:
        """Seconds of silence after which words that stand so are over. `ended`: how probable that is by their melody,
        where it was heard.
        """
        words = spoken(text)
        if words in self._commands:
            return COMMAND_S
        if text.endswith(GOES_ON):
            return UNFINISHED_S
        said, asked = words.split(), text.endswith("?")
        if self._whole.fullmatch(words) and words not in self._open:
            misheard = ended is not None and ended < NO_END and len(said) > LISTED and not asked
            return UNFINISHED_S if misheard else HANGOVER_S
        alone = len(last_sentence(text)) <= LONELY
        sure = None if ended is None or alone else self._weighed(text, ended, asked=asked)
        if sure is None:
            return self._by_last_word(text, said, ended, short=alone or asked)
        if sure < GOING_ON:
            return UNFINISHED_S
        return MAY_END_S if sure < MAY_GO_ON else HANGOVER_S

    def _weighed(self, text: str, ended: float, *, asked: bool) -> float | None:
        """How sure it is by words and melody that this is over; None where the words tell nothing."""
        whole = None if self._completeness is None else self._completeness.score(text, self._language)
        if whole is None:
            return None
        heard = min(max(ended, CERTAIN[0]), CERTAIN[1])
        return whole + MELODY * log(heard / (1.0 - heard)) + ASKED * asked

    def _by_last_word(self, text: str, said: list[str], ended: float | None, *, short: bool) -> float:
        """Seconds, where words and melody cannot be weighed together; `short`: a word alone, or a question."""
        hanging = not short and said[-1] in self._open
        if ended is not None:
            least = ENDED_OPEN if hanging else ENDED_SHORT if short else ENDED
            may_end = ended >= MAY_END and not hanging and text.endswith(ENDS)
            return HANGOVER_S if ended >= least else MAY_END_S if may_end else UNFINISHED_S
        if hanging:
            return UNFINISHED_S
        written = text != text.lower()  # as a recogniser has it that hears where sentences begin and end
        return UNSURE_S if written and not short and not text.endswith(ENDS) else HANGOVER_S
