"""The modes as a `transitions` machine.

boot → awake when the body is armed; awake ⇄ engaged as people come and go; awake → asleep when alone or asked;
any → safe when the body is lost, and back to awake when it is armed again.
"""

from __future__ import annotations

import logging

from transitions import Machine

from robot.decide.decision import Mode

logging.getLogger("transitions").setLevel(logging.ERROR)  # it warns of each helper that `model_override` leaves out

TRANSITIONS: tuple[tuple[str, Mode | list[Mode], Mode], ...] = (
    ("body_ready", [Mode.BOOT, Mode.SAFE], Mode.AWAKE),
    ("body_lost", [Mode.BOOT, Mode.ASLEEP, Mode.AWAKE, Mode.ENGAGED], Mode.SAFE),
    ("engage", Mode.AWAKE, Mode.ENGAGED),
    ("disengage", Mode.ENGAGED, Mode.AWAKE),
    ("fall_asleep", [Mode.AWAKE, Mode.ENGAGED], Mode.ASLEEP),
    ("wake", Mode.ASLEEP, Mode.AWAKE),
)


class Modes:
    """The machine's model; each method below is a trigger that `transitions` fills in and answers True if it moved."""

    state: Mode

    def __init__(self) -> None:
        self.machine = Machine(
            model=self,
            states=Mode,
            transitions=[{"trigger": trigger, "source": source, "dest": dest} for trigger, source, dest in TRANSITIONS],
            initial=Mode.BOOT,
            auto_transitions=False,
            model_override=True,
        )

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
