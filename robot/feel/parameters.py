"""The numbers of the attachment model: each with its unit, the range it may have, where it is from, and what it does.

The form of the model is published; most numbers are our own choice [P], since the literature gives none. What can be
set in `[character.model]` is read and checked from this table, and `docs/attachment.md` shows it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import Field

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table

SOURCES = {
    "P": "our own choice; the literature gives no number",
    "b1": "Hiolle, Cañamero, Davila-Ross & Bard 2012, ACM TiiS 2(1):3",
    "b2": "Hiolle, Lewis & Cañamero 2014, Frontiers in Neurorobotics 8:17",
    "b5": "Khan & Cañamero 2022, Frontiers in Robotics and AI 9:699573",
    "b8": "Likhachev & Arkin 2000, Robotic Comfort Zones",
    "a3": "Ainsworth, Bell & Stayton 1974, on the sensitivity of the person",
}


def _number(value: float, unit: str, low: float, high: float, source: str, about: str) -> Any:
    return Field(value, ge=low, le=high, description=about, json_schema_extra={"unit": unit, "source": source})


class Parameters(Table):
    """All that the equations in `attachment.py` and `rhythm.py` have for numbers."""

    habituation_s: float = _number(14.3, "s", 1, 120, "P, form of b2", "time in which a stimulus becomes familiar")
    habituation_gain: float = _number(1.05, "1", 0.5, 2, "P, form of b2", "how fast it becomes new again")
    novelty_gain: float = _number(0.9, "1", 0, 1.5, "P, form of b2", "arousal by what is new")
    separation_gain: float = _number(0.6, "1", 0, 1, "P, form of b1", "arousal by the absence of its person")
    separation_anxiety: float = _number(0.5, "1", 0, 1, "P, form of b5", "anxiety makes absence count more")
    separation_avoidance: float = _number(0.75, "1", 0, 0.95, "P, form of b5", "avoidance makes absence count less")
    bond_weight: float = _number(2.0, "1", 0.5, 3, "P", "share of the bond in separation")
    stranger_gain: float = _number(0.1, "1", 0, 0.5, "P, form of b8", "arousal by a stranger")
    stranger_anxiety: float = _number(1.0, "1", 0, 2, "P, form of b8", "anxiety makes a stranger count more")
    rise_s: float = _number(8.0, "s", 1, 60, "P, form of b1", "time in which arousal rises")
    fall_s: float = _number(12.0, "s", 1, 120, "P, form of b1", "time in which it falls")
    fall_anxiety_s: float = _number(40.0, "s", 0, 120, "P, form of b5", "so much longer at anxiety 1")
    soothing: float = _number(0.15, "1/s", 0, 1, "P, form of b1", "how fast comfort calms")
    soothing_anxiety: float = _number(0.6, "1", 0, 0.95, "P, form of b5", "anxiety makes it calm more slowly")
    soothing_avoidance: float = _number(0.5, "1", 0, 0.95, "P, form of b5", "so does avoidance")
    comfort_s: float = _number(2.0, "s", 0.2, 30, "P", "time in which comfort is felt")
    threshold: float = _number(0.55, "1", 0.2, 0.8, "P, form of b8", "arousal from which it seeks its person")
    threshold_anxiety: float = _number(0.3, "1", 0, 0.4, "P, form of b5", "anxiety lowers that")
    threshold_avoidance: float = _number(0.3, "1", 0, 0.4, "P, form of b5", "avoidance raises it")
    settled_share: float = _number(0.6, "1", 0.2, 0.95, "P, form of b8", "share of the threshold at which seeking ends")
    greeting_s: float = _number(1.0, "s", 0.2, 5, "P, form of b5", "how soon it greets")
    greeting_avoidance_s: float = _number(9.0, "s", 0, 20, "P, form of b5", "so much later at avoidance 1")
    reunion_gain: float = _number(0.5, "1", 0, 1, "P, form of b5", "arousal that anxiety brings to a reunion")
    reunion_s: float = _number(40.0, "s", 1, 300, "P, form of b5", "time in which that fades")
    bond_per_min: float = _number(0.003, "1/min", 0, 0.02, "P, form of a3", "growth of a bond with a responsive person")
    bond_days: float = _number(30.0, "d", 1, 365, "P", "time in which a bond fades in absence")
    bond_cap: float = _number(0.8, "1", 0.1, 1, "P", "no bond grows beyond that")
    bond_first: float = _number(0.1, "1", 0, 0.8, "P", "the bond with somebody new")
    evening_min: float = _number(60.0, "min", 0, 240, "P", "time before quiet hours in which it grows drowsy")
    morning_min: float = _number(30.0, "min", 0, 240, "P", "time after them in which it wakes up fully")
    drowsy_calm: float = _number(0.5, "1", 0, 1, "P", "share of exploration that full drowsiness takes")
    mood_h: float = _number(3.0, "h", 0.1, 48, "P", "time in which the mood drifts")
    mood_comfort: float = _number(0.4, "1", 0, 0.5, "P", "how far comfort lifts it over 0.5")
    mood_arousal: float = _number(0.3, "1", 0, 0.5, "P", "how far arousal in company lowers it; absence never does")


def check_as_shipped(parameters: Parameters) -> None:
    """Raise ConfigError where a number is another than the one that the gates and duties were measured with."""
    shipped = Parameters()
    for name in Parameters.model_fields:
        if getattr(parameters, name) != getattr(shipped, name):
            raise ConfigError(
                f"{name} {getattr(parameters, name)} is for research in the simulator only",
                place=f"character.model.{name}",
                remedy="leave it out; what lives with a person has the numbers that it was examined with",
            )


class ParameterRow(NamedTuple):
    """One parameter, for people to read."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    source: str
    about: str


def rows() -> list[ParameterRow]:
    """The whole table, in the order above."""
    schema = Parameters.model_json_schema()["properties"]
    return [
        ParameterRow(
            name=name,
            value=f["default"],
            unit=f["unit"],
            low=f["minimum"],
            high=f["maximum"],
            source=f["source"],
            about=f["description"],
        )
        for name, f in schema.items()
    ]
