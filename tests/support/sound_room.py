"""Robot and person in the room of a private PulseAudio: what is said to it, what it answers, and who sounded when."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.clock import nap, stopwatch
from tests.support.pulse import PERSON, RATE, ROBOT, Pulse
from tests.support.voices import joe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Event = dict[str, Any]
LOUD = 0.02  # of a voice that begins
STILL = 2e-3  # of a robot that is silent
STILL_S = 0.5
READY_S = 30.0
CHARACTERS_S = 13.0  # of the robot's voice


class SoundRoom:
    """A robot that hears and speaks through null sinks."""

    def __init__(self, keep: Path | None = None) -> None:
        """`keep`: the file into which all that its listener was given is written at its end."""
        self._keep = keep
        self.pulse = Pulse()
        self.events: list[Event] = []

    def __enter__(self) -> Self:
        self.pulse.__enter__()
        self._robot = subprocess.Popen(
            [sys.executable, "-m", "tests.support.spoken_robot", *filter(None, [self._keep])],
            env=self.pulse.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait(lambda e: e.get("part") == "hearing" and "PocketSphinx" in e["reason"], READY_S)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self.pulse.close()

    def end(self) -> list[str]:
        """Close the robot; the threads and processes that it left behind."""
        if self._robot.stdin is not None and not self._robot.stdin.closed:
            self._robot.stdin.close()
            try:
                self._robot.wait(15)
            except subprocess.TimeoutExpired:
                self._robot.kill()
                self._robot.wait()
            self._reader.join()
            if self._robot.stdout is not None:
                self._robot.stdout.close()
        last = self.events[-1] if self.events else {}
        return list(last.get("left", ["the robot did not end by itself"]))

    def _read(self) -> None:
        assert self._robot.stdout is not None
        for line in self._robot.stdout:
            self.events.append(json.loads(line))

    def wait(self, wanted: Callable[[Event], Any], seconds: float, since: float = 0.0) -> Event | None:
        """The first event after `since` (stopwatch) for which `wanted` holds; None when it does not come."""
        end = stopwatch() + seconds
        while True:
            found = next((e for e in list(self.events) if e["at"] > since and wanted(e)), None)
            if found is not None or stopwatch() > end:
                return found
            nap(0.01)

    def turned(self, part: str, conditions: set[str], since: float, patience: float) -> list[float]:
        """Seconds from `since` until a part turned to one of the conditions; empty when it did not."""
        found = self.wait(lambda e: e.get("part") == part and e["condition"] in conditions, patience, since)
        return [] if found is None else [found["at"] - since]

    def steady(self, parts: Iterable[str], seconds: float, patience: float) -> bool:
        """Wait until none of the parts was at fault for so long; False when that does not come."""
        end = stopwatch() + patience
        while stopwatch() < end:
            last = {part: next((e for e in reversed(self.events) if e.get("part") == part), None) for part in parts}
            if all(
                e is not None and e["condition"] != "fault" and stopwatch() - e["at"] > seconds for e in last.values()
            ):
                return True
            nap(0.05)
        return False

    def type(self, text: str) -> None:
        assert self._robot.stdin is not None
        self._robot.stdin.write(text + "\n")
        self._robot.stdin.flush()

    def silence(self, seconds: float, patience: float = 20.0) -> None:
        """Wait until nobody has spoken for so long."""
        end = stopwatch() + patience
        while stopwatch() < end and self._last_sound() > stopwatch() - seconds:
            nap(0.05)

    def _last_sound(self) -> float:
        return max(
            (e["at"] + len(e.get("said", "")) / 13 for e in self.events if "said" in e or "voice" in e), default=0.0
        )

    def learn(self) -> None:
        """Let the robot hear itself for a while: its first sentences, in which nobody can break in."""
        for line in ("what can you do", "are you alive"):
            now = stopwatch()
            self.type(line)
            self.wait(lambda e: "said" in e, 5, now)
            self.silence(1.0)

    def ask(self, text: str) -> tuple[str, str]:
        """Say something: (the intent that was heard, the first sentence of the answer); "" for none."""
        now = stopwatch()
        self.pulse.play(joe(text), HEARD_RATE).wait()
        heard = self.wait(lambda e: e.get("via") == "heard", 4, now)
        said = self.wait(lambda e: "said" in e, 4, heard["at"]) if heard is not None else None
        self.silence(0.8)
        return (heard or {}).get("intent", ""), (said or {}).get("said", "")

    def break_in(self, question: str, text: str, after_s: float) -> float | str:
        """Ask something by typing, and speak into the answer; seconds from the voice's begin to the robot's silence, as
        recorded. In words when the robot did not begin to answer, heard itself, or was not silenced.
        """
        now = stopwatch()
        self.type(question)
        if self.wait(lambda e: len(e.get("said", "")) > 60, 5, now) is None:
            return f"it did not answer {question!r}"
        nap(after_s)
        recording = self.pulse.record()
        nap(0.3)
        itself = self.wait(lambda e: e.get("voice"), 0, now)
        self.pulse.play(joe(text), HEARD_RATE).wait()
        nap(1.0)
        found = silenced(recording.end())
        self.silence(1.2)
        if itself:
            return f"it heard itself {itself['at'] - now:.2f} s after {question!r}"
        return f"it went on after {text!r}" if found is None else found


def silenced(room: np.ndarray) -> float | None:
    """Seconds from the begin of the person's voice until a robot in mid-answer is silent for a while, 0 when it was so
    in a pause; None when it goes on. `room`: (n, 2) at `RATE`.
    """
    person, robot = np.abs(room[:, PERSON]), np.abs(room[:, ROBOT])
    if person.max() < LOUD:
        return None
    begun = int(np.argmax(person > LOUD))
    loud = np.append(begun, np.flatnonzero(robot[begun:] > STILL) + begun)
    pauses = np.flatnonzero(np.diff(np.append(loud, len(robot))) > STILL_S * RATE)
    return (int(loud[pauses[0]]) - begun) / RATE if len(pauses) else None
