"""Choices: the things of which a line asks to choose one, "the blue shirt or the white one", as they would be named."""

from __future__ import annotations

import re

from robot.core.language_words import WordTable, section

LONGEST = 5  # words of one thing; what is longer was not found in the line but guessed
_PARTS = re.compile(r"[.:;?!\u2026]+")


class ChoiceWords(WordTable, section="choices"):
    """[choices]: the word between the things, and the `pair` that asks to choose between two, `one` and the other;
    their articles; what stands before the first of them (whoever is asked or chooses, and what they would do with it),
    behind the last, and at the beginning of the line; how a clause `aside` ends that only asks for it ("pass your
    verdict"); words with which it is no thing that could be named again as it stands; and how it is named from the
    robot's side.
    """

    word: str
    pair: str = "(?P<one>(?!))"
    determiners: str
    before: str
    after: str
    led: str
    aside: str = "(?!)"
    of_people: str
    turned: dict[str, str]


def choices_in(text: str, language: str) -> tuple[str, ...]:
    """Two things or more that a line names, seen from the robot's side ("my coat" is "your coat"); none where it is not
    plain what they are.
    """
    words = section(ChoiceWords, language)
    if words is None:
        return ()
    text = text.replace("\u2019", "'")
    word = words.word
    text = re.sub(words.pair, rf"\g<one> {word} ", text, flags=re.IGNORECASE)
    part = next((part for part in _PARTS.split(text) if re.search(rf"\w,? {word} \w", part, re.IGNORECASE)), None)
    if part is None:
        return ()
    part = re.sub(words.led, "", part.strip(), flags=re.IGNORECASE)
    *before, last = re.split(rf",? {word} ", part, flags=re.IGNORECASE)
    clauses = re.split(r",\s*", ", ".join(before))
    asides = [n for n, one in enumerate(clauses[:-1]) if re.search(words.aside, one, re.IGNORECASE)]
    first, *between = clauses[asides[-1] + 1 if asides else 0 :]
    last = _trimmed(last, words)
    while between and not _alike(first, last, words):
        first, *between = between  # "Which one, the red or the blue"
    named = [_first(first, last, words), *(_trimmed(one, words) for one in between), last]
    if last[:1].islower():
        named[0] = named[0][:1].lower() + named[0][1:]
    found = tuple(_turned(one, words) for one in named)
    return found if len(found) > 1 and all(_plain(one, words) for one in found) else ()


def _alike(first: str, last: str, words: ChoiceWords) -> bool:
    """Whether what stands before the first comma can hold a thing like the last: with an article, if that has one."""
    determiner = re.compile(rf"(?<![-\w])(?:{words.determiners})", re.IGNORECASE)
    return bool(first.strip()) and (determiner.match(last) is None or determiner.search(first) is not None)


def _first(text: str, last: str, words: ChoiceWords) -> str:
    """The first thing, without the words that lead up to it."""
    text = _trimmed(text, words)
    starts = [found.start() for found in re.finditer(rf"(?<![-\w])(?:{words.determiners})", text, re.IGNORECASE)]
    if starts and re.match(words.determiners, last, re.IGNORECASE):
        return text[starts[-1] :]
    led = [found.end() for found in re.finditer(words.before, text, re.IGNORECASE)]
    return text[led[-1] :].strip() if led else text


def _trimmed(text: str, words: ChoiceWords) -> str:
    text = re.sub(words.led, "", text.strip(" ,\"'\u00ab\u00bb\u201c\u201d"), flags=re.IGNORECASE)
    return re.sub(words.after, "", text, flags=re.IGNORECASE).strip()


def _turned(text: str, words: ChoiceWords) -> str:
    table = words.turned
    return re.sub(r"\w+", lambda found: table.get(found[0].lower(), found[0]), text)


def _plain(text: str, words: ChoiceWords) -> bool:
    return 0 < len(text.split()) <= LONGEST and re.search(words.of_people, text, re.IGNORECASE) is None
