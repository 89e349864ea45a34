"""Numbers to call are those of the country, with their source; where no line is known, that is said."""

from __future__ import annotations

import pytest

from robot.guard.numbers.numbers import called, crisis_line, emergency_number, lines
from tests.guard.test_crisis import LANGUAGES


def test_each_emergency_number_is_one_that_phonenumbers_has_of_the_country() -> None:
    from phonenumbers.shortnumberinfo import is_emergency_number  # noqa: PLC0415

    from robot.guard.numbers.numbers import _chosen  # noqa: PLC0415

    chosen = _chosen()
    told = [(country, number) for country, number in chosen.all.items()]
    told += [(country, n) for row in chosen.by_service for country in row.countries for n in (row.medical, row.fire)]
    told += [(country, row.police) for row in chosen.by_service for country in row.countries]
    assert [pair for pair in told if not is_emergency_number(pair[1], pair[0])] == []
    assert [emergency_number(country) for country in ("FR", "US", "GB", "AU", "NZ", "DE", "CH")] == [
        *("112", "911", "999", "000", "111", "112", "144")
    ]
    assert emergency_number("CH", "police") == "117"


def test_crisis_lines_cover_many_countries_with_a_source_each() -> None:
    table = lines()
    assert len({country for line in table for country in line.countries}) >= 30
    assert all(line.source.startswith("https://") for line in table)
    belgian = [crisis_line("BE", language) for language in ("fr", "nl")]
    assert [line.number for line in belgian if line is not None] == ["0800 32 123", "1813"]


@pytest.mark.parametrize("here", LANGUAGES)
def test_where_no_line_is_known_it_says_so(here: str) -> None:
    told = called("NG", here)
    assert told.line == told.emergency
    assert (
        told.hours
        == {
            "en": "I know of no crisis line in this country; this is the emergency number.",
            "fr": "Je ne connais pas de ligne d'écoute dans ce pays ; c'est le numéro d'urgence.",
        }[here]
    )
