"""Which particular remark words are, if any: something that many people say, with answers of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from robot.core.language_words import WordTable, section
from robot.core.meanings import act_of
from robot.core.messages import REMARK, Utterance
from robot.core.tone import likeliest_act
from robot.sense.language.line_meaning import CALMLY, COMMANDS, SOMETHING, SURE

# Of the remarks: from where on a line is the one that it is likest to; and where its meaning is clear and answers it.
REMARKED, REMARKED_SURELY, CLEAR = 0.5, 0.7, 0.9
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
ANSWER_IT_TOO = frozenset({"robot_price"})  # remarks whose answers say no less than what duties ask for


class RemarkWords(WordTable, section="remarks"):
    """[remarks]: what every line has that is one of these remarks (`needs`): a pattern, or several."""

    needs: dict[str, str | tuple[str, ...]]


@cache
def _needs(language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    words = section(RemarkWords, language)
    needs = {} if words is None else words.needs
    told = {name: (one,) if isinstance(one, str) else one for name, one in needs.items()}
    return {
        name: tuple(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for pattern in patterns)
        for name, patterns in told.items()
    }


def with_remark(words: Utterance, remark: str, p: float) -> Utterance:
    """Words with the particular remark that they are, where that is likely, they ask for nothing to be done, and nobody
    may be in need.
    """
    owed = words.confidence >= SURE and words.intent in OWED and remark not in ANSWER_IT_TOO
    if owed or act_of(words.intent) in COMMANDS or words.calm < CALMLY:
        return words
    clear = words.confidence >= CLEAR and act_of(words.intent) == "tells"
    if p < (REMARKED_SURELY if clear else REMARKED):
        return words
    if any(needed.search(words.text) is None for needed in _needs(words.language).get(remark, ())):
        return words
    asks = "?" in words.text or likeliest_act(words.readings) == "asks"
    if remark.startswith(ASKING) and not asks:
        return words  # "thanks, you're a love" asks for no love
    marked = replace(words, slots=(*words.slots, (REMARK, remark)))
    return marked if words.understood or asks else replace(marked, intent=SOMETHING, confidence=round(p, 2))
