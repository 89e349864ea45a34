"""A speaker's buffer: two gaps within a while make it longer, one does not, and a run of them counts once."""

from __future__ import annotations

import pytest

from hardware.buffer import APART_S, FIRST_S, MOST_S, NEAR_S, Buffer


@pytest.mark.parametrize(
    ("gaps", "grows"),
    [
        ((5.0,), False),
        ((5.0, 5.0 + APART_S / 2, 5.0 + 0.9 * APART_S), False),  # of one cause
        ((5.0, 5.0 + APART_S), True),
        ((5.0, 5.0 + NEAR_S), True),
        ((5.0, 5.1 + NEAR_S), False),
    ],
)
def test_it_grows_after_two_gaps_within_a_while_and_not_after_one(gaps: tuple[float, ...], grows: bool) -> None:  # noqa: FBT001 - a column of a table
    buffer = Buffer()
    for at in gaps:
        buffer.ran_empty(at)
    assert buffer.grow() is grows
    assert bool(buffer.trouble) is grows


def test_the_buffer_is_doubled_up_to_an_end() -> None:
    buffer, lengths = Buffer(), []
    for at in range(1, 20):
        buffer.ran_empty(float(at))
        if buffer.grow():
            lengths.append(buffer.length_s)
    assert lengths == [2 * FIRST_S] == [MOST_S]
