"""What is told is told sentence by sentence, ends at once when somebody breaks in, and goes on when they say so."""

from __future__ import annotations

from itertools import pairwise

import pytest

from robot.core.sentences import sentences_of
from tests.support.tables import TABLES
from tests.support.talk import Talk

LINES = {
    "en": {
        "story": "tell me a story",
        "joke": "tell me a joke",
        "poem": "say a poem",
        "fun_fact": "a fun fact please",
        "animal_sound": "make an animal sound",
        "song_line": "sing something",
        "more": "go on",
        "time": "what time is it",
        "bye": "goodbye",
        "dog": "bark like a dog",
        "slower": "speak slower",
        "faster": "speak faster",
    },
    "fr": {
        "story": "raconte-moi une histoire",
        "joke": "raconte-moi une blague",
        "poem": "dis-moi un poème",
        "fun_fact": "dis-moi quelque chose d'intéressant",
        "animal_sound": "imite un animal",
        "song_line": "chante quelque chose",
        "more": "continue",
        "time": "quelle heure est-il",
        "bye": "au revoir",
        "dog": "fais le chien",
        "slower": "parle moins vite",
        "faster": "parle plus vite",
    },
}
both = pytest.mark.parametrize("language", ["en", "fr"])
seeded = pytest.mark.parametrize(("language", "seed"), [("en", 0), ("en", 5), ("fr", 0), ("fr", 5)])


def told(talk: Talk, stem: str) -> list[str]:
    """The sentences of this kind that were said."""
    return [one.text for one in talk.robot.said if one.phrase.startswith(stem)]


@seeded
def test_a_story_is_told_whole_one_sentence_at_a_time(language: str, seed: int) -> None:
    with Talk(language, seed) as talk:
        talk.says(LINES[language]["story"], 0.5)
        phrase = next(one.phrase for one in talk.robot.said if one.phrase.startswith("story_"))
        whole = list(sentences_of(TABLES.variants(phrase, language)[0]))
        waiting = [talk.robot.session.robot.voice._queue]
        most = 0
        for _ in range(1500):
            talk.wait(0.1)
            most = max(most, len(waiting[0]))
        assert told(talk, "story_") == whole
        assert most <= 1
        begun = [t for t, one in talk.done if getattr(one, "phrase", "") == phrase]
        assert all(later - earlier > 1.5 for earlier, later in pairwise(begun))
        assert len({name for _, name in talk.robot.shown}) >= 4


@both
def test_words_break_a_story_off_and_go_on_takes_it_up_where_it_was_cut(language: str) -> None:
    lines = LINES[language]
    with Talk(language, 3) as talk:
        talk.says(lines["story"], 9)
        assert talk.speaks or talk.wait(1.0)
        talk.robot.forward(seconds=9, until=lambda: talk.speaks)
        talk.robot.forward(seconds=0.5)
        cut = talk.last
        assert talk.says(lines["time"]) == ["answer_what_time_is_it"]
        assert talk.wait(20) == []
        talk.says(lines["more"], 1.0)
        assert talk.last == cut
        talk.wait(6)
        assert talk.last != cut


@both
def test_stop_silences_a_story_and_a_goodbye_ends_it(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["story"], 5)
        assert talk.says("stop", 15) == []
        assert not talk.speaks
        talk.says(LINES[language]["more"], 3)
        assert talk.says(LINES[language]["bye"], 15) == ["farewell"]


def test_a_voice_cuts_it_in_mid_sentence_and_a_cough_does_not_end_it() -> None:
    with Talk("en") as talk:
        talk.says("tell me a story", 6)
        talk.robot.forward(seconds=9, until=lambda: talk.speaks)
        talk.robot.forward(seconds=0.3)
        cut, told_until = talk.last, len(talk.robot.said)
        talk.ada.says("hm")
        assert talk.robot.forward(seconds=1.5, until=lambda: not talk.speaks)
        talk.wait(8)
        assert [one.text for one in talk.robot.said[told_until:]][:1] == [cut]


@both
def test_a_joke_has_a_pause_before_its_point_and_the_next_is_another(language: str) -> None:
    with Talk(language, 1) as talk:
        talk.says(LINES[language]["joke"], 22)
        first = told(talk, "joke")
        talk.says(LINES[language]["more"], 22)
        assert len(first) >= 2
        assert told(talk, "joke")[len(first)] not in first
        times = [t for t, one in talk.done if getattr(one, "phrase", "") == "joke"]
        assert times[1] - times[0] > 1.5
        assert "laugh" in {name for _, name in talk.robot.shown}


@both
def test_none_is_told_twice_while_another_is_left(language: str) -> None:
    with Talk(language, 2) as talk:
        for _ in range(8):
            talk.says(LINES[language]["fun_fact"], 12)
        starts = told(talk, "fun_fact")
        assert len(starts) == len(set(starts))


@both
@pytest.mark.parametrize("kind", ["poem", "fun_fact", "animal_sound", "song_line"])
def test_each_kind_is_told_and_more_brings_another(language: str, kind: str) -> None:
    with Talk(language, 4) as talk:
        assert kind in talk.says(LINES[language][kind], 22)
        before = told(talk, kind)
        assert kind in talk.says(LINES[language]["more"], 22)
        assert told(talk, kind)[len(before)] not in before


@both
def test_the_animal_that_is_named_is_heard(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["dog"])
        assert {"en": "dog", "fr": "chien"}[language] in talk.last


@both
def test_it_speaks_slower_and_faster_when_asked(language: str) -> None:
    with Talk(language) as talk:
        talk.says(LINES[language]["dog"])
        rates = [talk.rates[-1]]
        for wish in ("slower", "slower", "faster"):
            assert talk.says(LINES[language][wish], 5) == [f"answer_{wish}"]
            rates.append(talk.rates[-1])
        assert rates[0] > rates[1] > rates[2]
        assert rates[2] < rates[3] < rates[0]
