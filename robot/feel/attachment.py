"""The attachment state: what the robot's arousal, comfort, exploration and bonds are, ten times a second.

The equations are our own choice in the form of published models: habituation and arousal after Hiolle, Canamero et al.
2012 and 2014; comfort zones after Likhachev and Arkin; reunion after Khan and Canamero 2022. Their numbers stand in
`parameters.py`. x is anxiety and v avoidance, both 0..1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from robot.core.errors import ConfigError
from robot.core.feelings import NEUTRAL, SOMEONE, Feelings
from robot.feel.parameters import Parameters

SAFE_ANXIETY = 0.4  # duty 14: more is the lever not to pull
DAY_S = 86400.0


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

    together: bool  # its person is here
    stimulus: float  # S, 0..1: how much happens
    comfort: float  # C, 0..1: touch, calm voice, mutual facing
    stranger: bool = False
    responsive: float = 0.5  # q, 0..1: how promptly and fittingly the person answers
    parted: bool = False  # a goodbye was said, or it sleeps: absence is no separation (duty 9)
    who: int = SOMEONE  # its person: whom the bond is with


class Attachment:
    """Integrates the model by explicit steps of `dt` seconds."""

    def __init__(self, style: Style, bond: float | None = None, parameters: Parameters | None = None) -> None:
        """`bond`: the one with someone, at the beginning."""
        self.style = style
        self.parameters = p = Parameters() if parameters is None else parameters
        self._y = 1.0
        self._was_together = False
        self._seeking = False
        self.bonds = {SOMEONE: min(p.bond_first if bond is None else bond, p.bond_cap)}
        x, v = style.anxiety, style.avoidance
        self._separation = p.separation_gain * (1 + p.separation_anxiety * x) * (1 - p.separation_avoidance * v)
        self._fall_s = p.fall_s + p.fall_anxiety_s * x
        self._soothing = p.soothing * (1 - p.soothing_anxiety * x) * (1 - p.soothing_avoidance * v)
        theta = min(max(p.threshold - p.threshold_anxiety * x + p.threshold_avoidance * v, 0.1), 1.0)
        greeting = p.greeting_s + p.greeting_avoidance_s * v
        self.now = Feelings(bond=self.bonds[SOMEONE], threshold=theta, greeting_s=greeting)

    def step(self, around: Surrounding, dt: float, drowsiness: float = 0.0) -> Feelings:
        """Advance by `dt` and give the new state."""
        p, x, old = self.parameters, self.style.anxiety, self.now
        self._y += dt * (p.habituation_gain * (1.0 - self._y) - around.stimulus) / p.habituation_s
        self._y = _share(self._y)
        novelty = p.novelty_gain * around.stimulus * self._y
        reunion = old.reunion * math.exp(-dt / p.reunion_s)
        if around.together and not self._was_together:
            reunion = max(reunion, p.reunion_gain * x * old.arousal)
        self._was_together = around.together
        bond = self._bond(around, dt)
        apart = not (around.together or around.parted)
        separation = self._separation * p.bond_weight * bond if apart else 0.0
        strange = p.stranger_gain * (1 + p.stranger_anxiety * x) if around.stranger else 0.0
        drive = _share(novelty + separation + strange + reunion)
        tau = p.rise_s if drive > old.arousal else self._fall_s
        arousal = _share(
            old.arousal + dt * ((drive - old.arousal) / tau - self._soothing * around.comfort * old.arousal)
        )
        theta = old.threshold
        self._seeking = arousal > (p.settled_share * theta if self._seeking else theta)
        calling = self._seeking and apart
        exploration = 0.0 if calling else _share(1.0 - arousal / theta) * (1.0 - p.drowsy_calm * drowsiness)
        self.now = Feelings(
            arousal=arousal,
            comfort=old.comfort + min(1.0, dt / p.comfort_s) * (around.comfort - old.comfort),
            exploration=exploration,
            bond=bond,
            novelty=novelty,
            drive=drive,
            calling=calling,
            reunion=reunion,
            threshold=theta,
            contact=self._seeking and around.together,
            who=around.who,
            greeting_s=old.greeting_s,
            mood=self._mood(old, dt, together=around.together),
            drowsiness=drowsiness,
        )
        return self.now

    def sleep_through(self, seconds: float) -> None:
        """Let time pass in which nothing was sensed (a suspended machine): the equations for rest, in closed form."""
        p, old = self.parameters, self.now
        self._y = 1.0 - (1.0 - self._y) * math.exp(-p.habituation_gain * seconds / p.habituation_s)
        self._was_together = self._seeking = False
        for who in self.bonds:
            self._fade(who, seconds)
        self.now = replace(
            old,
            arousal=old.arousal * math.exp(-seconds / self._fall_s),
            comfort=0.0,
            reunion=old.reunion * math.exp(-seconds / p.reunion_s),
            bond=self.bonds.get(old.who, p.bond_first),
            calling=False,
            contact=False,
            novelty=0.0,
            drive=0.0,
            mood=NEUTRAL + (old.mood - NEUTRAL) * math.exp(-seconds / (3600.0 * p.mood_h)),
        )

    def forget(self, who: int) -> None:
        """Let go of a bond, as if they had never met."""
        self.bonds.pop(who, None)
        if who == SOMEONE:
            self.bonds[SOMEONE] = self.parameters.bond_first

    def _bond(self, around: Surrounding, dt: float) -> float:
        """All bonds but that with who is here fade; that one grows."""
        p = self.parameters
        present = around.who if around.together else None
        for who in self.bonds:
            if who != present:
                self._fade(who, dt)
        bond = self.bonds.get(around.who, min(p.bond_first, p.bond_cap))
        if present is not None:
            bond = min(bond + p.bond_per_min * around.responsive * (1.0 - bond) * dt / 60.0, p.bond_cap)
        self.bonds[around.who] = bond
        return bond

    def _fade(self, who: int, seconds: float) -> None:
        self.bonds[who] *= math.exp(-seconds / (DAY_S * self.parameters.bond_days))

    def _mood(self, old: Feelings, dt: float, *, together: bool) -> float:
        """Comfort lifts it, arousal in company lowers it; absence does neither, so nobody meets a sulking robot."""
        p = self.parameters
        goal = NEUTRAL + (p.mood_comfort * old.comfort - p.mood_arousal * old.arousal if together else 0.0)
        return _share(old.mood + min(1.0, dt / (3600.0 * p.mood_h)) * (goal - old.mood))


def _share(value: float) -> float:
    return 0.0 if value < 0.0 else min(value, 1.0)
