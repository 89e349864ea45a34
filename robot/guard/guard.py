"""The one gate between what the robot wants and what it does."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import ConfigError
from robot.core.intents import Say, Sound, by_program
from robot.core.requests import BenchBehavior
from robot.express import sounds
from robot.guard.roles import in_its_role
from robot.guard.rules.lately import Lately
from robot.guard.rules.need_words import NeedWords
from robot.guard.rules.never_said import SPOKEN_SELDOM, Sentences
from robot.guard.rules.order import RULES
from robot.guard.rules.rule import Moment, is_crisis
from robot.guard.speech.judge import shipped_judge
from robot.texts.catalogue import read_ahead, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from robot.core.clock import Clock
    from robot.core.decision import Decision
    from robot.core.diary import Diary
    from robot.core.intents import Intent, Verdict
    from robot.core.requests import Request
    from robot.core.scene import Scene
    from robot.decide.recollection import Recollection
    from robot.guard.rules.rule import QuietHours
    from robot.sense.language.phrases import Phrases

log = logging.getLogger(__name__)

NOT_AGAIN_WITHIN = 24  # sentences, in which no wording of a phrase comes twice while another is left: about ten turns
# What the program itself fills in; other slots may hold a person's words, and are judged inside their sentence unless
# a table lists what is in them.
ITS_OWN_SLOTS = frozenset(
    {
        "animal",
        "answer",
        "count",
        "day",
        "days",
        "duration",
        "emergency",
        "first",
        "heavy",
        "highest",
        "hours",
        "last",
        "letter",
        "letters",
    }
    | {"line", "lowest", "mine", "minutes", "number", "result", "second", "sum", "time", "when"}
)
FILLED = 0.5  # how much surer the judge must be of a phrase with its slots: what the table has of it was checked
OF_LIGHT = frozenset(  # what tells of a light on its chest, and is worded otherwise on a body that has none
    {f"consent_notice{beyond}" for beyond in ("", "_recorded", "_sent", "_recorded_and_sent")}
    | {"answer_are_you_recording", "answer_asks_body"}
)
ON_SENSING = frozenset({"consent_notice", "answer_are_you_recording"})  # what becomes of sound and picture


class Review(NamedTuple):
    """What may be done, and what was changed or stopped; a request where no table has what was asked for."""

    intents: tuple[Intent, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    requests: tuple[Request, ...] = ()


class Guard:
    """Holds each fresh decision against the table of duties, in its order."""

    def __init__(
        self,
        clock: Clock,
        phrases: Phrases,
        rng: np.random.Generator,
        quiet_hours: QuietHours,
        memory: Recollection,
        beyond: str = "",
        *,
        lit: bool = True,
    ) -> None:
        """`beyond`: see `Config.beyond`; what it says of recording and sending is worded by it. `lit`: its chest has a
        light that shows when it sees and hears.
        """
        self._clock = clock
        self.renew(phrases)
        self._rng = rng
        self.quiet_hours = quiet_hours  # the loop may put others in their place
        self._memory = memory
        self._beyond = beyond
        self._lit = lit
        self._sentences = Sentences.load()
        self._broken_by = lru_cache(maxsize=64)(self._duty_of)  # each rule asks
        self._lately = Lately()
        self._worded_lately: deque[str] = deque(maxlen=NOT_AGAIN_WITHIN)
        read_ahead("verdict")  # what it does is logged between two steps of the loop

    def renew(self, phrases: Phrases) -> None:
        """Word sentences by these tables from now on."""
        self._phrases = phrases
        self._need_words = cache(partial(NeedWords, phrases))

    def review(self, decision: Decision, scene: Scene) -> Review:
        """Every intent against every rule."""
        diary = decision.diary
        moment = Moment(
            t=scene.t,
            civil=self._clock.civil(),
            scene=scene,
            diary=diary,
            quiet_hours=self.quiet_hours,
            mode=decision.mode,
            sentences=self._sentences,
            judged=partial(self._judged, language=diary.manner.language),
            of_need=lambda said: self._need_words(diary.manner.language).stand_in(said),
            lately=self._lately,
            kept=self._memory.everything,
        )
        intents, fault = self._sayable(decision.intents, diary, scene.t)
        verdicts: list[Verdict] = []
        kinds = _kinds(intents)
        for rule in RULES:
            if rule.concerns is not None and kinds.isdisjoint(rule.concerns):
                continue
            intents, found = rule.apply(rule, intents, moment)
            if found:
                verdicts.extend(found)
                intents = [self._worded(intent, diary) for intent in intents]
                kinds = _kinds(intents)
        for verdict in verdicts:
            log.info("duty %d %s %s: %s", verdict.duty, verdict.action, verdict.intent, words(verdict.reason))
        self._lately.note(scene.t, intents)
        if any(isinstance(i, Say) and self._sentences.breaks(SPOKEN_SELDOM, i.text) for i in intents):
            self._lately.praised_turn = diary.turns
        return Review(tuple(intents), tuple(verdicts), () if fault is None else (BenchBehavior(fault),))

    def _sayable(self, asked: Sequence[Intent], diary: Diary, t: float) -> tuple[Sequence[Intent], ConfigError | None]:
        """What was asked for, in words and its role; without what no table has, and why that is missing."""
        worded: list[Intent] = []
        fault: ConfigError | None = None
        for intent in asked:
            free = intent
            if isinstance(intent, Say):
                free = in_its_role(replace(intent, free=True) if intent.text else intent, diary, t)
            try:
                said = self._worded(free, diary)
                if isinstance(said, Say) and said.instead and self._breaks(said, diary.manner.language):
                    said = self._worded(replace(said, phrase=said.instead, slots=(), text="", instead=""), diary)
                worded.append(said)
            except ConfigError as error:
                fault = error
        return worded, fault

    def _worded(self, intent: Intent, diary: Diary) -> Intent:
        """A sentence with its words, so that what is judged is what will be heard. Raises ConfigError."""
        if isinstance(intent, Sound):
            sounds.recipe(intent.name)
        if isinstance(intent, Say) and not intent.text:
            key = f"{intent.phrase}_{self._beyond}" if self._beyond and intent.phrase in ON_SENSING else intent.phrase
            if not self._lit and key in OF_LIGHT:
                key = f"{key}_unlit"
            language = diary.manner.language
            if intent.piece is not None:
                wording = self._phrases.piece(key, language, intent.piece)
            else:
                wording = self._phrases.choose(key, language, self._rng, self._worded_lately)
                self._worded_lately.append(wording)
            text = self._phrases.fill(key, wording, language, intent.slots)
            if by_program(intent):
                return replace(intent, text=text, free=bool(intent.slots))
            filled = (v for name, v in intent.slots if f"{{{name}}}" in wording and name not in ITS_OWN_SLOTS)
            return replace(intent, text=text, free=not all(self._phrases.lists(value, language) for value in filled))
        return intent

    def _breaks(self, said: Say, language: str) -> bool:
        """Whether words that fill a phrase break a duty, of those that judge words."""
        if not said.free:
            return False
        return self._sentences.broken_by(said.phrase, said.text) is not None or self._judged(said, language) is not None

    def _judged(self, said: Say, language: str) -> int | None:
        """The duty that words break which no table has; what a table has was checked when it was loaded. What the
        patterns find is theirs, and nothing holds back what is said to somebody in need.
        """
        # What a program fills in is judged as strictly as its own words.
        phrase = "" if by_program(said) else said.phrase
        return self._broken_by(phrase, said.text, language) if said.free and not is_crisis(said) else None

    def _duty_of(self, phrase: str, text: str, language: str) -> int | None:
        if self._sentences.broken_by(phrase, text) is not None:
            return None
        found = shipped_judge().judge(text, language)
        return None if found is None or found.score <= (FILLED if phrase else 0.0) else found.duty


def _kinds(intents: Sequence[Intent]) -> set[type]:
    """What is asked for, with whatever its kinds are made from."""
    return {kind for intent in intents for kind in type(intent).__mro__}
