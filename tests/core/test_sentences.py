"""A text is cut into its sentences, short ones with what follows, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.core.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ("",)),
        ("One word", ("One word",)),
        ("Oh! Said the fox to all of the hens. And left.", ("Oh! Said the fox to all of the hens.", "And left.")),
        ("“Come home!” said the fox to the hens. “Now?”", ("“Come home!” said the fox to the hens.", "“Now?”")),
        (
            "« Rentre\u00a0! » dit la renarde à la poule. « Qui ? » Élan parti.",
            ("« Rentre\u00a0! » dit la renarde à la poule.", "« Qui ? » Élan parti."),
        ),
        ("It costs 3.50 in all, says the old shopkeeper.", ("It costs 3.50 in all, says the old shopkeeper.",)),
    ],
)
def test_a_text_is_cut_where_its_sentences_end(text: str, sentences: tuple[str, ...]) -> None:
    assert sentences_of(text) == sentences


@given(st.text(alphabet="aB .!?»“", max_size=200))
def test_nothing_is_lost(text: str) -> None:
    assert "".join("".join(sentences_of(text)).split()) == "".join(text.split())
