"""Whom a line is about: where it speaks of others and never to the robot, it asks nothing about the robot itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.core.meanings import is_of_itself

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.messages import Readings

_ROBOT: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:you|your|yours|yourself|ya|robots?|bowlby)\b", re.IGNORECASE),
    "fr": re.compile(
        r"\b(?:tu|te|toi|ton|ta|tes|vous|votre|vos|robots?|bowlby)\b|\bt['\u2019]|-(?:tu|toi|vous)\b", re.IGNORECASE
    ),
}
_OTHERS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:he|she|they|him|her|them|his|their|he's|she's|they're|who)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:ils?|elles?|lui|leurs?|eux|son|sa|ses|qui)\b", re.IGNORECASE),
}


def without_robot(readings: Readings, text: str, language: str) -> Readings:
    """The readings of a line without those that ask about the robot, where it speaks of others alone."""
    others, robot = _OTHERS.get(language), _ROBOT.get(language)
    if others is None or robot is None or robot.search(text) or not others.search(text):
        return readings
    return tuple(one for one in readings if not is_of_itself(one[0]))
