"""Hearing: what ears give (sound or lines) and what is typed, turned into speech edges and utterances with a meaning.

Typed, simulated and recognised words enter at one place, `_understood`. Sound is worked on in a process of its own,
which `worker_client.py` keeps. With `lockstep` what the listener finds is handed out at fixed delays of robot time, so
that a run is the same at every speed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from math import inf
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from robot.core.condition import Condition, Health
from robot.core.percepts import Utterance, VoiceActivity
from robot.parts.protocols import Audio, TextLine
from robot.sense.hearing.addressed import Addressed
from robot.sense.hearing.worker_client import RETRY_S, Listening
from robot.sense.hearing.worker_messages import Recognised, Spoke, Woken
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from robot.core.clock import Clock
    from robot.parts.protocols import Ears, Listens
    from robot.sense.hearing.worker_messages import Message
    from robot.sense.language.phrases import Phrases
    from robot.texts.sentence import AnyText

EDGE_DELAY_S = 0.04  # in lockstep, from an edge of speech to its percept
TEXT_DELAY_S = 0.3  # and from the end of the hangover to the words
TAIL_S = 0.25  # after the robot's own voice, while its echo may be heard
HARK_S = 0.004  # real time that the listener is waited for while the robot speaks: who breaks in is heard a tick sooner

LONGEST = 1000  # characters of a line; the rest is dropped, as patterns over more take seconds

WAITS = "health.waits_for_word"
MUTED = Health("hearing", Condition.OFF, sentence("health.muted"), sentence("health.unmute"), "senses_muted")
CALLED = "are_you_there"  # what it means when the robot is called and nothing else is said
PASSED_OVER = 32  # utterances that are remembered as meant for others
TYPED_ONLY = Health("hearing", Condition.LESSER, sentence("health.typed_only"), sentence("health.set_ears"))


class TypedLine(NamedTuple):
    """A line that waits to be heard, as `Hearing.type` takes it."""

    text: str
    instead: float | None
    by: str


class Hearing:
    """Hears. `ears` None: only typed lines come in. `models`: the folder of a model, or of several; `engine`: of which
    kind, "" for the best. `wake`: the word that it waits for, "" for none. `elsewhere`: who understands instead of this
    machine, whenever it answers.
    """

    def __init__(
        self,
        ears: Ears | None,
        phrases: Phrases,
        clock: Clock,
        *,
        language: str = "en",
        models: Path | None = None,
        engine: str = "",
        wake: str = "",
        lockstep: bool = False,
        retry_s: float = RETRY_S,
        elsewhere: Listens | None = None,
    ) -> None:
        self._ears = ears
        self._phrases = phrases
        self._clock = clock
        self._language = language
        self._lockstep = lockstep
        self._listening = Listening(
            phrases, language, models, engine=engine, wake=wake, retry_s=retry_s, elsewhere=elsewhere
        )
        self._addressed = Addressed() if wake else None
        self._passed_over: deque[float] = deque(maxlen=PASSED_OVER)
        self._typed: deque[TypedLine] = deque(maxlen=32)
        self._lock = Lock()
        self._held: deque[tuple[float, VoiceActivity | Utterance | Woken]] = deque()  # with the time each is due
        self._speaking = False  # somebody, as was told
        self._cut_t = -1.0  # edges in sound up to here are told no more
        self._gated_until = -1.0
        self._gated = False
        self._muted = False
        self._aloud = False  # the robot's own voice sounds
        self._apart = False  # what is heard is of another room, in real time

    @property
    def language(self) -> str:
        return self._language

    def type(self, text: str, instead: float | None = None, by: str = "") -> None:
        """A typed line; may be called from any thread. `instead`: `t` of the utterance that it puts right. `by`: the
        program that tells it in its owner's place.
        """
        with self._lock:
            self._typed.append(TypedLine(text, instead, by))

    def add_echo_reference(self, played: Sequence[Audio]) -> None:
        """Told what the robot's own speaker played: that is taken out of what is heard in the same room."""
        self._aloud = bool(played)
        if not played:
            return
        self._own_turn()
        if not (self._muted or self._apart):
            self._listening.played(played)

    def gate(self, active: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Told whether the robot's own voice sounds where nobody can tell how: it does not listen meanwhile. Lines are
        heard all the same.
        """
        if active == self._gated:
            return
        self._gated = active
        self._own_turn()
        if not active:
            self._gated_until = self._clock.now() + TAIL_S
        elif self._listening.running:
            self._listening.reset()
            self._cut_off()

    def _own_turn(self) -> None:
        if self._addressed is not None:
            self._addressed.spoke(self._clock.now())

    def stay(self, until: float) -> None:
        """Told until when words are waited for, whoever says them."""
        if self._addressed is not None:
            self._addressed.stay(until)

    def passes_over(self, words: Utterance) -> bool:
        """Whether it waits to be called by a word, and these were said without that, to somebody else."""
        return words.via == "heard" and words.t in self._passed_over

    def mute(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Hear nothing but typed lines until told otherwise; ears that can close their device do."""
        if on == self._muted:
            return
        self._muted = on
        if self._ears is not None:
            self._ears.rest(on)
        self._listening.reset()
        if on:
            self._held.clear()
            self._cut_off()

    @property
    def share(self) -> float:
        """Of the time that the listener may work, 0..1. In lockstep all of it: the loop waits for what it gives."""
        return self._listening.share

    @share.setter
    def share(self, share: float) -> None:
        if not self._lockstep:
            self._listening.pace(share)

    def set_language(self, language: str) -> None:
        """Understand `language` from now on."""
        if language == self._language:
            return
        self._language = language
        self._listening.understand(self._phrases, language)

    def renew(self, phrases: Phrases) -> None:
        """Understand by these tables from now on."""
        self._phrases = phrases
        self._listening.understand(phrases, self._language)

    def poll(self, now: float) -> list[VoiceActivity | Utterance]:
        """What was heard since the last call."""
        out: list[VoiceActivity | Utterance] = []
        if self._typed:
            with self._lock:
                lines, self._typed = list(self._typed), deque(maxlen=32)
            for line in lines:
                typed = self._understood(now, line.text, "program" if line.by else "typed")
                out.append(replace(typed, instead=line.instead, by=line.by))
        if self._ears is not None:
            heard = self._ears.poll(now)
            if self._ears.elsewhere != self._apart:
                self._apart = not self._apart
                self._listening.other_room()
                self._held = deque((0.0, percept) for _, percept in self._held)
            for item in heard:
                if self._muted:
                    continue
                if isinstance(item, TextLine):
                    out.append(self._understood(item.t, item.text, item.via))
                elif isinstance(item, VoiceActivity):
                    self._hand_out(item, out)
                else:
                    self._take(item, now)
        self._collect(now)
        while self._held and self._held[0][0] <= now:
            self._hand_out(self._held.popleft()[1], out)
        return out

    def _hand_out(self, percept: VoiceActivity | Utterance | Woken, out: list[VoiceActivity | Utterance]) -> None:
        """Edges by turns: a begin only in silence, an end only of what began."""
        if isinstance(percept, Woken):
            out += self._called(percept)
            return
        if self._addressed is not None:
            self._weigh(percept, self._addressed)
        if isinstance(percept, VoiceActivity):
            if percept.speaking == self._speaking:
                return
            self._speaking = percept.speaking
        out.append(percept)

    def _called(self, woken: Woken) -> list[Utterance]:
        """It was called; where nothing else was said, that is all the words there are."""
        if self._addressed is not None:
            self._addressed.called(woken.t)
        if not woken.alone:
            return []
        name = self._listening.recogniser
        return [Utterance(woken.t, self._listening.wake, CALLED, language=self._language, via="heard", recogniser=name)]

    def _weigh(self, percept: VoiceActivity | Utterance, addressed: Addressed) -> None:
        if isinstance(percept, VoiceActivity):
            if percept.speaking:
                addressed.begins(percept.t)
        elif percept.recogniser and not addressed.meant(percept.t):
            self._passed_over.append(percept.t)

    def _cut_off(self) -> None:
        """Whoever speaks is not heard to the end: that is now, and edges that come late of it are not told."""
        self._cut_t = self._listening.sent_t
        self._held = deque(held for held in self._held if isinstance(held[1], Utterance))
        self._held.appendleft((0.0, VoiceActivity(self._clock.now(), speaking=False)))

    def health(self) -> Health:
        if self._muted:
            return MUTED
        if self._ears is None:
            return TYPED_ONLY
        ears = self._ears.health()
        if ears.condition in (Condition.FAULT, Condition.OFF):
            return replace(ears, part="hearing")
        found = self._listening.health(ears.reason)
        if self._addressed is None or found.condition is not Condition.OK or self._addressed.open(self._clock.now()):
            return found
        return replace(found, reason=sentence(WAITS, hears=found.reason, word=self._listening.wake))

    @property
    def _in_step(self) -> bool:
        return self._lockstep and not self._apart

    @property
    def level(self) -> float:
        """How loud the last block was, rms 0..1."""
        return self._listening.level

    @property
    def recogniser(self) -> str:
        """Name of the recogniser in use; empty before sound came."""
        return self._listening.recogniser

    @property
    def wake(self) -> str:
        """The word that it waits for, as people say it; empty where it waits for none."""
        return self._listening.wake

    @property
    def deaf(self) -> bool:
        """Sound came, and no recogniser can be had for it; `health` tells why."""
        return self._listening.deaf

    @property
    def failure(self) -> AnyText:
        """Why the listener was lost, until another one is ready; "" while all is well."""
        return self._listening.failure

    @property
    def dictates(self) -> bool:
        """It takes any words down, not only phrases that are listed."""
        return self._listening.dictates

    @property
    def sentence_s(self) -> float:
        """Seconds that the recogniser takes for a sentence on this machine, where it was measured."""
        return self._listening.sentence_s

    @property
    def pid(self) -> int | None:
        """Process id of the listener, for those who watch it."""
        return self._listening.pid

    def close(self) -> None:
        self._listening.close()
        if self._ears is not None:
            self._ears.close()

    def _understood(
        self,
        t: float,
        text: str,
        via: str,
        clarity: float = 1.0,
        recogniser: str = "",
    ) -> Utterance:
        text = text[:LONGEST].encode("utf-8", "replace").decode()  # half characters become question marks
        heard = self._phrases.understand(text, self._language)
        # One who knows a list gives the nearest of it. What was taken down means what it says, if those were the words.
        nearest = 1.0 if self.dictates else clarity
        return Utterance(
            t=t,
            text=text,
            intent=heard.intent,
            slots=heard.slots,
            confidence=round(heard.confidence * nearest, 3),
            language=self._language,
            via=via,
            recogniser=recogniser,
            clarity=clarity,
        )

    def _take(self, audio: Audio, now: float) -> None:
        """Give a block of sound to the listener, if it may be listened to."""
        self._listening.start()
        if not self._gated and now >= self._gated_until:
            self._listening.give(audio)

    def _collect(self, now: float) -> None:
        """What the listener has found by now."""
        if not self._listening.running:
            return
        until, patience = inf, 0.0
        if self._in_step:
            until, patience = now - EDGE_DELAY_S, inf
        elif self._aloud and self._listening.share == 1.0:
            patience = HARK_S
        for message in self._listening.collect(until, patience):
            self._hold(message)
        if self._listening.lost():
            self._cut_off()

    def _hold(self, message: Message) -> None:
        """Until it is due; in real time that is now."""
        match message:
            case Spoke() if message.certain > self._cut_t:
                due = message.certain + EDGE_DELAY_S
                percept: VoiceActivity | Utterance | Woken = VoiceActivity(message.t, message.speaking)
            case Recognised() if not self._muted:
                due = message.certain + TEXT_DELAY_S
                clarity = message.confidence if message.text else 0.0
                percept = self._understood(message.t, message.text, "heard", clarity, message.recogniser)
            case Woken() if not self._muted:
                due, percept = message.certain + EDGE_DELAY_S, message
            case _:
                return
        self._held.append((due if self._in_step else 0.0, percept))
