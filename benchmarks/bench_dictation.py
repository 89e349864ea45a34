"""Dictation against its bars, on recordings of people, by whatever an installation hears with.

Debian's asterisk-core-sounds-{en,fr} and -g722 hold announcements of one speaker a language, with their texts (CC
BY-SA: used here, not shipped); ffmpeg decodes them. Every second one by a hash of its name is left for this: nothing
was tuned by those. One JSON line a figure.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.figures import leave_out, load, tell
from robot.core.audio import HEARD_RATE, from_pcm16
from robot.core.clock import RealClock, nap, worked
from robot.core.percepts import Utterance, VoiceActivity
from robot.sense.hearing import models
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.recognisers import choose
from robot.sense.language import phrases
from tests.support.ears import SoundEars
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from robot.sense.hearing.recogniser import Recogniser

TEXTS = "/usr/share/doc/asterisk-core-sounds-{0}/core-sounds-{0}.txt.gz"
SOUNDS = {
    "en": Path("/usr/share/asterisk/sounds/en_US_f_Allison"),
    "fr": Path("/usr/share/asterisk/sounds/fr_CA_f_June"),
}
BARS = {"en": 6, "fr": 18}
RECORDINGS = 100
SHORTEST, LONGEST = 3, 25  # words
NUMBERS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"],
}
TABLES = phrases.load()
COMMANDS = ("stop", "be quiet", "look left", "go to sleep", "louder", "come here", "stop it", "wake up")
FINISHED = (
    "The museum is closed on Mondays.",
    "I went to the shop this morning.",
    "My brother drives a red car to work.",
)


def words(text: str, language: str) -> list[str]:
    """Lower case, no punctuation, small numbers spelled."""
    spelled = re.sub(r"\d+", lambda n: f" {_spelled(n[0], language)} ", text.lower().replace("\u2019", "'"))
    return re.sub(r"[^\w\s]", " ", spelled.replace("'", " " if language == "fr" else "")).split()


def _spelled(number: str, language: str) -> str:
    return NUMBERS[language][int(number)] if int(number) < len(NUMBERS[language]) else number


def errors(right: list[str], heard: list[str]) -> int:
    """Words to change, add and leave out."""
    row = list(range(len(heard) + 1))
    for i, wanted in enumerate(right, 1):
        corner, row[0] = row[0], i
        for j, word in enumerate(heard, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (wanted != word))
    return row[-1]


def has_recordings(language: str, figure: str) -> bool:
    """Whether they are installed; where not, the figure is told as left out."""
    there = Path(TEXTS.format(language)).is_file() and SOUNDS[language].is_dir()
    if not there:
        leave_out(f"{figure}, {language}", f"asterisk-core-sounds-{language} and its -g722 are not installed")
    return there


def recordings(language: str) -> list[tuple[str, np.ndarray]]:
    """Texts and sounds of the half that nothing was tuned by."""
    with gzip.open(TEXTS.format(language), "rt", encoding="utf-8") as lines:
        listed = [line.strip().split(": ", 1) for line in lines if ": " in line and not line.startswith(";")]
    kept = []
    for name, text in listed:
        sums = [int(hashlib.sha256((salt + name).encode()).hexdigest(), 16) for salt in ("", "o")]
        file = SOUNDS[language] / f"{name}.g722"
        plain = not re.search(r"[\[\]<>(){}]", text) and SHORTEST <= len(words(text, language)) <= LONGEST
        if sums[0] % 2 and plain and file.is_file():
            kept.append((sums[1], text, file))
    return [(text, decoded(file)) for _, text, file in sorted(kept)[:RECORDINGS]]


def decoded(file: Path) -> np.ndarray:
    how = f"ffmpeg -v quiet -f g722 -i FILE -ar {HEARD_RATE} -ac 1 -f s16le -"
    command = [str(file) if word == "FILE" else word for word in how.split()]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return from_pcm16(raw)


def dictation(language: str) -> None:
    if not has_recordings(language, "word errors"):
        return
    recogniser = choose(language, TABLES.grammar(language), models.find(language))
    heard = recordings(language)
    commands = set(TABLES.grammar(language).commands)
    chance = np.random.default_rng(0)
    for noise, snr_db in (("", None), (", others talking at 20 dB", 20.0), (", at 10 dB", 10.0)):
        wrong = count = false = 0
        costs = []
        for n, (text, sound) in enumerate(heard):
            begin = worked()
            found = taken_down(recogniser, sound if snr_db is None else _with_others(sound, heard, n, snr_db, chance))
            costs.append(worked() - begin)
            right = words(text, language)
            wrong += errors(right, words(found, language))
            count += len(right)
            false += " ".join(words(found, language)) in commands and " ".join(right) not in commands
        bar = BARS[language] if snr_db is None else None
        tell(f"word errors, {language}{noise}", 100 * wrong / count, "%", bar, note=load())
        tell(f"false commands, {language}{noise}", false, f"of {len(heard)}", 0, note=load())
        if snr_db is None:
            p95 = float(np.percentile(costs, 95))
            tell(f"processor time of an utterance, {language}, p95", p95, "s", 0.8, note=load())


def taken_down(recogniser: Recogniser, sound: np.ndarray) -> str:
    recogniser.feed(sound)
    recogniser.pause()
    return recogniser.finish().text


def _with_others(
    sound: np.ndarray, heard: list[tuple[str, np.ndarray]], n: int, snr_db: float, chance: np.random.Generator
) -> np.ndarray:
    """Four other recordings talk at once behind it."""
    babble = np.zeros(len(sound), np.float32)
    for k in range(1, 5):
        other = heard[(n + 7 * k) % len(heard)][1]
        babble += np.resize(np.roll(other, int(chance.integers(len(other)))), len(sound))
    wanted = float(np.sqrt(np.mean(sound**2))) / 10 ** (snr_db / 20)
    mixed: np.ndarray = sound + babble * wanted / max(float(np.sqrt(np.mean(babble**2))), 1e-9)
    return mixed.astype(np.float32)


def delays(sounds: list[np.ndarray], language: str = "en") -> list[float]:
    """From the end of each to its words, in real time, the listener in its own process; of those that were heard."""
    line, clock = in_a_room(sounds, gap_s=2.5), RealClock()
    hearing = Hearing(SoundEars(line), TABLES, clock, language=language)
    hearing.poll(0.02)
    found, end = [], 0.0
    while not hearing.recogniser:  # it loads
        hearing.poll(0.02)
        nap(0.02)
    begin = clock.now()
    while clock.now() - begin < len(line) / HEARD_RATE + 2:
        for one in hearing.poll(clock.now() - begin):
            if isinstance(one, VoiceActivity) and not one.speaking:
                end = one.t
            elif isinstance(one, Utterance):
                found.append(clock.now() - begin - end)
        nap(0.01)
    hearing.close()
    return found


def latency() -> None:
    commands = delays([joe(text) for text in COMMANDS])
    tell("end of a command to its words, p95", float(np.percentile(commands, 95)), "s", 0.45, note=load())
    sentences = delays([joe(text) for text in FINISHED * 2])
    tell("end of a sentence to its words, p95", float(np.percentile(sentences, 95)), "s", 0.8, note=load())


if __name__ == "__main__":
    for spoken in ("en", "fr"):
        dictation(spoken)
    latency()
