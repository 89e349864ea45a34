"""The texts of the page in the language of one visitor: what it says, and what the robot's own things are called.

They stand in the catalogues of `robot/texts/`: `page.po`, `names.po`, `parameters.po`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from robot.health.translation import in_french
from robot.page import causes
from robot.sense.language.phrase_files import PhraseFile, said_table
from robot.sense.language.phrases import phrase_folder
from robot.texts.catalogue import SOURCE, languages, text, words

if TYPE_CHECKING:
    from robot.texts.sentence import Sentence

VOWELS = "aàâeéèêiîoôuy"


class PageTexts:
    """`texts("hush")` gives `page.hush`, its gaps filled; the other doors give names."""

    def __init__(self, language: str) -> None:
        """A language that has no catalogues reads English."""
        self.language = language if language in languages() else SOURCE

    def __call__(self, name: str, /, **gaps: str | float) -> str:
        return text(f"page.{name}", self.language, gaps)

    def raw(self, name: str) -> str:
        """A text with its gaps, for a script to fill."""
        return text(f"page.{name}", self.language)

    def sentence(self, told: Sentence) -> str:
        """What somebody else has to tell."""
        return words(told, self.language)

    def behavior(self, name: str) -> str:
        return self._called("behavior", name).capitalize()

    def expression(self, name: str) -> str:
        return self._called("expression", name)

    def sound(self, name: str) -> str:
        return self._called("sound", name)

    def fault(self, name: str) -> str:
        return self._called("fault", name)

    def step(self, name: str) -> str:
        return self._called("step", name)

    def cause(self, variable: str) -> str:
        return causes.cause(variable, self.language)

    def parameter(self, behavior: str, name: str, about: str) -> str:
        """What a parameter is; `about`, the description in the behaviour's file, where that is not the shipped one."""
        key = f"parameters.{behavior}.{name}"
        return _known(key, self.language) or about if _known(key, SOURCE) == about else about

    def held(self, reason: str) -> str:
        """Why the guard held something back."""
        return causes.held(reason, self.language)

    def health(self, told: str) -> str:
        """A part, a reason or a remedy of the health's list."""
        return told if self.language == SOURCE else in_french(told)

    def phrases(self, told: str) -> str:
        """A value or note of a cause, its fixed words put into this language."""
        return _known(f"names.ending.{told}", self.language) or causes.phrases(told, self.language)

    def meaning(self, intent: str) -> str:
        """What words were taken for."""
        return self._called("meaning", intent)

    def because(self, reason: str) -> str:
        """Put “because” before it; some languages elide it before a vowel."""
        return self("because_vowel" if reason[:1].lower() in VOWELS else "because", reason=reason)

    def deed(self, intent: str) -> str:
        """An intent as a verdict names it: "say greet_again" -> "say: “Hello again.”"."""
        kind, _, name = intent.partition(" ")
        match kind:
            case "say":
                wordings = _said(self.language).get(name)
                return self("deed_say", what=wordings[0]) if wordings else intent
            case "sound":
                return self("deed_sound", what=self.sound(name))
            case "show":
                return self("deed_show", what=self.expression(name))
        return self._called("deed", intent)

    def _called(self, kind: str, name: str) -> str:
        """What it is called; it may be of somebody else's package, and is shown by its own name then."""
        return _known(f"names.{kind}.{name.replace(' ', '_')}", self.language) or name.replace("_", " ")


def language_names() -> dict[str, str]:
    """The languages that the page can be read in, by code, each as it calls itself."""
    return {code: text("languages.name", code) for code in languages()}


def _known(key: str, language: str) -> str | None:
    """The text of a key, if a catalogue has it."""
    try:
        return text(key, language)
    except KeyError:
        return None


@cache
def _said(language: str) -> dict[str, tuple[str, ...]]:
    """What the robot can say, by name."""
    return said_table(PhraseFile(phrase_folder() / f"said_{language}.toml"))
