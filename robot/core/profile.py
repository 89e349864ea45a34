"""The profile: for whom the robot must behave otherwise (a minor, dementia, autism, culture). Set, never guessed.

Only a child's own words ("I am seven") make it careful by themselves (`Diary.minor`).
"""

from __future__ import annotations

from typing import NamedTuple


class Profile(NamedTuple):
    """Shares are of the time that it looks at somebody: while listening, while speaking (Argyle's figures)."""

    minor: bool = False
    dementia: bool = False
    gaze_listening: float = 0.75
    gaze_speaking: float = 0.41
    longest_look_s: float = 3.6  # an expression may come on top; together under the five seconds of a stare
    leans_in: bool = True  # towards somebody, and to be near
    enjoys_touch: bool = True  # shows that a touch was felt
    contacts: tuple[str, ...] = ()  # people to be named in a crisis, as the person agreed


PLAIN = Profile()
