"""A folder of somebody's own behaviours, of which the tea's is packed and shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CODE = '''
"""A tap on the back says that the tea is ready."""

from robot import Behavior, Mode, Role, Say, Show, because


class TeaTime(Behavior):
    """Says that the tea is ready to whoever taps its back."""

    name = "tea_time"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state):
        return 0.8 if any(touch.pad == "back" for touch in state.scene.touches) else 0.0

    def act(self, state):
        if state.first:
            yield Show(because("touched", "back"), "steam")
            yield Say(because("touched", "back"), PHRASE)
'''
GOOD = CODE.replace("PHRASE", '"tea_ready"')
TEST = """
from tea_time import TeaTime


def test_a_tap_says_so(bowlby):
    bowlby.add(TeaTime())
    bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=6)
    bowlby.touch("back", seconds=0.2)
    assert bowlby.says("tea_ready", within=2)
"""
TEA = '[said.en]\ntea_ready = "The tea is ready."\n[said.fr]\ntea_ready = "Le thé est prêt."\n'
OTHER = '[said.en]\nnot_of_it = "Soup."\n[said.fr]\nnot_of_it = "De la soupe."\n'
STEAM = "# A sway.\n[[frame]]\nt = 0.5\nroll = 6\n[[frame]]\nt = 1\n"


def written(folder: Path) -> Path:
    """A folder of somebody's own behaviours."""
    for name, text in {
        "tea_time.py": GOOD,
        "test_tea_time.py": TEST,
        "other.py": GOOD.replace("tea_time", "other"),
        "phrases/tea.toml": TEA,
        "phrases/soup.toml": OTHER,
        "expressions/steam.toml": STEAM,
        "expressions/unused.toml": STEAM,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
