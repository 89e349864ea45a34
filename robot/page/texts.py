"""The texts of the page in the language of one visitor: what it says, and what the robot's own things are called.

They stand in the catalogues of `robot/texts/`: `page.po`, `names.po`, `parameters.po`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from robot.health.conditions import title
from robot.sense.language.phrase_files import PhraseFile, said_table
from robot.sense.language.phrases import said_files
from robot.texts.catalogue import SOURCE, called, knows, lacking, languages, text, words

if TYPE_CHECKING:
    from robot.core.condition import Health
    from robot.texts.sentence import AnyText

VOWELS = "aàâeéèêiîoôuy"


class PageTexts:
    """`texts("hush")` gives `page.hush`, its gaps filled; the other doors give names."""

    def __init__(self, language: str) -> None:
        """A language that has no catalogues reads English."""
        self.language = language if language in languages() else SOURCE
        self.lacking = len(lacking(self.language, "page")[0])  # texts that are shown in English

    def __call__(self, name: str, /, **gaps: str | float) -> str:
        return text(f"page.{name}", self.language, gaps)

    def raw(self, name: str) -> str:
        """A text with its gaps, for a script to fill."""
        return text(f"page.{name}", self.language)

    def words(self, what: AnyText) -> str:
        """What somebody else has to tell."""
        return words(what, self.language)

    def part(self, health: Health) -> str:
        """Which part a line of the health's list is of."""
        return title(health, self.language)

    def sense(self, name: str) -> str:
        return called("part", name, self.language)

    def behavior(self, name: str) -> str:
        return called("behavior", name, self.language).capitalize()

    def expression(self, name: str) -> str:
        return called("expression", name, self.language)

    def sound(self, name: str) -> str:
        return called("sound", name, self.language)

    def meaning(self, name: str) -> str:
        """What a line may mean: "tells_tired" is "being tired"."""
        return called("meaning", name, self.language)

    def fault(self, name: str) -> str:
        return called("fault", name, self.language)

    def step(self, name: str) -> str:
        return called("step", name, self.language)

    def parameter(self, behavior: str, name: str, about: str) -> str:
        """What a parameter is; `about`, the description in the behaviour's file, where that is not the shipped one."""
        key = f"parameters.{behavior}.{name}"
        return text(key, self.language) if knows(key) and text(key) == about else about

    def because(self, reason: str) -> str:
        """Put “because” before it; some languages elide it before a vowel."""
        return self("because_vowel" if reason[:1].lower() in VOWELS else "because", reason=reason)

    def deed(self, intent: str) -> str:
        """An intent as a verdict names it: "say greet_again" -> "say: “Hello again.”"."""
        kind, _, name = intent.partition(" ")
        match kind:
            case "say":
                wordings = _said(self.language).get(name)
                return self("deed_say", what=wordings[0] if wordings else _unquoted(name))
            case "sound":
                return self("deed_sound", what=self.sound(name))
            case "show":
                return self("deed_show", what=self.expression(name))
        return called("deed", intent, self.language)


def language_names() -> dict[str, str]:
    """The languages that the page can be read in, by code, each as it calls itself."""
    return {code: text("languages.name", code) for code in languages()}


def _unquoted(name: str) -> str:
    """A sentence that no table has, as a verdict quotes it: "'hello'" -> "hello"."""
    return name[1:-1].replace("\\'", "'") if name[:1] in {"'", '"'} else name


@cache
def _said(language: str) -> dict[str, tuple[str, ...]]:
    """What the robot can say, by name."""
    return {key: wordings for file in said_files(language) for key, wordings in said_table(PhraseFile(file)).items()}
