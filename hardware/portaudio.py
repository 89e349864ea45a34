"""PortAudio, where it is installed: its devices, also those that came later, and what it says in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hardware.usb_card import UsbCard
from robot.core.errors import DeviceError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from hardware.card import Device
    from robot.texts.sentence import AnyText

NO_LIBRARY = "sudo apt install libportaudio2"


def portaudio() -> Any:
    """The sounddevice module. Raises DeviceError where PortAudio is not installed or does not start."""
    try:
        import sounddevice  # noqa: PLC0415  # loads PortAudio, which may be missing
    except Exception as error:  # an OSError, or PortAudio's own, which is not there to be named
        what = sentence("health.portaudio_not_loaded", error=str(error))
        raise DeviceError(what, place="sound", remedy=NO_LIBRARY) from error
    return sounddevice


def named(device: Device) -> str | int | None:
    """As PortAudio knows it now. Raises DeviceError where it is not plugged in."""
    return device.place() if isinstance(device, UsbCard) else device


def told_of(error: Exception) -> tuple[AnyText, AnyText]:
    """What it says, and its remedy."""
    return (error.what, error.remedy) if isinstance(error, DeviceError) else (in_one_line(error), "")


def list_anew(sounddevice: Any) -> None:
    """The only way to find devices that came later. Raises sounddevice.PortAudioError."""
    while sounddevice._initialized:  # noqa: SLF001
        sounddevice._terminate()  # noqa: SLF001
    sounddevice._initialize()  # noqa: SLF001


def in_one_line(error: Exception) -> str:
    """What it says, in one line."""
    return " ".join(str(error.args[0] if error.args else repr(error)).split())
