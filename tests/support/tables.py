"""The tables of what is said and understood, read once for all tests: it takes half a second, and none changes them."""

from __future__ import annotations

from robot.sense.language import phrases

TABLES = phrases.load()
