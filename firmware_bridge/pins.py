"""Write the AVR's pin header: `python -m firmware_bridge.pins > hardware/firmware/avr/pins.h`."""

from __future__ import annotations

import sys
import tomllib
from importlib.resources import files
from typing import Any


def pins() -> dict[str, Any]:
    """The pin table, `hardware/body/pins.toml`."""
    return tomllib.loads((files("hardware.body") / "pins.toml").read_text(encoding="utf-8"))


def header() -> str:
    """The whole of pins.h."""
    table = pins()
    lines = [
        "// Made from hardware/body/pins.toml by `python -m firmware_bridge.pins`. Do not edit.",
        "#pragma once",
        "#include <avr/io.h>",
        "",
        "// Servos by channel: X(channel, port letter, bit).",
        "#define SERVO_PINS(X) \\",
    ]
    rows = [f"  X({row['channel']}, {row['port'][1]}, {row['port'][2]})" for row in table["servo"]]
    lines += [row + " \\" for row in rows[:-1]] + [rows[-1], ""]
    for row in table["signal"] + table["servo_board"]:
        name = row["name"].upper()
        letter, bit = row["port"][1], row["port"][2]
        lines += [
            f"#define {name}_PORT PORT{letter}",
            f"#define {name}_DDR DDR{letter}",
            f"#define {name}_PIN PIN{letter}",
            f"#define {name}_BIT {bit}  // {row['pin']}: {row['what']}",
        ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(header())
