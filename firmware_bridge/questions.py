"""What `bowlby calibrate` asks, in a terminal, and the body's file that its answers change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import tomlkit
from rich.markup import escape

from robot.core import body_description as bodies
from robot.core.errors import InputError
from robot.texts.catalogue import Texts
from robot.texts.yes_or_no import agrees

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console


class Questions:
    """Asks one after the other; `text` is the body's file as it was."""

    def __init__(self, console: Console, language: str, text: str) -> None:
        self.document: Any = tomlkit.parse(text)
        self.console = console
        self.words = Texts("console", language)
        self._language = language

    def row(self, name: str) -> Any:
        """The table of a joint that is there; one that is not leaves the file, and gives None."""
        row = self.document["joints"].get(name)
        numbered = next((key for key in ("channel", "id") if row is not None and key in row), "")
        where = self.words(numbered, number=int(row[numbered])) if numbered else ""
        self.console.print(f"\n[bold]{escape(self.words(name))}[/] {escape(where)}")
        if row is None or not self.yes("there"):
            self.document["joints"].pop(name, None)
            return None
        return row

    def rest(self) -> None:
        """Camera and eyes."""
        self.console.print(f"\n[bold]{escape(self.words('camera'))}[/]")
        camera, eyes = self.document["camera"], self.document["eyes"]
        camera["height_m"] = self.number("height", camera["height_m"], 0.0, 2.0)
        camera["forward_m"] = self.number("forward", camera["forward_m"], -0.5, 0.5)
        camera["fov_deg"] = self.number("fov", camera["fov_deg"], 20.0, 170.0)
        known = (bodies.DRAWN, *bodies.WITHOUT_PUPILS)
        eyes["kind"] = self.ask("eyes", eyes.get("kind", bodies.DRAWN), lambda text: text in known)

    def number(self, question: str, now: float, least: float, most: float) -> float:
        text = self.ask(question, f"{now:g}", lambda text: is_number(text) and least <= float(text) <= most)
        return float(text)

    def yes(self, question: str) -> bool:
        answer = self.ask(question, self.words("yes"), lambda text: agrees(text, self._language) is not None)
        return agrees(answer, self._language) is True

    def ask(self, question: str, default: str, fits: Callable[[str], bool]) -> str:
        while True:
            brackets = f" [{default}]" if default else ""
            try:
                text = self.console.input(escape(f"{self.words(question)}{brackets}: ")).strip() or default
            except EOFError:
                raise InputError("nobody is here to answer", remedy="run it in a terminal") from None
            if fits(text):
                return text
            self.console.print(escape(self.words("again")))


def is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
