"""A greeting is left out before what is told with it."""

from __future__ import annotations

import pytest

from robot.sense.language.greeted import behind_greeting


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("Morning, Bowlby. I slept badly again.", "I slept badly again."),
        ("Bonjour Bowlby je me suis levée tôt", "je me suis levée tôt"),
        ("Salut mon grand, on joue à quoi ?", "on joue à quoi ?"),
        ("Bonjour mon père ne respire plus", "Bonjour mon père ne respire plus"),
        ("Bonjour, mon petit frère ne bouge plus", "mon petit frère ne bouge plus"),
        ("Morning sickness is killing me", "Morning sickness is killing me"),
        ("Hi-fi is broken again now", "Hi-fi is broken again now"),
        ("Hello there, you", "Hello there, you"),
    ],
)
def test_a_greeting_alone_is_left_out_before_what_is_told(line: str, behind: str) -> None:
    assert behind_greeting(line) == behind
