"""Who is where: painted people and a real photograph through the real detector and tracker."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import skimage.data

from robot.core.body_frame import Pose
from robot.core.percepts import Band
from robot.sense.sight.detector import FaceFinder
from sim.senses.camera import detections
from sim.senses.image_sensor import ImageSensor
from tests.support.stage import ONE, Stage, certain, show, somebody, truth

if TYPE_CHECKING:
    from robot.core.percepts import FacesSeen
    from sim.world.people import Figure

DEGREE = math.radians(1)
UP = Pose(neck_pitch=math.radians(5))
WITH_FACES = {"astronaut", "camera"}
FACELESS = sorted(
    path.stem for path in Path(skimage.data.__path__[0]).glob("*.[pj][np]g") if path.stem not in WITH_FACES
)


@pytest.mark.parametrize("pixels", [24, 40, 80, 160])
def test_a_painted_person_is_found_in_five_skins_at_every_turn(pixels: int) -> None:
    finder, image_sensor = FaceFinder(), ImageSensor(ONE.camera)
    away = ONE.camera.focal_px * 0.2 / pixels + ONE.camera.forward_m
    for number in range(5):
        for turn in (-29, 0, 29):
            figure = somebody(number, x=away, z=0.3 + 0.1 * away, turn_deg=turn)
            found = finder.look(image_sensor.develop(0.1 * number, UP, (figure,)))
            assert len(found) == 1, (number, turn)
            assert found[0].box[3] == pytest.approx(pixels, rel=0.35)


def test_a_still_person_keeps_the_bearing_while_the_head_moves() -> None:
    for senses in ("pixels", "truth"):
        stage = Stage(senses)
        figure = somebody(3, x=1.4, y=0.3)
        stage.figures = (figure,)

        def sway(now: float, stage: Stage = stage) -> None:
            yaw, pitch = 0.35 * math.sin(2 * now), 0.1 + 0.08 * math.sin(3 * now)
            stage.pose = Pose(base_yaw=yaw / 2, head_yaw=yaw / 2, neck_pitch=pitch, neck_roll=0.15 * math.sin(now))

        seen = stage.watch(5, sway)
        faces = [face for one in seen[3:] for face in one.faces]
        assert len(faces) == len(seen) - 3
        assert {face.track for face in faces} == {1}
        expected = truth(figure)
        assert max(abs(face.yaw - expected.yaw) for face in faces) < DEGREE
        assert max(abs(face.pitch - expected.pitch) for face in faces) < 2 * DEGREE  # a face's box is not its middle


def test_a_walking_person_is_one_track_with_the_right_speed() -> None:
    stage = Stage()
    stage.pose = UP
    speed = math.radians(12)

    def walk(now: float) -> None:
        angle = -0.4 + speed * now
        stage.figures = (somebody(2, x=1.6 * math.cos(angle), y=1.6 * math.sin(angle)),)

    seen = stage.watch(4, walk)
    assert {face.track for one in seen for face in one.faces} == {1}
    late = [face for one in seen[12:] for face in one.faces]
    assert np.median([face.yaw_rate for face in late]) == pytest.approx(speed, rel=0.15)
    errors = [face.yaw - (-0.4 + speed * one.t) for one in seen[5:] for face in one.faces]
    assert max(map(abs, errors)) < DEGREE


def test_two_people_are_two_tracks_at_their_bearings() -> None:
    stage = Stage()
    stage.pose = UP
    stage.figures = (somebody(1, x=1.5, y=0.6), somebody(2, x=1.8, y=-0.5))
    last = stage.watch(2)[-1]
    assert len(certain(last)) == 2
    for figure in stage.figures:
        assert min(abs(face.yaw - truth(figure).yaw) for face in certain(last)) < DEGREE


def test_who_is_hidden_for_a_moment_stays_the_same_and_is_predicted_meanwhile() -> None:
    for senses in ("pixels", "truth"):
        stage = Stage(senses)
        stage.pose = UP
        back = somebody(1, x=2.0, y=0.0)

        def pass_by(now: float, stage: Stage = stage, back: Figure = back) -> None:
            stage.figures = (back, somebody(4, x=1.0, y=-0.9 + 0.6 * now, z=0.42))

        seen = stage.watch(3, pass_by)
        first = next(face.track for one in seen for face in certain(one) if abs(face.yaw) < 2 * DEGREE)
        there = [face for one in seen for face in one.faces if face.track == first]
        assert any(face.age > 0 for face in there), "the passer-by hides the other for a moment"
        assert all(abs(face.yaw) < 3 * DEGREE for face in there)
        assert any(face.track == first for face in certain(seen[-1]))
        assert len({face.track for one in seen for face in certain(one)}) == 2


def test_where_somebody_left_is_told_and_who_returns_is_the_same() -> None:
    stage = Stage("truth")
    stage.pose = UP

    def leave_and_return(now: float) -> None:
        away = min(max(0.8 * now, 0.0), max(0.8 * (7 - now), 0.0))
        stage.figures = (somebody(1, x=1.2, y=0.3 + away),)

    seen = stage.watch(7, leave_and_return)
    lost = [lost for one in seen for lost in one.lost]
    assert [one.way for one in lost] == ["left"]
    assert lost[0].yaw > math.radians(35)
    assert {face.track for one in seen for face in one.faces} == {1}
    assert certain(seen[-1])


def test_who_turns_away_is_lost_inside_the_picture() -> None:
    stage = Stage("truth")
    stage.pose = UP

    def turn(now: float) -> None:
        stage.figures = (somebody(1, turn_deg=0 if now < 1 else 120),)

    assert [lost.way for one in stage.watch(3, turn) for lost in one.lost] == ["inside"]


@pytest.mark.parametrize("senses", ["pixels", "truth"])
def test_facing_is_a_matter_of_the_heads_turn(senses: str) -> None:
    for turn, low, high in ((0, 0.85, 1.0), (-35, 0.0, 0.6), (50, 0.0, 0.3)):
        stage = Stage(senses)
        stage.pose = UP
        stage.figures = (somebody(3, x=1.0, turn_deg=turn),)
        faces = certain(stage.watch(1)[-1])
        assert faces, turn
        assert low <= faces[0].facing <= high, (turn, faces[0].facing)


def test_distance_is_told_in_three_bands() -> None:
    for away, band in ((0.6, Band.NEAR), (1.5, Band.MIDDLE), (2.5, Band.FAR)):
        stage = Stage()
        stage.pose = UP
        stage.figures = (somebody(2, x=away),)
        assert certain(stage.watch(1)[-1])[0].band is band


def test_a_face_counts_only_after_two_of_three_pictures() -> None:
    stage = Stage("truth")
    stage.pose = UP

    def flash(now: float) -> None:
        stage.figures = (somebody(),) if now < 0.09 else ()

    seen = stage.watch(1, flash)
    assert [len(one.faces) for one in seen[:2]] == [1, 0]
    assert not any(face.confirmed for one in seen for face in one.faces)


def test_an_eighth_and_a_sixteenth_of_the_light_are_enough() -> None:
    for light in (1 / 8, 1 / 16):
        stage = Stage()
        stage.pose = UP
        stage.light = light
        found = pictures = 0
        for number in range(5):
            stage.figures = (somebody(number, x=0.75),)
            seen = stage.watch(1, seed=number)
            pictures += len(seen)
            found += sum(bool(one.faces) and one.faces[0].age == 0 for one in seen)
        assert found >= 0.85 * pictures, light


def test_truth_and_pixels_agree_on_what_is_seen() -> None:
    finder, image_sensor = FaceFinder(), ImageSensor(ONE.camera)
    for number, (x, y, turn) in enumerate(((1.0, 0.0, 0), (1.5, 0.7, 20), (0.7, -0.3, -20))):
        figures = (somebody(number, x=x, y=y, turn_deg=turn),)
        pose = UP._replace(neck_roll=0.2)
        (told,) = detections(ONE.camera, pose, figures)
        (found,) = finder.look(image_sensor.develop(0, pose, figures))
        size = told.box[3]
        assert found.box == pytest.approx(told.box, abs=0.2 * size)
        for a, b in zip(found.landmarks, told.landmarks, strict=True):
            assert a == pytest.approx(b, abs=0.13 * size)


def test_truth_keeps_a_detectors_limits() -> None:
    behind = somebody(1, x=-1.0)
    far = somebody(2, x=4.0)
    turned = somebody(3, x=1.0, turn_deg=75)
    aside = somebody(4, x=0.5, y=1.5)
    hidden = somebody(5, x=1.9, y=0.03)
    front = somebody(6, x=0.9)
    assert not detections(ONE.camera, UP, (behind, far, turned, aside))
    assert len(detections(ONE.camera, UP, (hidden, front))) == 1


def test_the_astronaut_is_followed_in_every_picture_that_shows_her_face() -> None:
    photograph = cv2.imread(f"{skimage.data.__path__[0]}/astronaut.png")
    assert photograph is not None
    wide = cv2.copyMakeBorder(photograph, 0, 0, 700, 700, cv2.BORDER_REFLECT)
    wide = cv2.GaussianBlur(wide, (0, 0), 9)
    wide[:, 700:1212] = photograph  # one sharp face between blurred mirror images
    left, right = 700 + 178, 700 + 268
    images, in_view = [], []
    for start in range(240, 1200, 12):
        images.append(np.ascontiguousarray(wide[0:480, start : start + 640]))
        in_view.append(start + 12 <= left and right <= start + 628)
    seen = show(images, len(images) / 10 + 0.1)
    assert len(seen) == len(images)
    shown = [one for one, there in zip(seen, in_view, strict=True) if there]
    assert all(any(face.age == 0 for face in one.faces) for one in shown)
    main = [max(one.faces, key=lambda face: face.score) for one in shown]
    assert len({face.track for face in main}) == 1
    assert all(face.confirmed for face in main[1:])


@pytest.mark.parametrize("name", FACELESS)
def test_nobody_is_seen_where_nobody_is(name: str) -> None:
    path = next(Path(skimage.data.__path__[0]).glob(f"{name}.*"))
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert image is not None
    seen = show([image] * 8, 1)
    assert not any(face.confirmed for one in seen for face in one.faces)


@pytest.mark.parametrize(
    "name", ["coffee", "motorcycle_left", "motorcycle_right"]
)  # each looks like a face for seconds
def test_a_thing_that_resembles_a_face_is_not_taken_for_a_person(name: str) -> None:
    image = cv2.imread(f"{skimage.data.__path__[0]}/{name}.png", cv2.IMREAD_COLOR)
    assert image is not None
    scale = 1.25 * max(640 / image.shape[1], 480 / image.shape[0])
    large = cv2.resize(image, None, fx=scale, fy=scale)
    across, down = large.shape[1] - 640, large.shape[0] - 480
    places = [(int(across * k / 59), int(down * (0.5 + 0.5 * math.sin(0.1 * k)))) for k in range(60)]
    seen = show([np.ascontiguousarray(large[y : y + 480, x : x + 640]) for x, y in places], 6.1)
    faces = [face for one in seen for face in one.faces]
    assert faces, "or this test shows nothing"
    assert not any(face.confirmed for face in faces)


def test_nobody_is_seen_in_the_empty_room() -> None:
    stage = Stage()

    def look_about(now: float) -> None:
        stage.pose = Pose(
            base_yaw=1.3 * math.sin(now), head_yaw=1.1 * math.sin(1.7 * now), neck_pitch=0.3 * math.sin(3 * now)
        )

    assert not any(face.confirmed for one in stage.watch(8, look_about) for face in one.faces)


def _flattened(seen: list[FacesSeen]) -> list[tuple[float, object, bytes]]:
    return [(one.t, one.faces, b"" if one.image is None else one.image.tobytes()) for one in seen]


def test_the_same_seed_gives_the_same_bytes() -> None:
    def play() -> list[FacesSeen]:
        stage = Stage()

        def script(now: float) -> None:
            stage.pose = Pose(base_yaw=0.2 * math.sin(now), neck_pitch=0.1)
            stage.figures = (replace(somebody(1, y=0.2 * now), mouth=0.5), somebody(2, x=2.0, y=-0.5))

        return stage.watch(2, script, seed=7)

    first, second = play(), play()
    assert _flattened(first) == _flattened(second)
    assert len(first) == 20
