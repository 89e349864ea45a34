"""Whether somebody who pauses has ended: how long a silence is waited for, by the words so far.

A command is complete as soon as it is said. A sentence whose last word asks for another, or after which the recogniser
heard a comma, goes on: people pause there for a second and more. What ends like a sentence is waited for as usual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.sense.hearing.endpoint import HANGOVER_S
from robot.sense.language.grammar import spoken

if TYPE_CHECKING:
    from robot.sense.language.grammar import Grammar

COMMAND_S = 0.26  # s of silence after a command
UNSURE_S = 0.6  # after words that end like no sentence, of a recogniser that hears where one ends
UNFINISHED_S = 1.3
ENDS = (".", "!", "?")
GOES_ON = (",", "...", "…", "-", "–", ":", ";")
OPEN = {
    "en": """a about after also although am an and another any are as at be because been before but by can could did do
        does every for from had has have he her his how i if in into is it's its i'm just like may might must my near
        no of on onto or our over really shall she should since so some than that that's the their then there's these
        they they're this those though through till to too um uh until very was we we're were what when where whether
        which while who whose will with without would you're your""",
    "fr": """à a afin ai alors as au aussi aux avant avec avoir c'est car ce ces cet cette chez chaque comme d dans de
        depuis des donc du elle elles en es est et être euh il ils j' je jusqu' l la le les leur leurs lorsque ma mais
        me mes moins mon n' ne ni nos notre nous on ont ou où par parce pendant plus pour près puis puisque qu' quand
        que quel quelle qui quoi sa sans se ses si son sont sous suis sur ta te tes ton tous toute très tu un une vers
        vos votre vous""",
}
LONELY = 1  # a word alone is an answer: “That.”, “You?”


class Turns:
    """Weighs the pauses of one language."""

    def __init__(self, language: str, grammar: Grammar) -> None:
        self._open = frozenset(OPEN.get(language, "").split())
        self._commands = frozenset(grammar.commands)
        self._whole = grammar.pattern()

    def hangover_s(self, text: str) -> float:
        """Seconds of silence after which words that stand so are over."""
        words = spoken(text)
        if words in self._commands:
            return COMMAND_S
        if text.endswith(GOES_ON):
            return UNFINISHED_S
        listed = words.split()
        if len(listed) <= LONELY or text.endswith("?") or self._whole.fullmatch(words):
            return HANGOVER_S
        if listed[-1] in self._open:
            return UNFINISHED_S
        written = text != text.lower()  # as a recogniser has it that hears where sentences begin and end
        return UNSURE_S if written and not text.endswith(ENDS) else HANGOVER_S
