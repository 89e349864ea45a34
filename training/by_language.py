"""Tables of which there is one a language: `<name>_<language>.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from robot.core.typed_toml import Table, read

if TYPE_CHECKING:
    from pathlib import Path

Read = TypeVar("Read", bound=Table)


def by_language(kind: type[Read], name: str, folder: Path) -> dict[str, Read]:
    """What stands in each, by language. Raises ConfigError at file:line."""
    found = sorted(folder.glob(f"{name}_??.toml"))
    return {path.stem[-2:]: read(kind, path) for path in found}
