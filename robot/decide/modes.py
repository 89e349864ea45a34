"""The modes as a hierarchical `transitions` machine; `docs/architecture.md` shows the diagram made from it.

While the body is up it is asleep or alert; alert, it is awake (alone) or engaged (in company). Losing the body leads
from anywhere to safe, where it waits until the body is armed again.
"""

from __future__ import annotations

import logging
from functools import cache

from transitions.extensions import HierarchicalMachine

from robot.core.decision import Mode

logging.getLogger("transitions").setLevel(logging.ERROR)  # it warns of each helper that `model_override` leaves out

ALERT = {"name": "alert", "initial": "awake", "children": ["awake", "engaged"]}
STATES: tuple[str | dict[str, object], ...] = (
    "boot",
    {"name": "up", "initial": "alert", "children": ["asleep", ALERT]},
    "safe",
)
TRANSITIONS: tuple[dict[str, str | list[str]], ...] = (
    {"trigger": "body_ready", "source": ["boot", "safe"], "dest": "up"},
    {"trigger": "body_lost", "source": ["boot", "up"], "dest": "safe"},
    {"trigger": "engage", "source": "up_alert_awake", "dest": "up_alert_engaged"},
    {"trigger": "disengage", "source": "up_alert_engaged", "dest": "up_alert_awake"},
    {"trigger": "fall_asleep", "source": "up_alert", "dest": "up_asleep"},
    {"trigger": "wake", "source": "up_asleep", "dest": "up_alert"},
)


@cache
def _mode_of(state: str) -> Mode:
    """Of a state's name in the machine, "up_alert_awake"."""
    return Mode(state.rpartition("_")[2])


class Modes:
    """The machine's model; each method below is a trigger that `transitions` fills in and answers True if it moved."""

    state: str

    def __init__(self) -> None:
        self.machine = HierarchicalMachine(
            model=self,
            states=list(STATES),
            transitions=list(TRANSITIONS),
            initial="boot",
            auto_transitions=False,
            model_override=True,
        )

    @property
    def mode(self) -> Mode:
        """The innermost state."""
        return _mode_of(self.state)

    def body_ready(self) -> bool:
        """The body is linked and armed."""
        raise AssertionError

    def body_lost(self) -> bool:
        """The line to the body is gone."""
        raise AssertionError

    def engage(self) -> bool:
        """Somebody is here."""
        raise AssertionError

    def disengage(self) -> bool:
        """Nobody is here any more."""
        raise AssertionError

    def fall_asleep(self) -> bool:
        """Alone for long, or asked to sleep."""
        raise AssertionError

    def wake(self) -> bool:
        """Touched, spoken to, or somebody came."""
        raise AssertionError
