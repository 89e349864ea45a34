"""Breaking in, and hearing itself, in simulated talks, many times faster than real ones: nothing of them is timed.

Each robot has one voice, a way from its speaker to its microphone (a cable, or a room), and at first learns by two
sentences how it sounds. In half of its talks somebody breaks in, half of these in the first half second; in half of
them the sound server moves the echo and says nothing of it: by up to 20 ms later (with a gap, or with what was heard
last once more) or sooner, before the sentence, as it begins, or in its midst. In a tenth the loudness has changed since
the last one. The clocks of some cards drift apart. A sentence may follow a tenth of a second after another. One JSON
line a figure; with `--each` also one for each talk that went wrong, on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.bench_dictation import SOUNDS, decoded
from benchmarks.bench_sound import SOON_S, tell_silences
from benchmarks.figures import leave_out, tell
from robot.core.audio import HEARD_RATE, from_pcm16, pcm16, resample
from robot.core.clock import generator
from robot.express import sounds
from robot.express.renderer import Renderer
from robot.express.rendering import SpeechRequest
from robot.sense.hearing.endpoint import Edge
from robot.sense.hearing.others_speech import OthersSpeech
from robot.sense.language import phrases
from sim.senses.ears import ECHO, voices, way_to_itself
from tests.support.voices import joe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TALKS, LEARN = 20, 2  # of each robot, and before them
TICK = HEARD_RATE // 50
HEARD_AFTER = TICK  # samples from the microphone to the listener
SILENT_AFTER_S = 0.053  # from there through loop and buffer to silence
LOUD = 0.02  # of a voice that begins
MOST_MOVED = 320  # samples: 20 ms
BLOCKS = (128, 256)  # samples that a card gives at once: so much is lost or given twice
SENTENCE_S, TAIL_S, PAUSE_S = 3.0, 0.3, 0.5
GAPS_S = (0.12, 0.3, 0.7, 1.5, 3.0)
ANSWERS = ("what_can_you_do", "are_you_alive", "do_you_love_me", "who_made_you", "help", "sing")
SOUNDS_OF_ITS_OWN = ("chirp_greeting", "purr", "startle", "yawn", "hum", "hm")
WORDS = ("stop", "be quiet", "stop talking", "what is your name", "hello", "shut up", "wait", "help me", "goodbye")
OTHER_WORDS = ("no", "hey", "thank you", "see you later", "please stop", "what", "yes but", "listen")
RECORDED = 40  # of a person's recordings, one in nine


class Voices(NamedTuple):
    """What may be heard, each (n,) float32 at 16 kHz: the robot's sentences by its voice, its sounds, and people."""

    own: tuple[list[np.ndarray], ...]
    sounds: list[np.ndarray]
    people: list[np.ndarray]


class Move(NamedTuple):
    """The echo comes so many samples later from a place of the talk on; `gap`: with silence in between."""

    at: int
    later: int
    gap: bool


class Talk(NamedTuple):
    """What is said in it: the robot's sentence and the person's words, (n,) float32 each; where the latter begin."""

    said: np.ndarray
    person: np.ndarray
    onset: int | None
    moves: list[Move]


class Outcome(NamedTuple):
    """Of one talk: whether it heard itself, and after how long it was silent when somebody broke in, None for never."""

    robot: int
    talk: int
    broken_in: bool
    heard_itself: bool
    silent_s: float | None

    @property
    def wrong(self) -> bool:
        return self.heard_itself or (self.broken_in and (self.silent_s is None or self.silent_s > SOON_S))


def heard_voices() -> Voices:
    tables = phrases.load()
    lines = [line.format(emergency="112") for key in ANSWERS for line in tables.variants(f"answer_{key}", "en")]
    french = [SpeechRequest(line, "fr") for line in tables.variants("answer_are_you_alive", "fr")]
    espeak = _rendered(Renderer(), [*map(SpeechRequest, lines), *french])
    own_sounds = [resample(sounds.make(name), sounds.RATE, HEARD_RATE) for name in SOUNDS_OF_ITS_OWN]
    words = (*WORDS, *OTHER_WORDS)
    spoken = _rendered(
        Renderer(voices()), [SpeechRequest(word, f"en{who}") for who in ("", ", another") for word in words]
    )
    people = [joe(word) for word in words] + spoken + _recorded()
    return Voices((espeak, [joe(line) for line in lines[::2]]), own_sounds, people)


def _rendered(renderer: Renderer, requests: Sequence[SpeechRequest]) -> list[np.ndarray]:
    found = []
    for request in requests:
        rendering = renderer.wait(request)
        assert rendering.samples is not None, rendering.fault
        found.append(resample(rendering.samples, rendering.rate, HEARD_RATE))
    renderer.close()
    return found


def _recorded() -> list[np.ndarray]:
    """The first two seconds of what a person said."""
    if not SOUNDS["en"].is_dir():
        leave_out("barge-in, simulated, by a recorded person", "asterisk-core-sounds-en-g722 is not installed")
        return []
    spoken = [decoded(file) for file in sorted(SOUNDS["en"].glob("*.g722"))[::9][:RECORDED]]
    return [sound[begin(sound) :][: 2 * HEARD_RATE] for sound in spoken if np.abs(sound).max() > LOUD]


def begin(sound: np.ndarray) -> int:
    """The sample at which a voice can first be heard."""
    return int(np.argmax(np.abs(sound) > LOUD))


class Way:
    """From the robot's speaker to its microphone."""

    def __init__(self, chance: np.random.Generator) -> None:
        self._chance = chance
        cable = chance.random() < 0.4
        self._room = np.ones(1) if cable else way_to_itself(chance) / ECHO
        self._gain = 1.0 if cable else chance.uniform(0.3, 0.8)
        self._drift = 0.0 if chance.random() < 0.7 else chance.uniform(-15e-6, 15e-6)  # samples in a sample
        self.delay = float(chance.integers(-300, 2500))  # samples, as the cards tell the times
        self.noise = 10 ** chance.uniform(-3.5, -3.0)

    def louder(self) -> None:
        """Somebody turned a knob."""
        self._gain = float(np.clip(self._gain * self._chance.choice((0.5, 0.7, 1.4, 2.0)), 0.25, 1.0))

    def delays(self, count: int, moves: list[Move]) -> tuple[np.ndarray, np.ndarray]:
        """How many samples late each sample comes that is heard in a talk, and whether any does, (count,) both."""
        late = self.delay + self._drift * np.arange(count)
        comes = np.ones(count, bool)
        for move in moves:
            late[move.at :] += move.later
            if move.gap:
                comes[move.at : move.at + move.later] = False
        return late, comes

    def carry(self, played: np.ndarray, late: np.ndarray, comes: np.ndarray) -> np.ndarray:
        """What is heard of what was played a second before and in a talk, (HEARD_RATE + n,) -> (n,)."""
        size = 1 << (len(played) + len(self._room)).bit_length()
        echo = self._gain * np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(self._room, size))
        at = HEARD_RATE + np.arange(len(late)) - late
        whole = np.floor(at).astype(int)
        part = at - whole
        a, b, c, d = (echo[np.clip(whole + n, 0, len(played) - 1)] for n in (-1, 0, 1, 2))  # a curve through four
        heard = b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)))
        return np.where(comes & (at < len(played)), heard, 0.0)


class Robot:
    """One, with its voice and its way, that hears and falls silent as the whole one does."""

    def __init__(self, number: int, heard: Voices) -> None:
        self._number = number
        self._chance = chance = generator(number)
        self._others = OthersSpeech()
        self._way = Way(chance)
        self._own = heard.own[chance.random() < 0.3]
        self._sounds, self._people = heard.sounds, heard.people
        self._ahead = int(chance.integers(600, 1300))  # samples that are told before they sound
        self._played = np.zeros(HEARD_RATE)
        self._at = 0

    def talks(self) -> Iterator[Outcome]:
        for n in range(-LEARN, TALKS):
            talk = self._thought_of(learns=n < 0)
            begins = self._hear(talk, yields=n >= 0)
            before = talk.onset is not None and bool(begins) and begins[0] < talk.onset
            silent = None
            if talk.onset is not None and begins and not before:
                silent = (begins[0] + HEARD_AFTER - talk.onset) / HEARD_RATE + SILENT_AFTER_S
            heard_itself = bool(begins) and (talk.onset is None or before)
            yield Outcome(self._number, n, talk.onset is not None, heard_itself, silent)
            nothing = np.zeros(int(PAUSE_S * HEARD_RATE))
            self._hear(Talk(nothing, nothing, None, []), yields=False)

    def _thought_of(self, *, learns: bool) -> Talk:
        chance = self._chance
        sentences = self._sounds if not learns and chance.random() < 0.08 else self._own
        sentence = sentences[chance.integers(len(sentences))]
        if not learns:
            sentence = sentence[: int(SENTENCE_S * HEARD_RATE)] * chance.choice((1.0, 1.0, 0.6))
        gap_s = PAUSE_S if learns else float(chance.choice(GAPS_S))
        first = int(gap_s * HEARD_RATE)
        length = first + len(sentence) + int(TAIL_S * HEARD_RATE)
        said, person = np.zeros((2, length // TICK * TICK))
        said[first : first + len(sentence)] = sentence[: len(said) - first]
        if learns:
            return Talk(said, person, None, [])
        if chance.random() < 0.1:
            self._way.louder()
        heard_from = int(first + max(self._way.delay, 0))
        moves = [self._moved(heard_from, gap_s)] if chance.random() < 0.5 else []
        onset = self._broken_in(person, heard_from, len(sentence)) if chance.random() < 0.5 else None
        return Talk(said, person, onset, moves)

    def _moved(self, heard_from: int, gap_s: float) -> Move:
        chance = self._chance
        when_s = chance.choice((chance.uniform(-gap_s, 0.0), chance.uniform(0.0, 0.5), chance.uniform(0.5, 2.0)))
        by = int(chance.choice(BLOCKS)) if chance.random() < 0.3 else int(chance.integers(1, MOST_MOVED))
        how = chance.integers(3)
        return Move(max(0, heard_from + int(when_s * HEARD_RATE)), -by if how == 0 else by, gap=how == 1)

    def _broken_in(self, person: np.ndarray, heard_from: int, length: int) -> int | None:
        """Lets somebody speak into the sentence; where that begins, None where it is too short for that."""
        chance = self._chance
        words = self._people[chance.integers(len(self._people))] * chance.choice((0.6, 1.0, 1.5))
        latest = length / HEARD_RATE - 0.3
        after_s = chance.uniform(0.0, 0.5) if chance.random() < 0.5 else chance.uniform(0.5, 2.2)
        start = heard_from + int(min(after_s, latest) * HEARD_RATE) - begin(words)
        if latest < 0 or start < 0:
            return None
        heard = words[: len(person) - start]
        person[start : start + len(heard)] = heard
        return start + begin(words)

    def _hear(self, talk: Talk, *, yields: bool) -> list[int]:
        """The samples by which it was certain that somebody else speaks; with `yields` it falls silent then."""
        count = len(talk.said)
        played = np.concatenate([self._played, talk.said])
        late, comes = self._way.delays(count, talk.moves)
        beside = talk.person + self._way.noise * self._chance.standard_normal(count)
        heard = _sampled(self._way.carry(played, late, comes) + beside)
        begins: list[int] = []
        told = 0
        for at in range(0, count, TICK):
            known = min(at + TICK + HEARD_AFTER + self._ahead, count)
            part = played[HEARD_RATE + told : HEARD_RATE + known]
            if part.any():
                self._others.played(_sampled(part), (self._at + told) / HEARD_RATE)
            told = known
            cuts = self._others.heard(heard[at : at + TICK], (self._at + at) / HEARD_RATE).cuts
            if not any(cut.edge is Edge.BEGIN for cut in cuts):
                continue
            begins.append(at + TICK)
            if yields and len(begins) == 1:
                played[HEARD_RATE + known :] = 0.0
                heard[at + TICK :] = _sampled(self._way.carry(played, late, comes) + beside)[at + TICK :]
        self._played = played[-HEARD_RATE:]
        self._way.delay = float(late[-1])
        self._at += count
        return begins


def _sampled(sound: np.ndarray) -> np.ndarray:
    """As 16-bit samples have it."""
    return from_pcm16(pcm16(sound))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--robots", type=int, default=50, metavar="N", help=f"{TALKS} talks each (50)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first (0)")
    parser.add_argument("--each", action="store_true", help="tell each talk that went wrong")
    asked = parser.parse_args()
    heard = heard_voices()
    found: list[Outcome] = []
    for number in range(asked.first, asked.first + asked.robots):
        for outcome in Robot(number, heard).talks():
            found.append(outcome)
            if asked.each and outcome.wrong:
                print(json.dumps(outcome._asdict()), file=sys.stderr, flush=True)
    broken_in = [outcome for outcome in found if outcome.broken_in and not outcome.heard_itself]
    times = [outcome.silent_s for outcome in broken_in if outcome.silent_s is not None]
    tell("simulated sentences in which it heard itself", sum(one.heard_itself for one in found), f"of {len(found)}", 0)
    tell("simulated barge-in, missed", len(broken_in) - len(times), f"of {len(broken_in)}", 0)
    tell_silences("simulated barge-in", times, len(broken_in))


if __name__ == "__main__":
    main()
