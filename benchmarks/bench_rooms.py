"""Hearing across a room: noise and distance for each engine, words of need by three voices, and how soon text is there.

The room is simulated: somebody speaks at 2 m, the noise comes from elsewhere, both with a reverberation of 0.4 s in
50 m³ (the sound of the walls decays evenly; its share is that of the distance against the critical distance). Babble is
four other recordings at once; a kitchen is made of a fan, running water and clinking, by code. The recordings are those
of `bench_dictation.py`, few a cell, since the machine may be shared: `python -m benchmarks.bench_rooms LANGUAGE
CELLS`. One JSON line a figure.
"""

from __future__ import annotations

import shutil
import sys
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.bench_dictation import BARS, TABLES, delays, errors, has_recordings, recordings, taken_down, words
from benchmarks.bench_turns import trimmed
from benchmarks.figures import load, tell
from benchmarks.voices import by_espeak, by_flite, by_pico
from robot.core.audio import HEARD_RATE
from robot.core.clock import ManualClock, worked
from robot.core.errors import ModelError
from robot.core.percepts import Utterance
from robot.guard.need_meanings import OWN
from robot.guard.readers import Readers
from robot.guard.watch import Watch
from robot.sense.hearing import models
from robot.sense.hearing.end_detector import EndDetector
from robot.sense.hearing.endpoint import PAUSE_S, Edge, Endpointer
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.recognisers import choose
from robot.sense.hearing.turn import Turns
from robot.sense.language.line_reader import LineReader
from tests.support.ears import BLOCK, SoundEars, play, utterances
from tests.support.voices import in_a_room, joe
from training.crisis.lines import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from robot.sense.hearing.recogniser import Recogniser

CELL = 15  # recordings, or lines a voice
SENTENCES = 30  # of the recordings, where it is measured how soon one is over
DISTANCE_M, ROOM_M3, REVERBERATION_S = 2.0, 50.0, 0.4
CRITICAL_M = 0.057 * (ROOM_M3 / REVERBERATION_S) ** 0.5  # where the walls are as loud as the voice (Kuttruff)
NOISES_DB = (20.0, 10.0)
GAP_S = 2.5  # between lines: the longest pause that is waited for is shorter
VOICED = 0.1  # of the loudest
MBROLA = ("mb-fr1", "mb-fr4")
ESPEAK = {"fr": ("roa/fr+f3", "roa/fr+m3", "roa/fr"), "en": ()}


def way(chance: np.random.Generator, distance_m: float) -> np.ndarray:
    """Impulse response of the room over a distance, the direct sound being 1."""
    at = np.arange(int(REVERBERATION_S * HEARD_RATE))
    walls = chance.normal(0.0, 1.0, len(at)) * 10 ** (-3.0 * at / len(at))
    walls *= distance_m / CRITICAL_M / float(np.sqrt(np.sum(walls**2)))
    walls[0] = 1.0
    return walls


def across(sound: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    return np.convolve(sound, way(chance, DISTANCE_M))


def babble(count: int, others: list[np.ndarray], chance: np.random.Generator) -> np.ndarray:
    """Four who talk at once."""
    chosen = chance.choice(len(others), 4, replace=False)
    voices = [np.resize(np.roll(others[n], int(chance.integers(len(others[n])))), count) for n in chosen]
    return np.asarray(np.sum(voices, axis=0))


def kitchen(count: int, others: list[np.ndarray], chance: np.random.Generator) -> np.ndarray:
    """A fan (low), running water (high), and twice a second something that clinks."""
    del others
    hertz = np.fft.rfftfreq(count, 1.0 / HEARD_RATE)
    white = np.fft.rfft(chance.normal(0.0, 1.0, count))
    fan = np.fft.irfft(white / np.maximum(hertz, 50.0) * 300.0, count)
    water = np.fft.irfft(np.roll(white, 1) * ((hertz > 800.0) & (hertz < 6500.0)) * 0.4, count)
    sound = fan + water
    at = np.arange(HEARD_RATE // 4) / HEARD_RATE
    for begin in chance.integers(0, count, max(1, 2 * count // HEARD_RATE)):
        ring = sum(np.sin(2 * np.pi * hz * at) for hz in chance.uniform(2000.0, 6500.0, 3)) * np.exp(-at / 0.03)
        sound[begin : begin + len(at)] += 2.0 * ring[: count - begin]
    return sound


def mixed(
    sound: np.ndarray,
    noise: Callable[..., np.ndarray],
    others: list[np.ndarray],
    db: float,
    chance: np.random.Generator,
) -> np.ndarray:
    """The sound in that noise, so much louder than it while somebody speaks; as loud as a microphone would have it."""
    far = across(sound, chance)
    behind = across(noise(len(far), others, chance), chance)[: len(far)]
    speech = far[np.abs(far) > VOICED * np.abs(far).max()]
    wanted = float(np.sqrt(np.mean(speech**2))) / 10 ** (db / 20)
    line = far + behind * wanted / float(np.sqrt(np.mean(behind**2)))
    return np.asarray(line * (0.3 / np.abs(line).max()), np.float32)


def engines(language: str) -> dict[str, Recogniser]:
    """Those that are here, by their names in the configuration."""
    found = {}
    for engine in (models.WHISPER, models.VOSK, models.SPHINX):
        folders = () if engine == models.SPHINX else models.find(language, engine=engine)
        if folders or engine == models.SPHINX:
            try:
                found[engine] = choose(language, TABLES.grammar(language), folders)
            except ModelError:
                continue  # it knows no French
    return found


def noise(language: str) -> None:
    if not has_recordings(language, "word errors"):
        return
    heard = [(text, trimmed(sound)) for text, sound in recordings(language)]
    others = [sound for _, sound in heard[CELL:]]
    for name, recogniser in engines(language).items():
        for where, how, db in (
            ("close, quiet", None, 0.0),
            ("at 2 m, quiet", babble, 60.0),
            *((f"at 2 m, {kind.__name__} {db:.0f} dB", kind, db) for kind in (babble, kitchen) for db in NOISES_DB),
        ):
            chance = np.random.default_rng(0)
            wrong = count = 0
            costs = []
            for text, sound in heard[:CELL]:
                line = sound if how is None else mixed(sound, how, others, db, chance)
                begin = worked()
                wrong += errors(words(text, language), words(taken_down(recogniser, line), language))
                costs.append(worked() - begin)
                count += len(words(text, language))
            bar = BARS[language] if how is None and recogniser.dictates else None
            tell(f"word errors, {language}, {name}, {where}, of {CELL}", 100 * wrong / count, "%", bar, note=load())
            tell(f"processor time an utterance, {language}, {name}, {where}", float(np.mean(costs)), "s", note=load())


def latency(language: str) -> None:
    """In real time, and as one core that does nothing else would have it: the silence that is waited for, or the work
    after the pause by processor time, whichever ends later.
    """
    if not has_recordings(language, "end of a sentence to its text"):
        return
    sounds = [trimmed(sound) for text, sound in recordings(language) if is_whole(text)][:SENTENCES]
    found = delays(sounds, language)
    for share in (50, 95):
        bar = 0.8 if share == 95 else None
        tell(
            f"end of a sentence to its text, {language}, p{share} of {len(found)}",
            _of(found, share),
            "s",
            bar,
            note=load(),
        )
    waits, works = waited(sounds, language)
    alone = np.maximum(waits, PAUSE_S + works)
    for share in (50, 95):
        bar = 0.8 if share == 95 else None
        tell(
            f"the same on an idle core, {language}, p{share} of {len(alone)}", _of(alone, share), "s", bar, note=load()
        )
        tell(f"silence waited for, {language}, p{share}", _of(waits, share), "s", note=load())
        tell(f"work after the pause, {language}, p{share}", _of(works, share), "s", note=load())


def is_whole(text: str) -> bool:
    """Whether a text is written as a sentence: many announcements are parts of one ("to exit the menu"), which nobody
    could know to be over.
    """
    return text[0].isupper() and text.endswith((".", "!", "?")) and not text.endswith("..")


def _of(figures: Sequence[float] | np.ndarray, share: int) -> float:
    return float(np.percentile(figures, share))


def waited(sounds: list[np.ndarray], language: str) -> tuple[np.ndarray, np.ndarray]:
    """The silence after each sentence until its end is certain, and the processor time from pause to text, s."""
    recogniser = choose(language, TABLES.grammar(language), models.find(language))
    ear, line = Endpointer(), in_a_room(sounds, gap_s=2.5)
    turns, ending = Turns(language, TABLES.grammar(language)), EndDetector()
    stretch: list[np.ndarray] = []
    waits, works = [], []
    work = 0.0
    for at in range(0, len(line) - BLOCK, BLOCK):
        for cut in ear.feed(line[at : at + BLOCK], at / HEARD_RATE):
            if cut.edge is Edge.BEGIN:
                stretch.clear()
            stretch.append(cut.samples)
            if len(cut.samples):
                recogniser.feed(cut.samples)
            begin = worked()
            if cut.edge is Edge.PAUSE:
                recogniser.pause()
                recogniser.so_far()
                work = worked() - begin
            elif cut.edge is Edge.WEIGH:
                ear.wait(turns.hangover_s(recogniser.so_far().text, ending.probability(np.concatenate(stretch))))
                work += worked() - begin
            elif cut.edge is Edge.END:
                recogniser.finish()
                waits.append(cut.certain - cut.t)
                works.append(work)
    return np.array(waits), np.array(works)


def voices(language: str) -> dict[str, Callable[[str], np.ndarray]]:
    """Three: of English Piper's joe and two of flite's, of French SVOX Pico's and two of MBROLA's; all but joe were cut
    from people's recordings. Where those are not installed, espeak-ng's, which are no people's.
    """
    if language == "en" and shutil.which("flite"):
        return {"joe": joe, "slt": partial(by_flite, "slt"), "rms": partial(by_flite, "rms")}
    if language == "fr" and shutil.which("pico2wave") and shutil.which("mbrola"):
        return {"pico": partial(by_pico, "fr-FR")} | {one: partial(by_espeak, one) for one in MBROLA}
    return {one: partial(by_espeak, one) for one in ESPEAK[language]}


def need(language: str) -> None:
    """Lines of strangers that the watch takes for risk when they are typed, said aloud by each voice."""
    readers, reader = Readers.load(), LineReader(TABLES, lockstep=True)

    def watched(line: Utterance) -> bool:
        (understood,) = reader.over([line])
        watch = Watch(readers, None, TABLES)
        return any(
            isinstance(one, Utterance) and one.intent in OWN for one in watch.over([understood], line.t, language)
        )

    def typed(text: str) -> Utterance:
        found = TABLES.understand(text, language)
        return Utterance(0.0, text, found.intent, found.slots, found.confidence, language)

    try:
        reader.start()
        risks = [line.text for line in phrases("strangers") if line.language == language and line.label == "crisis"]
        spread = [risks[n] for n in np.random.default_rng(0).permutation(len(risks))]
        lines = list(islice((text for text in spread if watched(typed(text))), CELL))
        for name, voice in voices(language).items():
            reached = sum(any(map(watched, said)) for said in heard([voice(text) for text in lines], language))
            share = 100 * reached / len(lines)
            tell(f"risk lines that reach the watch, {language}, {name}", share, "%", 95, least=True, note=load())
    finally:
        reader.close()


def heard(sounds: list[np.ndarray], language: str) -> list[list[Utterance]]:
    """What was understood of each of the sounds, which come one after the other."""
    ears, clock = SoundEars(in_a_room(sounds, gap_s=GAP_S)), ManualClock()
    hearing = Hearing(ears, TABLES, clock, language=language, lockstep=True)
    said = utterances(play(hearing, clock, ears.length + 3))
    hearing.close()
    ends = np.cumsum([GAP_S + len(sound) / HEARD_RATE for sound in sounds])
    found: list[list[Utterance]] = [[] for _ in sounds]
    for one in said:
        if one.text:
            found[min(int(np.searchsorted(ends + GAP_S / 2, one.t)), len(sounds) - 1)].append(one)
    return found


CELLS = {"latency": latency, "noise": noise, "need": need}


def main() -> None:
    asked = sys.argv[1:]
    languages = [one for one in ("en", "fr") if one in asked] or ["en", "fr"]
    for language, cell in (
        (one, cell) for one in languages for cell in CELLS if cell in asked or not set(CELLS) & set(asked)
    ):
        CELLS[cell](language)


if __name__ == "__main__":
    main()
