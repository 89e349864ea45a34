"""What the German package makes of lines: with it installed, `python figures/measure.py aside` (or `seen`)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from robot.core.percepts import Utterance
from robot.guard.readers import Readers
from robot.guard.second_opinion import danger_together, length_of, risk_together
from robot.sense.language import phrases
from robot.sense.language.line_reader import LineReader

LINES = tomllib.loads((Path(__file__).parent / f"{sys.argv[1]}.toml").read_text(encoding="utf-8"))
NEAR = {  # answered alike, so that one for the other is no mistake
    frozenset(pair)
    for pair in (
        ("tells_pet_ill", "tells_death"), ("i_am_sad", "tells_bad_day"), ("tells_pain", "i_am_ill"),
        ("tells_pain", "tells_sleep_bad"), ("tells_family_joy", "tells_visit"), ("tells_won", "good_news"),
        ("play", "tells_bored"), ("tells_exam", "tells_school"), ("tells_garden", "tells_pet"), ("stop", "quiet"),
    )
}  # fmt: skip


def main() -> None:
    """Print the figures, with and without the network of meanings."""
    readers, tables = Readers.load(), phrases.load()
    for network in (True, False):
        reader = LineReader(tables, lockstep=True, network=network)
        print("with the network" if network else "by the tables alone")
        told = {
            kind: [read(reader, tables, line) for line in LINES[kind]] for kind in ("crisis", "emergency", "everyday")
        }
        for kind, words in told.items():
            found = [level(readers, one) for one in words]
            print(
                f"  {kind}: {', '.join(f'{name} {found.count(name)}' for name in sorted(set(found)))} of {len(found)}"
            )
            if kind != "everyday":
                print(
                    "    missed:",
                    "; ".join(one.text for one, got in zip(words, found, strict=True) if got in {"none", "faint"}),
                )
            else:
                print(
                    "    taken for need:",
                    "; ".join(f"{one.text} ({got})" for one, got in zip(words, found, strict=True) if got != "none"),
                )
        right = total = 0
        wrong = []
        for meant, lines in LINES["talk"].items():
            for line in lines:
                got = read(reader, tables, line).intent
                ok = got == meant or frozenset((got, meant)) in NEAR
                right, total = right + ok, total + 1
                if not ok:
                    wrong.append(f"{line} ({got})")
        print(f"  talk: {right} of {total}; else: {'; '.join(wrong)}")
        reader.close()


def read(reader: LineReader, tables: phrases.Phrases, line: str) -> Utterance:
    """The line as the robot would have it."""
    heard = tables.understand(line, "de")
    words = Utterance(0.0, line, heard.intent, heard.slots, heard.confidence, language="de", via="typed")
    (found,) = reader.over([words])
    assert isinstance(found, Utterance)
    return found


def level(readers: Readers, words: Utterance) -> str:
    """What the watch would take it for."""
    danger = readers.emergency.assess(words.text, "de")
    found = readers.crisis.assess(words.text, "de")
    if words.need:
        length = length_of(words.text)
        danger = danger_together(danger, words.need, length)
        found = risk_together(found, words.need, length)
    return "emergency" if danger.kind else found.level


if __name__ == "__main__":
    main()
