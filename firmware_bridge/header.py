"""Write the C++ side of the message table: `python -m firmware_bridge.header > hardware/firmware/core/messages.h`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from firmware_bridge import table

if TYPE_CHECKING:
    from enum import IntEnum

    from firmware_bridge.message import Message

TYPES = {"u8": "uint8_t", "i8": "int8_t", "u16": "uint16_t", "u32": "uint32_t"}


def camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _enum(name: str, enum: type[IntEnum]) -> list[str]:
    values = ", ".join(f"{camel(value.name.lower())} = {value.value}" for value in enum)
    return [f"enum class {name} : uint8_t {{ {values} }};"]


def _struct(message: Message) -> list[str]:
    lines = [f"struct {camel(message.name)} {{", f"  static constexpr uint8_t kId = 0x{message.id:02x};"]
    for field in message.fields:
        if field.counted:
            note = f"  // {field.note}" if field.note else ""
            lines += ["  uint8_t count;", f"  {TYPES[field.kind]} {field.name}[kChannels];{note}"]
            continue
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
        f"constexpr uint8_t kMostChannels = {table.CHANNELS};  // that a message tells of",
        "constexpr uint8_t kChannels = BOWLBY_CHANNELS;  // of this build",
        'static_assert(kChannels <= kMostChannels, "a message tells of all channels");',
        f"constexpr uint16_t kFrameUs = {table.FRAME_US};",
        f"constexpr uint16_t kPulseMin = {table.PULSE_MIN_US * table.UNITS_PER_US};",
        f"constexpr uint16_t kPulseMax = {table.PULSE_MAX_US * table.UNITS_PER_US};",
        f"constexpr uint16_t kSpeedMax = {table.SPEED_MAX_US_S};",
        f"constexpr uint8_t kSilenceFrames = {table.SILENCE_US // table.FRAME_US};",
        f"constexpr uint16_t kLateUs = {table.LATE_US};",
        f"constexpr uint16_t kEarlyUs = {table.EARLY_US};",
        f"constexpr uint16_t kSagMv = {table.SAG_MV};",
        f"constexpr uint16_t kOscillatorKhz = {table.OSCILLATOR_KHZ};",
        f"constexpr uint16_t kOscillatorLeastKhz = {table.OSCILLATOR_LEAST_KHZ};",
        f"constexpr uint16_t kOscillatorMostKhz = {table.OSCILLATOR_MOST_KHZ};",
        "",
    ]
    for name, enum in table.ENUMS.items():
        lines += _enum(name, enum)
    for message in table.MESSAGES:
        lines += ["", *_struct(message)]
    lines += [
        "",
        "// Bytes of a message to the board with its id, of which `come` are there; 0: unknown, or cut short.",
        "constexpr uint8_t size_of(const uint8_t* message, uint8_t come) {",
        "  uint8_t size = 0;",
        "  bool counted = false;",
        "  switch (*message) {",
    ]
    for m in (m for m in table.MESSAGES if m.to_board):
        lines.append(f"    case 0x{m.id:02x}: size = {1 + m.size};{' counted = true;' if m.counted else ''} break;")
    lines += [
        "    default: return 0;",
        "  }",
        "  if (size > come) return 0;",
        "  if (!counted) return size;",
        "  const uint8_t count = message[size - 1];",
        "  if (count > kMostChannels) return 0;",
        "  size = static_cast<uint8_t>(size + 2 * count);",
        "  return size > come ? uint8_t{0} : size;",
        "}",
        "",
    ]
    lines += ["constexpr bool acknowledged(uint8_t id) {", "  return "]
    lines[-1] += " || ".join(f"id == 0x{m.id:02x}" for m in table.MESSAGES if m.acknowledged) + ";"
    lines += ["}", "", "}  // namespace bowlby", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(header())
