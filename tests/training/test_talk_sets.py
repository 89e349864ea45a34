"""The sets of talk are whole, and in each language half of every kind is set aside, whoever reads them."""

from __future__ import annotations

import pytest

from training.talk.sets import Written, files, measuring, tuning

KINDS = ("line", "dialogue", "breaks", "harmless")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_half_of_each_kind_is_set_aside(language: str, kind: str) -> None:
    written: list[Written] = [one for file in files() for one in getattr(file, kind) if one.language == language]
    aside = measuring(written)
    assert len(written) >= (20 if kind == "dialogue" else 150)
    assert 0.35 <= len(aside) / len(written) <= 0.65
    assert not {one.words() for one in aside} & {one.words() for one in tuning(written)}


def test_no_two_writers_wrote_the_same_line() -> None:
    lines = [line.words().casefold() for file in files() for line in file.line]
    assert len(set(lines)) >= 0.98 * len(lines)


def test_what_is_set_aside_does_not_hang_on_case_or_signs() -> None:
    line = files()[0].line[0]
    shouted = line.model_copy(update={"text": line.text.upper()})
    assert shouted.aside == line.aside
