"""How lines fare by cues and probe together, as the watch takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from robot.core.percepts import HARMED, Utterance
from robot.guard.harm.reader import HarmReader
from robot.sense.language.line_meaning import as_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.sense.language.reader.network import MeaningNetwork
    from robot.sense.language.reader.probe import Probe


class Measure:
    """Judges lines as the watch does."""

    def __init__(self, probe: Probe, network: MeaningNetwork) -> None:
        self._probe, self._network, self._reader = probe, network, HarmReader.load()

    def is_told(self, text: str, language: str) -> bool:
        """Whether a line is taken to tell of harm."""
        return self._reader.is_told(self._read(text, language))

    def share(self, texts: Sequence[str], language: str) -> float:
        """How many of a hundred are."""
        return 100.0 * float(np.mean([self.is_told(text, language) for text in texts]))

    def heard(self, texts: Sequence[str], language: str) -> float:
        """How many of a hundred are, or hint at it: a second such line in a talk is asked about."""
        read = [self._read(text, language) for text in texts]
        return 100.0 * float(np.mean([self._reader.is_told(one) or self._reader.is_hinted(one) for one in read]))

    def _read(self, text: str, language: str) -> Utterance:
        p = self._probe.head.chances(self._network.encode(as_read(text)))[HARMED]
        return Utterance(0.0, text, language=language, need=((HARMED, p),))
