"""Read a recording: what was heard and said, and how excited the robot was at most."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from robot import Say, read_ticks
from sim import play


def tell(recording: Path) -> None:
    """Print the talk that a recording holds."""
    arousal, last = 0.0, 0.0
    for tick in read_ticks(recording):
        for heard in tick.scene.utterances:
            print(f"{tick.t:5.1f} s  heard  {heard.text}")
        for intent in tick.done:
            if isinstance(intent, Say):
                print(f"{tick.t:5.1f} s  said   {intent.text}")
        arousal, last = max(arousal, tick.feelings.arousal), tick.t
    print(f"{last:.0f} seconds, arousal at most {arousal:.2f}")


if len(sys.argv) > 1:
    tell(Path(sys.argv[1]))
else:  # without a file it records a meeting first
    with TemporaryDirectory() as folder:
        play("first-meeting", seed=7, seconds=25, record=Path(folder) / "meeting.mcap")
        tell(Path(folder) / "meeting.mcap")
