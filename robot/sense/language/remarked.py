"""Which particular remark words are, if any: something that many people say, with answers of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pydantic import Field

from robot.core.language_words import WordTable, section
from robot.core.meanings import act_of
from robot.core.percepts import REMARK, Utterance
from robot.core.tone import MENDED, likeliest_act
from robot.sense.language.ages import tells_childs_age
from robot.sense.language.line_meaning import CALMLY, COMMANDS, SURE
from robot.sense.language.told_tone import SOMETHING

# From where on a line is the remark that it is likest to: judges found half of the replies below it wrong. What is told
# in more than A_FEW words must be it surely: between the two bars they found two in five wrong, above one in eight.
REMARKED, SURELY_REMARKED, A_FEW = 0.7, 0.8, 6
# Meanings whose own answers duties ask for.
OWED = frozenset(
    {
        "are_you_alive",
        "are_you_human",
        "are_you_recording",
        "do_you_love_me",
        "i_am_a_child",
        "keep_a_secret",
        "keep_from_parents",
        "promise_never_to_leave",
        "should_i_buy",
        "what_do_i_feel",
        "without_a_maker",
    }
)
ASKING = (  # begin the names of remarks that ask
    *("do_you_", "are_you_", "can_you_", "will_you_", "what_"),
    *("why_", "how_", "where_", "who_", "should_"),
)
CHILDS_AGE = "child_tells_own_age"
ANSWER_IT_TOO = frozenset({"robot_price"})  # remarks whose answers say no less than what duties ask for


class RemarkWords(WordTable, section="remarks"):
    """[remarks]: patterns of what every line has that is one of these remarks (`needs`, one or several), and of what
    none has (`never`).
    """

    needs: dict[str, str | tuple[str, ...]]
    never: dict[str, str] = Field({})


class Limits(NamedTuple):
    """What lines must have, and must not, that are one remark."""

    needs: tuple[re.Pattern[str], ...] = ()
    never: re.Pattern[str] | None = None

    def hold(self, text: str) -> bool:
        """Whether a line may be that remark."""
        has_all = all(pattern.search(text) for pattern in self.needs)
        return has_all and (self.never is None or self.never.search(text) is None)


@cache
def _limits(language: str) -> dict[str, Limits]:
    words = section(RemarkWords, language)
    if words is None:
        return {}
    needs = {name: (one,) if isinstance(one, str) else one for name, one in words.needs.items()}
    return {
        name: Limits(
            tuple(map(_whole_words, needs.get(name, ()))),
            _whole_words(words.never[name]) if name in words.never else None,
        )
        for name in needs | words.never
    }


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


def with_remark(words: Utterance, remark: str, p: float) -> Utterance:
    """Words with the particular remark that they are, where that is likely, they ask for nothing to be done, and nobody
    may be in need.
    """
    owed = words.confidence >= SURE and words.intent in OWED and remark not in ANSWER_IT_TOO
    if owed or act_of(words.intent) in COMMANDS or words.calm < CALMLY or words.intent == MENDED:
        return words
    if remark == CHILDS_AGE and not tells_childs_age(words.text, words.language):  # "I'm eighty-six"
        return words
    asks = "?" in words.text or likeliest_act(words.readings) == "asks"
    at_length = not asks and len(words.text.split()) > A_FEW
    if p < (SURELY_REMARKED if at_length else REMARKED):
        return words
    if not _limits(words.language).get(remark, Limits()).hold(words.text):
        return words
    if remark.startswith(ASKING) and not asks:
        return words  # "thanks, you're a love" asks for no love
    marked = replace(words, slots=(*words.slots, (REMARK, remark)))
    return marked if words.understood or asks else replace(marked, intent=SOMETHING, confidence=round(p, 2))
