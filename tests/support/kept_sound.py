"""All that a robot's listener was given in a run, in a file, and what it makes of it when it is given that again.

Kept as it was sent, block by block with its time, from the robot's first sound on: what the canceller of its own voice
knows at a moment depends on all that it heard before. An hour takes some 150 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from robot.core.audio import HEARD_RATE, from_pcm16
from robot.parts.workers import Worker
from robot.sense.hearing.endpoint import Edge
from robot.sense.hearing.others_speech import OthersSpeech

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

KINDS = ("sound", "played")  # heard by the microphone, given out by the speaker


class Block(NamedTuple):
    """What was heard or played from robot time `t` on, 16-bit at 16 kHz; `anew`: samples were lost before."""

    kind: str
    t: float
    raw: bytes
    anew: bool


class Decision(NamedTuple):
    """That somebody else began to speak or ended, which was certain at robot time `t`; or that it has learned how it
    sounds itself, or no longer knows.
    """

    t: float
    what: str


class KeptSound:
    """Blocks in the order in which they were given."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def note(self, message: tuple[Any, ...]) -> None:
        """A message to the listener, as robot/sense/hearing/worker.py has it; only sound is kept."""
        if message[0] in KINDS:
            self.blocks.append(Block(*message))

    def save(self, path: Path) -> None:
        np.savez_compressed(
            path,
            kind=np.array([KINDS.index(block.kind) for block in self.blocks], np.uint8),
            t=np.array([block.t for block in self.blocks]),
            anew=np.array([block.anew for block in self.blocks], bool),
            ends=np.cumsum([len(block.raw) // 2 for block in self.blocks], dtype=np.int64),
            samples=np.frombuffer(b"".join(block.raw for block in self.blocks), "<i2"),
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        kept = cls()
        with np.load(path) as file:
            parts = np.split(file["samples"], file["ends"][:-1])
            for kind, t, anew, part in zip(file["kind"], file["t"], file["anew"], parts, strict=True):
                kept.blocks.append(Block(KINDS[kind], float(t), part.tobytes(), bool(anew)))
        return kept

    def decisions(self, others: OthersSpeech | None = None) -> Iterator[Decision]:
        """What the listener makes of it, in robot time, as fast as this machine can. `others`: the one that has heard
        what was before this.
        """
        others = OthersSpeech() if others is None else others
        learned = others.learned
        for block in self.blocks:
            samples = from_pcm16(block.raw)
            if block.kind == "played":
                others.played(samples, block.t, anew=block.anew)
                continue
            for cut in others.heard(samples, block.t, anew=block.anew).cuts:
                if cut.edge in {Edge.BEGIN, Edge.END, Edge.DROPPED}:
                    yield Decision(cut.certain, str(cut.edge.value))
            if others.learned != learned:
                learned = others.learned
                yield Decision(block.t + len(samples) / HEARD_RATE, "learned" if learned else "lost")


def keep_what_listeners_get(patch: pytest.MonkeyPatch) -> KeptSound:
    """Of every listener that this process begins from now on: a process of a single robot."""
    kept = KeptSound()

    class NotedWorker(Worker):
        """Notes what it is given."""

        def send(self, message: Any) -> None:
            kept.note(message)
            super().send(message)

    patch.setattr("robot.sense.hearing.worker_client.Worker", NotedWorker)
    return kept
