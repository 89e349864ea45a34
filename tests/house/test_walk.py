"""The walks of docs/architecture.md are what the program does: each call is made, in the order and the turn told."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from robot.sense.language.reading_pool import READ
from tests.support.imports import HOUSE
from tests.support.walk import Call, walked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = HOUSE / "docs" / "architecture.md"
LOOP, SIGHT, LISTENER, READER, VOICE, BOARD = (
    "the loop",
    "sight's thread",
    "the listener's process",
    "the reader's process",
    "the voice's process",
    "the board",
)
THREADS = {LOOP: "loop", SIGHT: "sight", LISTENER: "bowlby-listener"}  # by the beginning of their name
NAMED = re.compile(r"`([\w/]+\.(?:py|cpp)):([\w.]+)`")


class Step(NamedTuple):
    """One row of a walk."""

    first: int | None  # the turns in which it may be; None: whenever its thread comes to it
    last: int | None
    place: str
    name: str


def table(heading: str) -> Iterator[list[str]]:
    """The rows of the first table under a heading; empty cells say what the row above says."""
    text = PAGE.read_text(encoding="utf-8").split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in text.splitlines() if line.startswith("|")]  # names of the columns, a rule, the rows
    above: list[str] = []
    for row in rows[2:]:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        above = [cell or before for cell, before in zip(cells, above, strict=True)] if above else cells
        yield above


@cache
def steps(heading: str) -> tuple[Step, ...]:
    found = []
    for when, place, call, _ in table(heading):
        turns = [int(number) for number in re.findall(r"\d+", when)]
        named = NAMED.fullmatch(call)
        assert named, f"{call} names no function"
        found.append(Step(min(turns, default=None), max(turns, default=None), place, f"{named[1]}:{named[2]}"))
    return tuple(found)


PICTURE, WORD = "## A picture, from the camera to a servo", "## A word, from the microphone to a reply"


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[list[Call], set[str]]]:
    names = {step.name for heading in (PICTURE, WORD) for step in steps(heading)}
    with pytest.MonkeyPatch.context() as patch:
        yield walked(names, patch)


def follow(walk: Sequence[Step], calls: Sequence[Call], begin: int) -> Step | None:
    """Follow a walk whose turn 0 is `begin`; the step that was not made, or None at its end.

    A step comes after the one before it. The first of the loop's after another thread's is held by its end: it may have
    waited for that thread.
    """
    at, place, turn0 = begin, LOOP, calls[begin].turn
    for step in walk:
        waited = step.place == LOOP and place in {SIGHT, LISTENER}
        for i in range(at, len(calls)):
            call = calls[i]
            if call.name != step.name or call.left is not waited or not call.thread.startswith(THREADS[step.place]):
                continue
            if step.first is None or turn0 + step.first <= call.turn <= turn0 + (step.last or 0):
                at = i + 1
                break
        else:
            return step
        place = step.place
    return None


@pytest.mark.slow
@pytest.mark.parametrize("heading", [PICTURE, WORD])
def test_each_call_of_a_walk_is_made_in_its_order_and_its_turn(heading: str, run: tuple[list[Call], set[str]]) -> None:
    calls, _ = run
    walk = [step for step in steps(heading) if step.place in THREADS]
    assert len(walk) > 20
    begins = [i for i, call in enumerate(calls) if call.name == walk[0].name and not call.left]
    ends = [follow(walk, calls, begin) for begin in begins]
    furthest = max((walk.index(end) for end in ends if end is not None), default=0)
    assert None in ends, f"no {walk[furthest].name} follows {walk[furthest - 1].name} in {heading}"


@pytest.mark.slow
def test_what_runs_apart_begins_where_the_page_says(run: tuple[list[Call], set[str]]) -> None:
    _, targets = run
    begins = {place: call.strip("`") for place, call, _ in table("# How it works inside: two walks")}
    assert begins.keys() == {LOOP, SIGHT, LISTENER, READER, VOICE, BOARD}
    apart = {place: begins[place].replace("/", ".").replace(".py:", ":") for place in (LISTENER, READER, VOICE)}
    assert targets == {apart[LISTENER], apart[VOICE]}, "the tables alone settle what “Hello” means"
    assert apart[READER] == READ
    assert [step.name for step in steps(WORD) if step.place == VOICE] == [begins[VOICE]]
    for place, heading in ((SIGHT, PICTURE), (BOARD, PICTURE)):
        assert next(step.name for step in steps(heading) if step.place == place) == begins[place]


def body(file: str, name: str) -> str:
    """A C++ function of ours, between its braces."""
    text = (HOUSE / file).read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^[^\n;#/]*\b{name}\([^;{{]*\) (\{{[^\n]*\}}$|\{{.*?\n\}})", text)
    assert found, f"{file} has no function {name}"
    return found[1]


def test_the_board_makes_the_calls_of_the_walk() -> None:
    walk = [step.name.split(":") for step in steps(PICTURE) if step.place == BOARD]
    assert len(walk) > 5
    for i, (_, name) in enumerate(walk[1:], 1):
        assert any(re.search(rf"\b{name}\(", body(*above)) for above in walk[:i]), f"nothing above calls {name}"


def test_every_function_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 50
    for file, name in named:
        if file.endswith(".cpp"):
            body(file, name)
            continue
        text = (HOUSE / file).read_text(encoding="utf-8")
        *owner, function = name.split(".")
        scope = text
        if owner:
            found = re.search(rf"(?ms)^class {owner[0]}\b.*?(?=^\S|\Z)", text.replace("\n)", "\n )"))
            assert found, f"{file} has no class {owner[0]}"
            scope = found[0]
        assert re.search(rf"(?m)^ *def {function}\(", scope), f"{file} has no {name}"
