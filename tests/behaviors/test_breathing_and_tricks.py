"""Breathing goes with the light and few words, and ends when told; dance and tricks are shown when asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.talk import Talk

BREATHE = {"en": "breathe with me", "fr": "respire avec moi"}
DANCE = {"en": ("dance for me", "wiggle your ears", "another one"), "fr": ("danse", "remue les oreilles", "un autre")}
both = pytest.mark.parametrize("language", ["en", "fr"])


@both
def test_five_breaths_rise_and_sink_with_the_light_and_few_words(language: str) -> None:
    with Talk(language) as talk:
        said = talk.says(BREATHE[language], 62)
        assert said == [
            "breathing_begin",
            "breathing_in",
            "breathing_out",
            "breathing_in",
            "breathing_out",
            "breathing_end",
        ]
        assert [name for _, name in talk.robot.shown].count("breath") == 5
        breaths = [t for t, name in talk.robot.shown if name == "breath"]
        assert all(8.0 < later - earlier < 9.5 for earlier, later in pairwise(breaths))
        third = round(50 * breaths[2])
        quiet = talk.brightness[third : third + 8 * 50]  # no voice lights it
        assert max(quiet) - min(quiet) > 0.4
        assert max(abs(b - a) for a, b in pairwise(quiet)) < 0.05


@both
@pytest.mark.parametrize("line", ["stop", "hello"])
def test_a_word_ends_it_quietly(language: str, line: str) -> None:
    with Talk(language) as talk:
        talk.says(BREATHE[language], 20)
        shown = len(talk.robot.shown)
        said = talk.says(line, 20)
        assert not [phrase for phrase in said if phrase.startswith("breathing")]
        assert "breath" not in {name for _, name in talk.robot.shown[shown:]}


@both
def test_it_dances_does_the_trick_that_was_named_and_another_on_more(language: str) -> None:
    dance, ears, more = DANCE[language]
    with Talk(language) as talk:
        assert talk.says(dance, 12) == ["dance_begin"]
        assert [name for _, name in talk.robot.shown].count("dance") == 2
        assert talk.says(ears, 6) == ["trick_begin"]
        assert talk.robot.shown[-1][1] == "hello_wave_ears"
        assert talk.says(more, 8) in (["trick_begin"], ["dance_begin"])
        assert talk.robot.shown[-1][1] != "hello_wave_ears"
