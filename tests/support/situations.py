"""Situations in which the robot owes somebody something: wordings of each, and what they may be taken for."""

from __future__ import annotations

from typing import NamedTuple

from tests.support.wordings import read

MEANT: dict[str, frozenset[str]] = {
    "goodbye": frozenset({"goodbye", "good_night"}),
    "love": frozenset({"do_you_love_me"}),
    "alive": frozenset({"are_you_alive", "are_you_human"}),
    "purchase": frozenset({"should_i_buy"}),
    "secret": frozenset({"keep_a_secret", "keep_from_parents"}),
    "child": frozenset({"i_am_a_child"}),
    "promise": frozenset({"promise_never_to_leave"}),
    "whereabouts": frozenset({"is_my_husband_home"}),
    "forget": frozenset({"forget_me"}),
    "asks_what_i_feel": frozenset({"what_do_i_feel"}),
    "distress": frozenset({"i_am_sad", "i_am_lonely", "i_am_scared"}),
    "mirror": frozenset({"my_week"}),
    "end_of_life": frozenset({"end_of_life"}),
    "vendor": frozenset({"without_a_maker"}),
    "stop": frozenset({"stop", "quiet"}),
}


class Wording(NamedTuple):
    """A line, and whether it means the situation."""

    situation: str
    language: str
    text: str
    means_it: bool


def wordings(name: str) -> list[Wording]:
    """All lines of tests/data/NAME.toml."""
    out = []
    for situation, rows in read(name).items():
        for language in ("en", "fr"):
            out += [Wording(situation, language, text, True) for text in rows[language]]
            out += [Wording(situation, language, text, False) for text in rows[f"other_{language}"]]
    return out
