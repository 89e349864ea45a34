"""A talk held in the terminal: lines from the keyboard, a file or a pipe; answers, and on request the reasons."""

from __future__ import annotations

import json as jsons
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from robot.core.errors import InputError
from robot.texts.terminal import terminal
from sim.talk.transcript import write_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sim.talk.conversation import Conversation, Exchange

SILENCE_S = 10.0  # that an empty line lets pass
READINGS = 3  # shown of the network's
OF_EVERY_LINE = frozenset({"emergency", "line", "hours"})  # slots: whom to call, which every line has with it


class TerminalTalk:
    """Prints a conversation, and keeps its transcript."""

    def __init__(self, conversation: Conversation, *, explain: bool, json: bool) -> None:
        self._conversation = conversation
        self._explain = explain
        self._json = json
        self._screen = terminal()
        self._typed = sys.stdin.isatty()
        self._transcript: list[str] = []

    def hold(self, lines: Path | None, transcript: Path | None) -> None:
        """To the end of the lines. Raises InputError for files that cannot be read or written."""
        self._show(self._conversation.greeting())
        for line in self._lines(lines):
            self._show(self._conversation.say(line) if line else self._conversation.wait(SILENCE_S))
        if transcript is not None:
            write_transcript(self._transcript, transcript)

    def _lines(self, lines: Path | None) -> Iterator[str]:
        if lines is not None:
            try:
                yield from (line.strip() for line in lines.read_text(encoding="utf-8").splitlines())
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"the lines cannot be read: {error}", place=str(lines)) from error
        elif self._typed:
            yield from self._keyboard()
        else:
            yield from (line.strip() for line in sys.stdin)

    def _keyboard(self) -> Iterator[str]:
        while True:
            try:
                yield self._screen.input(Text("> ", "dim")).strip()
            except (EOFError, KeyboardInterrupt):
                self._screen.print()
                return

    def _show(self, exchange: Exchange) -> None:
        if exchange.line:
            self._transcript.append(f"> {exchange.line}")
        if self._json:
            told = exchange._asdict() | {"said": [sentence._asdict() for sentence in exchange.said]}
            sys.stdout.write(jsons.dumps(told | {"answer": exchange.answer}, ensure_ascii=False) + "\n")
        elif exchange.line and not self._typed:
            self._screen.print(Text(f"> {exchange.line}", "dim"))
        if self._explain and exchange.line:
            self._tell(_meaning(exchange))
        for sentence in exchange.said:
            self._transcript.append(sentence.text)
            if not self._json:
                self._screen.print(Text(sentence.text, "bold"))
            if self._explain:
                self._tell(f"{sentence.behavior}, {sentence.phrase}: {sentence.cause}")
                for verdict in sentence.verdicts:
                    self._tell(f"guard: {verdict}")
        if exchange.line and not exchange.said and not self._json:
            self._screen.print(Text("(silent)", "dim"))

    def _tell(self, reason: str) -> None:
        self._transcript.append(f"    {reason}")
        if not self._json:
            self._screen.print(Text(f"    {reason}", "dim"))


def _meaning(exchange: Exchange) -> str:
    """What a line was taken for, with what the network thought of it."""
    slots = ", ".join(f"{name}: {value}" for name, value in exchange.slots.items() if name not in OF_EVERY_LINE)
    readings = ", ".join(f"{meaning} {p:.2f}" for meaning, p in exchange.readings[:READINGS])
    parts = [f"{exchange.intent} {exchange.confidence:.2f}", slots, readings and f"network: {readings}"]
    return " | ".join(part for part in parts if part)
