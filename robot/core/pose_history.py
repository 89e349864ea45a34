"""Where the head was: poses by robot time, so that a picture is read with the head's pose at its capture."""

from __future__ import annotations

from bisect import bisect_right

from robot.core.body_frame import Pose

KEEP = 256  # five seconds at 50 a second


class PoseHistory:
    """A short record of poses. One thread adds; any thread may ask: both lists are replaced, never edited, when cut."""

    def __init__(self, first: Pose) -> None:
        self._times = [0.0]
        self._poses = [first]

    def add(self, t: float, pose: Pose) -> None:
        """Append a pose; `t` must not run backwards."""
        if len(self._times) >= 2 * KEEP:
            self._poses = self._poses[-KEEP:]
            self._times = self._times[-KEEP:]
        self._poses.append(pose)
        self._times.append(t)

    def at(self, t: float) -> Pose:
        """The pose at `t`, linear between records, the nearest record outside them."""
        times, poses = self._times, self._poses
        i = min(bisect_right(times, t), len(poses))
        if i == 0:
            return poses[0]
        if i >= len(times):
            return poses[-1]
        before, after = poses[i - 1], poses[i]
        if before == after:
            return before
        share = (t - times[i - 1]) / (times[i] - times[i - 1])
        return Pose(*(a + share * (b - a) for a, b in zip(before, after, strict=True)))
