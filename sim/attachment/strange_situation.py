"""The Strange Situation (Ainsworth et al. 1978) played by the whole robot in three styles, and measured by episode."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.app.context import shared_stock
from robot.config.schema import CharacterTable, Config
from robot.core.intents import Sound
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom

if TYPE_CHECKING:
    from robot.core.tick import Tick

NAME = "strange-situation"
TRACE_S = 1.0
STYLES = {"secure": (0.2, 0.2), "anxious": (0.8, 0.2), "avoidant": (0.2, 0.8)}  # anxiety, avoidance


class Episode(NamedTuple):
    """One of the eight, s from the start; its name is in `chart.po`."""

    number: int
    start: float
    end: float
    who: str


EPISODES = tuple(
    Episode(number, start, end, who)
    for number, start, end, who in (
        (1, 0.0, 30.0, "arrival"),
        (2, 30.0, 210.0, "together"),
        (3, 210.0, 390.0, "joined"),
        (4, 390.0, 570.0, "stranger"),
        (5, 570.0, 750.0, "reunion"),
        (6, 750.0, 930.0, "alone"),
        (7, 930.0, 1110.0, "stranger"),
        (8, 1110.0, 1290.0, "reunion"),
    )
)
SEPARATIONS, REUNIONS = (4, 6, 7), (5, 8)


class Measured(NamedTuple):
    """What was seen in one episode; times in s."""

    episode: int
    arousal: float  # mean
    exploration: float  # mean
    contact_s: float
    calling_s: float
    calls: int  # that could be heard


class Course(NamedTuple):
    """One style's run: by episode, and as it went (t, arousal, exploration), once a second."""

    style: str
    episodes: tuple[Measured, ...]
    trace: tuple[tuple[float, float, float], ...]

    def episode(self, number: int) -> Measured:
        return self.episodes[number - 1]


class EpisodeMeter:
    """An observer: sums by episode."""

    def __init__(self) -> None:
        self._ticks = [0] * len(EPISODES)
        self._sums = [[0.0, 0.0, 0.0, 0.0] for _ in EPISODES]
        self._calls = [0] * len(EPISODES)
        self.trace: list[tuple[float, float, float]] = []
        self._now = 0

    def see(self, tick: Tick) -> None:
        while tick.t >= EPISODES[self._now].end and self._now + 1 < len(EPISODES):
            self._now += 1
        feelings = tick.feelings
        self._ticks[self._now] += 1
        sums = self._sums[self._now]
        for i, value in enumerate((feelings.arousal, feelings.exploration, feelings.contact, feelings.calling)):
            sums[i] += value
        self._calls[self._now] += sum(isinstance(intent, Sound) and intent.name == "call" for intent in tick.done)
        if not self.trace or tick.t - self.trace[-1][0] >= TRACE_S - 1e-6:
            self.trace.append((tick.t, feelings.arousal, feelings.exploration))

    def measured(self) -> tuple[Measured, ...]:
        """By episode."""
        return tuple(
            Measured(
                episode=episode.number,
                arousal=sums[0] / max(ticks, 1),
                exploration=sums[1] / max(ticks, 1),
                contact_s=sums[2] / max(ticks, 1) * (episode.end - episode.start),
                calling_s=sums[3] / max(ticks, 1) * (episode.end - episode.start),
                calls=calls,
            )
            for episode, sums, ticks, calls in zip(EPISODES, self._sums, self._ticks, self._calls, strict=True)
        )


def play(style: str, seed: int, senses: SightFrom = SightFrom.truth, episodes: int = len(EPISODES)) -> Course:
    """The whole robot with this style lives through the eight episodes, or through the first so many."""
    anxiety, avoidance = STYLES[style]
    _, scenario = scenarios.load(NAME)
    config = Config(character=CharacterTable(anxiety=anxiety, avoidance=avoidance))
    meter = EpisodeMeter()
    options = Options(senses, WordsFrom.text, seed, fast=True, fps=None, language=None)
    with SimSession(NAME, scenario, config, options, shared_stock()) as one:
        one.robot.loop.watch(meter)
        one.robot.loop.run(scenario.duration_s if episodes == len(EPISODES) else EPISODES[episodes - 1].end)
    return Course(style, meter.measured(), tuple(meter.trace))
