"""What a behaviour may want: each value of the type that its field has, and none that nothing could do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from robot import because
from robot.core.intents import Consult, Look, Say
from robot.decide.intent_check import LARGEST_WHOLE, LONGEST, check_intent

CAUSE = because("test", 1.0)


@pytest.mark.parametrize(
    "intent",
    [
        Look(CAUSE, yaw=np.float32(0.1)),  # type: ignore[arg-type]
        Look(CAUSE, yaw=1),
        Say(CAUSE, text="a" * LONGEST),
        Consult(CAUSE, (), "en", seed=2**32),
    ],
)
def test_what_can_be_done_passes(intent: Any) -> None:
    check_intent(intent)


@pytest.mark.parametrize(
    "intent",
    [
        None,
        Look,
        Look(None, yaw=0.1),  # type: ignore[arg-type]
        Look(CAUSE, yaw=float("inf")),
        Look(CAUSE, yaw=True),
        Look(CAUSE, yaw="0.1"),  # type: ignore[arg-type]
        Say(CAUSE, text="a" * (LONGEST + 1)),
        Say(CAUSE, text=b"a"),  # type: ignore[arg-type]
        Consult(CAUSE, (), "en", seed=LARGEST_WHOLE + 1),
        Consult(CAUSE, [], "en"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_is_named(intent: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"no intent|cannot be done"):
        check_intent(intent)
