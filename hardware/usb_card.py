"""A sound card by what it tells of itself on the USB, wherever and whenever it is plugged in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import DeviceError

if TYPE_CHECKING:
    from robot.texts.sentence import AnyText

SYS = Path("/sys")
UPWARDS = 4  # folders: of a card's or a camera's interface, then of the USB device


def usb_identity(device: Path) -> str:
    """`38fb:1001` of the USB device that a `device` link of Linux's leads into; empty where it leads into none."""
    folder = device.resolve()
    for place in (folder, *folder.parents[:UPWARDS]):
        try:
            maker, product = [(place / name).read_text("ascii").strip() for name in ("idVendor", "idProduct")]
        except (OSError, UnicodeDecodeError):
            continue
        return f"{maker}:{product}".lower()
    return ""


class UsbCard(NamedTuple):
    """One of several identities; `missing` and `remedy` are told where none of them is plugged in."""

    identities: tuple[str, ...]
    missing: AnyText
    remedy: AnyText
    sys: Path = SYS

    def place(self) -> str:
        """As PortAudio lists it over ALSA, `(hw:2,0)`. Raises DeviceError."""
        found = {usb_identity(card / "device"): card.name for card in sorted((self.sys / "class/sound").glob("card*"))}
        for identity in self.identities:
            if identity in found:
                return f"(hw:{found[identity].removeprefix('card')},0)"
        raise DeviceError(self.missing, place="sound", remedy=self.remedy)
