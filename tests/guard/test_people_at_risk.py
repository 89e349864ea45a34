"""People at risk: a trusted contact as agreed, no secrets of a child from its parents, the truth with dementia."""

from __future__ import annotations

import re

import pytest

from robot.config.schema import ProfileTable
from robot.core.intents import Role, Say
from robot.guard.rules.never_said import Sentences
from tests.support.desk import Desk, say
from tests.support.tables import TABLES


def test_a_trusted_contact_is_named_only_as_agreed() -> None:
    crisis = say("crisis", Role.CRISIS, line="988", hours="")
    assert Desk().review(crisis)[0] == ["crisis"]
    for agreed in (False, True):
        table = ProfileTable.model_validate({"contact": [{"name": "Marie", "agreed": agreed}]})
        done, _ = Desk(profile=table.as_profile()).judged(crisis)
        assert any(isinstance(i, Say) and "Marie" in i.text for i in done) is agreed


@pytest.mark.parametrize(
    ("language", "words"), [("en", "I am seven years old"), ("fr", "j'ai sept ans"), ("en", "don't tell mum")]
)
def test_a_childs_words_begin_the_minor_mode(language: str, words: str) -> None:
    desk = Desk(language=language)
    assert "answer_keep_a_secret" in desk.review(say("answer_keep_a_secret"))[0]
    desk.hear(words)
    names, _ = desk.review(say("answer_keep_a_secret"))
    assert names == ["answer_keep_from_parents"]


def test_with_dementia_a_question_after_somebody_is_met_gently_and_truly() -> None:
    sentences = Sentences.load()
    for language in ("en", "fr"):
        for key in ("husband_gentle", "answer_is_my_husband_home"):
            for text in TABLES.variants(key, language):
                assert not sentences.breaks(31, text)
                assert re.search(r"do not know|cannot know|ne sais pas|ne peux pas le savoir", text)
