"""Names of people: what is one, how it is kept, and when two are the same."""

from __future__ import annotations

import unicodedata


def is_name(text: str) -> bool:
    """Whether it may be a name: of any script, but without control characters."""
    return bool(text.strip()) and not any(unicodedata.category(character) == "Cc" for character in text)


def as_kept(name: str) -> str:
    """With single spaces, none of them of a kind of its own."""
    return " ".join(name.split())


def folded(name: str) -> str:
    """The same for all ways to write a name: in capitals or not, an accent with its letter or behind it."""
    return unicodedata.normalize("NFC", as_kept(name)).casefold()
