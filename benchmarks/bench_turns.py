"""Whether somebody who pauses is let finish, and somebody who has ended is answered soon.

Pauses are true silence: what a voice or recording brings of its own is cut off. Sentences that stop on the way are said
by Piper's *joe* and in French by SVOX Pico, and nobody would answer them as they stand: twelve of ours, and strangers'
(`training/turns`, the half that was never looked at). Such a voice lets each half fall as if it were whole, which
people do not. Recordings of people (those of `bench_dictation.py`) are cut where they are quietest between words, so
that now and then what stands before the pause is a whole sentence. One JSON line a figure.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.bench_dictation import FINISHED, TABLES, delays, has_recordings, recordings
from benchmarks.figures import leave_out, load, tell
from benchmarks.voices import by_pico
from robot.core.audio import HEARD_RATE
from robot.core.clock import RealClock
from robot.core.percepts import Utterance
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.turn import UNFINISHED_S
from tests.support.ears import SoundEars
from tests.support.voices import in_a_room, joe
from training.turns.lines import strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Voice = Callable[[str], np.ndarray]

PAUSES_S = (0.4, 0.7, 1.0, 1.2)
UNFINISHED = (
    ("I went to the shop and", "I bought some bread."),
    ("My daughter called because", "she is coming tomorrow."),
    ("I wanted to tell you that", "I slept well."),
    ("When I was young I lived in the", "house by the river."),
    ("Today I am going to", "visit my sister."),
    ("My daughter's name is", "Charlotte."),
    ("We still have to buy", "flowers for the table."),
    ("What I really would like", "is a cup of tea."),
    ("He asked me whether", "we could come on Sunday."),
    ("Tomorrow we are taking the", "early train to Oxford."),
    ("The best thing about it was", "the music."),
    ("I have been thinking about", "my old school."),
)
HAND = "b"  # of the strangers in `training/turns`
RECORDED = 24  # recordings a language
BETWEEN = 0.35, 0.75  # of a recording: where it may be cut
STEP = HEARD_RATE // 100
VOICED = 0.01  # of the loudest: what belongs to the speech


def loudness(sound: np.ndarray) -> np.ndarray:
    """A hundred times a second."""
    steps = sound[: len(sound) // STEP * STEP].reshape(-1, STEP)
    found: np.ndarray = np.sqrt(np.mean(steps**2, axis=1))
    return found


def trimmed(sound: np.ndarray) -> np.ndarray:
    loud = loudness(sound)
    voiced = np.flatnonzero(loud > VOICED * loud.max())
    return sound[voiced[0] * STEP : (voiced[-1] + 1) * STEP]


def halves(sound: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    loud = np.convolve(loudness(sound), np.ones(6), "same")
    begin, end = (int(share * len(loud)) for share in BETWEEN)
    at = (begin + int(np.argmin(loud[begin:end]))) * STEP
    return trimmed(sound[:at]), trimmed(sound[at:])


def heard(lines: list[np.ndarray], language: str) -> list[int]:
    """How many utterances each was taken for, one after the other."""
    gap_s = UNFINISHED_S + 0.7
    ears = SoundEars(in_a_room(lines, gap_s))
    hearing = Hearing(ears, TABLES, RealClock(), language=language, lockstep=True)
    ticks = int((ears.length + 1) / 0.02)
    ends = [one.t for n in range(ticks) for one in hearing.poll(n * 0.02) if isinstance(one, Utterance)]
    hearing.close()
    begins = np.cumsum([gap_s / 2, *(gap_s + len(line) / HEARD_RATE for line in lines)])
    return [int(count) for count in np.histogram(ends, begins)[0]]


def paused(first: np.ndarray, second: np.ndarray, pause_s: float) -> np.ndarray:
    return np.concatenate([first, np.zeros(int(pause_s * HEARD_RATE), np.float32), second])


def waited_for(whose: str, sentences: Sequence[tuple[str, str]], language: str, say: Voice) -> None:
    parts = [(trimmed(say(first)), trimmed(say(second))) for first, second in sentences]
    for pause_s in PAUSES_S:
        whole = np.mean([count == 1 for count in heard([paused(*part, pause_s) for part in parts], language)])
        figure = f"{whose} unfinished sentences waited for, {language}, {pause_s} s"
        tell(figure, 100 * float(whole), "%", 90, least=True, note=load())


def answered(whose: str, sentences: Sequence[str], language: str, say: Voice) -> None:
    ended = delays([trimmed(say(text)) for text in sentences], language)
    figure = f"end of {whose} finished sentence to its words, {language}, p95"
    tell(figure, float(np.percentile(ended, 95)), "s", 0.9, note=load())


def of_strangers(language: str, say: Voice) -> None:
    told = strangers(HAND, language)
    waited_for("a stranger's", told.unfinished[1::2], language, say)
    answered("a stranger's", told.finished[1::2], language, say)


def recorded(language: str) -> None:
    sounds = [trimmed(sound) for _, sound in recordings(language)[:RECORDED]]
    cut = [paused(*halves(sound), PAUSES_S[n % len(PAUSES_S)]) for n, sound in enumerate(sounds)]
    whole = np.mean([count == 1 for count in heard(cut, language)])
    tell(f"recordings cut between words waited for, {language}", 100 * float(whole), "%", note=load())
    found = delays(sounds[:12], language)
    tell(f"end of a recording to its words, {language}, p95", float(np.percentile(found, 95)), "s", 0.9, note=load())


def main() -> None:
    waited_for("our", UNFINISHED, "en", joe)
    answered("our", FINISHED * 4, "en", joe)
    of_strangers("en", joe)
    if shutil.which("pico2wave"):
        of_strangers("fr", partial(by_pico, "fr-FR"))
    else:
        leave_out("a stranger's sentences, unfinished and finished, fr", "there is no pico2wave (libttspico-utils)")
    for language in ("en", "fr"):
        if has_recordings(language, "recordings cut between words waited for"):
            recorded(language)


if __name__ == "__main__":
    main()
