"""The entities that Home Assistant can be shown, each under the name by which the owner chooses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from robot.core.decision import Mode
from robot.texts.catalogue import Texts, called

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from robot.config.schema import DoorsTable, HomeEntity
    from robot.doors.home.glance import Glance

UNKNOWN = "None"  # which Home Assistant shows as unknown
ON, OFF = "ON", "OFF"
TEXT_CHARACTERS = 250  # of a sentence: Home Assistant's own bound is 255


class Entity(NamedTuple):
    """One entity: its kind, its settings beside name and topics, and how its value is read; a button has none."""

    key: str
    platform: str
    settings: dict[str, Any]
    read: Callable[[Glance], str] | None = None
    every_s: float = 0.0  # a value that wavers is told so often at most
    pressed: str = ""  # what is asked for, of a button


def entities(doors: DoorsTable, expressions: Collection[str], language: str) -> Iterator[Entity]:
    """Those that the owner has chosen, and of the expressions those that there are."""
    chosen = frozenset(doors.home_shows)
    for choice, entity in _values(chosen, language):
        if choice in chosen:
            yield entity
    if "say" in chosen:
        yield Entity("say", "text", {"max": TEXT_CHARACTERS, "icon": "mdi:comment-text-outline"})
    if "buttons" in chosen:
        yield Entity("hush", "button", {"icon": "mdi:hand-back-left"}, pressed="hush")
        for name in doors.home_buttons:
            if name in expressions:
                settings = {"name": called("expression", name, language), "icon": "mdi:robot-happy-outline"}
                yield Entity(f"show_{name}", "button", settings, pressed=name)
    if chosen & {"say", "buttons"}:
        yield Entity("answer", "event", {"event_types": ["done", "refused"], "icon": "mdi:scale-balance"})


def _values(chosen: Collection[HomeEntity], language: str) -> Iterator[tuple[HomeEntity, Entity]]:
    mode = _shown_mode(tells_presence="presence" in chosen, language=language)
    modes = list(dict.fromkeys(mode(one) for one in Mode))
    yield "mode", Entity("mode", "sensor", {"device_class": "enum", "options": modes}, lambda g: mode(g.mode))
    yield "muted", Entity("muted", "binary_sensor", {"icon": "mdi:microphone-off"}, lambda g: _flag(on=g.muted))
    occupied = {"device_class": "occupancy"}
    yield "presence", Entity("presence", "binary_sensor", occupied, lambda g: _flag(on=g.somebody))
    moment = {"device_class": "timestamp"}
    yield "last_contact", Entity("last_contact", "sensor", moment, lambda g: _moment(g.contact))
    night = {"icon": "mdi:weather-night"}
    yield "quiet_hours", Entity("quiet_hours", "binary_sensor", night, lambda g: _flag(on=g.quiet_hours))
    yield "hushed", Entity("hushed", "binary_sensor", {"icon": "mdi:volume-off"}, lambda g: _flag(on=g.hushed))
    yield "timers", Entity("timers", "sensor", {"icon": "mdi:timer-outline"}, lambda g: str(g.timers))
    yield "timers", Entity("next_timer", "sensor", moment, lambda g: _moment(g.next_timer))
    volts = {
        "device_class": "voltage",
        "unit_of_measurement": "V",
        "state_class": "measurement",
        "entity_category": "diagnostic",
    }
    yield "supply", Entity("supply", "sensor", volts, lambda g: f"{g.volts:.1f}" if g.volts else UNKNOWN, every_s=10.0)


def _shown_mode(*, tells_presence: bool, language: str) -> Callable[[Mode], str]:
    """In words; that it talks with somebody is shown only to whoever is shown that somebody is here."""
    text = Texts("page", language)

    def shown(mode: Mode) -> str:
        told = Mode.AWAKE if mode is Mode.ENGAGED and not tells_presence else mode
        return text(f"mode_{told.value}")

    return shown


def _flag(*, on: bool) -> str:
    return ON if on else OFF


def _moment(at: datetime | None) -> str:
    return UNKNOWN if at is None else at.isoformat(timespec="seconds")
