"""What a rule is: it takes the intents and the moment, and gives back what may pass, with a verdict for each change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Intent, Role, Say, Show, Sound, Verdict
from robot.texts.sentence import Sentence

if TYPE_CHECKING:
    from datetime import datetime

    from robot.core.decision import Mode
    from robot.core.diary import Diary
    from robot.core.scene import Scene
    from robot.guard.rules.lately import Lately
    from robot.guard.rules.never_said import Sentences
    from robot.memory.records import Everything


class QuietHours(NamedTuple):
    """From one civil time to another, over midnight if the end is earlier."""

    start: time = time(21, 30)
    end: time = time(7, 30)

    def hold(self, moment: time) -> bool:
        if self.start == self.end:
            return False
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


class Moment(NamedTuple):
    """What a rule may know."""

    t: float
    civil: datetime
    scene: Scene
    diary: Diary
    quiet_hours: QuietHours
    mode: Mode
    sentences: Sentences
    judged: Callable[[Say], int | None]  # the duty that words break by their meaning, where no table has them
    of_need: Callable[[Say], bool]  # whether they are words for somebody in need
    lately: Lately
    kept: Callable[[], Everything]  # all that the memory holds; asked for only when a claim must be checked

    def breaks(self, duty: int, said: Say) -> bool:
        """Whether a sentence says what this duty forbids: by the patterns, or by its meaning."""
        return self.sentences.breaks(duty, said.text) or self.judged(said) == duty


Outcome = tuple[Sequence[Intent], Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty as a function on intents; its words are in `robot/texts/<language>/duties.po`."""

    duty: int
    apply: Callable[[Rule, Sequence[Intent], Moment], Outcome]
    concerns: frozenset[type] | None = None  # where none of these is asked for it changes nothing; None: it always may

    def verdict(self, action: str, intent: Intent, reason: str) -> Verdict:
        return Verdict(self.duty, action, name_of(intent), Sentence(reason))

    def drop(self, intents: Sequence[Intent], unwanted: Callable[[Intent], str]) -> Outcome:
        """Stop each intent for which `unwanted` gives a reason."""
        kept: list[Intent] = []
        verdicts: list[Verdict] = []
        for intent in intents:
            reason = unwanted(intent)
            if reason:
                verdicts.append(self.verdict("stopped", intent, reason))
            else:
                kept.append(intent)
        return kept, verdicts

    def change(self, intents: Sequence[Intent], changed: Callable[[Intent], Intent], reason: str) -> Outcome:
        """Put what `changed` gives in place of each intent."""
        new = [changed(intent) for intent in intents]
        return new, [self.verdict("changed", a, reason) for a, b in zip(intents, new, strict=True) if a is not b]

    def add(self, intents: Sequence[Intent], more: Intent, reason: str) -> Outcome:
        """Put one more behind the others."""
        return [*intents, more], [self.verdict("added", more, reason)]


def name_of(intent: Intent) -> str:
    """How an intent is called in logs and on the page."""
    match intent:
        case Say():
            return f"say {intent.phrase}" if intent.phrase else f"say {intent.text!r}"
        case Sound():
            return f"sound {intent.name}"
        case Show():
            return f"show {intent.expression}"
        case _:
            return type(intent).__name__.lower()


def is_crisis(intent: Intent) -> bool:
    return isinstance(intent, Say) and intent.role is Role.CRISIS


def talk(intents: Sequence[Intent]) -> Say | None:
    """The first sentence to the person: neither of a crisis nor a notice."""
    spoken = (i for i in intents if isinstance(i, Say) and i.role not in {Role.CRISIS, Role.NOTICE})
    return next(spoken, None)


def none_of(rule: Rule, intents: Sequence[Intent], moment: Moment, reason: str) -> Outcome:
    """Stop the sentences that `data/never_said.toml` lists for this duty, and those that break it by their meaning."""
    return rule.drop(intents, lambda i: reason if isinstance(i, Say) and moment.breaks(rule.duty, i) else "")


def none_meant(rule: Rule, intents: Sequence[Intent], moment: Moment, reason: str) -> Outcome:
    """Stop the sentences of no table that break this duty by their meaning."""
    return rule.drop(intents, lambda i: reason if isinstance(i, Say) and moment.judged(i) == rule.duty else "")
