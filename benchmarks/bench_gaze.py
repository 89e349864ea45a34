"""Where the robot looks against where somebody is, in whole runs with a camera that is 100 ms late.

One JSON line a figure. `python -m benchmarks.bench_gaze`. Body and servo limits are the firmware's own.
"""

from __future__ import annotations

from benchmarks.figures import tell
from tests.support.gaze import pursuit, step


def main() -> None:
    for senses, seeds in (("truth", range(1, 9)), ("pixels", range(1, 5))):
        errors = [pursuit(senses, seed) for seed in seeds]
        worst = max(error for error, _ in errors)
        tell(f"gaze at 30 deg/s, worst run, {senses}", worst, "deg rms", 1.5, where_they_turn_back_too=max(errors)[1])
        steps = [step(senses, seed) for seed in seeds]
        tell(f"overshoot of 40 degrees, worst run, {senses}", max(beyond for beyond, _ in steps), "deg", 1)
        tell(f"40 degrees settled, worst run, {senses}", max(settled for _, settled in steps), "s", 0.9)


if __name__ == "__main__":
    main()
