"""The mind: moves between modes, lets behaviours bid, and gives the winner's intents.

It thinks ten times a second (twice where nobody is there and what runs is leisurely) and at once when something
happened (words, touch, somebody came or left); between two thoughts the last standing intents hold. The winner is
steady: it stays at least its own minimum and yields only to a clearly greater desire, except to an urgent one.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING

from robot.core.decision import Bid, Decision, Mode
from robot.core.intents import Cause, Show
from robot.core.profile import PLAIN
from robot.core.requests import RestSight, UseLanguage
from robot.decide.behavior import DUTY_BOUND, URGENT, State
from robot.decide.diary import DiaryWriter
from robot.decide.earlier_runs import NOTHING_EARLIER, EarlierRuns
from robot.decide.modes import Modes
from robot.decide.oversight import Oversight
from robot.decide.reflexes import reflexes
from robot.decide.roster import NOBODY_BENCHED, Roster
from robot.decide.sleep import Sleep
from robot.decide.wishes import WishTaker
from robot.memory.ties import ties_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import numpy as np

    from robot.core.clock import Clock
    from robot.core.diary import Diary
    from robot.core.errors import BowlbyError
    from robot.core.feelings import Feelings
    from robot.core.intents import Intent
    from robot.core.profile import Profile
    from robot.core.scene import Scene
    from robot.core.voice_commands import Manner
    from robot.decide.behavior import Behavior, Tables
    from robot.decide.recollection import Recollection
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

THINK_S = 0.1
ALONE_THINK_S = 0.5  # where nobody has been there for a while, and what runs is leisurely
ALONE_S = 10.0  # that while
BY_HAND = "asked_by_hand"  # the cause of an expression that somebody asked for
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
        self._roster = Roster(behaviors, oversight or Oversight(), benched)
        self._diary = DiaryWriter(manner, profile, restarted=restarted)
        self._diary.remember(earlier)
        self._counted_at: float | None = None
        self._clock = clock
        self._memory = memory
        self._tables = tables
        self._rng = rng
        self._sleep = Sleep(asleep_after_s)
        self._modes = Modes()
        self._running: Behavior | None = None
        self._started = 0.0
        self._acted = -1.0
        self._thought = -1.0
        self._patience = THINK_S  # until the next thought, where nothing happens
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
        return dict(self._roster.benched)

    @property
    def behaviors(self) -> tuple[Behavior, ...]:
        """All that may bid; from any thread."""
        return self._roster.behaviors

    @property
    def oversight(self) -> Oversight:
        """Who watches over their code."""
        return self._roster.oversight

    def renew(self, behaviors: Sequence[Behavior]) -> None:
        """Go on with these."""
        self._roster.renew(behaviors)
        if self._running not in behaviors:
            self._running = None

    def read_by(self, tables: Tables) -> None:
        """Let behaviours look phrases up in these tables from now on."""
        self._tables = tables

    def decide(self, scene: Scene, feelings: Feelings) -> Decision:
        """The decision for this tick; `fresh` only when a new thought was had."""
        for tuned in scene.tuned:
            self._roster.tune(tuned)
        news = (len(scene.people), 0 if scene.body is None else (1 + scene.body.link + 2 * scene.body.armed))
        told = scene.utterances or scene.interrupted or scene.touches or scene.learned or scene.suggested
        happened = told or scene.wishes or self._asked or news != self._seen
        patience = THINK_S if scene.alone_since is None else self._patience
        if not happened and scene.t - self._thought < patience - 1e-9:
            if self._last.fresh:
                self._last = self._last._replace(fresh=False)
            return self._last
        self._seen, self._thought = news, scene.t
        self._count_days(scene.t)
        self._diary.hear(
            scene, lambda question, words: self._roster.takes(self._state(scene, feelings), question, words)
        )
        self._move(scene, feelings)
        state = self._state(scene, feelings)
        bids = self._roster.bids(state, self._running, self._own(state))
        self._choose(bids, state)
        self._last = self._act(state, bids)
        if self._asked:
            self._last = self._last._replace(intents=(*self._last.intents, self._wish(self._asked.popleft())))
        if wanted := self._wishes.intents(state):
            self._last = self._last._replace(intents=(*self._last.intents, *wanted))
        self._patience = ALONE_THINK_S if self._may_take_its_time(scene) else THINK_S
        return self._last

    def _may_take_its_time(self, scene: Scene) -> bool:
        """Whether half a second is soon enough for the next thought, as long as nobody is seen, heard or felt."""
        alone = scene.alone_since is not None and scene.t - scene.alone_since > ALONE_S
        return alone and self._running is not None and self._running.leisurely and not (scene.in_talk or scene.in_need)

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
            self._switch(next(b for b in self._roster.behaviors if b.name == best.behavior), state)

    def _switch(self, winner: Behavior | None, state: State) -> None:
        if self._running is not None and self._running is not winner:
            self._roster.stop(self._running, state)
        if winner is not self._running:
            log.debug("behaviour %s", winner.name if winner else "none")
        self._running, self._started, self._acted = winner, state.t, state.t - 1.0

    def _act(self, state: State, bids: tuple[Bid, ...]) -> Decision:
        running = self._running
        if running is None:
            return self._decision(state, "", reflexes(state.scene, state.diary), bids)
        intents = self._roster.wants(running, self._own(state))
        if intents is None:
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
            self._roster.bench(self._running, error)
            self._running = None


def _rank(bid: Bid) -> tuple[bool, float]:
    """How bids are held against each other: what is owed to somebody in need comes before whatever else is wanted."""
    return bid.behavior in DUTY_BOUND and bid.desire > 0.0, bid.desire
