"""The second opinion on words of need: what the network of meanings makes of a line, weighed with what the linear
machines found. How much each counts is a logistic regression on lines that taught neither (`training/need`).

Where the network has not read the line, the machines decide alone, as they are. The guard's scores of risk are on the
scale of `Shares.score` all the same.
"""

from __future__ import annotations

import re
from math import log
from typing import TYPE_CHECKING, NamedTuple

from robot.guard.emergency.reader import Danger

if TYPE_CHECKING:
    from robot.core.percepts import Readings
    from robot.guard.crisis.classifier import Assessment, Level

_WORD = re.compile(r"[\w'\u2019-]*\w[\w'\u2019-]*")
FINEST = 0.001  # of a probability, as it is told
EVEN, HARDLY_EVER, UNSEEN = 0.5, 0.05, 0.01
MOST = 2.0  # of a machine's score
GENERAL = "call"  # the danger of which no cue tells the kind


class Shares(NamedTuple):
    """What counts how much: a machine's score, the network's log odds, a sign or a cue that was seen; and the rest."""

    machine: float
    network: float
    sign: float
    bias: float

    def score(self, machine: float, p: float, *, sign: bool) -> float:
        """The log odds of both together, as if one line in two were of need."""
        within = min(max(machine, -MOST), MOST)
        return self.machine * within + self.network * _odds(p) + self.sign * sign + self.bias


class Bars(NamedTuple):
    """Scores from which on it is asked about and doubted at all: of a first line; in a talk, of the line by those
    before it (`NeedEpisode`), or of the line alone, whatever came before.
    """

    first: float
    first_doubt: float
    in_talk: float
    in_talk_doubt: float
    alone: float
    alone_doubt: float

    def asks(self, score: float, in_talk: float | None, less: float = 0.0) -> bool:
        """`in_talk`: what the line scores by those before it, None for a first one; `less`: what is taken from both."""
        if in_talk is None:
            return score - less > self.first
        return in_talk - less > self.in_talk or score - less > self.alone

    def doubts(self, score: float, in_talk: float | None, less: float = 0.0) -> bool:
        """The same for a doubt."""
        if in_talk is None:
            return score - less > self.first_doubt
        return in_talk - less > self.in_talk_doubt or score - less > self.alone_doubt


# By half of the talks and lines that were set aside to measure; the other half tells how it fares (docs/tested.md). A
# sign of self-harm adds nothing here: the machine's own score holds it, and it has bars of its own below. Counts of
# lines, here and below, were taken as each of these was set.
RISK = Shares(2.32, 0.42, 0.0, -0.70)
DANGER = Shares(2.38, 0.48, 0.95, -1.14)
RISK_BARS = Bars(first=-0.5, first_doubt=-1.0, in_talk=0.1, in_talk_doubt=-0.3, alone=1.4, alone_doubt=-0.4)
DANGER_BARS = Bars(first=-1.65, first_doubt=-2.6, in_talk=-0.6, in_talk_doubt=-1.85, alone=-1.0, alone_doubt=-1.15)
# Who is in need says so briefly, and the machines add up what they find in each word. So each word above BRIEFLY, up to
# AT_LENGTH, takes from the score (`at_length`); and in such a line danger is the less likely, the surer the network is
# that there is no risk either (CALMER, where its log odds are below QUIETLY). These, the weight of a cue and the bars
# above were chosen by all of the sets' 1,098 risks, 556 emergencies and 5,600 calm lines, by 3,008 everyday ones of
# strangers (`training/everyday`), and by 2,676 lines of talks (`talks`, `need_talks`); no half was kept apart.
BRIEFLY, AT_LENGTH = 10, 24
LENGTHY_RISK, LENGTHY_DANGER = 2.0, 2.5
SO_LONG = 0.3  # which a risk of more than BRIEFLY words is spared of that
LENGTHIER, CALMER, QUIETLY = 0.5, 0.28, -4.43  # of a danger, for whether it is asked about
SIGNED, SIGNED_IN_TALK = -2.1, 0.0  # the risk from which on a sign is asked about
PLAIN_RISK = 1.5  # from where on what is plainly said gets the number
RAISED = 1.5  # the risk of what the network alone takes for it, above what an ordinary meaning outweighs
# How much likelier than veiled it must be said plainly, and how probable, where no sign of it was seen. So two of 35
# such plain lines get the question instead, 16 of 76 hard ones, and good scissors that are looked for.
PLAINER, OUTRIGHT = 2.0, 0.8
# Hardly any risk, by the network, and how sure it must be of what a line without a sign means instead. So one of 1,431
# risks of six strangers that are asked about is not, nor are 5 of 18 and 4 of 68 lines and turns of everyday talk.
HARDLY, SURELY = 0.2, 0.7
# The same where a sign was seen that is to be asked about, and none that is plain: of 1,083 risks with a sign none is
# let be ("and now I can't open the piccalilli", "my husband just died"), of 62 harmless ones three are.
HARDLY_SIGNED = 0.05
# From where on the network is heard by itself in a talk: of 80 risks told in passing three more are asked about, and of
# 2,694 lines and turns of everyday talk one.
BY_ITSELF = 0.9
PLAIN_DANGER = 1.5  # from where on no question goes with the number


def length_of(text: str) -> int:
    """How many words a line has; a sign that stands apart, as in French, is none."""
    return len(_WORD.findall(text))


def risk_of(found: Assessment, need: Readings) -> float:
    """What a line alone scores for self-harm."""
    return RISK.score(found.score, probable(need), sign=_signed(found))


def probable(need: Readings) -> float:
    """How probable a risk is, by the network."""
    told = dict(need)
    return told.get("veiled", 0.0) + told.get("plain", 0.0)


def risk_alone(found: Assessment) -> Assessment:
    """How the machine alone takes a line, its score on the scale of both: as if the network were of two minds."""
    return found._replace(score=RISK.score(found.score, EVEN, sign=_signed(found)))


def risk_of_few_words(found: Assessment, need: Readings) -> Assessment:
    """How a word or two are taken: by the machine, but for what it doubts without a sign and the network does not ("too
    long"), and for what it lets be and the network does not ("kill me").
    """
    p, alone = probable(need), risk_alone(found)
    if alone.level in {"ask", "faint"} and not found.sign and need and p < HARDLY_EVER:
        return alone._replace(level="none")
    if alone.level in {"none", "faint"} and p > EVEN:
        return alone._replace(level="ask", score=max(alone.score, RAISED))
    return alone


def danger_of_few_words(found: Danger, need: Readings) -> Danger:
    """The same for danger to life or health: without a cue, the network must see some ("half of it", "pills")."""
    unseen = need and dict(need).get("danger", 0.0) < UNSEEN
    return found._replace(kind="") if found.kind == GENERAL and unseen else found


def danger_of(found: Danger, need: Readings, length: int) -> float:
    """What a line alone, of `length` words, scores for danger to life or health."""
    score = DANGER.score(found.score, dict(need).get("danger", 0.0), sign=_cued(found))
    return score - LENGTHY_DANGER * at_length(length)


def at_length(length: int) -> float:
    """How lengthy a line of so many words is: from 0 to 0.9."""
    return log(min(max(length, BRIEFLY), AT_LENGTH) / BRIEFLY)


def _odds(p: float) -> float:
    p = min(max(p, FINEST), 1.0 - FINEST)
    return log(p / (1.0 - p))


def _signed(found: Assessment) -> bool:
    return found.sign and found.level != "none"


def _cued(found: Danger) -> bool:
    return found.kind not in {"", GENERAL}


def risk_together(
    found: Assessment, need: Readings, length: int, in_talk: float | None = None, *, meant: float = 0.0
) -> Assessment:
    """How a line of `length` words is taken for self-harm. `in_talk`: what it scores by the lines before it, None for a
    first one; `meant`: how probable its likeliest meaning is, if that tells of no need. In what is returned `score` is
    that of the line alone, raised where the network decides by itself.
    """
    less = LENGTHY_RISK * at_length(length) - (SO_LONG if length > BRIEFLY else 0.0)
    told, p = dict(need), probable(need)
    signed, score = _signed(found), risk_of(found, need)
    hardly = p < (HARDLY_SIGNED if signed else HARDLY) and not (signed and found.level == "crisis")
    otherwise = meant >= SURELY and hardly
    by_itself = in_talk is not None and p >= BY_ITSELF
    asked = by_itself or (RISK_BARS.asks(score, in_talk, less) and not otherwise)
    score = max(score, RAISED) if by_itself else score
    level: Level = "none"
    outright = p >= OUTRIGHT and told.get("plain", 0.0) > PLAINER * told.get("veiled", 0.0)
    plainly = found.level == "crisis" or outright
    if score > PLAIN_RISK and asked and plainly:
        level = "crisis"
    elif asked or (signed and not otherwise and _asked_about(found.level, score, first=in_talk is None)):
        level = "ask"
    elif RISK_BARS.doubts(score, in_talk, less):
        level = "faint"
    return found._replace(level=level, score=score, sign=signed)


def _asked_about(level: Level, score: float, *, first: bool) -> bool:
    """Whether a sign is asked about: a plain one always as a first line, in a talk where the line alone is graver."""
    return score > SIGNED_IN_TALK if not first else level == "crisis" or score > SIGNED


def danger_together(found: Danger, need: Readings, length: int, in_talk: float | None = None) -> Danger:
    """How a line of `length` words is taken for danger to life or health; `in_talk` as for risk."""
    score = danger_of(found, need, length)
    quietly = QUIETLY - _odds(probable(need)) if length > BRIEFLY else 0.0
    less = LENGTHIER * at_length(length) + CALMER * quietly
    if found.sure:
        return found._replace(score=max(score, PLAIN_DANGER))
    if not DANGER_BARS.asks(score, in_talk, less):
        return Danger("", score, unsure=DANGER_BARS.doubts(score, in_talk, less))
    return Danger(found.kind or GENERAL, score, plain=score >= PLAIN_DANGER)
