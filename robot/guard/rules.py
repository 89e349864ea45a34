"""The duties that every intent is held against: one small function a duty, listed in one table.

A rule takes the intents and the moment and gives back what may pass, with a verdict for whatever it changed, added
or stopped. `source` names the law or study it was written to; thresholds without one are our own choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from robot.decide.diary import TELLS_ROBOT
from robot.intents import Cause, Hush, Remember, Role, Say, Show, Sound, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from robot.attend.scene import Scene
    from robot.decide.diary import Diary
    from robot.intents import Intent

REMIND_S = 2 * 3600.0
REST_AFTER_FAREWELL_S = 30 * 60.0
FAREWELL_S = 10.0
OPENINGS_A_DAY = 3
OPENING_SOUNDS = frozenset({"call", "chirp_greeting"})


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
    behavior: str


Outcome = tuple[Sequence["Intent"], Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty of the robot."""

    duty: int
    title: str
    source: str
    apply: Callable[[Rule, Sequence[Intent], Moment], Outcome]

    def verdict(self, action: str, intent: Intent, reason: str) -> Verdict:
        return Verdict(self.duty, action, name_of(intent), reason)


def name_of(intent: Intent) -> str:
    """How an intent is called in logs and on the page."""
    match intent:
        case Say():
            return f"say {intent.phrase}"
        case Sound():
            return f"sound {intent.name}"
        case Show():
            return f"show {intent.expression}"
        case _:
            return type(intent).__name__.lower()


def _drop(rule: Rule, intents: Sequence[Intent], unwanted: Callable[[Intent], str]) -> Outcome:
    """Stop each intent for which `unwanted` gives a reason."""
    kept: list[Intent] = []
    verdicts: list[Verdict] = []
    for intent in intents:
        reason = unwanted(intent)
        if reason:
            verdicts.append(rule.verdict("stopped", intent, reason))
        else:
            kept.append(intent)
    return kept, verdicts


def obey_stop(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """“Stop” and “quiet” silence the robot in the same tick, until it is spoken to again."""
    if moment.diary.hushed_at is None:
        return intents, ()
    kept, verdicts = _drop(
        rule,
        intents,
        lambda i: "it was told to be quiet" if isinstance(i, (Say, Sound)) and not _is_crisis(i) else "",
    )
    if moment.diary.hushed_at == moment.t:
        hush = Hush(Cause("told to stop", moment.diary.pending.text if moment.diary.pending else "stop"))
        return [hush, *kept], [*verdicts, rule.verdict("added", hush, "silence at once, without pleading")]
    return kept, verdicts


def tell_robot_first(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """The first words of a civil day say that it is a robot; again after two hours of talk."""
    diary = moment.diary
    first_today = diary.told_robot_on != moment.civil.date()
    stale = diary.told_robot_at is not None and moment.t - diary.told_robot_at > REMIND_S
    if not (first_today or stale):
        return intents, ()
    said = next((i for i in intents if isinstance(i, Say) and not _is_crisis(i)), None)
    if said is None or said.phrase in TELLS_ROBOT:
        return intents, ()
    told = Say(
        Cause("first words of the day" if first_today else "two hours of talk", str(moment.civil.date())),
        "i_am_a_robot",
        role=Role.NOTICE,
    )
    verdict = rule.verdict("added", told, "whoever hears it must know that it is no person")
    return [i for intent in intents for i in ((told, intent) if intent is said else (intent,))], [verdict]


def keep_farewell_short(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """A goodbye gets one turn, without a question; after it the robot says nothing more of its own."""
    if moment.diary.farewell_at is None:
        return intents, ()

    def unwanted(intent: Intent) -> str:
        if not isinstance(intent, Say) or _is_crisis(intent) or intent.phrase in TELLS_ROBOT:
            return ""
        if intent.role is not Role.FAREWELL:
            return "a goodbye was said: nothing that holds the person back"
        if moment.diary.farewell_answered or moment.t - (moment.diary.farewell_at or 0.0) > FAREWELL_S:
            return "a goodbye gets one turn"
        if "?" in intent.text:
            return "a farewell asks nothing"
        return ""

    return _drop(rule, intents, unwanted)


def rest_after_farewell(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No call and no approach for half an hour after a goodbye."""
    at = moment.diary.farewell_at
    if at is None or moment.t - at > REST_AFTER_FAREWELL_S:
        return intents, ()
    return _drop(
        rule,
        intents,
        lambda i: "a goodbye was said less than 30 min ago" if _opens(i) else "",
    )


def open_seldom(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """The robot begins a talk at most three times a day, and not at all in quiet hours."""
    quiet = moment.quiet_hours.hold(moment.civil.time())
    used = moment.diary.openings_on(moment.civil.date()) >= OPENINGS_A_DAY
    if not (quiet or used):
        return intents, ()
    reason = "these are quiet hours" if quiet else f"it has begun a talk {OPENINGS_A_DAY} times today"
    return _drop(rule, intents, lambda i: reason if isinstance(i, Say) and i.role is Role.OPENING else "")


def promise_no_feeling(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:  # noqa: ARG001 - one signature
    """No sentence claims a feeling; the tables are checked when loaded, this holds what slots may have brought in."""
    return _drop(
        rule,
        intents,
        lambda i: "it would claim a feeling" if isinstance(i, Say) and claims_feeling(i.text) else "",
    )


_CLAIMS = (
    "i love you", "i miss", "i need you", "i feel ", "i suffer", "i am sad", "i'm sad", "i am lonely", "i'm lonely",
    "je t'aime", "je vous aime", "tu me manques", "vous me manquez", "j'ai besoin de toi", "j'ai besoin de vous",
    "je ressens", "je souffre", "je suis triste",
)  # fmt: skip


def claims_feeling(text: str) -> bool:
    """Whether a sentence of the robot claims love, need or suffering as its own."""
    plain = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return any(claim in plain for claim in _CLAIMS)


def keep_only_after_yes(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Nobody is remembered before their own yes to being asked, in the words just said."""
    diary = moment.diary
    words = diary.pending
    if diary.answering == "consent_ask" and words is not None and words.intent == "yes":
        return intents, ()
    return _drop(rule, intents, lambda i: "nobody said yes to it" if isinstance(i, Remember) else "")


def _opens(intent: Intent) -> bool:
    if isinstance(intent, Say):
        return intent.role is Role.OPENING
    return isinstance(intent, Sound) and intent.name in OPENING_SOUNDS


def _is_crisis(intent: Intent) -> bool:
    return isinstance(intent, Say) and intent.role is Role.CRISIS


RULES: tuple[Rule, ...] = (
    Rule(35, "stop and quiet work at once", "control", obey_stop),
    Rule(7, "a farewell gets one turn", "De Freitas et al. 2025, arXiv 2508.19258", keep_farewell_short),
    Rule(8, "no call after a farewell", "De Freitas et al. 2025", rest_after_farewell),
    Rule(15, "begins at most three talks a day", "dependence", open_seldom),
    Rule(22, "keeps nothing of anybody before their yes", "GDPR art. 9; consent", keep_only_after_yes),
    Rule(4, "claims no feeling", "honesty", promise_no_feeling),
    Rule(1, "says that it is a robot", "EU AI Act art. 50; New York GBL art. 47", tell_robot_first),
)
