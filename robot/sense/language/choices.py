"""Choices: the things of which a line asks to choose one, "the blue shirt or the white one", as they would be named."""

from __future__ import annotations

import re

OR = {"en": "or", "fr": "ou"}
LONGEST = 5  # words of one thing; what is longer was not found in the line but guessed
_PARTS = re.compile(r"[.:;?!\u2026]+")
_DETERMINERS = {
    "en": r"(?:the|a|an|my|your|this|that|these|those|some|our)",
    "fr": (
        r"(?:le|la|les|un|une|des|du|de la|mon|ma|mes|ton|ta|tes|ce|cet|cette|ces|notre|nos)(?= )"
        r"|(?:l'|de l'|celui|celle)"
    ),
}
# What stands before the first of them: whoever is asked or chooses, and what they would do with it.
_BEFORE = {
    "en": (
        r"\b(?:i|we|you|shall|should|choose|pick|take|wear|have|get|buy|eat|drink|cook|make|bake|play|watch|read|use"
        r"|put on|prefer|like|love|want|say|rather|better|nicer|prettier|best|which|what|is|are|for|it|try|between"
        r"|decide|with)\b"
    ),
    "fr": (
        r"\b(?:je|on|tu|nous|choisis|choisir|prends|prendre|prenne|mets|mettre|mette|mange|manger|bois|boire|fais"
        r"|faire|fasse|cuisine|achète|acheter|regarde|regarder|lis|lire|joue|jouer|préfères|préférer|aimes|veux|dis"
        r"|dirais|plutôt|mieux|joli|jolie|lequel|laquelle|quoi|que|qu'est-ce|est|c'est|vaut|entre|choix|avec|pour)\b"
    ),
}
_AFTER = {
    "en": (
        r"[ ,]+(?:today|tonight|tomorrow|now|then|please|for (?:breakfast|lunch|dinner|tea|me)"
        r"|what do you (?:think|say))$"
    ),
    "fr": (
        r"[ ,]+(?:aujourd'hui|ce (?:soir|matin|midi)|demain|maintenant|alors|s'il te plaît|s'il vous plaît"
        r"|pour (?:le dîner|le déjeuner|moi)|à ton avis|tu en penses quoi|qu'en penses-tu)$"
    ),
}
_LED = {
    "en": r"^(?:(?:hey|hi|hello|bowlby|hm|well|so|and|maybe|perhaps|either|rather|please)\b[ ,]*)+",
    "fr": r"^(?:(?:hé|bonjour|salut|dis|bowlby|hm|bon|alors|et|soit|plutôt)\b[ ,]*)+",
}
_TURNED = {
    "en": {"my": "your", "mine": "yours", "our": "your", "ours": "yours"},
    "fr": {"mon": "ton", "ma": "ta", "mes": "tes", "notre": "votre", "nos": "vos", "mien": "tien", "mienne": "tienne"},
}
_OF_PEOPLE = {  # with these in it, it is no thing that could be named again as it stands
    "en": r"\b(?:i|me|you|we|us|he|she|him|her|they|them|not|no|yes)\b",
    "fr": r"\b(?:je|j'|moi|toi|tu|te|me|nous|vous|il|elle|ils|elles|lui|eux|pas|non|oui)\b",
}


def choices_in(text: str, language: str) -> tuple[str, ...]:
    """Two things or more that a line names, seen from the robot's side ("my coat" is "your coat"); none where it is not
    plain what they are.
    """
    text = text.replace("\u2019", "'")
    word = OR[language]
    part = next((part for part in _PARTS.split(text) if re.search(rf"\w,? {word} \w", part, re.IGNORECASE)), None)
    if part is None:
        return ()
    part = re.sub(_LED[language], "", part.strip(), flags=re.IGNORECASE)
    *before, last = re.split(rf",? {word} ", part, flags=re.IGNORECASE)
    first, *between = re.split(r",\s*", ", ".join(before))
    last = _trimmed(last, language)
    while between and not _alike(first, last, language):
        first, *between = between  # "Which one, the red or the blue"
    named = [_first(first, last, language), *(_trimmed(one, language) for one in between), last]
    if last[:1].islower():
        named[0] = named[0][:1].lower() + named[0][1:]
    found = tuple(_turned(one, language) for one in named)
    return found if len(found) > 1 and all(_plain(one, language) for one in found) else ()


def _alike(first: str, last: str, language: str) -> bool:
    """Whether what stands before the first comma can hold a thing like the last: with an article, if that has one."""
    determiner = re.compile(rf"(?<![-\w])(?:{_DETERMINERS[language]})", re.IGNORECASE)
    return bool(first.strip()) and (determiner.match(last) is None or determiner.search(first) is not None)


def _first(text: str, last: str, language: str) -> str:
    """The first thing, without the words that lead up to it."""
    text = _trimmed(text, language)
    starts = [found.start() for found in re.finditer(rf"(?<![-\w])(?:{_DETERMINERS[language]})", text, re.IGNORECASE)]
    if starts and re.match(_DETERMINERS[language], last, re.IGNORECASE):
        return text[starts[-1] :]
    led = [found.end() for found in re.finditer(_BEFORE[language], text, re.IGNORECASE)]
    return text[led[-1] :].strip() if led else text


def _trimmed(text: str, language: str) -> str:
    text = re.sub(_LED[language], "", text.strip(" ,\"'\u00ab\u00bb\u201c\u201d"), flags=re.IGNORECASE)
    return re.sub(_AFTER[language], "", text, flags=re.IGNORECASE).strip()


def _turned(text: str, language: str) -> str:
    table = _TURNED[language]
    return re.sub(r"\w+", lambda found: table.get(found[0].lower(), found[0]), text)


def _plain(text: str, language: str) -> bool:
    words = text.split()
    return 0 < len(words) <= LONGEST and re.search(_OF_PEOPLE[language], text, re.IGNORECASE) is None
