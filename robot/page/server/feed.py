"""What the page keeps of the ticks: the newest one, and the few things that happen only once.

`see` runs in the loop's thread and costs about a microsecond; everything else runs in the page's. The hand-over needs
no lock: each attribute is replaced whole, and bounded deques are appended to by one thread and copied by others.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from robot.core.intents import Say, by_program
from robot.core.percepts import FacesSeen, Utterance
from robot.core.voice_commands import Silence, Speech
from robot.guard.rules.rule import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from robot.core.decision import Decision
    from robot.core.intents import Verdict
    from robot.core.tick import Clip, Tick
    from robot.core.voice_commands import VoiceCommand
    from robot.texts.sentence import AnyText

TALK_LINES = 60
TALK_LIVES_S = 3600.0  # whoever sits down at the page an hour later finds nothing of what was said
VERDICTS = 20
CLIPS = 16
DEEDS = 12
SAME_S = 10.0  # a verdict is no news so soon after the same one
PICTURE_LIVES_S = 1.0  # duty 22: an unknown face lives at most so long in memory


class TalkEntry(NamedTuple):
    """One line of the talk, as the page shows it."""

    n: int  # rising number
    t: float
    who: str  # "person" or "robot"
    text: str
    # "typed", "heard", "chosen", "said", "model" (said by a language model), "program" (of or for another one), "held"
    # (the words of either, not said), or "sound" (the text is then its caption)
    via: str
    taken: HeardAs | None = None  # what a person's line was taken for
    request: int = 0  # of the robot's voice
    why: AnyText = ""  # it was not said
    in_need: bool = False  # an episode of need was open


class HeardAs(NamedTuple):
    """What somebody's words were taken for."""

    words: Utterance
    meaning: str  # in its place in the talk
    answers: bool = False  # a question of the robot's
    passed: bool = False  # not taken up: it was told to be quiet, or goodbye


class ShownVerdict(NamedTuple):
    """One verdict of the guard and when it fell."""

    n: int
    t: float
    verdict: Verdict


class ShownDeed(NamedTuple):
    """What the robot began to do, and its causes then."""

    n: int
    t: float
    decision: Decision


class Sounding(NamedTuple):
    """A clip that began, or None where the voice was cut."""

    n: int
    clip: Clip | None


class Feed:
    """Fed by the loop, read by the page."""

    def __init__(self) -> None:
        self.tick: Tick | None = None
        self.seen: FacesSeen | None = None
        self.looked_at = -math.inf  # capture time of the last picture that was looked at
        self.watched = False  # pictures are kept only while somebody looks at them
        self.talk: deque[TalkEntry] = deque(maxlen=TALK_LINES)
        self.held: deque[ShownVerdict] = deque(maxlen=VERDICTS)
        self.sounds: deque[Sounding] = deque(maxlen=CLIPS)
        self.deeds: deque[ShownDeed] = deque(maxlen=DEEDS)
        self.cuts = 0  # rises when what was told before no longer holds, though the robot is the same
        self._doing = ""
        self._others: dict[str, str] = {}  # the last sentence that a language model or program said, and which of them
        self.watch: Callable[[Tick], None] | None = None  # told of every tick, while somebody waits for one
        self._in_need = False
        self._count = 0
        self._forgettings: Callable[[], int] = int
        self._forgotten = 0

    def forget_with(self, forgettings: Callable[[], int]) -> None:
        """Let what was said go whenever this number rises: somebody was forgotten, and may be named in it."""
        self._forgettings, self._forgotten = forgettings, forgettings()

    def see(self, tick: Tick) -> None:
        """Take in one tick; called by the loop."""
        self.tick = tick
        if self._forgettings() != self._forgotten:
            self._forgotten = self._forgettings()
            self._let_go()
        if self.talk and tick.t - self.talk[0].t > TALK_LIVES_S:
            self.talk.popleft()
        self._note(tick)
        if self.watch is not None:
            self.watch(tick)

    def _let_go(self) -> None:
        self.cuts += 1
        for kept in (self.talk, self.held, self.deeds):
            kept.clear()

    def cut(self, before: Sequence[Tick]) -> None:
        """Another moment of a recording comes next; `before` is what was told until then."""
        self.clear()
        self.cuts += 1
        for tick in before:
            self._note(tick)

    def look_again(self, seen: FacesSeen) -> None:
        """The picture of a moment that is held, for whoever began to look meanwhile."""
        if self.watched and self.seen is None:
            self.seen = seen

    def _note(self, tick: Tick) -> None:
        self._in_need = tick.scene.in_need
        for percept in tick.percepts:
            kind = type(percept)
            if kind is FacesSeen:
                self._look(percept)  # type: ignore[arg-type]
            elif kind is Utterance:
                self._hear(tick, percept)  # type: ignore[arg-type]
        if tick.decision.fresh or tick.scene.suggested:
            self._by_others(tick)
        if tick.voice:
            self._voice(tick.t, tick.voice)
        if tick.clips:
            for clip in tick.clips:
                self._count += 1
                self.sounds.append(Sounding(self._count, clip))
        if tick.verdicts:
            self._hold(tick.t, tick.verdicts)
        if tick.decision.behavior != self._doing and tick.decision.fresh:
            self._begin(tick)

    def _by_others(self, tick: Tick) -> None:
        """Words of a language model or a program: said, they are shown as theirs; not said, they are shown as well."""
        for one in tick.scene.suggested:
            if one.text and one.why:
                self._talk(tick.t, "robot", one.text, "held", why=one.why)
        if not tick.decision.fresh:
            return
        for asked in tick.decision.intents:
            if isinstance(asked, Say) and asked.text and not asked.phrase:
                if any(isinstance(done, Say) and done.text == asked.text for done in tick.done):
                    self._others = {asked.text: "program" if by_program(asked) else "model"}
                else:
                    stopped = (one for one in tick.verdicts if one.action == "stopped" and one.intent == name_of(asked))
                    why = next((one.reason for one in stopped), "")
                    self._talk(tick.t, "robot", asked.text, "held", why=why)

    def _begin(self, tick: Tick) -> None:
        self._doing = tick.decision.behavior
        if tick.decision.intents:
            self._count += 1
            self.deeds.append(ShownDeed(self._count, tick.t, tick.decision))

    def _hold(self, t: float, verdicts: tuple[Verdict, ...]) -> None:
        """Keep what is news: a duty that holds the same back ten times a second is told once in a while."""
        for verdict in verdicts:
            if not any(one.verdict == verdict and t - one.t < SAME_S for one in self.held):
                self._count += 1
                self.held.append(ShownVerdict(self._count, t, verdict))

    def _look(self, seen: FacesSeen) -> None:
        self.looked_at = seen.t
        if seen.image is not None and self.watched:
            self.seen = seen

    def _hear(self, tick: Tick, words: Utterance) -> None:
        """What was said, with what the mind took it for in this same tick; a recording has no talk, but the intent."""
        diary = tick.decision.diary
        said = [turn for turn in diary.talk.turns if turn.person]
        turn = next((one for one in reversed(said) if one.t == words.t and one.text == words.text), None)
        meaning = words.intent if turn is None else turn.intent
        silent = diary.hushed_at is not None or diary.farewell_at is not None
        taken = HeardAs(
            words,
            meaning,
            answers=turn is not None and turn is said[-1] and bool(diary.answering),
            passed=turn is None and silent and not words.understood,
        )
        self._talk(tick.t, "person", words.verbatim, words.via, taken=taken)

    def _talk(
        self,
        t: float,
        who: str,
        text: str,
        via: str,
        *,
        taken: HeardAs | None = None,
        request: int = 0,
        why: AnyText = "",
    ) -> None:
        self._count += 1
        line = TalkEntry(self._count, t, who, text, via, taken=taken, request=request, why=why, in_need=self._in_need)
        self.talk.append(line)

    def _voice(self, t: float, commands: tuple[VoiceCommand, ...]) -> None:
        for command in commands:
            match command:
                case Speech():
                    via = "sound" if command.sound else self._others.get(command.text, "said")
                    self._talk(t, "robot", command.text or command.sound, via, request=command.request)
                case Silence():
                    self._count += 1
                    self.sounds.append(Sounding(self._count, None))

    def clear(self) -> None:
        """Forget all: another robot is shown from now on. Numbers go on rising, so that what follows is news."""
        self.tick = self.seen = None
        self.looked_at = -math.inf
        self._doing = ""
        for kept in (self.talk, self.held, self.sounds, self.deeds):
            kept.clear()

    def drop_picture(self) -> None:
        """Forget the last picture: nobody looks any more, or it is too old."""
        self.seen = None
