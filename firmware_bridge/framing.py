"""Frames of the line: 0x00, COBS(sequence number, messages, CRC), 0x00. `README.md` has golden bytes."""

from __future__ import annotations

from binascii import crc_hqx

from cobs import cobs

from firmware_bridge.table import MAX_DECODED

CRC_START = 0xFFFF  # CRC-16/CCITT-FALSE, sent high byte first: over a whole frame it comes to 0
LONGEST = MAX_DECODED + 2  # on the line, without its zeros


def encode(sequence: int, messages: bytes) -> bytes:
    """One frame of `messages` (each an id and its fields), ready for the line."""
    raw = bytes((sequence & 0xFF,)) + messages
    stuffed: bytes = cobs.encode(raw + crc_hqx(raw, CRC_START).to_bytes(2, "big"))
    return b"\0" + stuffed + b"\0"


class Decoder:
    """Gives the messages of each good frame in a stream of bytes; counts the damaged and the missing."""

    def __init__(self) -> None:
        self.crc_errors = 0
        self.gaps = 0
        self._rest = b""
        self._next = -1  # sequence number that should come; unknown before the first frame

    def feed(self, data: bytes) -> list[bytes]:
        parts = (self._rest + data).split(b"\0")
        self._rest = parts.pop()[: LONGEST + 1]  # what is longer than a frame can only be noise
        whole = []
        for part in parts:
            if not part:
                continue
            try:
                raw = cobs.decode(part)
            except cobs.DecodeError:
                raw = b""
            if len(raw) < 4 or len(part) > LONGEST or crc_hqx(raw, CRC_START):
                self.crc_errors += 1
                continue
            if raw[0] != self._next:
                if self._next >= 0:
                    self.gaps += (raw[0] - self._next) & 0xFF
                self._next = raw[0]
            self._next = (self._next + 1) & 0xFF
            whole.append(raw[1:-2])
        return whole
