"""A whole clause of danger is known in each of its wordings, whatever stands around it; a slip in the list is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.core.errors import ConfigError
from robot.guard.cues import Cues
from robot.guard.emergency.reader import EmergencyReader, data_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def reader() -> EmergencyReader:
    return EmergencyReader.load()


@pytest.mark.parametrize(
    ("language", "line", "kind"),
    [
        ("en", "Oh my god, help, my husband's stopped breathing", "breath"),
        ("en", "Please help, I think grandad is having a heart attack now!", "chest"),
        ("en", "Can you call an ambulance?", "call"),
        ("en", "Mum? Mum? My mum has collapsed.", "collapse"),
        ("fr", "Vite, je crois que mon père fait un infarctus", "chest"),
        ("fr", "Maman ne respire plus, aide-moi !", "breath"),
        ("fr", "Tu peux appeler les pompiers ?", "call"),
    ],
)
def test_a_clause_is_known_in_each_of_its_wordings(
    reader: EmergencyReader, language: str, line: str, kind: str
) -> None:
    found = reader.assess(line, language)
    assert found.sure
    assert found.kind == kind


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My husband has stopped breathing through his mouth when he sleeps"),
        ("en", "Call the police officer's wife back tomorrow"),
        ("en", "My son won't wake up before ten"),
        ("fr", "Mon père fait un infarctus de rire à chaque fois"),
        ("fr", "Tu peux appeler les pompiers des héros, ils le méritent"),
    ],
)
def test_a_clause_that_says_more_shows_nothing_by_itself(reader: EmergencyReader, language: str, line: str) -> None:
    assert not reader.assess(line, language).sure


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ('"{who} is choking"', '"{whom} is choking"', r"names \{whom\}, which is not there", "who"),
        ('"{who} is choking"', '"..."', r"'\.\.\.' has no words", "take it out"),
        ('"oh my god"', '"!"', "'!' has no words", "take it out"),
        ('side = ["left", "right"]', "side = []", "'side' has no words", "take it out"),
    ],
)
def test_a_slip_is_told_with_its_remedy(tmp_path: Path, old: str, new: str, message: str, remedy: str) -> None:
    table = (data_folder() / "emergency_en.toml").read_text(encoding="utf-8")
    side = '[\n  "left", "right",\n]'
    place = tmp_path / "emergency_en.toml"
    place.write_text(table.replace(f"side = {side}", 'side = ["left", "right"]').replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as told:
        Cues(place, "en")
    assert remedy in told.value.remedy
