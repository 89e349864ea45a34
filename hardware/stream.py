"""One stream of a sound card in a process of its own (see `card.py` for the robot's side).

PortAudio calls back when sound is due: here it need not wait for a robot that thinks. And when a card is pulled out its
thread may spin for ever (ALSA over PulseAudio, PortAudio 19.6); a process can end all the same. It ends when the stream
does, and whoever started it begins anew.

`capture` gives ("sound", t, float32 bytes at `HEARD_RATE`, anew). `play` takes ("play", number, float32 bytes at
`RATE`, the same at `HEARD_RATE`: whichever the card knows is played) and ("cut",), and gives ("played", t, bytes at
`HEARD_RATE`, anew) and ("ended", number). Both first take the device, and give ("open", what is lesser about it),
("beat",) now and then, ("again",) before another stream is opened in place of the first, or ("fault", reason, remedy)
for as long as none can be opened. Times are those of `stopwatch`, which all processes of a machine share.
"""

from __future__ import annotations

import contextlib
import os
import traceback
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from hardware.buffer import Buffer
from hardware.portaudio import in_one_line, list_anew, named, portaudio, told_of
from hardware.samples import Decimator, SampleClock
from robot.core.audio import HEARD_RATE
from robot.core.clock import nap, stopwatch
from robot.core.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from hardware.card import Device
    from robot.texts.sentence import AnyText

RETRY_S = 1.0
STALL_S = 0.6  # without a callback
BEAT_S = 0.2
TURN_S = 0.005

RATE = 48_000  # of what is played: nearly every sound card knows it
FADE_S = 0.008  # a cut without a click
NO_SUCH_FORM = {-9997, -9998}  # paInvalidSampleRate and paInvalidChannelCount; all else another form does not mend
OUT_FORMS = ((RATE, 2), (RATE, 1), (HEARD_RATE, 2), (HEARD_RATE, 1))  # rates and channels that are asked of a speaker
IN_RATES = (HEARD_RATE, RATE)  # what is asked of a microphone; cards without a converter know only the second
BLOCK_S = 0.008


def capture(pipe: Connection) -> None:
    """A microphone, until it is lost or the parent goes."""
    _run(pipe, _Capture(pipe.recv()))


def play(pipe: Connection) -> None:
    """A speaker, until it is lost or the parent goes."""
    _run(pipe, _Play(pipe.recv()))


class _Capture:
    """Mono sound at `HEARD_RATE`, block by block."""

    trouble = ""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._decimator: Decimator | None = None
        self._clock = SampleClock(HEARD_RATE)
        self.out: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
        self.beat = stopwatch()

    def make(self, sounddevice: Any) -> Any:
        device = named(self._device)
        rate = self._rate(sounddevice, device)
        self._decimator = None if rate == HEARD_RATE else Decimator(rate // HEARD_RATE)
        self._clock = SampleClock(rate)
        return sounddevice.InputStream(
            samplerate=rate,
            channels=1,
            dtype="float32",
            device=device,
            blocksize=int(rate * BLOCK_S),
            latency="low",
            callback=self._take,
        )

    def _rate(self, sounddevice: Any, device: str | int | None) -> int:
        """The first rate that the device knows. Raises sounddevice.PortAudioError when it knows none."""
        for rate in IN_RATES[:-1]:
            try:
                sounddevice.check_input_settings(device=device, channels=1, dtype="float32", samplerate=rate)
            except sounddevice.PortAudioError:
                continue
            return rate
        return IN_RATES[-1]

    def obey(self, message: tuple[Any, ...]) -> None:
        """It takes no orders."""

    def outgrown(self) -> bool:
        """Its stream is good for as long as it runs."""
        return False

    def _take(self, block: np.ndarray, frames: int, time: Any, status: Any) -> None:
        self.beat = stopwatch()
        t = self._clock.stamp(self.beat, time.currentTime, time.inputBufferAdcTime, frames, lost=status.input_overflow)
        samples = block[:, 0] if self._decimator is None else self._decimator(block[:, 0])
        if t is not None:
            self.out.put(("sound", t, samples.tobytes(), self._clock.take_anew()))


class _Play:
    """One clip at a time."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._lock = Lock()
        self._clip = self._reference = np.zeros(0, np.float32)
        self._number = self._at = 0
        self._sounded = 0.0  # when the card last took something
        self._rate = RATE
        self._clock = SampleClock(RATE)
        self._buffer = Buffer()
        self.out: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
        self.beat = stopwatch()

    @property
    def trouble(self) -> AnyText:
        return self._buffer.trouble

    def make(self, sounddevice: Any) -> Any:
        device = named(self._device)
        self._rate, channels = self._form(sounddevice, device)
        self._clock = SampleClock(self._rate)
        return sounddevice.OutputStream(
            samplerate=self._rate,
            channels=channels,
            dtype="float32",
            device=device,
            latency=self._buffer.length_s,
            callback=self._fill,
        )

    def _form(self, sounddevice: Any, device: str | int | None) -> tuple[int, int]:
        """The first rate and channels that the device knows. Raises sounddevice.PortAudioError where it cannot be
        asked: a card that is busy now is none of another form.
        """
        for rate, channels in OUT_FORMS:
            try:
                sounddevice.check_output_settings(device=device, channels=channels, dtype="float32", samplerate=rate)
            except sounddevice.PortAudioError as error:
                if not NO_SUCH_FORM.isdisjoint(error.args[1:2]):
                    continue
                raise
            return rate, channels
        return OUT_FORMS[0]

    def obey(self, message: tuple[Any, ...]) -> None:
        """A new clip, or a cut."""
        with self._lock:
            if message[0] == "play":
                _, self._number, clip, reference = message
                self._reference = np.frombuffer(reference, np.float32)
                self._clip = self._reference if self._rate == HEARD_RATE else np.frombuffer(clip, np.float32)
            else:
                self._clip = _faded(self._clip[self._at :], self._rate)
                self._reference = _faded(self._reference[self._heard(self._at) :], HEARD_RATE)
            self._at = 0

    def outgrown(self) -> bool:
        """Whether another stream, with a longer buffer, is better from now on; never while a clip sounds."""
        with self._lock:
            silent = self._at >= len(self._clip) and stopwatch() - self._sounded > 2 * self._buffer.length_s
            return silent and self._buffer.grow()

    def _fill(self, out: np.ndarray, frames: int, time: Any, status: Any) -> None:
        self.beat = stopwatch()
        t = self._clock.stamp(
            self.beat, time.currentTime, time.outputBufferDacTime, frames, lost=status.output_underflow
        )
        with self._lock:
            at = self._at
            part = self._clip[at : at + frames]
            self._at += len(part)
            reference = self._reference[self._heard(at) : self._heard(at + len(part))]
            ended = len(part) and self._at >= len(self._clip)
            number = self._number
            if len(part):
                self._sounded = self.beat
                if status.output_underflow and at:
                    self._buffer.ran_empty(self.beat)
        out[: len(part)] = part[:, None]
        out[len(part) :] = 0.0
        if len(reference) and t is not None:
            begun = t - (at - self._heard(at) * self._rate / HEARD_RATE) / self._rate
            self.out.put(("played", begun, reference.tobytes(), self._clock.take_anew()))
        if ended:
            self.out.put(("ended", number))

    def _heard(self, at: int) -> int:
        """A place in the clip as a place in its reference."""
        return at * HEARD_RATE // self._rate


def _faded(rest: np.ndarray, rate: int) -> np.ndarray:
    rest = rest[: int(FADE_S * rate)]
    return (rest * np.linspace(1, 0, len(rest))).astype(np.float32)


def _run(pipe: Connection, side: _Capture | _Play) -> None:
    """Open the device, again and again until it is there, and carry messages until it is lost."""
    try:
        while True:
            stream = _opened(pipe, side.make)
            pipe.send(("open", side.trouble))
            if not _serve(pipe, side, stream):
                break
            pipe.send(("again",))
            stream.close()
    except (EOFError, ConnectionError):  # the parent has gone
        pass
    except Exception as error:  # noqa: BLE001 - whatever it was is told before the end
        traceback.print_exc()
        with contextlib.suppress(OSError):
            pipe.send(("fault", in_one_line(error), ""))
    os._exit(0)  # no orderly end: PortAudio's own would wait for a thread that may spin


def _serve(pipe: Connection, side: _Capture | _Play, stream: Any) -> bool:
    """Carry messages until the stream is lost, or until another would be better: True then."""
    side.beat = told = stopwatch()
    while stream.active and stopwatch() - side.beat < STALL_S:
        while pipe.poll():
            side.obey(pipe.recv())
        told = _send_waiting(pipe, side.out, told)
        if side.outgrown():
            return True
        _wait(pipe, side.out)
    return False


def _opened(pipe: Connection, make: Callable[[Any], Any]) -> Any:
    """A running stream. Devices are listed when PortAudio starts, so it is started anew for each further try."""
    listed = True
    while True:
        try:
            sounddevice = portaudio()
        except DeviceError as error:
            pipe.send(("fault", error.what, error.remedy))
            nap(RETRY_S)
            continue
        try:
            if not listed:
                list_anew(sounddevice)
            stream = make(sounddevice)
            stream.start()
        except (sounddevice.PortAudioError, ValueError, DeviceError) as error:
            pipe.send(("fault", *told_of(error)))
            nap(RETRY_S)
            while pipe.poll():  # meant for the stream before, which another was to replace
                pipe.recv()
            listed = False
            continue
        return stream


def _send_waiting(pipe: Connection, out: SimpleQueue[tuple[Any, ...]], last: float) -> float:
    """Send what there is, or a sign of life; when something was sent last."""
    while not out.empty():
        pipe.send(out.get())
        last = stopwatch()
    if stopwatch() - last < BEAT_S:
        return last
    pipe.send(("beat",))
    return stopwatch()


def _wait(pipe: Connection, out: SimpleQueue[tuple[Any, ...]]) -> None:
    """A moment, or until an order comes."""
    if out.empty():
        pipe.poll(TURN_S)
