"""Where others begin and end to speak, in what is heard while the robot may speak itself: no recogniser, no process.

Its own voice is taken out first (`echo.py`); what is left is cut where speech begins and ends (`endpoint.py`). A begin
that is only its own voice, come at another time than before, is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.sense.hearing.echo import EchoCanceller, Whose
from robot.sense.hearing.endpoint import Edge, Endpointer

if TYPE_CHECKING:
    import numpy as np

    from robot.sense.hearing.endpoint import Cut


class Cleaned(NamedTuple):
    """What was heard without the robot's own voice, (n,) float32 from robot time `t` on, and the edges in it."""

    samples: np.ndarray
    t: float
    cuts: list[Cut]


class OthersSpeech:
    """Give it what was played before what was heard at the same time; both (n,) float32 at 16 kHz."""

    def __init__(self) -> None:
        self._echo, self._endpointer = EchoCanceller(), Endpointer()
        self._unsure: list[Cut] = []  # a begin, and what followed, of which it is not certain whose it is
        self._held = 0  # samples heard since

    @property
    def learned(self) -> bool:
        """It hears others while the robot speaks, since it knows how the robot itself sounds."""
        return self._echo.learned

    def played(self, samples: np.ndarray, t: float, *, anew: bool = False) -> None:
        """What goes out of the speaker from robot time `t` on; `anew`: samples were lost before."""
        if anew:
            self._echo.stumbled()
        self._echo.played(samples, t)

    def heard(self, samples: np.ndarray, t: float, *, anew: bool = False) -> Cleaned:
        """What the microphone gave from robot time `t` on; `anew`: samples were lost before."""
        if anew:
            self._echo.stumbled()
        cleaned, begun = self._echo.clean(samples, t)
        eager = self._echo.sounds(begun)
        cuts = self._endpointer.feed(cleaned, begun, eager=eager)
        return Cleaned(cleaned, begun, self._of_others(cuts, len(cleaned)) if eager else self._told(cuts))

    def _of_others(self, cuts: list[Cut], heard: int) -> list[Cut]:
        """Those that are not of its own voice; what is unsure is told once it is certain. `heard`: so many samples."""
        if not self._unsure and all(cut.edge is not Edge.BEGIN for cut in cuts):
            return cuts
        self._held = self._held + heard if self._unsure else 0
        match self._echo.whose(self._held):
            case Whose.OWN:
                self.reset()
                return []
            case Whose.UNSURE:
                ended = any(cut.edge in {Edge.END, Edge.DROPPED} for cut in cuts)
                self._unsure = [] if ended else self._unsure + cuts
                return []
        return self._told(cuts)

    def _told(self, cuts: list[Cut]) -> list[Cut]:
        told, self._unsure = self._unsure + cuts, []
        return told

    def wait(self, hangover_s: float) -> None:
        """End the present pause after so long a silence; the next one is another."""
        self._endpointer.wait(hangover_s)

    def reset(self) -> None:
        """Forget what others have begun to say."""
        self._endpointer.reset()
        self._unsure.clear()
