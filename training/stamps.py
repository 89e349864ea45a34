"""What ties weights that lie over the reader's network to the lines that taught them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def stamp_of(taught: Sequence[tuple[object, ...]], *over: object) -> str:
    """A digest of the lines, and of what else decides: the stamp of the network that read them."""
    return hashlib.sha256(repr((list(map(tuple, taught)), *over)).encode()).hexdigest()
