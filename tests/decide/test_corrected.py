"""What is put right amid a talk is taken, thanked for, and named where it was; what only denies something is not."""

from __future__ import annotations

import re

import pytest

from tests.support.talk import last_answer

RIGHT = [
    ("en", "I had English today at school", "No, not English, maths.", "maths"),
    ("en", "I had English today at school", "It was maths, not English.", "maths"),
    ("en", "I have maths today", "No, I said Tuesday.", "Tuesday"),
    ("en", "I've got swimming on Friday", "Not Friday, Thursday.", "Thursday"),
    ("en", "My brother is coming on Sunday.", "No, that's my cousin.", "your cousin"),
    ("en", "My brother is coming on Sunday.", "No, he's my cousin.", "your cousin"),
    (
        "en",
        "Oscar's got football on Monday",
        "No, not Oscar, Oscar's got swimming. It's Leo that's got football.",
        "Leo",
    ),
    ("fr", "J'ai eu anglais aujourd'hui à l'école", "Non, pas anglais, maths.", "maths"),
    ("fr", "J'ai eu anglais aujourd'hui à l'école", "C'était maths, pas anglais.", "maths"),
    ("fr", "Mon frère vient dimanche.", "Non, j'ai dit samedi.", "samedi"),
    ("fr", "Mon frère vient dimanche.", "Non, pas dimanche, samedi.", "samedi"),
    ("fr", "Mon frère vient dimanche.", "Non, ça c'est mon cousin.", "ton cousin"),
    ("en", "My friend is called Martine.", "No, I didn't say Martine, I said Marine!", "Marine"),
    ("fr", "Mon amie s'appelle Martine.", "Non mais j'ai pas dit Martine, j'ai dit Marine !", "Marine"),
    ("fr", "Oscar a foot lundi", "Non, pas Oscar, Oscar a natation. C'est Léo qui a foot.", "Léo"),
]


@pytest.mark.parametrize(("language", "told", "line", "meant"), RIGHT)
def test_what_is_put_right_is_said_back(language: str, told: str, line: str, meant: str) -> None:
    (said,) = last_answer(language, told, line).said
    assert said.phrase == "corrected"
    assert meant in said.text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Not fifteen minutes, fifty."),
        ("en", "I said fifty, not fifteen."),
        ("fr", "Pas quinze minutes, cinquante."),
        ("fr", "J'ai dit cinquante, pas quinze."),
    ],
)
def test_a_timer_that_was_misheard_is_set_anew(language: str, line: str) -> None:
    sets = {"en": "Set a timer for fifteen minutes", "fr": "Mets un minuteur de quinze minutes"}
    fifty = {"en": "fifty minutes", "fr": "cinquante minutes"}
    assert fifty[language] in last_answer(language, sets[language], line).answer


@pytest.mark.parametrize(
    ("language", "told", "line"),
    [
        ("en", "I like jam.", "Not bad, thanks."),
        ("en", "I like jam.", "Not today, maybe tomorrow."),
        ("en", "We had stew.", "I like soup, not stew."),
        ("en", "My brother is coming on Sunday.", "No, my brother died."),
        ("en", "My sister had soup today.", "No, not soup."),
        ("fr", "J'ai mal dormi.", "Pas mal, merci."),
        ("fr", "On a mangé du ragoût.", "J'aime la soupe, pas le ragoût."),
    ],
)
def test_what_only_denies_something_puts_nothing_right(language: str, told: str, line: str) -> None:
    assert all(one.phrase not in {"corrected", "answer_corrects"} for one in last_answer(language, told, line).said)


@pytest.mark.parametrize(
    ("language", "line", "both"),
    [
        (
            "en",
            "Timer for ten minutes, and one for twenty-five while you're at it.",
            "ten minutes and twenty-five minutes",
        ),
        (
            "en",
            "Set a timer for ten minutes and another for twenty-five minutes.",
            "ten minutes and twenty-five minutes",
        ),
        ("en", "Set a timer for ten minutes and another for twenty.", "ten minutes and twenty minutes"),
        ("en", "Set a timer for ten minutes and another for three minutes.", "three minutes and ten minutes"),
        ("en", "Ten-minute timer for the pasta and another for five minutes.", "five minutes and ten minutes"),
        ("en", "A timer for thirty seconds and another for forty-five.", "thirty seconds and forty-five seconds"),
        (
            "en",
            "Set a timer for ten minutes and two eggs.",
            "ten minutes from now|ten minutes, starting|ten minutes for the",
        ),
        ("fr", "Mets un minuteur de dix minutes et un autre de vingt.", "dix minutes et vingt minutes"),
    ],
)
def test_two_timers_in_one_breath_are_both_set(language: str, line: str, both: str) -> None:
    assert re.search(both, last_answer(language, line).answer, re.IGNORECASE)


@pytest.mark.parametrize(
    ("language", "lines", "named"),
    [
        (
            "en",
            ("Timer for two minutes for the eggs and five minutes for the toast.", "What timers are there?"),
            "eggs.*toast",
        ),
        (
            "fr",
            ("Un minuteur de cinq minutes pour les œufs et dix minutes pour le riz.", "Quels minuteurs il y a ?"),
            "œufs.*riz",
        ),
    ],
)
def test_each_of_two_timers_has_its_own_name(language: str, lines: tuple[str, ...], named: str) -> None:
    assert re.search(named, last_answer(language, *lines).answer)
