"""What Linux tells of the cameras and sound cards of a computer, in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Computer:
    """What Linux tells of a computer's devices, in files."""

    def __init__(self, folder: Path) -> None:
        self.sys = folder / "sys"
        self._ports = 0
        (self.sys / "class").mkdir(parents=True)

    def camera(self, number: int, identity: str, name: str = "camera", index: int = 0) -> None:
        self._node("video4linux", f"video{number}", identity, {"name": name, "index": str(index)})

    def card(self, number: int, identity: str) -> None:
        self._node("sound", f"card{number}", identity, {})

    def ribbon(self, name: str) -> None:
        node = self.sys / "class/video4linux/v4l-subdev3"
        node.mkdir(parents=True)
        (node / "name").write_text(f"{name}\n")

    def _node(self, kind: str, name: str, identity: str, files: dict[str, str]) -> None:
        self._ports += 1
        usb = self.sys / f"devices/usb1/1-{self._ports}"
        interface = usb / f"1-{self._ports}:1.0"
        interface.mkdir(parents=True)
        for file, value in zip(("idVendor", "idProduct"), identity.split(":"), strict=True):
            (usb / file).write_text(f"{value}\n")
        node = self.sys / f"class/{kind}/{name}"
        node.mkdir(parents=True)
        (node / "device").symlink_to(interface)
        for file, value in files.items():
            (node / file).write_text(f"{value}\n")
