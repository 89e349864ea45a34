"""A sound card without hardware: a private PulseAudio daemon whose null sink is the room that robot and person share.

The room has two channels, and the microphone hears their sum. The robot speaks on the left one, the person on the
right one, so that a recording of the room tells to the sample who sounded when. All of it lives in one folder and ends
with the `with` block.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import TYPE_CHECKING, Self

from robot.core.audio import from_pcm16, pcm16
from robot.core.clock import nap, stopwatch

if TYPE_CHECKING:
    import numpy as np

RATE = 48_000
ROBOT, PERSON = 0, 1  # channels of the room
START_S = 10.0

FAINT = 6500  # of 65536, cubed: an rms of 6e-4
DAEMON = (
    "pulseaudio -n --daemonize=no --exit-idle-time=-1 --disable-shm --log-level=error -L module-native-protocol-unix"
)
PLAYER = "pacat --playback --device=person --channels=1 --format=s16le --latency-msec=20"
RECORDER = "parec --device=room.monitor --channels=2 --format=s16le --latency-msec=20"
SHARE = "channels=1 channel_map=mono master=room remix=no"
ROOM = (
    "module-null-sink sink_name=room rate=48000 channels=2 channel_map=front-left,front-right",
    f"module-remap-sink sink_name=speaker {SHARE} master_channel_map=front-left",
    f"module-remap-sink sink_name=person {SHARE} master_channel_map=front-right",
    "module-remap-source source_name=microphone master=room.monitor channels=1 channel_map=mono",
)


class Pulse:
    """The daemon. `environment` is that of a process that shall use it through ALSA's default device."""

    def __init__(self) -> None:
        self._home = Path(mkdtemp(prefix="bowlby-pulse-"))
        (self._home / "run").mkdir(mode=0o700)
        (self._home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        self.environment = os.environ | {
            "HOME": str(self._home),
            "XDG_RUNTIME_DIR": str(self._home / "run"),
            "XDG_CONFIG_HOME": str(self._home),
            "PULSE_SERVER": f"unix:{self._home}/run/pulse/native",
        }
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        try:
            self.plug()
        except BaseException:  # whatever it was goes on; the daemon must not stay
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def plug(self) -> None:
        """Bring microphone and speaker, as when a sound card is plugged in."""
        self._children.append(subprocess.Popen(DAEMON.split(), env=self.environment, stdin=subprocess.DEVNULL))
        self._wait(self._children[0])
        for module in ROOM:
            self._control("load-module", *module.split())
        self._control("set-default-sink", "speaker")
        self._control("set-default-source", "microphone")
        with Path("/dev/urandom").open("rb") as noise:
            air = [*PLAYER.split(), "--rate=16000", f"--volume={FAINT}"]
            self._children.append(subprocess.Popen(air, env=self.environment, stdin=noise, stderr=subprocess.DEVNULL))

    def unplug(self) -> None:
        """Take them away, as when it is pulled out: no goodbye to anybody who uses them."""
        for child in self._children:
            child.kill()
            child.wait()
        self._children.clear()

    def play(self, sound: np.ndarray, rate: int) -> subprocess.Popen[bytes]:
        """Let the person be heard: (n,) float32. Gives the player; it ends with the sound."""
        player = subprocess.Popen(
            [*PLAYER.split(), f"--rate={rate}"],
            env=self.environment,
            stdin=subprocess.PIPE,
        )
        assert player.stdin is not None
        player.stdin.write(pcm16(sound))
        player.stdin.close()
        return player

    def record(self) -> Recording:
        return Recording(self.environment)

    def close(self) -> None:
        self.unplug()
        shutil.rmtree(self._home, ignore_errors=True)

    def _control(self, *arguments: str) -> str:
        done = subprocess.run(["pactl", *arguments], env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def _wait(self, daemon: subprocess.Popen[bytes]) -> None:
        end = stopwatch() + START_S
        while stopwatch() < end and daemon.poll() is None:
            if not subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode:
                return
            nap(0.05)
        raise RuntimeError("PulseAudio does not start: sudo apt install pulseaudio pulseaudio-utils")


class Recording:
    """What sounds in the room from now on, both channels."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._recorder = subprocess.Popen(
            [*RECORDER.split(), f"--rate={RATE}"],
            env=environment,
            stdout=self._file,
        )

    def end(self) -> np.ndarray:
        """Stop; (n, 2) float32 at `RATE`."""
        self._recorder.terminate()
        self._recorder.wait()
        self._file.seek(0)
        raw = self._file.read()
        self._file.close()
        return from_pcm16(raw[: len(raw) // 4 * 4]).reshape(-1, 2)
