"""How people speak of timers and reminders: of what, by which name, which one is meant, when it is due."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from robot.core.quantities import Recurrence
from robot.sense.language.lexicon import plain
from robot.sense.language.quantities import GAP
from robot.sense.language.spoken import rough, say_duration, say_often, say_time, say_when
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from robot.decide.reminders import Reminder

SUBJECT = {
    "en": re.compile(
        r"\b(?:remind(?:er)?(?: me| us)?|(?:let me|not) forget|(?:tell|make) me)\b(?P<what>.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    "fr": re.compile(
        r"\b(?:rappel\w*(?:[- ](?:le-)?(?:moi|nous))?|oublier|penser|dis[- ]moi)(?P<what>.*)",
        re.IGNORECASE | re.DOTALL,
    ),
}
LEADING = {
    "en": re.compile(
        r"^(?:[\s¦,:.!?]|please\b|again\b|later\b|to\b|that\b|about\b|of\b|for\b|at\b|on\b)+", re.IGNORECASE
    ),
    "fr": re.compile(
        r"^(?:[\s¦,:.!?]|s'il te plaît|s'il vous plaît|encore\b|plus tard\b|de\b|d'|que\b|qu'|à\b|pour\b|aussi\b)+",
        re.IGNORECASE,
    ),
}
TRAILING = {
    "en": re.compile(r"(?:[\s¦,:.!?]|\bplease|\bfor me|\bat|\bon|\band)+$", re.IGNORECASE),
    "fr": re.compile(r"(?:[\s¦,:.!?]|s'il te plaît|s'il vous plaît|\bà|\ble|\bet)+$", re.IGNORECASE),
}
TURNED = {
    "en": (
        (r"\bi'm\b|\bi am\b", "you are"),
        (r"\bi've\b|\bi have\b", "you have"),
        (r"\bi'll\b", "you will"),
        (r"\bmyself\b", "yourself"),
        (r"\bmine\b", "yours"),
        (r"\b(?:my|our)\b", "your"),
        (r"\b(?:me|i|us|we)\b", "you"),
    ),
    "fr": (
        (r"\bj'ai\b", "tu as"),
        (r"\bje suis\b", "tu es"),
        (r"\bje dois\b", "tu dois"),
        (r"\bje vais\b", "tu vas"),
        (r"\bj'", "tu "),
        (r"\bje\b", "tu"),
        (r"\bm'", "t'"),
        (r"\bmon\b", "ton"),
        (r"\bma\b", "ta"),
        (r"\bmes\b", "tes"),
        (r"\b(?:me)\b", "te"),
        (r"\bmoi\b", "toi"),
        (r"\bnotre\b", "votre"),
        (r"\bnos\b", "vos"),
    ),
}
NAMED = {
    "en": (
        re.compile(
            r"\b(?:timer|countdown)\s+(?:called|named|for (?:the|my|some))\s+(?P<name>[\w'-]+(?: [\w'-]+)?)",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:an?|the|my|another)\s+(?P<name>[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?)[ -]+timer\b",
            re.IGNORECASE,
        ),
        re.compile(r"^(?P<name>[^\W\d_][\w'-]*)[ -]+timer\b", re.IGNORECASE),
        re.compile(r"\b(?:timer|one|another)\b[\s¦]+for (?P<name>(?:the |my |some )?[^\W\d_][\w'-]*)", re.IGNORECASE),
    ),
    "fr": (
        re.compile(
            r"\b(?:minuteur|minuterie|une?|autre)[\s¦]+(?:appelée?|nommée?|pour|des|du|de la|de l'|d')\s*"
            r"(?P<name>(?:les |la |le |mes |mon |ma )?[^\W\d_][\w'-]*)",
            re.IGNORECASE,
        ),
    ),
}
ARTICLES = re.compile(
    r"^(?:the|my|some|an?|another|les?|la|mes|mon|ma|l'|new|second|nouveau|nouvelle)\b\s*", re.IGNORECASE
)
NO_NAME = frozenset(
    [
        "set",
        "start",
        "put",
        "begin",
        "new",
        "second",
        "other",
        "first",
        "last",
        "next",
        "single",
        "quick",
        "short",
        "long",
        "timer",
        "minute",
        "hour",
        "same",
        "whole",
        "running",
        "moi",
        "me",
        "te",
        "toi",
        "nouveau",
        "autre",
        "dans",
        "combien",
    ]
)
KINDS = {
    "en": (("timer", r"timer|countdown"), ("alarm", r"alarm|wake"), ("reminder", r"remind")),
    "fr": (("timer", r"minut(?:eur|erie)|rebours"), ("alarm", r"alarme|reveil"), ("reminder", r"rappel")),
}
ALL = {
    "en": re.compile(r"\b(?:all|everything|both|every one|timers|alarms|reminders)\b", re.IGNORECASE),
    "fr": re.compile(
        r"\b(?:tout|tous|toutes|les (?:deux|trois)|les (?:rappels|minuteurs|réveils|alarmes))\b", re.IGNORECASE
    ),
}
PLACES = {
    "en": ("first|earliest", "second one|the second|other one|later one", "third"),
    "fr": ("premiere?", "deuxieme|seconde?|autre", "troisieme"),
}
LEAST = 3  # letters of a word that tells one from another
SHARED = 5  # letters at the beginning of words that are taken for the same: "pill", "pills"


def subject(rest: str, language: str) -> str:
    """Of what to remind, as the robot says it; empty where nothing is named. `rest`: a line without its quantities."""
    found = SUBJECT[language].search(rest)
    return "" if found is None else told(found["what"], language)


def told(words: str, language: str) -> str:
    """Somebody's words, said back to them: "call my sister" becomes "call your sister"."""
    what = TRAILING[language].sub("", LEADING[language].sub("", words))
    what = " ".join(what.replace(GAP.strip(), " ").split())
    for mine, yours in TURNED[language]:
        what = re.sub(mine, yours, what, flags=re.IGNORECASE)
    return what


def timer_name(rest: str, language: str) -> str:
    """What a timer is called, "egg"; empty where it has no name."""
    for pattern in NAMED[language]:
        found = pattern.search(rest)
        if found is not None:
            name = ARTICLES.sub("", ARTICLES.sub("", found["name"])).strip()
            if name and name.lower() not in NO_NAME and not name[0].isdigit():
                return name
    return ""


def when_of(reminder: Reminder, civil: datetime, language: str) -> str:
    """When it is due, in words: "in twenty minutes", "tomorrow at seven", "every day at eight"."""
    at, left = reminder.at(civil), reminder.left(civil)
    if reminder.every:
        often = say_often(Recurrence(frozenset(reminder.every)), language)
        return text("spoken.often_at", language, {"often": often, "time": say_time(at.time(), language, half=True)})
    if reminder.seconds and timedelta(0) < left < timedelta(days=1):
        return text("spoken.in", language, {"duration": say_duration(rough(left), language)})
    return say_when(at, civil.replace(tzinfo=None), language)


def kind_of(line: str, language: str) -> str:
    """Which kind is named: "timer", "alarm", "reminder"; empty where none is."""
    bare = plain(line)
    return next((kind for kind, words in KINDS[language] if re.search(words, bare)), "")


def place_of(line: str, language: str) -> int | None:
    """Which of several in their order is meant, from 0; None where the line says none."""
    bare = plain(line)
    return next((n for n, words in enumerate(PLACES[language]) if re.search(rf"\b(?:{words})\b", bare)), None)


def means_all(line: str, language: str) -> bool:
    """Whether all of them are meant."""
    return ALL[language].search(line) is not None


def alike(line: str, names: Iterable[str]) -> list[int]:
    """Which of these share a word with the line, best first; those that share none are left out."""
    said = _words(line)
    hits = [(len(_common(said, _words(name))), n) for n, name in enumerate(names)]
    best = max((hit for hit, _ in hits), default=0)
    return [n for hit, n in hits if hit and hit == best]


def _words(line: str) -> set[str]:
    return {word for word in re.findall(r"\w+", plain(line)) if len(word) >= LEAST}


def _common(a: set[str], b: set[str]) -> set[str]:
    """Words of `b` that begin as one of `a` does."""
    return {word for word in b if any(word[:SHARED] == other[:SHARED] for other in a)}
