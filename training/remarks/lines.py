"""The lines of the remarks: `lines/<field>.toml` has six and more in each language for each of them, `further_*.toml`
more by other hands; `strangers/` measures and never teaches.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, read
from robot.core.uptake import Kind
from training.letters import letters_of
from training.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).parent
TEACH, STRANGERS = HERE / "lines", HERE / "strangers"
# Kinds of uptake without replies of their own: "I grew up on a farm". Judges found two in five of those to memories
# wrong, and hardly any that went along; their wordings still teach what ordinary talk is (`training/need`).
GONE_ALONG = frozenset({"memory"})
FURTHER = "further_"  # such a file has more wordings of remarks that stand in others
LANGUAGES = ("en", "fr")


class Wordings(Table):
    """How people say one thing. `uptake`: how it is taken up, told once for each remark."""

    uptake: Kind | None = None
    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()


class RemarkFile(Table):
    """A field: its remarks by name."""

    remark: dict[str, Wordings]


class RemarkLine(NamedTuple):
    """A line with the remark that it is."""

    text: str
    language: str
    remark: str


def lines(folder: Path = TEACH) -> list[RemarkLine]:
    """All of a folder, in the order of files, remarks and languages. Raises ConfigError."""
    out: list[RemarkLine] = []
    owner: dict[str, str] = {}
    for path, remarks in _files(folder):
        for name, wordings in remarks.items():
            if owner.setdefault(name, path.name) != path.name and not path.name.startswith(FURTHER):
                raise ConfigError(f"{name} stands in {owner[name]} too", place=str(path), remedy="join them")
            for language in LANGUAGES:
                out += [RemarkLine(text, language, name) for text in getattr(wordings, language)]
    _check_apart(out)
    return out


def answered(told: Iterable[RemarkLine], kinds: Mapping[str, Kind]) -> list[RemarkLine]:
    """Those of remarks that have replies of their own; `kinds` tells how each remark is taken up."""
    return [line for line in told if kinds[line.remark] not in GONE_ALONG]


def uptakes() -> dict[str, Kind]:
    """How each remark is taken up, by name. Raises ConfigError."""
    out: dict[str, Kind] = {}
    for path, remarks in _files(TEACH):
        for name, wordings in remarks.items():
            if wordings.uptake is not None:
                out[name] = wordings.uptake
            elif name not in out:
                raise ConfigError(f"{name} has no uptake", place=str(path), remedy="say how it is taken up")
    return out


def _files(folder: Path) -> Iterator[tuple[Path, dict[str, Wordings]]]:
    """Each file with its remarks; those with further wordings last."""
    for path in sorted(folder.glob("*.toml"), key=lambda path: (path.name.startswith(FURTHER), path.name)):
        yield path, read(RemarkFile, path).remark


def _check_apart(told: Sequence[RemarkLine]) -> None:
    """No line may stand under two remarks."""
    found: dict[tuple[str, str], str] = {}
    for line in told:
        other = found.setdefault((line.language, letters_of(line.text)), line.remark)
        if other != line.remark:
            raise ConfigError(
                f"{line.text!r} stands under {other} and {line.remark}", place=str(TEACH), remedy="leave it in one"
            )


def stamp(taught_by: Sequence[RemarkLine], kinds: Mapping[str, str], network: str) -> str:
    """A digest of the lines, of how each remark is taken up, and of the network that read them."""
    return stamp_of(taught_by, dict(kinds), network)
