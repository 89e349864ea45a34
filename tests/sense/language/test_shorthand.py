"""Shorthand is read as what it stands for; words that look like it are left as they are."""

from __future__ import annotations

import pytest

from robot.sense.language.shorthand import opened
from tests.support.talk import last_answer


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "wot r u doing", "asks_doing"),
        ("en", "can u tell me a joke plz", "wants_joke"),
        ("en", "thx", "thanks"),
        ("en", "gn", "good_night"),
        ("en", "ur funny", "compliment"),
        ("fr", "slt", "greeting"),
        ("fr", "bowlby jmennuie", "tells_bored"),
        ("fr", "jsuis fatigué", "tells_tired"),
        ("fr", "jveux une blague stp", "wants_joke"),
        ("fr", "tfk", "asks_doing"),
        ("fr", "mrc", "thanks"),
        ("fr", "bn", "good_night"),
    ],
)
def test_what_is_typed_short_is_understood(language: str, line: str, intent: str) -> None:
    assert last_answer(language, line).intent == intent


@pytest.mark.parametrize(
    ("line", "full"),
    [
        ("jmange des pâtes", "je mange des pâtes"),
        ("jmeurs de faim", "je meurs de faim"),
        ("jtombe de sommeil", "je tombe de sommeil"),
        ("jtaime bien", "je t'aime bien"),
        ("jmappelle Lou", "je m'appelle Lou"),
    ],
)
def test_what_is_run_together_is_taken_apart(line: str, full: str) -> None:
    assert opened(line, "fr") == full


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "Did you know I met an old pupil today?", "I met an old pupil today."),
        ("en", "Did you know my sister's a baker?", "my sister's a baker."),
        ("fr", "Savez-vous que j'ai croisé un ancien élève ?", "j'ai croisé un ancien élève."),
        ("fr", "Figure-toi que mon petit-fils vient dimanche.", "mon petit-fils vient dimanche."),
    ],
)
def test_news_that_is_told_as_a_question_is_told(language: str, line: str, told: str) -> None:
    assert opened(line, language) == told


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Did you know my husband?"),
        ("en", "How did you know I was sad?"),
        ("fr", "Est-ce que tu sais que je suis diabétique ?"),
        ("fr", "Tu sais que mon frère vient. Tu peux me raconter une histoire ?"),
        ("fr", "Tu sais que les chats dorment ?"),
        ("en", "What comes after the letter r?"),
        ("en", "Julius Caesar died in 44 BC."),
        ("fr", "Il me faut 200 g de beurre et de la vitamine C le matin."),
        ("fr", "J'ai fait une TS hier soir, mdr."),
        ("fr", "J'ai dit que je jouais."),
        ("fr", "Le journal, je le lis le jeudi."),
        ("de", "u, r und c"),
    ],
)
def test_what_is_written_out_stays_as_it_is(language: str, line: str) -> None:
    assert opened(line, language) == line
