"""What is asked of the servos of a bus, whoever made them: where they stand and how they do, and where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from robot.core.errors import ConfigError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a servo says of itself, in the order of urgency; each has a sentence.
OVERLOAD, HEAT, VOLTAGE, SENSOR, CURRENT = "overload", "heat", "voltage", "sensor", "current"
ALERTS = {
    OVERLOAD: sentence("health.bus_alert_overload"),
    HEAT: sentence("health.bus_alert_heat"),
    VOLTAGE: sentence("health.bus_alert_voltage"),
    SENSOR: sentence("health.bus_alert_sensor"),
    CURRENT: sentence("health.bus_alert_current"),
}
LETS_GO = frozenset({OVERLOAD, HEAT, SENSOR, CURRENT})  # with which a servo may switch itself off, or cannot be trusted


class ServoReading(NamedTuple):
    """One servo at one moment."""

    step: int  # where it stands
    load: float  # 0..1 of its strength
    volts: float
    celsius: float
    alerts: frozenset[str] = frozenset()


class ServoFound(NamedTuple):
    """A servo that answers for the first time."""

    on: bool  # whether it holds
    positions: bool  # whether it goes to positions, and does not turn as a wheel


class ServoGoal(NamedTuple):
    """Where one servo is to go, and how fast it may at most, steps/s."""

    id: int
    step: int
    speed: float


class ServoBus(Protocol):
    """One bus. Every call waits for its answer, some milliseconds; a lost line raises LinkError."""

    name: str
    steps: int  # a goal is 0 to one below this

    def meet(self, number: int) -> ServoFound | None:
        """None where nobody has this number."""
        ...

    def read(self, number: int) -> ServoReading | None:
        """None where no whole answer came."""
        ...

    def holds(self, number: int) -> bool | None:
        """Whether its torque is on; None where no whole answer came."""
        ...

    def move(self, goals: Sequence[ServoGoal]) -> None:
        """All of them at once; nobody answers."""
        ...

    def switch(self, number: int, *, on: bool) -> bool:
        """Torque on or off; False where no answer came."""
        ...

    def recover(self, number: int) -> None:
        """End what it has switched itself off for. It stays off."""
        ...

    def close(self) -> None: ...


def no_library(package: str, address: str) -> ConfigError:
    return ConfigError(
        sentence("health.bus_no_library", package=package), place=address, remedy=sentence("health.bus_add_library")
    )
