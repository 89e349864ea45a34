"""`behind_greeting`: what a line tells behind its greeting or thanks, "I slept badly" of "Morning, I slept badly".

Either alone is read as what it is; before anything longer it is courtesy, and hides what is meant.
"""

from __future__ import annotations

import re

LEAST = 3  # words behind it, for them to be what is meant
# Only to a sign, or to the robot's name: "Bonjour mon père ne respire plus" has no word too many.
_GREETING = re.compile(
    r"\s*(?:good (?:morning|afternoon|evening|day)|morning|afternoon|evening|hello|hiya|hi|hey|"
    r"bonjour|bonsoir|salut|coucou|allô|"
    r"thanks|thank you|cheers|merci)(?: there| so much| very much| a lot| beaucoup| bien)?"
    r"(?:,? (?:bowlby|robot|love|dear|pal|mate|mon (?:ami|cher|grand|petit|vieux|chou)))*"
    r"(?:\s*[,.!;:]+\s*|(?<=bowlby)\s+|(?<=robot)\s+)",
    re.IGNORECASE,
)


def behind_greeting(text: str) -> str:
    """The line without its greeting or thanks; the whole line where that leaves too little."""
    found = _GREETING.match(text)
    rest = text[found.end() :] if found is not None else ""
    return rest if len(rest.split()) >= LEAST else text
