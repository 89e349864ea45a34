"""The wiring diagram, the parts list and the power budget, made from pins.toml and parts.toml (beside this).

`python -m docs.wiring` writes `wiring.svg` and `parts.md` in hardware/body/; a test holds them current.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
BODY = DOCS.parent / "hardware/body"
ROW = 34
WIDTH = 900
BOARD_X, BOARD_W = 330, 160
COLOURS = {"servo": "#d97706", "signal": "#2563eb", "power": "#dc2626", "ground": "#334155"}
ONE_STALLS = 1  # servos taken to be stalled at once in the supply's choice; the firmware releases all within 0.1 s
STALL_MA = 800


def _load(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 13, weight: str = "normal") -> str:
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}">{words}</text>'


def _wire(x1: float, x2: float, y: float, kind: str) -> str:
    return f'<path d="M{x1} {y}H{x2}" stroke="{COLOURS[kind]}" stroke-width="2.5" fill="none"/>'


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="#f8fafc" stroke="#334155"/>'


def svg() -> str:
    """The diagram: servos on the left, everything else on the right, both supplies below."""
    pins = _load(BODY / "pins.toml")
    servos, signals = pins["servo"], pins["signal"] + pins["servo_board"]
    rows = max(len(servos), len(signals))
    top, bottom = 90, 90 + ROW * rows
    height = bottom + 170
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        _text(20, 32, "Bowlby One: wiring", size=20, weight="bold"),
        _text(20, 54, pins["board"]),
        _box(BOARD_X, top - 20, BOARD_W, bottom - top + 20),
    ]
    for i, row in enumerate(servos):
        y = top + ROW * i
        out += [
            _box(30, y - 13, 170, 26),
            _text(40, y + 5, f"servo {row['channel']}: {row['joint']}"),
            _wire(200, BOARD_X, y, "servo"),
            _text(BOARD_X + 8, y + 5, row["pin"], weight="bold"),
        ]
    for i, row in enumerate(signals):
        y = top + ROW * i
        edge = BOARD_X + BOARD_W
        out += [
            _wire(edge, 560, y, "signal"),
            _text(edge - 8, y + 5, row["pin"], anchor="end", weight="bold"),
            _text(566, y - 3, row["name"].replace("_", " "), weight="bold"),
            _text(566, y + 11, row["what"], size=10),
        ]
    for i, (kind, words) in enumerate(
        (
            (
                "power",
                "+5 V of the servo supply: eyes, ring; behind the limiter servos (red), 51 kohm. Not to the board.",
            ),
            ("power", "+5 V of USB: the board and, from its 5 V pin, the touch modules."),
            ("ground", "Ground: one for all; the servo supply's and the board's meet at the supply."),
        )
    ):
        y = bottom + 40 + 36 * i
        out += [_wire(30, 130, y, kind), _text(140, y + 5, words)]
    return "\n".join([*out, "</svg>", ""])


def budget() -> dict[str, dict[str, int]]:
    """Current by rail and case, mA. `worst` stalls every servo with every light at the firmware's full brightness."""
    cases = ("rest", "usual", "worst")
    sums = {rail: dict.fromkeys(cases, 0) for rail in ("usb", "servo")}
    for part in _load(DOCS / "parts.toml")["part"]:
        if part["rail"] in sums:
            for case in cases:
                sums[part["rail"]][case] += part["count"] * part[case]
    return sums


def parts() -> str:
    """parts.md: the list and the budget."""
    lines = ["# Parts and power of Bowlby One", "", "Made by `python -m docs.wiring`; do not edit.", ""]
    lines += [
        "![wiring](wiring.svg)",
        "",
        "| count | part | at rest | usual | worst, mA each |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {p['count']} | {p['name']} | {p['rest']} | {p['usual']} | {p['worst']} |"
        for p in _load(DOCS / "parts.toml")["part"]
    ]
    sums = budget()
    lines += ["", "| supply | at rest | usual | worst |", "|---|---|---|---|"]
    lines += [
        f"| {words} | {sums[rail]['rest']} mA | {sums[rail]['usual']} mA | {sums[rail]['worst']} mA |"
        for rail, words in (("servo", "5 V for servos and lights"), ("usb", "USB, 5 V"))
    ]
    stalled = sums["servo"]["usual"] + ONE_STALLS * STALL_MA
    lines += [
        "",
        f"Usual life with one servo stalled takes {stalled} mA: a supply of 5 V, 6 A carries it, and all servos",
        "moving at once. The limiter lets all of them move, but not one be stalled: the voltage behind it then falls",
        "to 4.1 V, under the 4.4 V at which the firmware releases the servos within 0.1 s. USB alone (500 mA) cannot",
        "feed a servo: the two supplies share only their ground. The lights' worst case is held by the firmware, which",
        "never drives an LED above a quarter of its brightness.",
        "",
        "The figures are from data sheets and hobby practice. Nothing was measured on a built body.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Write both files."""
    (BODY / "wiring.svg").write_text(svg(), encoding="utf-8")
    (BODY / "parts.md").write_text(parts(), encoding="utf-8")


if __name__ == "__main__":
    main()
