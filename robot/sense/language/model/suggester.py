"""The language model as the loop sees it: asked, it gives whole sentences a moment later; it can be cut at any time.

It works in a process of its own (`suggesting_worker.py`). One that dies, hangs or is slow costs an answer and no more:
the question ends with the reason, which the listener takes as its cue, and the process is started anew. With `lockstep`
the loop waits for each answer, and it comes at a fixed robot time, so that a run repeats as far as the model does.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple, Self

from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.core.percepts import Suggested
from robot.parts.home_network import elsewhere, is_server
from robot.parts.workers import Worker
from robot.sense.language.model.prompt import messages
from robot.sense.language.model.published import placed
from robot.sense.language.model.suggesting_worker import AnswerPace, ModelSettings
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from robot.config.schema import TalkTable
    from robot.core.intents import Consult

log = logging.getLogger(__name__)

SUGGEST = "robot.sense.language.model.suggesting_worker:suggest"
LONGEST_S = 20.0  # real time of one answer, whatever comes
STOPS_WITHIN_S = 2.0  # of being cut; else the process is started anew
FIRST_RETRY_S, LAST_RETRY_S = 1.0, 60.0  # from one start of the process to the next, doubled each time
LOCKSTEP_S = 60.0  # real time that a loop in lockstep waits, for loading and for an answer
DELAY_S = 0.5  # robot time from question to answer in lockstep
SLOW = sentence("health.model_slow")
GONE = sentence("health.model_gone")
OPENING = sentence("health.model_opening")


class _Question(NamedTuple):
    """What it was asked."""

    number: int
    asked_at: float  # robot time
    since: float  # by stopwatch


class Suggester:
    """One model. Close it when done."""

    def __init__(self, address: str, settings: ModelSettings, *, patience_s: float, lockstep: bool = False) -> None:
        """`address`: a server's (`http://...`), a GGUF file, or the name of a model of `bowlby models`. `patience_s`:
        real time that a question waits for its first sentence, and each sentence for the next.
        """
        self._address = address if is_server(address) else str(placed(address))
        self.stays_here = not elsewhere(address)  # what it is told stays on this machine
        self._settings = settings
        self._patience_s = patience_s
        self._lockstep = lockstep
        self._worker: Worker | None = None
        self._state: tuple[Condition, AnyText, AnyText] = (Condition.LESSER, OPENING, "")
        self._count = 0
        self._question: _Question | None = None
        self._last_word = 0.0  # by stopwatch
        self._cut_at: float | None = None
        self._stopping = 0  # the number of a question that was cut and has not ended in the process
        self._held: list[Suggested] = []  # in lockstep, until they are due
        self._retry_s, self._retry_at = FIRST_RETRY_S, 0.0
        self.pace: AnswerPace | None = None  # of the last answer; None where that failed
        self._start()

    @classmethod
    def configured(cls, talk: TalkTable, language: str, *, lockstep: bool = False) -> Self:
        """That of a configuration which names one."""
        settings = ModelSettings(
            model=talk.model_name,
            key=talk.model_key.get_secret_value(),
            beyond_home=talk.model_beyond_home,
            sentences=talk.model_sentences,
            memory_mb=talk.model_memory_mb,
            language=language,
        )
        return cls(talk.model, settings, patience_s=talk.model_patience_s, lockstep=lockstep)

    # ------------------------------------------------------------ what the loop asks

    def ask(self, consult: Consult, now: float) -> None:
        """Have it suggest what could be said; an earlier question is let go."""
        self.cut()
        self._count += 1
        self._question = _Question(self._count, now, stopwatch())
        self._last_word = stopwatch()
        if self._worker is not None and self._worker.alive:
            told = [tuple(one) for one in messages(consult, stays_here=self.stays_here)]
            self._worker.send(("ask", self._count, consult.language, told, consult.seed))

    def cut(self) -> None:
        """What it was asked for is not wanted any more."""
        self._held.clear()
        if self._question is None:
            return
        self._stop(self._question)
        self._question = None

    def poll(self, now: float) -> list[Suggested]:
        """What it suggests by now."""
        if self._lockstep and self._question is not None and not self._held:
            self._wait(self._question)
        out = self._received(now)
        if self._lockstep:
            self._held += out
            due = [one for one in self._held if one.asked_at + DELAY_S <= now + 1e-9]
            self._held = [one for one in self._held if one not in due]
            return [_at(one, now) for one in due]
        return out

    def health(self) -> Health:
        """How it does; what cannot be used is a lesser way and no fault: the listener answers instead."""
        if self._lockstep and self._state[1] is OPENING:
            end = stopwatch() + LOCKSTEP_S
            while self._state[1] is OPENING and stopwatch() < end and self._worker is not None:
                self._worker.wait(end - stopwatch())
                self._received(0.0)
        condition, reason, remedy = self._state
        return Health("model", condition, reason, remedy, ailment="" if condition is Condition.OK else "model_lesser")

    @property
    def pid(self) -> int | None:
        """Process id of its worker, for those who watch it."""
        return self._worker.pid if self._worker is not None else None

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    # ------------------------------------------------------------ the process

    def _start(self) -> None:
        self._worker = Worker(SUGGEST, name="bowlby-model")
        self._worker.send(("open", self._address, self._settings))

    def _received(self, now: float) -> list[Suggested]:
        """Sentences and ends that have come; what is overdue or dead is ended here."""
        out: list[Suggested] = []
        worker = self._worker
        if worker is None:
            if stopwatch() >= self._retry_at:
                self._start()
        else:
            for kind, *values in worker.receive():
                out += self._message(kind, values, now)
            if not worker.alive:
                self._died(worker)
            elif self._cut_at is not None and stopwatch() - self._cut_at > STOPS_WITHIN_S:
                self._again("does not stop")
        question = self._question
        if question is not None:
            why = self._ended_early(question)
            if why:
                out.append(Suggested(now, question.asked_at, last=True, why=why))
                self._question = None
        return out

    def _message(self, kind: str, values: list[object], now: float) -> list[Suggested]:
        question = self._question
        match kind, values:
            case "said", [int(number), str(text), why] if question is not None and number == question.number:
                self._last_word = stopwatch()
                if why:
                    log.info("the language model's “%s” is not said: %s", text, words(why))  # type: ignore[arg-type]
                return [Suggested(now, question.asked_at, text, why=why)]  # type: ignore[arg-type]
            case "end", [int(number), why, pace]:
                if number == self._stopping:
                    self._cut_at = None
                if question is not None and number == question.number:
                    self.pace, self._question = pace, None  # type: ignore[assignment]
                    return [Suggested(now, question.asked_at, last=True, why=why)]  # type: ignore[arg-type]
            case "ready", [str(name)]:
                self._retry_s = FIRST_RETRY_S
                self._become(Condition.OK, sentence("health.model_ready", name=name), "")
            case (("away" | "fault"), [why, remedy]):
                self._become(Condition.LESSER, why, remedy)  # type: ignore[arg-type]
            case _:
                pass
        return []

    def _ended_early(self, question: _Question) -> AnyText:
        """Why a question is given up; empty while it is not."""
        now = stopwatch()
        if self._worker is None or self._state[0] is not Condition.OK:
            return GONE
        if self._lockstep:
            return SLOW if now - question.since > LOCKSTEP_S else ""
        if now - self._last_word > self._patience_s or now - question.since > LONGEST_S:
            log.warning("the language model is slow: the listener goes on")
            self._stop(question)
            return SLOW
        return ""

    def _stop(self, question: _Question) -> None:
        if self._worker is not None and self._worker.alive:
            self._worker.send(("cut", question.number))
            self._stopping, self._cut_at = question.number, stopwatch()

    def _died(self, worker: Worker) -> None:
        if self._state[0] is Condition.OK or self._state[1] is OPENING:
            log.error("the language model's process ended by itself (%s); it is started anew", worker.ended)
            self._become(Condition.LESSER, GONE, sentence("health.tried_again"))
        self._again("")

    def _again(self, why: str) -> None:
        """Start the process anew, after a while."""
        if why:
            log.warning("the language model's process %s; it is started anew", why)
            self._become(Condition.LESSER, GONE, sentence("health.tried_again"))
        self.close()
        self._cut_at = None
        self._retry_at = stopwatch() + self._retry_s
        self._retry_s = min(2.0 * self._retry_s, LAST_RETRY_S)

    def _become(self, condition: Condition, reason: AnyText, remedy: AnyText) -> None:
        if (condition, reason) != self._state[:2] and condition is not Condition.OK:
            log.warning("no language model: %s", words(reason))
        self._state = (condition, reason, remedy)

    def _wait(self, question: _Question) -> None:
        """In lockstep: until it has ended."""
        end = stopwatch() + LOCKSTEP_S
        while self._question is question and stopwatch() < end:
            if self._worker is not None:
                self._worker.wait(end - stopwatch())
            self._held += self._received(question.asked_at)


def _at(one: Suggested, now: float) -> Suggested:
    return Suggested(now, one.asked_at, one.text, last=one.last, why=one.why)
