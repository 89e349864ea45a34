"""What the robot is expected to do in a scenario, as the tables of its file: which keys count for which."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field, ValidationInfo, model_validator

from robot.core.decision import Mode
from robot.core.typed_toml import KeyMistakeError, Table, near
from robot.guard.duties import duties
from robot.parts.registry import data_folders
from robot.sense.language import own_phrases
from robot.sense.language.phrase_files import PhraseFile, said_table
from robot.sense.language.phrases import phrase_folder
from sim.world.happenings import Seconds

OWN = "own"  # of what a scenario is read with: the folder of somebody's own behaviours


class Keys(NamedTuple):
    """The keys that count for one kind of expectation. Of `one_of`, exactly one must be there."""

    needed: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        return self.needed + self.one_of + self.optional


EXPECTATIONS = {
    "eyes_turn": Keys(("person",), optional=("limit",)),
    "head_arrives": Keys(("person",), optional=("after", "limit")),
    "overshoot": Keys(("person",), optional=("limit",)),
    "says": Keys(one_of=("phrase", "text"), optional=("after", "by")),
    "answers": Keys(optional=("limit",)),
    "never_says": Keys(one_of=("phrase", "text"), optional=("after", "by")),
    "mode": Keys(("mode",), optional=("after",)),
    "settles": Keys(optional=("after", "limit")),
    "verdict": Keys(("duty",), optional=("after", "by")),
    "silent": Keys(optional=("after", "by")),
    "calls": Keys(optional=("after", "by", "limit")),
    "still": Keys(("after",), optional=("by", "limit")),
    "moves": Keys(("after", "least"), optional=("by",)),
    "gaze_share": Keys(("person",), optional=("after", "by", "least", "limit")),
    "gaze_turns": Keys(optional=("after", "by", "least", "limit")),
    "remembers": Keys(optional=("limit",)),
    "duties": Keys(),
}


class ExpectTable(Table):
    """One thing that must be seen; which keys count depends on `what`."""

    what: Literal[
        "eyes_turn",
        "head_arrives",
        "overshoot",
        "says",
        "answers",
        "never_says",
        "mode",
        "settles",
        "verdict",
        "silent",
        "calls",
        "still",
        "moves",
        "gaze_share",
        "gaze_turns",
        "remembers",
        "duties",
    ]
    person: str = ""
    phrase: str = ""
    text: str = ""
    mode: str = ""
    after: Seconds = 0.0
    by: Seconds | None = None
    limit: float | None = None
    least: float | None = None
    duty: int | None = Field(None, ge=1, le=max(duties()))

    @model_validator(mode="after")
    def _fitting(self, info: ValidationInfo) -> ExpectTable:
        """Only keys that count for this `what`, and all that it needs."""
        keys = EXPECTATIONS[self.what]
        given = self.model_fields_set - {"what"}
        for key in sorted(given - set(keys.known)):
            raise KeyMistakeError(
                f"does not count for {self.what!r}", (key,), f"keys of {self.what!r}: {', '.join(keys.known)}"
            )
        for key in keys.needed:
            if not getattr(self, key):
                raise KeyMistakeError(f"{self.what!r} needs this key", (key,), "add it")
        if keys.one_of and len(given & set(keys.one_of)) != 1:
            raise KeyMistakeError(
                f"{self.what!r} needs one of: {', '.join(keys.one_of)}", (), "give exactly one of them"
            )
        if self.mode and self.mode not in set(Mode):
            raise KeyMistakeError(f"there is no mode {self.mode!r}", ("mode",), near(self.mode, map(str, Mode)))
        if self.phrase and self.phrase not in _phrases():
            own = (info.context or {}).get(OWN)
            mine = own_phrases.said_names(own / "phrases") if own is not None else frozenset()
            if self.phrase not in mine:
                where = "" if own is None else f", neither with the robot nor in {own / 'phrases'}"
                raise KeyMistakeError(
                    f"there is no phrase {self.phrase!r}{where}", ("phrase",), near(self.phrase, _phrases() | mine)
                )
        if self.by is not None and self.by < self.after:
            raise KeyMistakeError(f"is before `after`, {self.after:g}", ("by",), f"give a time from {self.after:g} on")
        return self


@cache
def _phrases() -> frozenset[str]:
    """The names of what every robot here can say; they are the same in every language."""
    files = (
        item for item in phrase_folder().iterdir() if item.name.startswith("said_") and item.name.endswith("_en.toml")
    )
    whole = {key for file in files for key in said_table(PhraseFile(file))}
    return frozenset(whole.union(*map(own_phrases.said_names, data_folders("phrases"))))
