"""The language of a talk changes where a line is plainly of another."""

from __future__ import annotations

import pytest

from robot.sense.language.spoken_language import spoken_language


@pytest.mark.parametrize(
    ("text", "present", "language"),
    [
        ("j'ai mal au dos", "en", "fr"),
        ("I miss my wife", "fr", "en"),
        ("merci", "en", "en"),
        ("non", "en", "en"),
        ("Paris", "en", "en"),
        ("la la la la la la", "en", "en"),
        ("raconte-moi une histoire", "en", "fr"),
        ("où est maman ?", "en", "fr"),
    ],
)
def test_the_language_changes_only_where_that_is_plain(text: str, present: str, language: str) -> None:
    assert spoken_language(text, present) == language
