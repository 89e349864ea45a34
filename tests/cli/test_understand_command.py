"""`bowlby understand` takes a line as the robot of the configuration does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.command_line import printed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

OWN = """
[heard.en]
soup_on = ["watch the soup", "help me pack"]
[said.en]
answer_soup_on = "I will."
[heard.fr]
soup_on = ["surveille la soupe"]
[said.fr]
answer_soup_on = "Bien."
"""


def test_ones_own_phrases_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert json.loads(printed("understand", "watch the soup", "--json"))["meaning"] != "soup_on"
    phrases = tmp_path / "bowlby" / "behaviors" / "phrases"
    phrases.mkdir(parents=True)
    (phrases / "soup.toml").write_text(OWN, encoding="utf-8")
    for line in ("watch the soup", "help me pack"):  # the second is a wish of its own without them
        told = json.loads(printed("understand", line, "--json"))
        assert (told["meaning"], told["confidence"]) == ("soup_on", 1.0)
