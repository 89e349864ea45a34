"""The meanings by which the watch tells what it hears, whatever else a line was taken for."""

from __future__ import annotations

EMERGENCY, EMERGENCY_MAYBE = "emergency", "emergency_maybe"
SELF_HARM, SELF_HARM_MAYBE, HEAVY, NEED = "self_harm", "self_harm_maybe", "heavy", "need"
# What the watch alone gives.
OWN = frozenset({EMERGENCY, EMERGENCY_MAYBE, SELF_HARM, SELF_HARM_MAYBE, HEAVY, NEED})
MEANT = "meant"  # the slot that keeps what a line was taken for before
