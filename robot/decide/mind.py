"""The mind: moves between modes, lets behaviours bid, and gives the winner's intents.

It thinks ten times a second and at once when something happened (words, touch, somebody came or left); between two
thoughts the last standing intents hold. The winner is steady: it stays at least its own minimum and yields only to a
clearly greater desire, except to an urgent one. A behaviour that raises, takes too long or wants what nothing can do is
logged once and benched.
"""

from __future__ import annotations

import logging
import math
from collections import deque
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from robot.core.decision import Bid, Decision, Mode
from robot.core.errors import BehaviorError
from robot.core.intents import Cause, Hush, Role, Show
from robot.core.language_words import without
from robot.core.profile import PLAIN
from robot.core.requests import RestSight, UseLanguage
from robot.decide.behavior import DUTY_BOUND, URGENT, Rest, State
from robot.decide.bidders import Bidders
from robot.decide.diary import NOTHING_EARLIER, DiaryWriter, EarlierRuns
from robot.decide.intent_check import check_intent
from robot.decide.modes import Modes
from robot.decide.oversight import Oversight
from robot.decide.sleep import Sleep
from robot.decide.wishes import WishTaker
from robot.memory.ties import ties_of
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import numpy as np

    from robot.core.clock import Clock
    from robot.core.diary import Diary
    from robot.core.errors import BowlbyError
    from robot.core.feelings import Feelings
    from robot.core.intents import Intent
    from robot.core.messages import Manner, Tuned, Utterance
    from robot.core.profile import Profile
    from robot.core.scene import Scene
    from robot.decide.behavior import Behavior, Tables
    from robot.decide.recollection import Recollection

log = logging.getLogger(__name__)

THINK_S = 0.1
NOBODY_HEARS_IT = sentence("cause.nobody_hears_it")
BY_HAND = "asked_by_hand"  # the cause of an expression that somebody asked for
MOST_INTENTS = 64
LONGEST_REASON = 300
NOBODY_BENCHED: Mapping[str, AnyText] = MappingProxyType({})
LEAD = 0.15  # by how much a bid must be greater than the running one
COUNT_EVERY_S = 60.0


class Mind:
    """Owns the modes, the diary and the running behaviour."""

    def __init__(
        self,
        behaviors: Sequence[Behavior],
        clock: Clock,
        rng: np.random.Generator,
        manner: Manner,
        memory: Recollection,
        tables: Tables,
        asleep_after_s: float = 600.0,
        restarted: str = "",
        profile: Profile = PLAIN,
        earlier: EarlierRuns = NOTHING_EARLIER,
        oversight: Oversight | None = None,
        benched: Mapping[str, AnyText] = NOBODY_BENCHED,
    ) -> None:
        """`asleep_after_s`: how long alone before it falls asleep. `restarted`, `earlier`: see the diary. `benched`:
        behaviours that are not to run, by what they did in an earlier run.
        """
        self.oversight = oversight or Oversight()
        self._diary = DiaryWriter(manner, profile, restarted=restarted)
        self._diary.remember(earlier)
        self._counted_at: float | None = None
        self._behaviors = list(behaviors)
        self._benched: dict[str, AnyText] = dict(benched)
        self._clock = clock
        self._memory = memory
        self._tables = tables
        self._rng = rng
        self._sleep = Sleep(asleep_after_s)
        self._modes = Modes()
        self._bidders: Bidders | None = None  # None: who they are must be found out anew
        self._bid_in: tuple[Mode, str] | None = None  # the mode and the language that they are of
        self._running: Behavior | None = None
        self._started = 0.0
        self._acted = -1.0
        self._thought = -1.0
        self._seen: tuple[int, int] = (0, 0)
        self._mode_since = 0.0
        self._last = Decision(diary=self._diary.page())
        self._asked: deque[str] = deque(maxlen=4)
        self._wishes = WishTaker()

    @property
    def diary(self) -> Diary:
        """A page of the diary, as it is now."""
        return self._diary.page()

    @property
    def benched(self) -> dict[str, AnyText]:
        """Behaviours that do not run any more, each with why."""
        return dict(self._benched)

    @property
    def behaviors(self) -> tuple[Behavior, ...]:
        """All that may bid; from any thread."""
        return tuple(self._behaviors)

    def _tune(self, tuned: Tuned) -> None:
        """Let a behaviour go on with other parameters; one whose file has changed meanwhile keeps its own."""
        for behavior in self._behaviors:
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
        known = {id(behavior) for behavior in self._behaviors}
        for behavior in behaviors:
            if id(behavior) not in known:
                self._benched.pop(behavior.name, None)
                self.oversight.forgive(behavior.name)
        names = {behavior.name for behavior in behaviors}
        self._benched = {name: why for name, why in self._benched.items() if name in names}
        self._behaviors = list(behaviors)
        self._bidders = None
        if self._running not in self._behaviors:
            self._running = None

    def read_by(self, tables: Tables) -> None:
        """Let behaviours look phrases up in these tables from now on."""
        self._tables = tables

    def decide(self, scene: Scene, feelings: Feelings) -> Decision:
        """The decision for this tick; `fresh` only when a new thought was had."""
        for tuned in scene.tuned:
            self._tune(tuned)
        news = (len(scene.people), 0 if scene.body is None else (1 + scene.body.link + 2 * scene.body.armed))
        told = scene.utterances or scene.interrupted or scene.touches or scene.learned or scene.suggested
        happened = told or scene.wishes or self._asked or news != self._seen
        if not happened and scene.t - self._thought < THINK_S - 1e-9:
            if self._last.fresh:
                self._last = self._last._replace(fresh=False)
            return self._last
        self._seen, self._thought = news, scene.t
        self._count_days(scene.t)
        self._diary.hear(scene, lambda question, words: self._takes(self._state(scene, feelings), question, words))
        self._move(scene, feelings)
        state = self._state(scene, feelings)
        bids = self._bid(state)
        self._choose(bids, state)
        self._last = self._act(state, bids)
        if self._asked:
            self._last = self._last._replace(intents=(*self._last.intents, self._wish(self._asked.popleft())))
        if wanted := self._wishes.intents(state):
            self._last = self._last._replace(intents=(*self._last.intents, *wanted))
        return self._last

    def _state(self, scene: Scene, feelings: Feelings) -> State:
        return State(
            t=scene.t,
            civil=self._clock.civil(),
            mode=self._modes.mode,
            scene=scene,
            feelings=feelings,
            diary=self._diary.page(),
            memory=self._memory,
            rng=self._rng,
            tables=self._tables,
        )

    def _takes(self, state: State, question: str, words: Utterance) -> bool:
        """Whether the behaviour that asked takes words for an answer."""
        asker = next((one for one in self._behaviors if question in one.questions), None)
        if asker is None or asker.name in self._benched:
            return True
        try:
            return bool(self.oversight.run(asker.name, asker.takes, state, question, words))
        except Exception as error:  # noqa: BLE001 - a behaviour is a stranger's code; the loop must go on
            self._bench(asker, error)
            return True

    def _count_days(self, t: float) -> None:
        """Look now and then at how the last weeks went."""
        if self._counted_at is None or t - self._counted_at >= COUNT_EVERY_S:
            self._counted_at = t
            self._diary.ties = ties_of(self._memory.everything(), self._clock.civil())

    def ask_for(self, expression: str) -> None:
        """Show an expression, because somebody asked for it by hand; may be called from any thread."""
        self._asked.append(expression)

    @staticmethod
    def _wish(expression: str) -> Show:
        return Show(Cause(BY_HAND, expression), expression)

    @property
    def mode(self) -> Mode:
        return self._modes.mode

    def watches(self, t: float) -> bool:
        """Whether the camera is to look."""
        return self._modes.mode is not Mode.ASLEEP or self._sleep.glimpses(t)

    def note(self, t: float, civil: datetime, done: Sequence[Intent]) -> None:
        """What passed the guard goes into the diary."""
        self._diary.note(t, civil, self._last.behavior, self._last.intents, done)

    def _move(self, scene: Scene, feelings: Feelings) -> None:
        modes, body = self._modes, scene.body
        mode = modes.mode
        if mode is not Mode.SAFE and body is not None and not body.link:
            modes.body_lost()
        elif mode in {Mode.BOOT, Mode.SAFE}:
            if body is not None and body.link and body.armed:
                modes.body_ready()
        elif mode is Mode.ASLEEP:
            if self._sleep.ends(scene, self._mode_since):
                modes.wake()
        elif self._sleep.comes(scene, feelings.drowsiness):
            modes.fall_asleep()
        elif mode is Mode.AWAKE and (scene.people or scene.in_talk):
            modes.engage()
        elif mode is Mode.ENGAGED and not scene.people and not scene.in_talk:
            modes.disengage()
        if modes.mode is not mode:
            self._mode_since = scene.t
            log.info("mode %s -> %s", mode, modes.mode)

    def _bid(self, state: State) -> tuple[Bid, ...]:
        own, run, running = self._own(state), self.oversight.run, self._running
        bidders = self._bidding(state)
        bids = bidders.nothing()
        self.oversight.beat()
        for place, behavior in bidders.asked(state):
            name = behavior.name
            try:
                desire = run(name, _desire, behavior, own if behavior is running else state)
            except Exception as error:  # noqa: BLE001 - a behaviour is a stranger's code; the loop must go on
                self._bench(behavior, error)
                continue
            if isinstance(desire, Rest):
                bidders.rest(place, desire)
            else:
                bids[place] = Bid(name, desire)
        if self._bidders is None:  # somebody was benched
            bids = [bid for bid in bids if bid.behavior not in self._benched]
        return tuple(bids)

    def _bidding(self, state: State) -> Bidders:
        """Who may bid at this moment."""
        moment = state.mode, state.diary.manner.language
        if self._bidders is None or moment != self._bid_in:
            barred = self._benched.keys() | (without(state.diary.manner.language) - DUTY_BOUND)
            self._bidders = Bidders(b for b in self._behaviors if state.mode in b.modes and b.name not in barred)
            self._bid_in = moment
        return self._bidders

    def _own(self, state: State) -> State:
        """The state as the running behaviour sees it, with its own times."""
        return state._replace(since=state.t - self._started, before=self._acted - self._started)

    def _choose(self, bids: tuple[Bid, ...], state: State) -> None:
        best = max([bid for bid in bids if bid.desire > 0.0], key=_rank, default=None)
        if best is None:
            self._switch(None, state)
            return
        if self._running is not None and best.behavior != self._running.name:
            current = next((bid.desire for bid in bids if bid.behavior == self._running.name), 0.0)
            young = state.t - self._started < self._running.min_stay_s
            calm = best.desire < URGENT and best.behavior not in DUTY_BOUND
            if current > 0.0 and calm and (young or best.desire < current + LEAD):
                return
        if self._running is None or best.behavior != self._running.name:
            self._switch(next(b for b in self._behaviors if b.name == best.behavior), state)

    def _switch(self, winner: Behavior | None, state: State) -> None:
        if self._running is not None and self._running is not winner:
            try:
                self.oversight.run(self._running.name, self._running.stop, state)
            except Exception as error:  # noqa: BLE001 - as above
                self._bench(self._running, error)
        if winner is not self._running:
            log.debug("behaviour %s", winner.name if winner else "none")
        self._running, self._started, self._acted = winner, state.t, state.t - 1.0

    def _act(self, state: State, bids: tuple[Bid, ...]) -> Decision:
        running = self._running
        if running is None:
            return self._decision(state, "", reflexes(state.scene, state.diary), bids)
        try:
            intents = self.oversight.run(running.name, _wanted, running, self._own(state))
        except Exception as error:  # noqa: BLE001 - as above
            self._bench(running, error)
            self._running = None
            return self._decision(state, "", (), bids)
        self._acted = state.t
        intents = reflexes(state.scene, state.diary) + intents
        return self._decision(state, running.name, intents, bids)

    def _decision(self, state: State, behavior: str, intents: tuple[Intent, ...], bids: tuple[Bid, ...]) -> Decision:
        return Decision(
            mode=state.mode,
            behavior=behavior,
            intents=intents,
            bids=bids,
            fresh=True,
            diary=state.diary,
            requests=(RestSight(not self.watches(state.t)), UseLanguage(state.diary.manner.language)),
        )

    def bench(self, error: BowlbyError) -> None:
        """Bench the running behaviour: what it asked for cannot be done."""
        if self._running is not None:
            self._bench(self._running, error)
            self._running = None

    def _bench(self, behavior: Behavior, error: Exception) -> None:
        told = error.what if isinstance(error, BehaviorError) else f"{type(error).__name__}: {error}"[:LONGEST_REASON]
        self._benched[behavior.name] = told
        self._bidders = None
        log.error("behaviour %s is benched: %s", behavior.name, words(told), exc_info=error)


def _rank(bid: Bid) -> tuple[bool, float]:
    """How bids are held against each other: what is owed to somebody in need comes before whatever else is wanted."""
    return bid.behavior in DUTY_BOUND and bid.desire > 0.0, bid.desire


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


def reflexes(scene: Scene, diary: Diary) -> tuple[Intent, ...]:
    """What comes before any behaviour: nobody is talked over (barge-in), and nobody who has left is talked to.

    The sound of a voice is enough, but for the words of a crisis: those end at words alone, not at a cough.
    """
    if scene.utterances and scene.robot_speaks:
        return (Hush(Cause("broken_in", scene.utterances[-1].text)),)
    if scene.interrupted and scene.robot_speaks and diary.last_role is not Role.CRISIS:
        return (Hush(Cause("spoken_over", "")),)
    if scene.departures and not scene.people and scene.robot_speaks and not scene.in_need:
        return (Hush(Cause("somebody_left", scene.departures[-1].track, NOBODY_HEARS_IT)),)
    return ()
