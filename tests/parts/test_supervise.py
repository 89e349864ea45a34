"""A step of a thread that breaks is told and logged, and the thread goes on."""

from __future__ import annotations

import logging

import pytest

from robot.core.errors import DeviceError, PartError
from robot.parts.supervise import REMEDY, Enduring
from robot.texts.catalogue import words


def test_what_nobody_foresaw_is_told_each_time_and_logged_with_its_trace_once(caplog: pytest.LogCaptureFixture) -> None:
    told: list[PartError] = []
    enduring = Enduring(told.append)
    for error in (KeyError("x"), KeyError("x"), TypeError(), KeyError("x"), DeviceError("no camera", remedy="plug in")):
        with enduring:
            raise error
    assert [words(one.what).rpartition(": ")[2] for one in told] == ["'x'", "'x'", "TypeError", "'x'", "no camera"]
    assert (told[0].remedy, told[-1].remedy) == (REMEDY, "plug in")
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3
    assert all(record.exc_info for record in caplog.records)
    assert words(told[0].what, "fr") == "une erreur que personne n’avait prévue : KeyError: 'x'"


def test_a_step_that_goes_well_tells_nothing_and_an_end_is_an_end() -> None:
    told: list[PartError] = []
    with Enduring(told.append):
        pass
    with pytest.raises(KeyboardInterrupt), Enduring(told.append):
        raise KeyboardInterrupt
    assert told == []
