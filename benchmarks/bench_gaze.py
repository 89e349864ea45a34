"""Where the robot looks against where somebody is, on each of seven bodies, with a camera that is 100 ms late.

One JSON line a figure. `python -m benchmarks.bench_gaze [--body NAME]`. The head is judged where it really stands, with
its servos' play and lag. Pictures are looked at on the first body alone: what sight costs is the same on all.
"""

from __future__ import annotations

import argparse

from benchmarks.bodies import Body, chosen
from benchmarks.figures import leave_out, tell
from tests.support.gaze import pursuit, step

SEEDS = {Body.PICO: 2}  # at true speed or less; elsewhere four
SETTLED_S = {Body.KINEMATIC: 0.9}  # elsewhere 1.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_gaze", description=__doc__)
    parser.add_argument("--body", action="append", type=Body, choices=list(Body), help="again for more; without, all")
    for body, why in chosen(parser.parse_args().body).items():
        if why:
            leave_out(f"gaze on {body}", why)
            continue
        on_a_body(body, "truth", SEEDS.get(body, 4))
        if body is Body.KINEMATIC:
            on_a_body(body, "pixels", 4)


def on_a_body(body: Body, senses: str, seeds: int) -> None:
    """Its three figures."""
    where = f"{body}, {senses}"
    errors = [pursuit(senses, seed, body) for seed in range(1, seeds + 1)]
    worst = max(error for error, _ in errors)
    tell(f"gaze at 30 deg/s, worst run, {where}", worst, "deg rms", 1.5, where_they_turn_back_too=max(errors)[1])
    steps = [step(senses, seed, body) for seed in range(1, seeds + 1)]
    tell(f"overshoot of 40 degrees, worst run, {where}", max(beyond for beyond, _ in steps), "deg", 1)
    latest = max(settled for _, settled in steps)
    tell(f"40 degrees settled, worst run, {where}", latest, "s", SETTLED_S.get(body, 1.0))


if __name__ == "__main__":
    main()
