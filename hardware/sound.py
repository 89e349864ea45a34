"""What microphone and speaker share: a PortAudio stream that is opened, watched and opened again.

A lost sound device raises nothing: `stream.active` turns false, or the callback is not called any more. PortAudio lists
devices once, so one that comes back is found only after PortAudio was started anew, which may happen while no stream
runs.
"""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from robot.clock import stopwatch
from robot.errors import DeviceError
from robot.messages import Condition, Health

if TYPE_CHECKING:
    from collections.abc import Callable

WATCH_S = 0.25
RETRY_S = 1.0
STALL_S = 1.5  # without a callback
JOIN_S = 3.0
NO_LIBRARY = "sudo apt install libportaudio2"

_portaudio = Lock()  # guards starting PortAudio anew against opening and closing streams
_open_streams = [0]


def portaudio() -> Any:
    """The sounddevice module. Raises DeviceError where PortAudio is not installed."""
    try:
        import sounddevice  # noqa: PLC0415  # loads PortAudio, which a simulated robot does without
    except OSError as error:
        raise DeviceError(f"PortAudio cannot be loaded: {error}", place="sound", remedy=NO_LIBRARY) from error
    return sounddevice


class Kept:
    """A stream kept open by a thread. `make(sounddevice)` gives a stream that is not started yet."""

    def __init__(self, part: str, make: Callable[[Any], Any], remedy: str, *, retry_s: float = RETRY_S) -> None:
        self._part, self._make, self._remedy, self._retry_s = part, make, remedy, retry_s
        self._stream: Any = None
        self._trouble: DeviceError | None = None
        self._beat = stopwatch()
        self._wanted = True
        self._closed = False
        self._wake = Event()
        self._thread: Thread | None = None

    @property
    def open(self) -> bool:
        return self._stream is not None

    def start(self) -> None:
        """Open now if that works; go on trying behind the scenes. Raises nothing: `health` tells."""
        self._open()
        self._thread = Thread(target=self._watch, name=self._part, daemon=True)
        self._thread.start()

    def beat(self) -> None:
        """The callback was called."""
        self._beat = stopwatch()

    def want(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Whether the device shall be open at all; when not, it is truly closed before this returns."""
        self._wanted = on
        if not on:
            self._shut()
        self._wake.set()

    def health(self) -> Health:
        trouble = self._trouble
        if not self._wanted:
            return Health(self._part, Condition.OFF, f"the {self._part} is closed")
        if trouble is not None:
            return Health(self._part, Condition.FAULT, trouble.what, trouble.remedy)
        return Health(self._part, Condition.OK, f"{self._part} open")

    def close(self) -> None:
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(JOIN_S)
        self._shut()

    def _watch(self) -> None:
        while not self._closed:
            self._wake.wait(WATCH_S if self._stream is not None or not self._wanted else self._retry_s)
            self._wake.clear()
            if self._closed or not self._wanted:
                continue
            stream = self._stream
            if stream is None:
                self._open()
            elif not stream.active or stopwatch() - self._beat > STALL_S:
                self._shut()
                self._trouble = DeviceError(f"the {self._part} was lost", place=self._part, remedy=self._remedy)

    def _open(self) -> None:
        try:
            sounddevice = portaudio()
        except DeviceError as error:
            self._trouble = error
            return
        with _portaudio:
            try:
                if self._trouble is not None and not _open_streams[0]:
                    sounddevice._terminate()  # noqa: SLF001 - the only way to find devices that came later
                    sounddevice._initialize()  # noqa: SLF001
                stream = self._make(sounddevice)
                stream.start()
            except (sounddevice.PortAudioError, ValueError) as error:
                self._trouble = DeviceError(
                    f"no {self._part} can be opened: {_short(error)}", place=self._part, remedy=self._remedy
                )
                return
            _open_streams[0] += 1
            self._beat = stopwatch()
            self._stream = stream
            self._trouble = None

    def _shut(self) -> None:
        with _portaudio:
            stream, self._stream = self._stream, None
            if stream is not None:
                _open_streams[0] -= 1
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)


def _short(error: Exception) -> str:
    return " ".join(str(error.args[0] if error.args else error).split())


def device_of(address: str, scheme: str) -> str | int | None:
    """`microphone:` -> None (the default device), `microphone:3` -> 3, `microphone:USB` -> a part of its name."""
    place = address.removeprefix(f"{scheme}:").strip("/")
    if not place:
        return None
    return int(place) if place.isdigit() else place
