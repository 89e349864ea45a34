"""Which words are left to a language model, where the owner has one, and what it is told.

Whatever the tables, the skills and the reader know comes first; it gets what the listener would answer in a general way
or not at all, and nothing of need or distress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import BY_MODEL, Consult, LineOfTalk
from robot.core.meanings import is_told
from robot.core.talk import NEVER
from robot.decide.behavior import said
from robot.decide.dialogue.asking import OPEN
from robot.decide.dialogue.listener import LEAVES, hears_out
from robot.decide.groups import CRISES, DISTRESS, HUSHES

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.core.talk import Talk
    from robot.decide.behavior import State

FACTS = frozenset({"asks_fact", "asks_homework"})  # to these the tables say that it does not know
SURE = 0.6  # of the reader: what it takes to be told with less is left to the model
LONGEST = 1_000  # letters of a line
LINES, BLOCK = 8, 6  # of the talk that it is told at least; a block more or less at a time, so that it begins alike
NOTES = 6
SEEDS = 1 << 31


def left_to_model(state: State, words: Utterance, *, facts: bool) -> bool:
    """Whether these words are the model's to answer; with `facts`, also what is asked of the world."""
    diary = state.diary
    heard = words.intent in HUSHES or words.intent in CRISES or words.intent in DISTRESS
    silent = diary.farewell_at is not None or diary.hushed_at is not None or diary.talk.quiet
    heavy = state.scene.lately_in_need or diary.distress_turn is not None
    if not state.scene.has_model or heard or silent or heavy:
        return False
    if not hears_out(state, words):
        return facts and words.intent in FACTS
    if not words.understood:
        return True
    if is_told(words.intent):
        topic = diary.talk.topic
        again = topic is not None and topic.intent == words.intent and len(topic.told) > 1
        return again or words.confidence < SURE
    return diary.answers(OPEN.name) and words.intent not in LEAVES


def consult(state: State, words: Utterance) -> Consult:
    """What the model is asked, with what it may know."""
    diary, whose = state.diary, state.whose
    kept = [] if whose is None else [one for one in state.memory.everything().topics if one.person == whose]
    return Consult(
        cause=said(words, BY_MODEL),
        lines=lines_of(diary.talk),
        language=diary.manner.language,
        people=max(len(state.scene.people), 1),
        name=state.partner,
        minor=diary.minor,
        notes=tuple(one.detail for one in kept if one.detail)[-NOTES:],
        hour=state.civil.hour,
        weekday=state.civil.weekday(),
        seed=int(state.rng.integers(SEEDS)),
    )


def lines_of(talk: Talk) -> tuple[LineOfTalk, ...]:
    """The talk as far as a model may be told of it: nothing of an episode of need, nor of what came before one."""
    after = max((turn.n for turn in talk.turns if turn.person and turn.intent in CRISES), default=NEVER)
    lines = [LineOfTalk(turn.person, turn.text[:LONGEST]) for turn in talk.turns if turn.n > after and turn.text]
    begin = max(0, (len(lines) - LINES) // BLOCK * BLOCK)
    while begin < len(lines) - 1 and not lines[begin].person:
        begin += 1
    return tuple(lines[begin:])
