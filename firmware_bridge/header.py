"""Write the C++ side of the message table: `python -m firmware_bridge.header > hardware/firmware/core/messages.h`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from firmware_bridge import table

if TYPE_CHECKING:
    from enum import IntEnum

TYPES = {"u8": "uint8_t", "i8": "int8_t", "u16": "uint16_t", "u32": "uint32_t"}


def camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _enum(name: str, enum: type[IntEnum]) -> list[str]:
    values = ", ".join(f"{camel(value.name.lower())} = {value.value}" for value in enum)
    return [f"enum class {name} : uint8_t {{ {values} }};"]


def _struct(message: table.Message) -> list[str]:
    lines = [f"struct {camel(message.name)} {{", f"  static constexpr uint8_t kId = 0x{message.id:02x};"]
    for field in message.fields:
        count = f"[{field.count}]" if field.count > 1 else ""
        note = f"  // {field.note}" if field.note else ""
        lines.append(f"  {TYPES[field.kind]} {field.name}{count};{note}")
    return [*lines, "} __attribute__((packed, may_alias));"]


def header() -> str:
    """The whole of messages.h."""
    lines = [
        "// Made from firmware_bridge/table.py by `python -m firmware_bridge.header`. Do not edit.",
        "#pragma once",
        "#include <stdint.h>",
        "",
        "namespace bowlby {",
        "",
        f"constexpr uint8_t kProtocol = {table.PROTOCOL};",
        f"constexpr uint32_t kTable = 0x{table.TABLE:08x};",
        f"constexpr uint32_t kBaud = {table.BAUD};",
        f"constexpr uint8_t kMaxDecoded = {table.MAX_DECODED};",
        f"constexpr uint8_t kChannels = {table.CHANNELS};",
        f"constexpr uint16_t kFrameUs = {table.FRAME_US};",
        f"constexpr uint16_t kPulseMin = {table.PULSE_MIN_US * table.UNITS_PER_US};",
        f"constexpr uint16_t kPulseMax = {table.PULSE_MAX_US * table.UNITS_PER_US};",
        f"constexpr uint16_t kSpeedMax = {table.SPEED_MAX_US_S};",
        f"constexpr uint8_t kSilenceFrames = {table.SILENCE_US // table.FRAME_US};",
        f"constexpr uint16_t kLateUs = {table.LATE_US};",
        f"constexpr uint16_t kEarlyUs = {table.EARLY_US};",
        f"constexpr uint16_t kSagMv = {table.SAG_MV};",
        "",
    ]
    for name, enum in table.ENUMS.items():
        lines += _enum(name, enum)
    for message in table.MESSAGES:
        lines += ["", *_struct(message)]
    lines += [
        "",
        "// Bytes after the id of a message to the board; -1 where none is known.",
        "constexpr int8_t size_of(uint8_t id) {",
        "  switch (id) {",
    ]
    lines += [f"    case 0x{m.id:02x}: return {m.size};" for m in table.MESSAGES if m.to_board]
    lines += ["    default: return -1;", "  }", "}", "", "constexpr bool acknowledged(uint8_t id) {", "  return "]
    lines[-1] += " || ".join(f"id == 0x{m.id:02x}" for m in table.MESSAGES if m.acknowledged) + ";"
    lines += ["}", "", "}  // namespace bowlby", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(header())
