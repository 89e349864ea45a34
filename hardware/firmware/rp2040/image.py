"""Make a UF2 file of the linked image: `python image.py image.bin image.uf2`.

The checksum of the second-stage boot loader is filled in, as the boot ROM wants it (RP2040 datasheet, 2.8.1.3.1).
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

FLASH = 0x10000000
BOOT = 256  # bytes of the second stage, the last four its checksum
PAGE = 256  # bytes of flash in a block of a UF2 file
FAMILY = 0xE48BFF56  # RP2040
MAGIC = (0x0A324655, 0x9E5D5157, 0x0AB16F30)
HAS_FAMILY = 0x2000


def checksum(data: bytes) -> int:
    """CRC-32/MPEG-2."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def uf2(image: bytes) -> bytes:
    """The image, with its checksum, in blocks of 512 bytes."""
    image = image[: BOOT - 4] + struct.pack("<I", checksum(image[: BOOT - 4])) + image[BOOT:]
    pages = [image[at : at + PAGE].ljust(PAGE, b"\0") for at in range(0, len(image), PAGE)]
    blocks = [
        struct.pack("<8I", *MAGIC[:2], HAS_FAMILY, FLASH + n * PAGE, PAGE, n, len(pages), FAMILY)
        + page.ljust(476, b"\0")
        + struct.pack("<I", MAGIC[2])
        for n, page in enumerate(pages)
    ]
    return b"".join(blocks)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(uf2(Path(sys.argv[1]).read_bytes()))
