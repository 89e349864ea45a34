"""An episode of need (duty 42): from the first sign on everything is heard inside it, signs add up over turns, and it
ends by a clear denial, a person's help, or time. One that began by a doubt alone ends by a calm line, too: whether
somebody means to die (`doubt`), or is in danger (`danger`); and by two, an emergency that no word named.

It is state of the watch, moved by what is said alone, so that a recording that is played again gives the same.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from robot.guard.crisis.classifier import Level

Kind = Literal["", "doubt", "danger", "crisis", "emergency"]
LEAST_S = 600.0  # it is held so long at least
# Nothing said for so long: time has ended it.
SILENT_S = {"doubt": 600.0, "danger": 600.0, "crisis": 1800.0, "emergency": 1800.0}
ADDS = {"faint": 0.3, "ask": 0.9}  # what a sign adds to the risk; three faint ones are a serious doubt
SERIOUS = 0.89
# A line in the middle of a talk weighs by the lines before it, too: by the gravest of the last few, -6 to 6. In a calm
# talk much is harmless that would be asked about as a first line. [logistic fits on strangers' talks, calm ones and
# such in which need comes through, half of them; the other half confirmed it]
LINES, MOST = 4, 6.0
OF_RISK, OF_DANGER = (0.72, 0.52, 0.79), (0.59, 0.44, 0.82)  # the line, the gravest before it, and the rest
ENDS = frozenset({"denies", "safe", "helped"})
CALM_LINES = 2
HARM = "harm"  # the danger of somebody whom another harms, lately or again and again (`robot/guard/harm`)
BY_PERSON = frozenset({HARM, "violence", "intruder"})  # dangers that are a person, who may be the one that is there


class Before:
    """The scores of the last lines of a talk, which the next one weighs by."""

    def __init__(self, of_line: float, of_gravest: float, rest: float) -> None:
        """What counts how much: the line, the gravest of those before it, and neither."""
        self._shares = of_line, of_gravest, rest
        self._scores: deque[tuple[float, float]] = deque(maxlen=LINES)

    def weighed(self, t: float, score: float) -> float | None:
        """The score of a line by those before it, of which it is one from now on; None where it is the first."""
        before = [one for at, one in self._scores if t - at <= LEAST_S]
        self._scores.append((t, min(max(score, -MOST), MOST)))
        of_line, of_gravest, rest = self._shares
        return of_line * score + of_gravest * max(before) + rest if before else None

    def forget(self) -> None:
        """What was said weighs no more."""
        self._scores.clear()


@dataclass(slots=True)
class NeedEpisode:
    """What is open now; `kind` is empty where nothing is."""

    kind: Kind = ""
    danger: str = ""  # of an emergency, or of a doubt about one: its kind
    since: float = 0.0  # the first sign
    last: float = 0.0  # when something was said in it
    again: bool = False  # what it was asked was not answered, and was asked again
    unnamed: bool = False  # no word told which danger it is
    by_person_until: float = -1.0  # a danger that is a person was told of: nobody is to be named as help until then
    calm_lines: int = 0  # in a row, after one of which no word told what it is
    ended: bool = False  # a clear denial or a person's help came; it is held on until LEAST_S are over
    given_until: float = -1.0  # a number that was given is repeated on request until then
    given: Kind = ""
    given_danger: str = ""  # the danger of that episode
    hinted_until: float = -1.0  # a line hinted at harm by another person: one more until then is asked about
    risks: Before = field(default_factory=lambda: Before(*OF_RISK))
    dangers: Before = field(default_factory=lambda: Before(*OF_DANGER))
    _signs: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=16))

    def pass_time(self, t: float) -> bool:
        """Whether time has just ended it."""
        if not self.kind:
            return False
        held = t - self.since >= LEAST_S
        if (held and self.ended) or (held and t - self.last >= SILENT_S[self.kind]):
            self.end(t)
            return True
        return False

    def open(self, t: float, kind: Kind, danger: str = "", *, unnamed: bool = False) -> None:
        """Begin it, or let it grow; what it was before counts from its first sign."""
        if not self.kind:
            self.since = t
        self.kind, self.danger, self.last = kind, danger, t
        self.again = self.ended = False
        if danger in BY_PERSON:
            self.by_person_until = t + LEAST_S
        self.unnamed, self.calm_lines = unnamed, 0

    def goes_on(self, *, calm: bool, danger: bool) -> bool:
        """Note a further line; whether so many calm ones in a row show that nobody is in danger, where no word told
        which and no line since was one of `danger`. Of strangers' 67 talks in which somebody was, none goes on so.
        """
        self.unnamed = self.unnamed and not danger
        self.calm_lines = self.calm_lines + 1 if calm and self.unnamed else 0
        return self.calm_lines >= CALM_LINES

    def end(self, t: float) -> None:
        """It is over; the number is still given on request for a while."""
        self.given, self.given_danger, self.given_until = self.kind, self.danger, t + LEAST_S
        self.kind, self.danger, self.ended, self.unnamed = "", "", False, False
        self._signs.clear()

    def let_go(self, t: float) -> None:
        """A clear denial or a person's help: what was only asked about, or a false alarm, is over at once."""
        self.risks.forget()
        self.dangers.forget()
        if self.kind == "crisis":
            self.ended = True
        else:
            self.end(t)

    def hint(self, t: float) -> bool:
        """Note that a line hints at harm by another person; whether one did so in the ten minutes before."""
        again, self.hinted_until = t <= self.hinted_until, t + LEAST_S
        return again

    def add(self, t: float, level: Level) -> bool:
        """Note a sign of risk; whether all of the last ten minutes make a serious doubt."""
        self._signs.append((t, ADDS.get(level, 0.0)))
        return sum(weight for at, weight in self._signs if t - at <= LEAST_S) >= SERIOUS
