"""Languages that packages or the owner bring: each read whole before a robot is made, and one that is broken left out.

The robot then goes on in its other languages, and in English where the broken one was to be spoken; the log,
`bowlby doctor`, `bowlby language list` and the page name it with its error. The next start looks at it anew.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core import language_words, toml_text
from robot.core.condition import Condition, Health
from robot.core.errors import BowlbyError, ConfigError, InputError
from robot.core.typed_toml import parse
from robot.guard.crisis.meaning import Reader
from robot.guard.cues import Cues
from robot.guard.rules.honesty import TELLS_OF_RECORD
from robot.guard.rules.never_said import SHELF as NEVER_SHELF
from robot.guard.rules.never_said import NeverFile, Sentences
from robot.guard.speech.judge import shipped_judge
from robot.guard.speech.wording import WordingReader
from robot.sense.language import animals, own_phrases, phrases
from robot.sense.language.brought_phrases import SHELF as PHRASE_SHELF
from robot.sense.language.brought_phrases import BroughtPhrases
from robot.sense.language.reader.by_lines import likeness
from robot.sense.language.reader.own_head import own_head
from robot.texts import catalogue
from robot.texts.languages import SOURCE, file_of, found, languages, leave_out
from robot.texts.sentence import about, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from robot.config.schema import Config

LANGUAGE = "language"  # as a part
FORMS = (  # modules with forms of their own, which not every command loads
    *(
        "robot.decide.dialogue.person_words",
        "robot.decide.dialogue.which_game",
        "robot.express.renderer",
        "robot.guard.numbers.numbers",
        "robot.sense.hearing.models",
        "robot.sense.hearing.turn",
    ),
    *(
        f"robot.sense.language.{name}"
        for name in (
            *("addressee", "ages", "asked_words", "averages", "choices", "clock_sums", "greeted", "leaving"),
            *(
                "letter_counts",
                "measures",
                "model.fit",
                "moves",
                "own_name",
                "packs",
                "polarity",
                "quantities",
                "rates",
            ),
            *("recollect", "relayed", "remarked", "reminder_words", "set_right", "shorthand"),
            *("spoken_table", "sum_words", "theme", "told_sums", "unmarked", "wish_nouns"),
        )
    ),
)
_GROUP = re.compile(r"\\\d")  # of a pattern's groups, in what is put in its place
_known: dict[str, BowlbyError | None] = {}  # what was found of each, by code


def broken() -> dict[str, BowlbyError]:
    """Read each language that is brought, once; those that are left out from now on, by code, with what is wrong."""
    new = [code for code in found() if code not in _known]
    for code in new:
        _note(code, _read_files)
    leave_out(_left_out())
    for code in new:
        _note(code, _read_phrases)
    for code in found():
        _note(code, language_words.check)  # behaviours bring forms of their own
    leave_out(_left_out())
    return _left_out()


def must_be_there(code: str) -> None:
    """Raises the error of a language that is left out, and InputError for one that there is not."""
    if error := broken().get(code):
        raise error
    if code not in languages():
        raise InputError(f"there is no language {code!r}", remedy=f"use one of: {', '.join(languages())}")


def spoken(config: Config) -> Config:
    """A configuration whose language can be spoken: English in the place of one that is left out."""
    if config.robot.language not in broken():
        return config
    return config.changed("robot", language=SOURCE)


def lines(configured: str) -> list[Health]:
    """One for each that is left out; `configured`: the language that was to be spoken."""
    return [_line(code, error, instead=code == configured) for code, error in broken().items()]


def _line(code: str, error: BowlbyError, *, instead: bool) -> Health:
    told = about(error.place, error.what) if error.place else error.what
    key = "health.language_instead" if instead else "health.language_left_out"
    remedy = error.remedy or sentence("health.language_tell")
    return Health(LANGUAGE, Condition.FAULT, sentence(key, name=code, found=told), remedy, name=code)


def _left_out() -> dict[str, BowlbyError]:
    return {code: error for code, error in sorted(_known.items()) if error is not None}


def _note(code: str, read: Callable[[str], None]) -> None:
    """Read more of a language that is well so far."""
    if _known.setdefault(code, None) is not None:
        return
    try:
        read(code)
    except BowlbyError as error:
        _known[code] = error
    except Exception as error:  # noqa: BLE001 - a stranger's file may bring about anything
        _known[code] = ConfigError(f"{type(error).__name__}: {error}", place=str(found()[code]))


def _read_files(code: str) -> None:
    """Each file that needs no other. Raises BowlbyError, and whatever a file brings about."""
    if isinstance(found()[code], str):
        raise ConfigError(
            f"there is no package {found()[code]}", place=code, remedy="install it again, or take it away"
        )
    for path in sorted(Path(str(found()[code])).rglob("*.toml")):
        toml_text.loads(toml_text.read_text(path), str(path))
    BroughtPhrases(code)
    for module in FORMS:
        import_module(module)
    language_words.check(code)
    _check_patterns(code)
    catalogue.check(code)
    Reader(code)
    WordingReader(code)
    for room, pattern in (("emergency", "emergency_{}.toml"), ("episode", "answers_{}.toml")):
        _check_cues(code, room, pattern.format(code))
    never = file_of(files("robot.guard") / "data", NEVER_SHELF, f"never_{code}.toml", code)
    rows = () if never is None else parse(NeverFile, never.read_text(encoding="utf-8"), str(never)).never
    for text in (text for row in rows for text in (*row.lines, *row.unless)):
        _compile(text, str(never))
    animals.check(code)
    likeness(code)
    own_head(code)


def _check_cues(code: str, room: str, name: str) -> None:
    """Each row finds the line that it is for. Raises ConfigError."""
    place = file_of(files(f"robot.guard.{room}") / "data", room, name, code)
    if place is None:
        return
    cues = Cues(place, code)
    for row in cues.rows:
        if row not in cues.find(cues.stems(row.line)):
            raise ConfigError(f"{row.pattern!r} does not find “{row.line}”", place=str(place), remedy="mend the row")


def _check_patterns(code: str) -> None:
    """What is a pattern in the source's words is one in these, too. Raises ConfigError."""
    theirs = language_words.raw(SOURCE)
    for section, table in language_words.raw(code).items():
        for key, value in table.items():
            if all(map(_is_pattern, _texts(theirs.get(section, {}).get(key, "")))):
                for text in _texts(value):
                    _compile(text, f"{language_words.place_of(code)}: [{section}] {key}")


def _texts(value: object) -> Iterator[str]:
    """All texts of a value, keys of tables among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _texts(one)


def _is_pattern(text: str) -> bool:
    try:
        _compile(text, "")
    except ConfigError:
        return False
    return True


def _compile(text: str, place: str) -> None:
    try:
        re.compile(_GROUP.sub("", text))
    except re.error as error:
        raise ConfigError(f"{text!r} is no pattern: {error}", place=place, remedy="mend it") from error


def _read_phrases(code: str) -> None:
    """What it says and understands, beside the languages of the house alone. Raises BowlbyError."""
    sentences, judge = Sentences.load(), shipped_judge()  # of all that are well so far: they are kept

    def broken_by(key: str, text: str, language: str) -> int | None:
        breach = judge.judge(text, language)
        return sentences.broken_by(key, text) or (None if breach is None else breach.duty)

    leave_out(other for other in found() if other != code)
    try:
        tables = sentences.check(phrases.load(), TELLS_OF_RECORD)
        shelf = Path(str(found()[code])) / PHRASE_SHELF
        for more in sorted(path for path in shelf.glob("*.toml") if not phrases.is_whole(path)):
            tables = tables.with_more(own_phrases.read(more, tables, broken_by))
    finally:
        leave_out(_left_out())
