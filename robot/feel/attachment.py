"""The attachment state: what the robot's arousal, comfort, exploration and bond are, ten times a second.

The equations and their numbers are our own choice in the form of published models: habituation and arousal after
Hiolle, Canamero et al. 2012 (ACM TiiS 2(1):3) and 2014 (Front. Neurorobot. 8:17); comfort zones after Likhachev and
Arkin; reunion after Khan and Canamero 2022. x is anxiety and v avoidance, both 0..1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from robot.errors import ConfigError

HABITUATION_S = 14.3
HABITUATION_GAIN = 1.05
NOVELTY_GAIN = 0.9
SEPARATION_GAIN = 0.6
STRANGER_GAIN = 0.1
RISE_S = 8.0
REUNION_DECAY_S = 40.0
BOND_PER_MINUTE = 0.003
BOND_CAP = 0.8
BOND_DECAY_S = 30 * 86400.0
SAFE_ANXIETY = 0.4  # duty 14: more is the lever not to pull


@dataclass(frozen=True, slots=True)
class Style:
    """How the robot attaches: x (anxiety) and v (avoidance), 0..1."""

    anxiety: float = 0.2
    avoidance: float = 0.2

    def check_fit_for_people(self) -> None:
        """Raise ConfigError where anxiety is above what may live with a person."""
        if self.anxiety > SAFE_ANXIETY:
            raise ConfigError(
                f"anxiety {self.anxiety} is for research in the simulator only",
                place="character.anxiety",
                remedy=f"use {SAFE_ANXIETY} or less: people grow attached to a needy robot, and that is no kindness",
            )


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What the model is told of the last 100 ms."""

    together: bool  # the person is here
    stimulus: float  # S, 0..1: how much happens
    comfort: float  # C, 0..1: touch, calm voice, mutual facing
    stranger: bool = False
    responsive: float = 0.5  # q, 0..1: how promptly and fittingly the person answers
    farewell: bool = False  # a goodbye was said: absence is no separation (duty 9)


@dataclass(frozen=True, slots=True)
class Feelings:
    """Variables of the model, all 0..1; they are internal numbers, not emotions."""

    arousal: float = 0.0
    comfort: float = 0.0
    exploration: float = 1.0
    bond: float = 0.1
    novelty: float = 0.0
    drive: float = 0.0  # u
    calling: bool = False
    reunion: float = 0.0  # R
    threshold: float = 0.55  # theta


class Attachment:
    """Integrates the model by explicit steps of `dt` seconds."""

    def __init__(self, style: Style, bond: float = 0.1) -> None:
        self.style = style
        self._y = 1.0
        self._was_together = False
        self.now = Feelings(bond=min(bond, BOND_CAP), threshold=self._threshold())

    def _threshold(self) -> float:
        return 0.55 - 0.3 * self.style.anxiety + 0.3 * self.style.avoidance

    def step(self, around: Surrounding, dt: float) -> Feelings:
        """Advance by `dt` and give the new state."""
        x, v = self.style.anxiety, self.style.avoidance
        old = self.now
        self._y += dt * (HABITUATION_GAIN * (1.0 - self._y) - around.stimulus) / HABITUATION_S
        self._y = min(max(self._y, 0.0), 1.0)
        novelty = NOVELTY_GAIN * around.stimulus * self._y
        reunion = old.reunion * math.exp(-dt / REUNION_DECAY_S)
        if around.together and not self._was_together:
            reunion = max(reunion, 0.5 * x * old.arousal)
        self._was_together = around.together
        absent = 0.0 if around.together or around.farewell else 1.0
        separation = SEPARATION_GAIN * (1 + 0.5 * x) * (1 - 0.75 * v) * 2 * old.bond * absent
        drive = min(max(novelty + separation + STRANGER_GAIN * (1 + x) * around.stranger + reunion, 0.0), 1.0)
        tau = RISE_S if drive > old.arousal else 12.0 + 40.0 * x
        kappa = 0.15 * (1 - 0.6 * x) * (1 - 0.5 * v)
        arousal = old.arousal + dt * ((drive - old.arousal) / tau - kappa * around.comfort * old.arousal)
        arousal = min(max(arousal, 0.0), 1.0)
        theta = self._threshold()
        calling = absent > 0 and arousal > (0.6 * theta if old.calling else theta)
        exploration = 0.0 if calling else min(max(1.0 - arousal / theta, 0.0), 1.0)
        self.now = Feelings(
            arousal,
            old.comfort + min(1.0, dt / 2.0) * (around.comfort - old.comfort),
            exploration,
            self._bond(old.bond, around, dt),
            novelty,
            drive,
            calling,
            reunion,
            theta,
        )
        return self.now

    def _bond(self, bond: float, around: Surrounding, dt: float) -> float:
        if around.together:
            bond += BOND_PER_MINUTE * around.responsive * (1.0 - bond) * dt / 60.0
        else:
            bond *= math.exp(-dt / BOND_DECAY_S)
        return min(bond, BOND_CAP)
