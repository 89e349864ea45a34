"""Reads a sum from a line, and says what it comes to: "half of ninety", « douze fois sept », "15 percent of 80".

A line becomes numbers and operators, in words or figures; the rest of its words carry nothing. What is left over, or
cannot be worked out, is no sum. Values are fractions, so that nothing is rounded before it is said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.sense.language.quantities import digits
from robot.sense.language.sum_values import JOINTS, SIGNS, Trouble, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = 4  # decimals of what does not come out even
MONEY_PLACES = 2
LONGEST = 40  # numbers and operators
APART = 4  # words at most between a sign and its numbers
TALK = 8  # words beside numbers and operators, from which on "and" joins the talk and no sum


class SumWords(WordTable, section="sums"):
    """[sums]. `words`: patterns and what each stands for, in their order, the longer first; "+ - * /" stand between
    numbers, the others before one. `small`: numbers that text2num leaves in words. `coin`: "three pounds twenty";
    `cents`: what a hundred make one of, and `price`: "eighteen ninety-five", where money is spoken of; `tens`: no
    part of a number with what is behind it, "fifty" in "three fifty and two twenty". `prices`: how many, and the
    price of one; `each`: a price of one, which a second number multiplies. `goes_on`: how a line goes on with a
    result, and the sign for it, behind `leads`; `then`: between two steps of one line; `root`: how its root is
    asked for; `apiece`: asks what each of several pays, or gets of what is `counted`. `thousands`: the mark between
    them. `places`: what asks for so many decimals, in a group where the second is empty, behind words for
    `rounding`. `one_of`: one of so many, which divides nothing.
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
    thousands: str
    rounding: str = ""
    one_of: str = "(?!)"
    places: tuple[tuple[str, str], ...] = ()


class Result(NamedTuple):
    """What a sum comes to. `exact` is False where it was rounded; `currency` is what it counts, if any; `left` is what
    is left over where whole things were shared out; `places`: so many decimals are wished.
    """

    value: Decimal
    exact: bool
    currency: str = ""
    left: int = 0
    places: int | None = None


def rounded(value: Fraction, currency: str = "", places: int | None = None) -> Result:
    """A value with no more decimals than are said, or with as many as are wished."""
    scale = 10 ** ((MONEY_PLACES if currency else PLACES) if places is None else places)
    near = Fraction(int(abs(value) * scale + Fraction(1, 2)), scale) * (-1 if value < 0 else 1)
    number = Decimal(near.numerator) / Decimal(near.denominator)
    return Result(number, near == value, currency, places=places)


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
ROOT = "root"  # of the last result, among what goes on with it
PLAIN = str.maketrans({"\u2019": "'", "\u2212": "-", "\u2013": "-"})  # signs that look like these
TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Z]{2,}|[+*/]|(?<![a-zà-ÿ])-")
_SENTENCES = re.compile(r"(?<=[?!])\s+|(?<=[^\d\s]\.)\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[a-zà-ÿ]+")
WORDS = frozenset({"SUM", "AVERAGE", "PRODUCT", "DIFFERENCE"})  # that may stand before several numbers


@lru_cache(maxsize=8)
def work_out(text: str, language: str, *, plainly: bool = False) -> Result | Trouble | None:
    """What the first sentence of a line that holds a sum comes to; None where none does. `plainly`: “three and four” is
    no sum.
    """
    if section(SumWords, language) is None:
        return None
    text, places = _without_places(without_shares_of_many(text, language), language)
    found = (_in_steps(part, language, plainly=plainly, places=places) for part in _asked(text, language))
    return next((one for one in found if one is not None), None)


def _in_steps(text: str, language: str, *, plainly: bool, places: int | None) -> Result | Trouble | None:
    """What a sentence comes to; one step after the other where it says so: "12 plus 4, and then times two"."""
    words = section(SumWords, language)
    first, *steps = [text] if words is None else re.split(words.then, text, flags=re.IGNORECASE)
    value = _worked_out(first, language, plainly=plainly, places=places)
    for step in steps:
        more = go_on(step, str(value.value), language) if isinstance(value, Result) and value.exact else None
        if more is None:
            return _worked_out(text, language, plainly=plainly, places=places)
        value = more
    return value


def _asked(text: str, language: str) -> Iterator[str]:
    """Each sentence; then what stands before its first comma, where no more is counted behind: "seven times eight, I
    forget that one".
    """
    for sentence in _SENTENCES.split(text):
        yield sentence
        first, _, rest = sentence.partition(", ")
        if rest and {*TOKEN.findall(prepared(rest, language)[0])} <= {"1", *JOINTS}:
            yield first


def without_shares_of_many(text: str, language: str) -> str:
    """A line without "one day in two" where that is worded as a division, « un jour sur deux »."""
    words = section(SumWords, language)
    return text if words is None else re.sub(words.one_of, " ", text, flags=re.IGNORECASE)


def _without_places(text: str, language: str) -> tuple[str, int | None]:
    """A line without what it says of decimals, and how many it wants: "to two decimal places"."""
    words = section(SumWords, language)
    for pattern, places in () if words is None else words.places:
        found = words and re.search(f"(?:{words.rounding})(?:{pattern})", text.replace("\u2019", "'"), re.IGNORECASE)
        if words and found:
            said = places or words.small.get(found[1].lower()) or digits(found[1], language)
            return text[: found.start()] + text[found.end() :], int(said)
    return text, None


def _worked_out(text: str, language: str, *, plainly: bool, places: int | None) -> Result | Trouble | None:
    line, currency = prepared(text, language)
    if plainly and _is_scattered(line):
        return None
    tokens, apiece = TOKEN.findall(line)[:LONGEST], False
    if "EACH" in tokens:
        tokens = _priced(tokens)
    elif "TIMES" in tokens:
        tokens = _bill(tokens)
    elif apiece := asks_apiece(text, language):
        tokens = _shared(tokens)
    tokens = [token for n, token in enumerate(tokens) if token not in JOINTS or _between(tokens, n)]
    numbers = [token for token in tokens if token[0].isdigit()]
    loose = JOINTS.issuperset(set(tokens) - set(numbers)) and len(_WORD.findall(line)) >= TALK
    joined = not WORDS.intersection(tokens) and JOINTS.intersection(tokens)
    if not numbers or len(numbers) == len(tokens) or ((plainly or loose) and joined):
        return None
    value = value_of(tokens)
    if not isinstance(value, Fraction):
        return value
    of_things = apiece and not currency and counts_things(text, language) and all(token.isdigit() for token in numbers)
    return _shared_out(value, int(numbers[-1])) if of_things else rounded(value, currency, places)


def _is_scattered(line: str) -> bool:
    """Whether a prepared line is a tale around its signs and no sum: « une fois ... un éternuement » holds 1 * 1."""
    parts = list(TOKEN.finditer(line))
    numbers = [part for part in parts if part[0][0].isdigit()]
    return any(_stands_apart(line, sign, numbers) for sign in parts if sign[0] in SIGNS)


def _stands_apart(line: str, sign: re.Match[str], numbers: list[re.Match[str]]) -> bool:
    """Whether a sign joins no two numbers ("it's minus four out there"), or is far from those beside it."""
    before = [one for one in numbers if one.end() <= sign.start()]
    behind = [one for one in numbers if one.start() >= sign.end()]
    if not (before and behind):
        return len(numbers) == 1
    between = line[before[-1].end() : sign.start()] + line[sign.end() : behind[0].start()]
    articles = before[-1][0] == behind[0][0] == "1"
    return len(_WORD.findall(between)) > (0 if articles else APART)


def _shared_out(value: Fraction, among: int) -> Result:
    """Whole things for each of some, and how many are left over."""
    return Result(Decimal(int(value)), exact=True, left=int(value * among) - int(value) * among)


def go_on(text: str, so_far: str, language: str) -> Result | Trouble | None:
    """What comes of a result, with its currency if it has one, when a line goes on with it: "and times nine", « divise
    ça par deux »; None where it does not.
    """
    words = section(SumWords, language)
    if words is None:
        return None
    line = text.translate(PLAIN).strip(" ?!.").lower()
    for pattern, sign in words.goes_on:
        found = re.match(rf"{words.leads}(?:{pattern})(?P<rest>.*)$", line)
        if found is not None:
            return work_out(words.root.format(so_far) if sign == ROOT else f"{so_far} {sign}{found['rest']}", language)
    return None


def figures(text: str, language: str) -> tuple[str, str]:
    """The line in lower case with its numbers in figures, and the currency that it speaks of, if any."""
    line = text.translate(PLAIN).strip(" ?!.").lower()
    line = re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3}\b)", "", line)
    line = re.sub(r"\bpour[ -]cents?\b", "%", line)
    words = section(SumWords, language)
    if words is None:
        return digits(line, language), ""
    line = digits(re.sub(rf"\b(?:{words.tens})\b", r"\g<0>,", line), language)
    for word, figure in words.small.items():
        line = re.sub(rf"\b{word}\b(?! of| half)", figure, line)
    line = re.sub(words.halves, r"\1.5", line)
    line = re.sub(r"([€£$]) ?(\d+(?:[.,]\d+)?)", r"\2 \1", line)
    line = re.sub(words.coin, lambda found: f"{found[1]}.{int(found[3]):02} {found[2]}", line)
    found = next((sign for word, sign in CURRENCIES.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)), "")
    if found:
        line = re.sub(words.price, r"\1.\2", line)
        line = re.sub(rf"(?<![\d.])(\d{{1,2}}) ?(?:{words.cents})\b", lambda cents: f"0.{int(cents[1]):02}", line)
    return line, found


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
    line = re.sub(words.thousands, "", line)
    line = re.sub(r"(?<=\d),(?=\d)", ".", line)
    if "EACH" not in line:
        line = re.sub(words.prices, r"\1 TIMES \2 ", line)
    for pattern, operator in words.words:
        line = re.sub(pattern, operator, line)
    return line, currency


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


def _shared(tokens: list[str]) -> list[str]:
    """What each of some people pays; all as it is where more is told than how many and how much."""
    numbers = sorted((token for token in tokens if token[0].isdigit()), key=float)
    return [numbers[1], "/", numbers[0]] if len(numbers) == 2 and not SIGNS.intersection(tokens) else tokens


def _priced(tokens: list[str]) -> list[str]:
    """The price of one times how many there are; nothing where more is told than these two."""
    numbers = [token for token in tokens if token[0].isdigit()]
    return [numbers[0], "*", numbers[1]] if len(numbers) == 2 and not SIGNS.intersection(tokens) else []


def _bill(tokens: list[str]) -> list[str]:
    """So many of each at its price, together; nothing where another number is told."""
    numbers = [token for token in tokens if token[0].isdigit()]
    pairs = [n for n, token in enumerate(tokens) if token == "TIMES"]  # noqa: S105 - a word
    if len(numbers) != 2 * len(pairs) or not JOINTS.issuperset(set(tokens) - set(numbers) - {"TIMES"}):
        return []
    added = (f"{tokens[n - 1]} * {tokens[n + 1]}" for n in pairs)
    return " + ".join(added).split()


def _between(tokens: list[str], n: int) -> bool:
    """Whether the token at `n` stands between two numbers."""
    return 0 < n < len(tokens) - 1 and tokens[n - 1][0].isdigit() and tokens[n + 1][0].isdigit()
