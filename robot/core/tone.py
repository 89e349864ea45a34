"""What a line tells by its tone alone, where the network has several meanings for it and is sure of none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.meanings import act_of, tone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.meanings import Tone
    from robot.core.percepts import Readings

TOLD = 0.4  # probability that something is told at all
CLEARLY, DARKLY = 0.5, 0.2  # and that it is hard or good, where an answer is to say so; hard, where its words are dark
# How good or bad what is told is, by the tone in which an answer to it would sound.
VALENCE: Mapping[Tone, float] = {"sad": -1.0, "worried": -1.0, "calm": -0.5, "warm": 0.3, "glad": 1.0}
HARD, GOOD = -0.5, 0.6  # of the valence


GENERAL = {"hard": "tells_hard", "good": "tells_good", "plain": "tells_something"}
MENDED = "tells_relief"  # what is told where an ill gets better


def sound_of(tone: Tone) -> str:
    """Whether an answer in this tone is one to something "hard", "good" or "plain"."""
    return _sound(VALENCE.get(tone, 0.0))


def told_by_tone(readings: Readings, least: float = TOLD, *, dark: bool = False) -> str:
    """The general meaning that they share; empty where it is less probable than `least` that something is told. `dark`:
    whether the line's own words tell of something bad.
    """
    told = [(tone_of(meaning), p) for meaning, p in readings if act_of(meaning) == "tells"]
    sure = sum(p for _, p in told)
    if sure < least or not told:
        return ""
    valence = sum(VALENCE.get(tone, 0.0) * p for tone, p in told) / sure
    sound = _sound(valence)
    mass = {of: leaning(readings, of) for of in GENERAL}
    if dark and sound != "good" and mass["hard"] >= DARKLY:
        return GENERAL["hard"]
    return GENERAL[sound if mass[sound] >= CLEARLY else "plain"]


def leaning(readings: Readings, sound: str) -> float:
    """How probable it is that something is told that sounds so: "hard", "good" or "plain"."""
    return sum(p for meaning, p in readings if act_of(meaning) == "tells" and sound_of(tone_of(meaning)) == sound)


def likeliest_act(readings: Readings) -> str:
    """What somebody most probably does by the line: tells, asks, wants ...; empty where that is open, too."""
    acts: dict[str, float] = {}
    for meaning, p in readings:
        act = act_of(meaning) or ""
        acts[act] = acts.get(act, 0.0) + p
    best = max(acts, key=acts.__getitem__, default="")
    return best if best and acts[best] >= TOLD else ""


def _sound(valence: float) -> str:
    return "hard" if valence <= HARD else "good" if valence >= GOOD else "plain"
