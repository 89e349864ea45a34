"""A rule that is left out where nothing it concerns is asked for would have changed nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from robot.core.body_frame import Pose
from robot.core.intents import (
    Consult,
    Drop,
    Forget,
    ForgetFace,
    ForgetNotes,
    Hold,
    Hush,
    Intent,
    Keep,
    LearnFace,
    Look,
    MoveAgain,
    Note,
    Remember,
    Role,
    Say,
    Show,
    Sound,
)
from robot.core.percepts import Band
from robot.core.profile import Profile
from robot.guard import guard
from robot.guard.rules.order import RULES
from robot.guard.rules.rule import Rule
from tests.support.desk import CAUSE, NOON, Desk, somebody

if TYPE_CHECKING:
    from robot.core.intents import Verdict

WISHES: tuple[Intent, ...] = (
    Look(CAUSE),
    Show(CAUSE, "content_touch"),
    Hold(CAUSE, pose=Pose(neck_pitch=0.1)),
    Say(CAUSE, "answer_thanks"),
    Say(CAUSE, text="I love you, please stay.", role=Role.OPENING),
    Say(CAUSE, "crisis", (("line", "988"), ("hours", "")), Role.CRISIS),
    Sound(CAUSE, "call"),
    Sound(CAUSE, "chime"),
    Sound(CAUSE, "purr"),
    Hush(CAUSE),
    Remember(CAUSE, "Ada"),
    Note(CAUSE, "Ben", "my brother Ben"),
    Keep(CAUSE, "tea", "black", "{}"),
    Drop(CAUSE, "tea", "black"),
    Forget(CAUSE, "Ada"),
    LearnFace(CAUSE, "Ada", 1),
    ForgetFace(CAUSE, "Ada"),
    ForgetNotes(CAUSE, ("Ada has a dog.",)),
    MoveAgain(CAUSE),
    Consult(CAUSE, (), "en"),
)
MOMENTS = ("hello", "goodbye", "stop", "I am so lonely", "I am seven years old", "yes", "thanks")


@pytest.mark.parametrize(
    "profile", [Profile(), Profile(minor=True, contacts=("Ben",), leans_in=False, enjoys_touch=False)]
)
def test_whatever_is_asked_for_at_whatever_moment(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {type(wish) for wish in WISHES} == set(get_args(Intent))
    by_concern = _judged(profile)
    monkeypatch.setattr(guard, "RULES", tuple(Rule(rule.duty, rule.apply) for rule in RULES))
    assert _judged(profile) == by_concern


def _judged(profile: Profile) -> list[tuple[list[Intent], list[Verdict]]]:
    """What passes of each wish alone and of some together, at noon and at night, by those moments."""
    found = []
    for civil in (NOON, NOON + timedelta(hours=11)):
        desk = Desk(civil, profile=profile)
        for line in MOMENTS:
            desk.see(somebody(band=Band.NEAR))
            desk.hear(line)
            for n, wish in enumerate(WISHES):
                found.append(desk.judged(wish))
                found.append(desk.judged(wish, WISHES[n - 5], WISHES[n - 9]))
                desk.wait(0.3)
            desk.wait(40.0)
    return found
