"""What a browser lends: one lends at a time, what nobody takes is forgotten, and silence ends a loan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from robot.parts.browser_media import FIRST_S, HERE, SILENT_S, LentPicture, LentSound, Loan, LoanEnding
from tests.support.visitor import LEFT, webcam_picture

if TYPE_CHECKING:
    import pytest


def test_a_loan_of_which_nothing_comes_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("robot.parts.browser_media.stopwatch", lambda: now)
    loan: Loan[LentSound] = Loan(4)
    number = loan.begin(HERE)
    assert number is not None
    block = LentSound(0.0, 0.0, np.zeros(4, np.float32))

    def polled(seconds: float) -> bool:
        nonlocal now
        for _ in range(round(seconds / 0.02)):
            now += 0.02
            loan.take()
        return bool(loan.terms.by)

    stands = [polled(FIRST_S - 0.1)]  # the browser opens its device
    loan.give(number, block)
    stands.append(polled(SILENT_S - 0.1))
    loan.give(number, block)
    now += 60  # the robot slept
    stands += [polled(SILENT_S - 0.2), polled(0.3)]
    assert stands == [True, True, True, False]
    assert loan.terms.ending is LoanEnding.SILENT
    loan.give(number, block)
    assert loan.take() == []


def test_what_waits_while_nobody_looks_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("robot.parts.browser_media.stopwatch", lambda: now)
    loan: Loan[LentPicture] = Loan(1)
    number = loan.begin(HERE)
    assert number is not None
    loan.give(number, LentPicture(0.0, 0.0, 0.0, webcam_picture(LEFT)))
    rests = [loan.rests]
    now = 1.1
    rests.append(loan.rests)
    assert rests == [False, True]
    assert loan.take() == []


def test_one_lends_at_a_time_and_ends_only_their_own() -> None:
    loan: Loan[LentSound] = Loan(4)
    first = loan.begin(HERE)
    assert loan.begin("192.0.2.9") is None
    loan.end(LoanEnding.STOPPED)
    second = loan.begin("192.0.2.9")
    loan.end(LoanEnding.LEFT, first)
    assert loan.terms.by == "192.0.2.9"
    loan.end(LoanEnding.LEFT, second)
    assert loan.terms == (second, "", LoanEnding.LEFT)
