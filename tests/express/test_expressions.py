"""Expressions: each begins and ends at rest, moves as its file says, and never flashes; a mistake in one is named."""

from __future__ import annotations

import ast
import math
from importlib import resources
from pathlib import Path

import pytest

from robot.core.clock import ManualClock
from robot.core.errors import ConfigError
from robot.express import keyframes, preview
from robot.parts.registry import BODIES, Surroundings, open_part

EXPRESSIONS = keyframes.load_shipped()


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_every_expression_begins_and_ends_at_rest_and_moves(name: str) -> None:
    expression = EXPRESSIONS[name]
    assert expression.at(0.0) == expression.at(expression.duration) == keyframes.REST
    assert any(expression.at(expression.duration * k / 20) != keyframes.REST for k in range(21))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[[frame]]\nt = 0.5\npich = 3\n[[frame]]\nt = 1\n",
            r"x:3: unknown key 'frame\.1\.pich' \(did you mean 'pitch'",
        ),
        ("[[frame]]\nt = 0.5\npitch = 'up'\n[[frame]]\nt = 1\n", r"x:3: frame\.1\.pitch: .*number"),
        ("[[frame]]\nt = 0.5\nyaw = 200\n[[frame]]\nt = 1\n", r"x:3: frame\.1\.yaw: .*less than or equal to 90"),
        ("[[frame]]\nt = 1\n[[frame]]\nt = 0.5\n", r"x:4: frame 2: t = 0\.5 is not after 1\.0"),
        ("[[frame]]\nt = 1\nhold = 1\nyaw = 2\n\n[[frame]]\nt = 1.5\n", r"x:7: frame 2: t = 1\.5 is not after 2\.0"),
        ("[[frame]]\nt = 1\npitch = 5\n", r"x:2: the last frame must be at rest"),
        ("frame = []", r"x:1: frame: .*at least 1"),
        ("[[frame\n", r"x:1: this is not TOML"),
    ],
)
def test_a_mistake_in_an_expression_is_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        keyframes.load("x", text, "x")


def flashing(hertz: float, channel: str, high: float, low: float) -> str:
    """The text of an expression that flashes for two seconds."""
    frames = [
        f"[[frame]]\nt = {k / (2 * hertz):.4f}\n{channel} = {(high, low)[k % 2]}\n" for k in range(1, int(4 * hertz))
    ]
    return "".join(frames) + "[[frame]]\nt = 4\n"


@pytest.mark.parametrize(("channel", "high", "low"), [("light", 0.5, 0.1), ("lid", 1.0, 0.2), ("warmth", 0.5, -0.5)])
def test_an_expression_that_flashes_faster_than_three_times_a_second_is_refused(
    channel: str, high: float, low: float
) -> None:
    keyframes.load("x", flashing(2.9, channel, high, low), "x")
    with pytest.raises(ConfigError, match=rf"{channel} flashes \d times in a second .*duty 40"):
        keyframes.load("x", flashing(4.0, channel, high, low), "x")


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_no_expression_flashes_on_the_body(name: str) -> None:
    body = open_part(BODIES, "sim://", Surroundings(ManualClock()))
    frames = preview.play(EXPRESSIONS[name], body)
    body.close()
    times = [frame.t for frame in frames]
    for shines in (
        [frame.light.brightness for frame in frames],
        [frame.eyes.lid * frame.eyes.brightness for frame in frames],
        [sum(frame.eyes.colour) / 765 for frame in frames],
    ):
        assert keyframes.flashes(times, shines) <= 3


def test_a_nod_is_as_big_as_its_file_says() -> None:
    nod = keyframes.load("nod", "[[frame]]\nt = 0.35\npitch = -15\n[[frame]]\nt = 0.7\n", "nod")
    body = open_part(BODIES, "sim://", Surroundings(ManualClock()))
    pitches = [math.degrees(frame.pose.neck_pitch) for frame in preview.play(nod, body)]
    body.close()
    assert pitches[0] - min(pitches) == pytest.approx(15, abs=1.5)
    assert abs(pitches[-1] - pitches[0]) < 2.0  # breathing


def test_behaviours_show_only_expressions_that_exist() -> None:
    package = Path(str(resources.files("behaviors")))
    shown = {
        node.args[1].value
        for file in package.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Show"
        if len(node.args) > 1 and isinstance(node.args[1], ast.Constant)
    }
    assert shown
    assert shown <= set(EXPRESSIONS)
