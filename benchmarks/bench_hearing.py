"""Hearing against its bars: clear and noisy commands, foreign sentences, Vosk, delay to intent, wordings, cost.

One JSON line a figure.
"""

from __future__ import annotations

import statistics

import numpy as np

from benchmarks.figures import tell
from robot.core.audio import HEARD_RATE
from robot.core.clock import ManualClock, RealClock, nap, stopwatch
from robot.core.percepts import Utterance, VoiceActivity
from robot.sense.hearing.endpoint import HANGOVER_S
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.vosk_engine import VoskRecogniser
from robot.sense.language import phrases
from robot.sense.language.grammar import Grammar
from tests.support.ears import SoundEars, play, utterances
from tests.support.voices import KOREAN_MODEL, between_silences, in_a_room, joe, korean
from tests.support.wordings import other_talk, wordings

COMMANDS = """hello|goodbye|stop|be quiet|go to sleep|wake up|thank you|how are you|what is your name|are you alive
do you love me|are you recording me|what can you do|forget me|why did you do that|i am sad|i am lonely|i have good news
help me|what time is it|what day is it|look at me|come here|look left|look right|play with me|sing a song|good night
speak louder|who made you""".replace("\n", "|").split("|")
FOREIGN = """The weather will be fine tomorrow afternoon|Please put the dishes in the cupboard
My brother drives a red car to work|There are twelve months in a year|She bought a new coat in the city
We will have fish and rice for dinner|The train to London leaves at nine|I read an interesting book last week
The children are playing in the garden|He forgot his umbrella at the office|Our neighbours painted their fence green
The museum is closed on Mondays|It took three hours to climb the hill|Can you pass me the butter and the jam
The river was frozen all winter|They are building a bridge near the station|I have never been to Australia
The shop sells shoes and leather bags|A cup of tea costs two pounds|The doctor will see you in a minute
Her grandmother was born in a small village|The football match ended in a draw|I need to wash the curtains on Friday
Bread is made of flour and water|The plane landed half an hour late|We watched a film about the sea
The teacher wrote a word on the board|My computer needs a new battery|The leaves turn yellow in October
He plays the violin in an orchestra""".replace("\n", "|").split("|")
KOREAN = ["안녕하세요", "감사합니다", "멈춰", "노래 불러", "이름이 뭐야", "왼쪽", "오른쪽", "도와줘"]
TABLES = phrases.load()


def heard(texts: list[str], snr_db: float | None) -> list[Utterance]:
    sounds = [joe(text) for text in texts]
    voiced = np.concatenate(sounds)
    level = float(np.sqrt(np.mean(voiced[np.abs(voiced) > 0.01] ** 2)))
    noise = 3e-4 if snr_db is None else level / 10 ** (snr_db / 20)
    ears, clock = SoundEars(in_a_room(sounds, noise=noise)), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    out = utterances(play(hearing, clock, ears.length + 1))
    hearing.close()
    return out


def matched(found: list[Utterance], texts: list[str]) -> int:
    """Utterances whose intent is that of their text, in order; a missed one shifts nothing."""
    wanted = [TABLES.understand(text, "en").intent for text in texts]
    at = right = 0
    for one in found:
        if one.intent in wanted[at : at + 2]:
            at = wanted.index(one.intent, at) + 1
            right += 1
        else:
            at += 1
    return right


def recognisers() -> None:
    for name, snr in (("clear", None), ("20 dB", 20.0)):
        tell(f"commands, {name}", matched(heard(COMMANDS, snr), COMMANDS), "of 30", 29, least=True)
        taken = [one for one in heard(FOREIGN, snr) if one.intent != "unknown"]
        tell(f"foreign sentences taken, {name}", len(taken), "of 30", 1)
    vosk = VoskRecogniser(KOREAN_MODEL, Grammar(tuple(KOREAN), {}), dictate=False)
    right = 0
    for sound, text in zip(korean(KOREAN), KOREAN, strict=True):
        vosk.feed(between_silences(sound))
        right += vosk.finish().text == text
    tell("Vosk, Korean", right, "of 8", 8, least=True)


def delay() -> None:
    """From the end of speech to the intent, in real time, the listener in its own process."""
    delays = []
    clock = RealClock()
    sound = in_a_room([joe(text) for text in COMMANDS[:20]])
    hearing = Hearing(SoundEars(sound), TABLES, clock)
    end = 0.0
    while clock.now() < len(sound) / HEARD_RATE + 2:
        for one in hearing.poll(clock.now()):
            if isinstance(one, VoiceActivity) and not one.speaking:
                end = one.t
            elif isinstance(one, Utterance) and one.t > 3:  # the first ones wait for the recogniser to load
                delays.append(clock.now() - end)
        nap(0.01)
    hearing.close()
    tell("end of speech to intent, p95", float(np.percentile(delays, 95)), "s", 0.75)
    tell("of which after the hangover, median", statistics.median(delays) - HANGOVER_S, "s")


def meaning() -> None:
    for language in ("en", "fr"):
        lines = [(line, intent) for intent, listed in wordings(language).items() for line in listed]
        right = sum(TABLES.understand(line, language).intent == intent for line, intent in lines)
        tell(f"other wordings, {language}", 100 * right / len(lines), "%", 90, least=True)
        strange = other_talk(language)
        taken = sum(TABLES.understand(line, language).intent != "unknown" for line in strange)
        tell(f"strange lines taken, {language}", taken, f"of {len(strange)}", 3)
        begin = stopwatch()
        for line, _ in lines:
            TABLES.understand(line, language)
        tell(f"meaning of a line, {language}", 1e3 * (stopwatch() - begin) / len(lines), "ms", 2)


def cost() -> None:
    hearing = Hearing(None, TABLES, ManualClock())
    begin = stopwatch()
    for n in range(100_000):
        hearing.poll(n * 0.02)
    tell("a tick in which nobody speaks", 10 * (stopwatch() - begin), "us", 2)


if __name__ == "__main__":
    cost()
    meaning()
    recognisers()
    delay()
