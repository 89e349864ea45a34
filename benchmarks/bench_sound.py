"""Sound through a PulseAudio null sink: breaking in, a whole meeting, and a sound card that goes and comes back.

A private daemon and a robot in a process of its own (see `tests/support/sound_room.py`). Times are those of the
recorded sound, and of what the robot reports. Nothing else should run meanwhile.
With `--loops N` nothing but breaking in, N times all of it in a row, each with a robot of its own (eight minutes each).
Of a loop in which it was not silent in time, or heard itself, all that its listener was given is kept, and what
happened when. `--again FILE` gives that to a listener once more, and prints what it decides, and when, in robot time.
One JSON line a figure.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.figures import tell
from robot.core.clock import stopwatch
from tests.support.kept_sound import KeptSound
from tests.support.sound_room import SoundRoom
from tests.support.tables import TABLES

TIMES = 50
WORDS = ("stop", "be quiet", "stop talking", "what is your name", "hello")
QUESTIONS = ("what can you do", "do you love me", "are you alive")
MEETING = (
    ("hello", "greeting"),
    ("my name is anna", "my_name_is"),
    ("what is your name", "what_is_your_name"),
    ("what can you do", "what_can_you_do"),
    ("goodbye", "goodbye"),
)
PARTS = {"microphone": "hearing", "speaker": "voice"}
SOON_S, LATEST_S = 0.2, 0.3
LATE = 250  # one in so many may be later than soon
PATIENCE_S = 10.0
STEADY_S = 1.0


def breaking_in(loops: int) -> None:
    """Each loop with a robot of its own, that has first heard itself."""
    folder, wrong_loops = Path(mkdtemp(prefix="bowlby-sound-")), 0
    times: list[float] = []
    understood: list[bool] = []
    for loop in range(loops):
        sound = folder / f"loop-{loop}.npz"
        wrong = _loop(loop, sound, times, understood)
        if wrong:
            wrong_loops += 1
            sound.with_suffix(".json").write_text(json.dumps(wrong, indent=1), encoding="utf-8")
        else:
            sound.unlink(missing_ok=True)
        if loops > 1:
            print(json.dumps({"loop": loop, "longest_s": max(times, default=None)}), file=sys.stderr, flush=True)
    if wrong_loops:
        tell("loops that went wrong", wrong_loops, f"of {loops}", kept=str(folder))
    else:
        folder.rmdir()
    tell_silences("barge-in", times, TIMES * loops)
    tell("barge-in, longest", max(times, default=0.0), "s", LATEST_S)
    tell("barge-in, its words understood", sum(understood), f"of {len(understood)}")


def tell_silences(what: str, times: list[float], every: int) -> None:
    """How soon it was silent, s, where it was; `every`: how often somebody broke in."""
    for within, least in ((SOON_S, every - every // LATE), (LATEST_S, every)):
        tell(f"{what}, silent within {within} s", sum(t <= within for t in times), f"of {every}", least, least=True)
    tell(f"{what}, median", statistics.median(times) if times else 0.0, "s")


def _loop(loop: int, keep: Path, times: list[float], understood: list[bool]) -> list[dict[str, object]]:
    """One loop; its times join the others, and whether it understood. What went wrong in it, and all that happened
    meanwhile.
    """
    wrong: list[dict[str, object]] = []
    with SoundRoom(keep) as room:
        room.learn()
        for n in range(TIMES):
            before, word = len(room.events), WORDS[n % len(WORDS)]
            silent = room.break_in(QUESTIONS[n % len(QUESTIONS)], word, 0.6 + 0.01 * n)
            heard = [event["intent"] for event in room.events[before:] if event.get("via") == "heard"]
            understood.append(heard == [TABLES.understand(word, "en").intent])
            if isinstance(silent, str) or silent > SOON_S:
                what: dict[str, object] = {"loop": loop, "break-in": n, "silent_s": silent}
                print(json.dumps(what), file=sys.stderr, flush=True)
                wrong.append(what | {"events": room.events[before:]})
            if not isinstance(silent, str):
                times.append(silent)
    return wrong


def again(kept: Path) -> None:
    for decision in KeptSound.load(kept).decisions():
        print(json.dumps({"t": round(decision.t, 3), "what": decision.what}), flush=True)


def meeting(room: SoundRoom) -> None:
    right = 0
    for text, intent in MEETING:
        heard, answer = room.ask(text)
        right += heard == intent and bool(answer)
    tell("a spoken meeting, understood and answered", right, f"of {len(MEETING)}", len(MEETING), least=True)


def lost_and_back(room: SoundRoom) -> None:
    """The sound card is pulled out and plugged in again."""
    lost: dict[str, list[float]] = {device: [] for device in PARTS}
    back: dict[str, list[float]] = {device: [] for device in PARTS}
    for _ in range(TIMES):
        room.steady(PARTS.values(), STEADY_S, PATIENCE_S)
        begun = stopwatch()
        room.pulse.unplug()
        for device, part in PARTS.items():
            lost[device] += room.turned(part, {"fault"}, begun, PATIENCE_S)
        begun = stopwatch()
        room.pulse.plug()
        there = stopwatch()
        for device, part in PARTS.items():
            back[device] += [
                max(0.0, s - (there - begun)) for s in room.turned(part, {"ok", "lesser"}, begun, PATIENCE_S)
            ]
    for what, bar, times in (("lost, said", 2, lost), ("back", 3, back)):
        for device, found in times.items():
            tell(f"{device} {what}", len(found), f"of {TIMES}", TIMES, least=True)
            tell(f"{device} {what} after, longest", max(found, default=PATIENCE_S), "s", bar)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loops", type=int, default=0, metavar="N", help="break in N times fifty times, and no more")
    parser.add_argument("--again", type=Path, metavar="FILE", help="give kept sound to a listener once more")
    asked = parser.parse_args()
    if asked.again is not None:
        again(asked.again)
        return
    if asked.loops:
        breaking_in(asked.loops)
        return
    with SoundRoom() as room:
        room.learn()
        meeting(room)
    breaking_in(1)
    with SoundRoom() as room:
        lost_and_back(room)
        tell("threads and processes left behind", len(room.end()), "", 0)


if __name__ == "__main__":
    main()
