"""Messages from the listener's process to the robot. They import no recogniser: only the process loads one."""

from __future__ import annotations

from typing import NamedTuple

from robot.texts.sentence import AnyText  # noqa: TC001 - its fields are looked up when another machine sends one


class Ready(NamedTuple):
    """A recogniser is there, or `fault` and `remedy` say why not."""

    language: str
    name: str
    fault: AnyText = ""
    remedy: AnyText = ""
    unknown_words: tuple[str, ...] = ()
    dictates: bool = False  # any words are understood, not only phrases that are listed
    sentence_s: float = 0.0  # that a sentence takes here, as far as it was measured
    by_words: AnyText = ""  # why a pause is weighed by the words before it alone, if it is
    wake: str = ""  # the word that it waits for, as people say it
    no_wake: AnyText = ""  # why that cannot be heard, if it was asked for and cannot
    no_wake_remedy: AnyText = ""


class Spoke(NamedTuple):
    """Speech began or ended at robot time `t`, which was certain at `certain`."""

    t: float
    certain: float
    speaking: bool


class Recognised(NamedTuple):
    """An utterance that ended at `t`; `text` is empty when it was no whole phrase."""

    t: float
    certain: float
    text: str
    confidence: float
    recogniser: str


class Woken(NamedTuple):
    """The robot was called by its word, which was certain at `t`; `alone`: nothing was said after it in that breath, so
    that who called may wait for a sign.
    """

    t: float
    certain: float
    alone: bool


class Done(NamedTuple):
    """All sound up to robot time `t` was worked through; level (rms), peak, and the share of clipped samples."""

    t: float
    level: float
    peak: float
    clipped: float


Message = Ready | Spoke | Recognised | Woken | Done
