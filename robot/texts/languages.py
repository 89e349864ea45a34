"""Which languages there are, and where the files of each lie.

English and French live in the house: each file beside the room that reads it, with the language's code in its name.
Any other is one folder with the same files on shelves named as the rooms are. It comes with a package, by an entry
point `bowlby.languages` whose name is the code and whose value is the folder's package; or it lies in the owner's own
folder of languages. Nothing else knows a language by its name.

One that is broken is left out (`robot/health/brought_languages.py`): from then on it is as if it were not there.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

GROUP = "bowlby.languages"
SOURCE = "en"  # the language that has everything
TEXTS = "texts"  # the shelf of what people read
HERE = Path(__file__).parent
_CODE = re.compile(r"[a-z]{2,3}")
_left_out: set[str] = set()


def own_folder() -> Path:
    """Where an owner's own languages lie, each in a folder with its code for a name."""
    return platformdirs.user_config_path("bowlby") / "languages"


@cache
def house() -> tuple[str, ...]:
    """Codes of the languages of the house, the source first."""
    found = sorted(folder.name for folder in HERE.iterdir() if any(folder.glob("*.po")))
    return (SOURCE, *(name for name in found if name != SOURCE))


def _unopened(package: str) -> Path | None:
    """A package's folder, found without running any of it; None for one within another, or that is not there."""
    spec = find_spec(package) if package.isidentifier() else None
    places = None if spec is None else spec.submodule_search_locations
    return Path(next(iter(places))) if places else None


@cache
def found() -> Mapping[str, Path | str]:
    """Each language that a package or the owner brings, by code: its folder, or the name of a package that has none."""
    places: dict[str, Path | str] = {
        entry.name: _unopened(entry.value) or entry.value for entry in entry_points(group=GROUP)
    }
    if own_folder().is_dir():
        places |= {place.name: place for place in sorted(own_folder().iterdir()) if place.is_dir()}
    return {code: places[code] for code in sorted(places) if _CODE.fullmatch(code) and code not in house()}


@cache
def brought() -> Mapping[str, Traversable]:
    """The folder of each of them, but for those that are left out."""
    return {code: place for code, place in found().items() if isinstance(place, Path) and code not in _left_out}


def leave_out(codes: Iterable[str]) -> None:
    """Have these languages, and no others, be as if they were not there."""
    wanted = set(codes)
    if wanted != _left_out:
        _left_out.clear()
        _left_out.update(wanted)
        brought.cache_clear()


def languages() -> tuple[str, ...]:
    """Codes of all languages there are, the source first, those of the house next."""
    return (*house(), *brought())


def file_of(room: Traversable, shelf: str, name: str, language: str) -> Traversable | None:
    """A file of a language: in the room, for a language of the house; on the shelf of the folder that brings it, for
    another. None where the language lacks it.
    """
    folder = brought().get(language)
    place = room / name if folder is None else folder / shelf / name
    return place if place.is_file() else None


def with_file(room: Traversable, shelf: str, pattern: str) -> dict[str, Traversable]:
    """The file of every language that has it, by code; `pattern` is its name with `{}` for the code."""
    found = ((code, file_of(room, shelf, pattern.format(code), code)) for code in languages())
    return {code: place for code, place in found if place is not None}
