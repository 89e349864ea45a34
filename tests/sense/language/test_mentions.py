"""Whom a line speaks of, what they are called, and when."""

from __future__ import annotations

import pytest

from robot.sense.language.mentions import mentions


@pytest.mark.parametrize(
    ("text", "language", "slots"),
    [
        ("my sister Emma is coming on Sunday", "en", {"who": "your sister", "relation": "sister", "called": "Emma"}),
        ("My grandson's called Leo", "en", {"who": "your grandson", "called": "Leo"}),
        ("we had to put Bess down on Tuesday", "en", {"who": "Bess", "when": "on tuesday"}),
        ("I miss Paris", "en", {}),
        ("they keep them late Fridays", "en", {}),
        ("there was fog down at the Saltings", "en", {}),
        ("a purée of fog sur la Saône", "fr", {}),
        ("trente ans aux chantiers de La Ciotat", "fr", {}),
        ("on voit même plus Fourvière", "fr", {}),
        ("they pay her Attendance Allowance now", "en", {}),
        ("la mère de Julie est venue", "fr", {"who": "Julie"}),
        ("ma petite-fille Léa passe demain", "fr", {"who": "ta petite-fille", "called": "Léa", "when": "demain"}),
        ("j'ai vu Madame Dupont", "fr", {"who": "Madame Dupont"}),
    ],
)
def test_whom_and_when_a_line_speaks_of(text: str, language: str, slots: dict[str, str]) -> None:
    found = dict(mentions(text, language))
    assert slots.items() <= found.items()
    assert bool(found) == bool(slots)
