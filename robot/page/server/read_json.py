"""Reads JSON that anybody may have sent: whatever it is, an object or nothing comes of it, in little time."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json


def read_any(text: str | bytes) -> tuple[Any] | None:
    """What JSON says, in a tuple, as it may be `null`; None for what is not JSON, too deep, or no true text."""
    try:
        return (from_json(text),)
    except (ValueError, TypeError):
        return None


def read_object(text: str | bytes) -> dict[str, Any] | None:
    """None for what is no object, too deep, or no true text. Numbers in it may be of any size."""
    try:
        found = from_json(text)  # it limits how deep, and how many digits; Python's own ends in other errors
    except (ValueError, TypeError):  # the latter for half a character
        return None
    return found if isinstance(found, dict) else None
