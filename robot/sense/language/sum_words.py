"""How people write and say sums: a line with its numbers in figures, and its words as operators."""

from __future__ import annotations

import re
from decimal import Decimal

from robot.core.language_words import WordTable, section
from robot.sense.language.quantities import digits


class SumWords(WordTable, section="sums"):
    """[sums]. `words`: patterns and what each stands for, in their order, the longer first; "+ - * /" stand between
    numbers, the others before one. `small`: numbers that text2num leaves in words. `coin`: "three pounds twenty";
    `cents`: what a hundred make one of, and `price`: "eighteen ninety-five", where money is spoken of; `tens`: no
    part of a number with what is behind it, "fifty" in "three fifty and two twenty". `prices`: how many, and the
    price of one; `each`: a price of one, which a second number multiplies. `goes_on`: how a line goes on with a
    result, and the sign for it, behind `leads`; `then`: between two steps of one line; `root`: how its root is
    asked for; `apiece`: asks what each of several pays, or gets of what is `counted`. `places`: what
    asks for so many decimals, in a group where the second is empty, behind words for `rounding`. `one_of`: one of so
    many, which divides nothing. `dozens`: twelve, `count` times, or `half` of it. `beyond`: what is left of a line
    that means a number, and cannot be counted.
    """

    words: tuple[tuple[str, str], ...]
    small: dict[str, str]
    coin: str
    cents: str = "(?!)"
    price: str = "(?!)"
    tens: str = "(?!)"
    prices: str
    each: str
    halves: str
    goes_on: tuple[tuple[str, str], ...]
    leads: str
    then: str = "(?!)"
    root: str
    apiece: str
    counted: str
    rounding: str = ""
    one_of: str = "(?!)"
    dozens: str = "(?!)"
    beyond: str = "(?!)"
    places: tuple[tuple[str, str], ...] = ()


CURRENCIES = {
    "euro": "€",
    "euros": "€",
    "€": "€",
    "pound": "£",
    "pounds": "£",
    "£": "£",
    "livres": "£",
    "quid": "£",
} | dict.fromkeys(("dollar", "dollars", "$"), "$")
PLAIN = str.maketrans({"\u2019": "'", "\u2212": "-", "\u2013": "-"})  # signs that look like these
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def without_shares_of_many(text: str, language: str) -> str:
    """A line without "one day in two" where that is worded as a division, « un jour sur deux »."""
    words = section(SumWords, language)
    return text if words is None else re.sub(words.one_of, " ", text, flags=re.IGNORECASE)


def without_places(text: str, language: str) -> tuple[str, int | None]:
    """A line without what it says of decimals, and how many it wants: "to two decimal places"."""
    words = section(SumWords, language)
    for pattern, places in () if words is None else words.places:
        found = words and re.search(f"(?:{words.rounding})(?:{pattern})", text.replace("\u2019", "'"), re.IGNORECASE)
        if words and found:
            said = places or words.small.get(found[1].lower()) or digits(found[1], language)
            return text[: found.start()] + text[found.end() :], int(said)
    return text, None


def figures(text: str, language: str) -> tuple[str, str]:
    """The line in lower case with its numbers in figures, and the currency that it speaks of, if any."""
    line = re.sub(r"(?<![\w.])\.(?=\d)", "0.", text.translate(PLAIN)).strip(" ?!.").lower()
    line = re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3}\b)", "", line)
    line = re.sub(r"\bpour[ -]cents?\b", "%", line)
    words = section(SumWords, language)
    if words is None:
        return digits(line, language), ""
    line = digits(re.sub(rf"\b(?:{words.tens})\b", r"\g<0>,", line), language)
    for word, figure in words.small.items():
        line = re.sub(rf"\b{word}\b(?! of| half)", figure, line)
    line = re.sub(words.halves, r"\1.5", line)
    line = re.sub(words.dozens, _twelves, line)
    line = re.sub(r"([€£$]) ?(\d+(?:[.,]\d+)?)", r"\2 \1", line)
    line = re.sub(words.coin, lambda found: f"{found[1]}.{int(found[3]):02} {found[2]}", line)
    found = next((sign for word, sign in CURRENCIES.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)), "")
    if found:
        line = re.sub(words.price, r"\1.\2", line)
        line = re.sub(rf"(?<![\d.])(\d{{1,2}}) ?(?:{words.cents})\b", lambda cents: f"0.{int(cents[1]):02}", line)
    return line, found


def _twelves(found: re.Match[str]) -> str:
    own = found.groupdict()
    count = Decimal((own.get("count") or "1").replace(",", "."))
    return str(count * (6 if own.get("half") else 12))


def with_number(line: str, number: str, language: str) -> str:
    """A line with another number for its last: "ten miles in kilometres" with twenty; empty where either is none."""
    written, other = figures(line, language)[0], _NUMBER.fullmatch(figures(number, language)[0])
    last = next(reversed(list(_NUMBER.finditer(written))), None)
    return "" if last is None or other is None else f"{written[: last.start()]}{other[0]}{written[last.end() :]}?"


def prepared(text: str, language: str) -> tuple[str, str]:
    """The line with figures and operators, and its currency."""
    line, currency = figures(text, language)
    words = section(SumWords, language)
    if words is None:
        return line, currency
    line = re.sub(words.each, r"\1 EACH", line)
    line = re.sub(r"(?<=\d) ?²", " SQUARED ", line)
    line = re.sub(r"(?<=\d),(?=\d)", ".", line)
    if "EACH" not in line:
        line = re.sub(words.prices, r"\1 TIMES \2 ", line)
    for pattern, operator in words.words:
        line = re.sub(pattern, operator, line)
    return re.sub(r"\([^()\d]*\)", " ", line), currency


def passes_over(line: str, language: str) -> bool:
    """Whether a prepared line still holds what means a number and cannot be counted: a share of nothing, "300ths"."""
    words = section(SumWords, language)
    return words is not None and re.search(words.beyond, line) is not None


def counts_things(text: str, language: str) -> bool:
    """Whether it asks how many there are, of what is not cut: sweets, cards."""
    words = section(SumWords, language)
    return words is not None and re.search(words.counted, text, re.IGNORECASE) is not None


def begins_as_sum(text: str, language: str) -> bool:
    """Whether a line begins with its first number, so that the sum is what it is about."""
    words = section(SumWords, language)
    return words is not None and re.match(rf"\W*{words.leads}\W*\d", figures(text, language)[0]) is not None


def asks_apiece(text: str, language: str) -> bool:
    """Whether it asks what each pays: "there are seven of us, it's a hundred and twelve euros, how much each?"."""
    words = section(SumWords, language)
    return words is not None and re.search(words.apiece, text, re.IGNORECASE) is not None
