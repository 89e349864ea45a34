"""Somebody's own behaviour with a parameter, and its phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TEA = """
from robot import Behavior, BehaviorConfig, Mode, Say, Seconds, because


class TeaConfig(BehaviorConfig):
    {parameter}: Seconds = 4.0


class Tea(Behavior):
    name = "{name}"
    config = TeaConfig()
    modes = frozenset({{Mode.AWAKE, Mode.ENGAGED}})

    def desire(self, state):
        return 0.8 if state.t > self.config.{parameter} else 0.0

    def act(self, state):
        if state.first:
            yield Say(because("tea", "3 min"), "tea_ready")
"""
PHRASES = '[said.en]\ntea_ready = "The tea is ready."\n[said.fr]\ntea_ready = "Le thé est prêt."\n'


def tea(folder: Path, parameter: str = "after_s", name: str = "tea") -> Path:
    """The behaviour's file, written there with its phrases; it says `tea_ready` from then on."""
    (folder / "phrases").mkdir(parents=True, exist_ok=True)
    (folder / "phrases" / "tea.toml").write_text(PHRASES, encoding="utf-8")
    path = folder / "tea.py"
    path.write_text(TEA.format(parameter=parameter, name=name), encoding="utf-8")
    return path
