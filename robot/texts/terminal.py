"""The terminal, for words as they are: whoever wrote them, [brackets] are no markup and :names: no pictures.

What is to stand out is a `Text` with a style, beside the words.
"""

from __future__ import annotations

from rich.console import Console


def terminal(*, stderr: bool = False) -> Console:
    """Where a command prints: its result, or on standard error what it tells besides."""
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)
