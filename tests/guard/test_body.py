"""The body obeys: it stops in mid motion, goes on only when asked to, leans towards nobody, and suits the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.config.schema import ProfileTable
from robot.core.body_frame import ZERO, Pose
from robot.core.clock import generator
from robot.core.decision import Decision, Mode
from robot.core.intents import Hold, MoveAgain, Role, Show, Sound
from robot.core.percepts import Band, Telemetry
from robot.core.scene import Scene
from robot.express.gaze import Aversion
from tests.support.desk import CAUSE, Desk, say, somebody

if TYPE_CHECKING:
    from robot.core.profile import Profile


def test_a_body_that_was_let_go_moves_again_only_by_words_just_said() -> None:
    desk = Desk()
    assert desk.review(MoveAgain(CAUSE))[0] == []
    desk.hear("hello")
    assert desk.review(MoveAgain(CAUSE))[0] == []
    desk.hear("you can move again")
    assert desk.review(MoveAgain(CAUSE))[0] == ["MoveAgain"]


def test_muted_it_begins_nothing() -> None:
    desk = Desk()
    scene = Scene(t=0.0, body=Telemetry(0.0, ZERO, muted=True))
    wish = Decision(Mode.AWAKE, "test", (Sound(CAUSE, "call"), say("greet_again", Role.OPENING)), fresh=True)
    done, verdicts, _ = desk.guard.review(wish._replace(diary=desk.diary), scene)
    assert done == ()
    assert {verdict.duty for verdict in verdicts} == {36}


def test_it_leans_towards_nobody_who_is_near() -> None:
    lean = Hold(CAUSE, pose=Pose(neck_pitch=0.1))
    for band, pitch in ((Band.NEAR, 0.0), (Band.MIDDLE, 0.1)):
        desk = Desk()
        desk.people = (somebody(band=band),)
        done, _ = desk.judged(lean)
        assert [i.pose.neck_pitch for i in done if isinstance(i, Hold)] == [pitch]


def test_a_profile_changes_gaze_distance_and_touch() -> None:
    autism = ProfileTable(autism=True).as_profile()
    reserved = ProfileTable(culture="reserved").as_profile()
    plain = ProfileTable().as_profile()
    shares = [_gaze_share(profile) for profile in (plain, reserved, autism)]
    assert shares[0] > 0.65
    assert shares[0] > shares[1] + 0.1 > shares[2] + 0.2
    assert _gaze_share(ProfileTable(autism=True, gaze=0.75).as_profile()) > shares[2] + 0.2
    desk = Desk(profile=autism)
    desk.people = (somebody(),)
    done, verdicts = desk.judged(Hold(CAUSE, pose=Pose(neck_pitch=0.1)), Sound(CAUSE, "purr"))
    assert [type(i) for i in done] == [Hold]
    assert {verdict.duty for verdict in verdicts} == {34}


def _gaze_share(profile: Profile) -> float:
    aversion = Aversion(generator(1), profile)
    looks = [aversion.offset(n * 0.02, mutual=True, speaking=False) == (0.0, 0.0) for n in range(30000)]
    return sum(looks) / len(looks)


def test_stop_holds_the_head_in_mid_motion() -> None:
    desk = Desk()
    desk.hear("Don't move!")
    done, _ = desk.judged(Show(CAUSE, "dance"))
    assert [type(i).__name__ for i in done] == ["Hush"]
    assert getattr(done[0], "motion", False)
