"""The behaviours that may bid, and all that is asked of them: under oversight, and benched where they fail.

A behaviour that raises, takes too long or wants what nothing can do is logged once and benched.
"""

from __future__ import annotations

import logging
import math
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from robot.core.decision import Bid
from robot.core.errors import BehaviorError
from robot.core.language_words import without
from robot.decide.behavior import DUTY_BOUND, Rest
from robot.decide.bidders import Bidders
from robot.decide.intent_check import check_intent
from robot.texts.catalogue import words as in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from robot.core.decision import Mode
    from robot.core.intents import Intent
    from robot.core.percepts import Tuned, Utterance
    from robot.decide.behavior import Behavior, State
    from robot.decide.oversight import Oversight
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

MOST_INTENTS = 64
LONGEST_REASON = 300
NOBODY_BENCHED: Mapping[str, AnyText] = MappingProxyType({})


class Roster:
    """`benched`: those that do not run any more, each with why."""

    def __init__(self, behaviors: Sequence[Behavior], oversight: Oversight, benched: Mapping[str, AnyText]) -> None:
        self.behaviors = tuple(behaviors)
        self.oversight = oversight
        self.benched: dict[str, AnyText] = dict(benched)
        self._bidders: Bidders | None = None  # None: who they are must be found out anew
        self._bid_in: tuple[Mode, str] | None = None  # the mode and the language that they are of

    def tune(self, tuned: Tuned) -> None:
        """Let a behaviour go on with other parameters; one whose file has changed meanwhile keeps its own."""
        for behavior in self.behaviors:
            if behavior.name == tuned.behavior:
                read = type(behavior).config.model_validate_json
                try:
                    behavior.config = self.oversight.run(behavior.name, read, tuned.config)
                except (ValidationError, BehaviorError) as error:
                    log.error("behaviour %s does not take %s: %s", behavior.name, tuned.config, error)  # noqa: TRY400 - said in words
                else:
                    log.info("behaviour %s goes on with %s", behavior.name, tuned.config)
                    self._bidders = None

    def renew(self, behaviors: Sequence[Behavior]) -> None:
        """Go on with these; whichever is new has no record, so one that was benched is tried again."""
        known = {id(behavior) for behavior in self.behaviors}
        for behavior in behaviors:
            if id(behavior) not in known:
                self.benched.pop(behavior.name, None)
                self.oversight.forgive(behavior.name)
        names = {behavior.name for behavior in behaviors}
        self.benched = {name: why for name, why in self.benched.items() if name in names}
        self.behaviors = tuple(behaviors)
        self._bidders = None

    def takes(self, state: State, question: str, words: Utterance) -> bool:
        """Whether the behaviour that asked takes words for an answer."""
        asker = next((one for one in self.behaviors if question in one.questions), None)
        if asker is None or asker.name in self.benched:
            return True
        try:
            return bool(self.oversight.run(asker.name, asker.takes, state, question, words))
        except Exception as error:  # noqa: BLE001 - a behaviour is a stranger's code; the loop must go on
            self.bench(asker, error)
            return True

    def bids(self, state: State, running: Behavior | None, own: State) -> tuple[Bid, ...]:
        """What each wants that may run now; the `running` one sees the state with its own times."""
        run, bidders = self.oversight.run, self._bidding(state)
        bids = bidders.nothing()
        self.oversight.beat()
        for place, behavior in bidders.asked(state):
            name = behavior.name
            try:
                desire = run(name, _desire, behavior, own if behavior is running else state)
            except Exception as error:  # noqa: BLE001 - as above
                self.bench(behavior, error)
                continue
            if isinstance(desire, Rest):
                bidders.rest(place, desire)
            else:
                bids[place] = Bid(name, desire)
        if self._bidders is None:  # somebody was benched
            bids = [bid for bid in bids if bid.behavior not in self.benched]
        return tuple(bids)

    def _bidding(self, state: State) -> Bidders:
        """Who may bid at this moment."""
        moment = state.mode, state.diary.manner.language
        if self._bidders is None or moment != self._bid_in:
            barred = self.benched.keys() | (without(state.diary.manner.language) - DUTY_BOUND)
            self._bidders = Bidders(b for b in self.behaviors if state.mode in b.modes and b.name not in barred)
            self._bid_in = moment
        return self._bidders

    def wants(self, behavior: Behavior, own: State) -> tuple[Intent, ...] | None:
        """The intents of one that runs; None where it is benched for them."""
        try:
            return self.oversight.run(behavior.name, _wanted, behavior, own)
        except Exception as error:  # noqa: BLE001 - as above
            self.bench(behavior, error)
            return None

    def stop(self, behavior: Behavior, state: State) -> None:
        """Another one runs from now on."""
        try:
            self.oversight.run(behavior.name, behavior.stop, state)
        except Exception as error:  # noqa: BLE001 - as above
            self.bench(behavior, error)

    def bench(self, behavior: Behavior, error: Exception) -> None:
        told = error.what if isinstance(error, BehaviorError) else f"{type(error).__name__}: {error}"[:LONGEST_REASON]
        self.benched[behavior.name] = told
        self._bidders = None
        log.error("behaviour %s is benched: %s", behavior.name, in_words(told), exc_info=error)


def _desire(behavior: Behavior, state: State) -> float:
    """Between 0 and 1, or a rest. Raises ValueError where it is no number that others can be held against."""
    wanted = behavior.desire(state)
    if isinstance(wanted, Rest):
        return wanted
    desire = float(wanted)
    if 0.0 <= desire <= 1.0:
        return desire
    if not math.isfinite(desire):
        raise ValueError(f"its desire is {desire}")
    return 0.0 if desire < 0.0 else 1.0


def _wanted(behavior: Behavior, state: State) -> tuple[Intent, ...]:
    """What it wants now. Raises ValueError where that is more than anybody can do, or nothing that can be done."""
    intents = tuple(islice(behavior.act(state), MOST_INTENTS + 1))
    if len(intents) > MOST_INTENTS:
        raise ValueError(f"it wants more than {MOST_INTENTS} things at once")
    for intent in intents:
        check_intent(intent)
    return intents
