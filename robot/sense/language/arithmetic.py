"""Reads a sum from a line and works it out exactly: "half of ninety", « douze fois sept », "15 percent of 80".

A line becomes numbers and operators, in words or figures; the rest of its words carry nothing. What is left over, or
cannot be worked out, is no sum. Values are fractions, so that nothing is rounded before it is said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, reduce
from operator import add, mul, sub, truediv
from typing import TYPE_CHECKING, NamedTuple

from robot.sense.language.quantities import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST = 10**15
PLACES = 4  # decimals of what does not come out even
MONEY_PLACES = 2
LONGEST = 40  # numbers and operators
TALK = 8  # words beside numbers and operators, from which on "and" joins the talk and no sum


class Trouble(StrEnum):
    """Why something is not worked out."""

    BY_ZERO = "by_zero"
    TOO_LARGE = "too_large"
    NO_ROOT = "no_root"


class Result(NamedTuple):
    """What a sum comes to. `exact` is False where it was rounded; `currency` is what it counts, if any."""

    value: Decimal
    exact: bool
    currency: str = ""


# What words stand for, in their order: the longer first. "+ - * /" stand between numbers; the others before one.
WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"multiplied by|times|\bx\b|×|\*", " * "),
        (r"divided by|over\b|÷|/|:", " / "),
        (r"percent off|% off", " OFF "),
        (r"percent of|per cent of|% of", " PERCENT "),
        (r"(?:plus|\+) ?(\d+(?:\.\d+)?) ?(?:%|per ?cent)(?! (?:of )?\d)", r" WITHSHARE \1 "),
        (r"(?:minus|less(?! than)|take away|-) ?(\d+(?:\.\d+)?) ?(?:%|per ?cent)(?! (?:of )?\d)", r" WITHOUTSHARE \1 "),
        (r"plus|added to|\+", " + "),
        (r"minus|less(?! than)|take away|-", " - "),
        (r"square root of", " ROOT "),
        (r"\bsquared", " SQUARED "),
        (r"(?:three|3) quarters of", " THREEQUARTERS "),
        (r"\ba?\s*half(?: of)?\b(?! (?:past|an))", " HALF "),
        (r"\b(?:a|one|the)?\s*(?:third|3rd) of", " THIRD "),
        (r"\b(?:a|one|the)?\s*(?:quarter|fourth|4th) of", " QUARTER "),
        (r"\b(?:double|twice)(?: of)?\b", " DOUBLE "),
        (r"\b(?:triple)(?: of)?\b", " TRIPLE "),
        (r"\b(?:the )?sum of|\badd(?: up)?\b|together", " SUM "),
        (r"\b(?:the )?product of|\bmultiply\b", " PRODUCT "),
        (r"\b(?:the )?difference between", " DIFFERENCE "),
        (r"\bsubtract\b", " SUBTRACT "),
        (r"\b(?:split|share|divide)\b(.*?)\b(?:between|among|amongst|into)\b", r" DIVIDE \1 BY "),
        (r"\b(?:split|share|divide)\b(.*?)\b(\d+)(?= ways)", r" DIVIDE \1 BY \2 "),
        (r"\bdivide\b", " DIVIDE "),
        (r"\bfrom\b", " FROM "),
        (r"\bby\b", " BY "),
        (r"\band\b", " AND "),
        (r"\bto\b|\bwith\b|,", " WITH "),
    ),
    "fr": (
        (r"(?:\bplus\b|\+) ?(\d+(?:\.\d+)?) ?%(?! (?:de |d')?\d)(?: de [a-z]+)?", r" WITHSHARE \1 "),
        (r"(?:\bmoins\b|(?<![a-z])-) ?(\d+(?:\.\d+)?) ?%(?! (?:de |d')?\d)(?: de [a-z]+)?", r" WITHOUTSHARE \1 "),
        (r"multipli[ée]e?s? par|\bfois\b|\bx\b|×|\*", " * "),
        (r"% de (?:remise|réduction|rabais) sur", " OFF "),
        (r"divis[ée]e?s? par|\bsur\b|÷|/|:", " / "),
        (r"% (?:de|d')", " PERCENT "),
        (r"\bplus\b|ajouté à|\+", " + "),
        (r"\bmoins\b|(?<![a-z])-", " - "),
        (r"racine(?: carrée)? de", " ROOT "),
        (r"au carré", " SQUARED "),
        (r"(?:les )?(?:trois|3) quarts de", " THREEQUARTERS "),
        (r"(?:la )?moitié de", " HALF "),
        (r"(?:le |un )?tiers de", " THIRD "),
        (r"(?:le |un )?quart de", " QUARTER "),
        (r"(?:le )?double de", " DOUBLE "),
        (r"(?:le )?triple de", " TRIPLE "),
        (r"(?:la )?somme de|additionne[rz]?|ajoute[rz]?", " SUM "),
        (r"(?:le )?produit de|multiplie[rz]?", " PRODUCT "),
        (r"(?:la )?différence entre", " DIFFERENCE "),
        (r"soustrai[rst]e?|enlève|retire", " SUBTRACT "),
        (r"\b(?:partage[rz]?|divise[rz]?)\b(.*?)\b(?:en|entre)\b", r" DIVIDE \1 BY "),
        (r"divise[rz]?", " DIVIDE "),
        (r"\bpar\b", " BY "),
        (r"\bet\b", " AND "),
        (r"\bde\b|\bà\b|\bavec\b|,", " WITH "),
    ),
}
CURRENCIES = {
    "euro": "€",
    "euros": "€",
    "€": "€",
    "pound": "£",
    "pounds": "£",
    "£": "£",
    "livres": "£",
} | dict.fromkeys(("dollar", "dollars", "$"), "$")
SHARES = {
    "HALF": Fraction(1, 2),
    "THIRD": Fraction(1, 3),
    "QUARTER": Fraction(1, 4),
    "THREEQUARTERS": Fraction(3, 4),
    "DOUBLE": Fraction(2),
    "TRIPLE": Fraction(3),
}
SMALL = {
    "en": {"one": "1", "two": "2", "three": "3", "zero": "0", "a dozen": "12"},
    "fr": {"un": "1", "une": "1", "deux": "2", "trois": "3", "zéro": "0", "neuf": "9", "une douzaine": "12"},
}
COIN = {
    "en": r"(\d+) (euros?|pounds?|dollars?)(?: and)? (\d{1,2})\b(?! ways)(?: cents| pence)?",
    "fr": r"(\d+) (euros?) (\d{1,2})\b",
}
# A price of one, which a second number multiplies: "three pounds a tin, and I want seven".
EACH = {
    "en": r"(\d+(?:\.\d+)?)(?= (?:(?:euro|pound|dollar|cent|pence|p\b)\w* (?:an?|each|per|apiece)|each|apiece)\b)",
    "fr": r"(\d+(?:\.\d+)?)(?= (?:(?:euro|centime|dollar|franc)s? (?:la|le|l'|pièce|chacun|par)|pièce|chacune?)\b)",
}
# Asks what each of several pays: "there are seven of us, it's a hundred and twelve euros, how much each?"
APIECE = {
    "en": re.compile(r"\bhow (?:much|many)\b.*\b(?:each|a head|apiece|per person)\b", re.IGNORECASE),
    "fr": re.compile(r"\bcombien\b.*\b(?:chacune?|par personne|par tête)\b", re.IGNORECASE),
}
HALVES = {"en": r"\b(\d+) and a half\b(?! of)", "fr": r"\b(\d+) et demie?\b"}
# How a line goes on with a result, and the sign for it.
ROOT = "root"  # of the last result
GOES_ON = {
    "en": (
        (r"(?:times|multiplied by|multiply (?:it|that|this) by)\b", "*"),
        (r"(?:divided by|divide (?:it|that|this) by)\b", "/"),
        (r"(?:plus|add)\b", "+"),
        (
            r"(?:minus|less|take ?away|subtract|take off|take(?= \w+(?: \w+)? (?:off|away|from)\b))\b",
            "-",
        ),
        (r"(?:halve (?:it|that|this)|half of (?:it|that|this))\b", "/ 2"),
        (r"double (?:it|that|this)\b", "* 2"),
        (r"(?:what(?:'s| is) )?(?:the )?(?:square )?root(?: of (?:it|that|this))?$", ROOT),
    ),
    "fr": (
        (r"(?:fois|multipli\w+(?: ça|-le| le tout| cela)? par)\b", "*"),
        (r"(?:divis\w+(?: ça|-le| le tout| cela)? par)\b", "/"),
        (r"(?:plus|ajout\w+(?:-y| y| lui)?)\b", "+"),
        (r"(?:moins|enlèv\w+|retir\w+|soustrai\w+|ôt\w+)\b", "-"),
        (r"la moitié(?: de ça)?$", "/ 2"),
        (r"le double(?: de ça)?$", "* 2"),
        (r"(?:la )?racine(?: carrée)?(?: de (?:ça|cela))?$", ROOT),
    ),
}
ROOTS = {"en": "square root of {}", "fr": "racine carrée de {}"}
_LEADS = {
    "en": r"(?:(?:and|now|then|so|okay|ok|what about|if i|if you|you)[ ,]+)*",
    "fr": r"(?:(?:et|maintenant|puis|alors|ensuite|si|tu|on|d'accord)[ ,]+|j')*",
}
PLAIN = str.maketrans({"\u2019": "'", "\u2212": "-", "\u2013": "-"})  # signs that look like these
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Z]{2,}|[+*/]|(?<![a-zà-ÿ])-")
_SENTENCES = re.compile(r"(?<=[?!])\s+|(?<=[^\d\s]\.)\s+")
JOINTS = frozenset({"AND", "WITH"})
# What an operator between two numbers makes of them.
JOINED: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "PERCENT": lambda a, b: a * b / 100,
    "OFF": lambda a, b: b * (1 - a / 100),
    "WITHSHARE": lambda a, b: a * (1 + b / 100),
    "WITHOUTSHARE": lambda a, b: a * (1 - b / 100),
}
_PRECEDENCE = {"+": 1, "-": 1, "WITHSHARE": 1, "WITHOUTSHARE": 1, "*": 2, "/": 2, "PERCENT": 3, "OFF": 3}


class _NoSumError(Exception):
    """Whatever it is, it is no sum."""


class _NoRootError(Exception):
    """There is no such root among these numbers."""


@lru_cache(maxsize=8)
def work_out(text: str, language: str, *, plainly: bool = False) -> Result | Trouble | None:
    """What the first sentence of a line that holds a sum comes to; None where none does. `plainly`: “three and four” is
    no sum.
    """
    found = (_worked_out(part, language, plainly=plainly) for part in _SENTENCES.split(text))
    return next((one for one in found if one is not None), None)


def _worked_out(text: str, language: str, *, plainly: bool) -> Result | Trouble | None:
    line, currency = _prepared(text, language)
    tokens = _TOKEN.findall(line)[:LONGEST]
    if "EACH" in tokens:
        tokens = _priced(tokens)
    elif APIECE[language].search(text):
        tokens = _shared(tokens)
    numbers = [token for token in tokens if token[0].isdigit()]
    loose = JOINTS.issuperset(set(tokens) - set(numbers)) and len(re.findall(r"[a-zà-ÿ]+", line)) >= TALK
    if not numbers or len(numbers) == len(tokens) or ((plainly or loose) and JOINTS.intersection(tokens)):
        return None
    try:
        value = _whole(tokens)
    except ZeroDivisionError:
        return Trouble.BY_ZERO
    except _NoRootError:
        return Trouble.NO_ROOT
    except _NoSumError:
        return None
    if abs(value) > LARGEST:
        return Trouble.TOO_LARGE
    places = MONEY_PLACES if currency else PLACES
    rounded = round(value, places)
    return Result(Decimal(rounded.numerator) / Decimal(rounded.denominator), rounded == value, currency)


def go_on(text: str, so_far: str, language: str) -> Result | Trouble | None:
    """What comes of a result when a line goes on with it: "and times nine", « divise ça par deux »; None where it
    does not.
    """
    line = text.translate(PLAIN).strip(" ?!.").lower()
    for pattern, sign in GOES_ON[language]:
        found = re.match(rf"{_LEADS[language]}(?:{pattern})(?P<rest>.*)$", line)
        if found is not None:
            return work_out(
                ROOTS[language].format(so_far) if sign is ROOT else f"{so_far} {sign}{found['rest']}", language
            )
    return None


def figures(text: str, language: str) -> tuple[str, str]:
    """The line in lower case with its numbers in figures, and the currency that it speaks of, if any."""
    line = text.translate(PLAIN).strip(" ?!.").lower()
    line = re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3}\b)", "", line)
    line = re.sub(r"\bpour[ -]cents?\b", "%", line)
    line = digits(line, language)
    for word, figure in SMALL[language].items():
        line = re.sub(rf"\b{word}\b(?! of| half)", figure, line)
    line = re.sub(HALVES[language], r"\1.5", line)
    line = re.sub(r"([€£$]) ?(\d+(?:[.,]\d+)?)", r"\2 \1", line)
    line = re.sub(COIN[language], lambda found: f"{found[1]}.{int(found[3]):02} {found[2]}", line)
    found = next((sign for word, sign in CURRENCIES.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)), "")
    return line, found


def _prepared(text: str, language: str) -> tuple[str, str]:
    """The line with figures and operators, and its currency."""
    line, currency = figures(text, language)
    line = re.sub(EACH[language], r"\1 EACH", line)
    line = re.sub(r"(?<=\d),(?=\d{3}\b)" if language == "en" else r"(?!)", "", line)
    line = re.sub(r"(?<=\d),(?=\d)", ".", line)
    for pattern, operator in WORDS[language]:
        line = re.sub(pattern, operator, line)
    return line, currency


def _shared(tokens: list[str]) -> list[str]:
    """What each of some people pays; all as it is where more is told than how many and how much."""
    numbers = sorted((token for token in tokens if token[0].isdigit()), key=float)
    return [numbers[1], "/", numbers[0]] if len(numbers) == 2 and not set(tokens) & {"+", "-", "*", "/"} else tokens


def _priced(tokens: list[str]) -> list[str]:
    """The price of one times how many there are; nothing where more is told than these two."""
    numbers = [token for token in tokens if token[0].isdigit()]
    return [numbers[0], "*", numbers[1]] if len(numbers) == 2 and not set(tokens) & {"+", "-", "*", "/"} else []


def _whole(tokens: list[str]) -> Fraction:
    """All tokens as one value. Words that join numbers count only between two of them; “three and four” is a sum."""
    kept = [token for n, token in enumerate(tokens) if token not in JOINTS or _between(tokens, n)]
    value, left = _sum(kept)
    while left and left[0] == "AND":
        more, left = _sum(left[1:])
        value += more
    if left:
        raise _NoSumError
    return value


def _between(tokens: list[str], n: int) -> bool:
    """Whether the token at `n` stands between two numbers."""
    return 0 < n < len(tokens) - 1 and tokens[n - 1][0].isdigit() and tokens[n + 1][0].isdigit()


def _sum(tokens: list[str], least: int = 1) -> tuple[Fraction, list[str]]:
    """A value by precedence climbing, and what is left of the tokens."""
    value, tokens = _value(tokens)
    while tokens:
        operator = tokens[0]
        if operator == "SQUARED":
            value, tokens = value * value, tokens[1:]
            continue
        rank = _PRECEDENCE.get(operator, 0)
        if rank < least:
            break
        other, tokens = _sum(tokens[1:], rank + 1)
        value = JOINED[operator](value, other)
    return value, tokens


def _value(tokens: list[str]) -> tuple[Fraction, list[str]]:
    """A number, or a word that stands before its numbers."""
    if not tokens:
        raise _NoSumError
    token, rest = tokens[0], tokens[1:]
    if token[0].isdigit():
        return Fraction(token), rest
    if token == "-":  # noqa: S105 - a sign
        value, rest = _sum(rest, 3)
        return -value, rest
    if token in SHARES:
        value, rest = _sum(rest, 2)
        return value * SHARES[token], rest
    if token == "ROOT":  # noqa: S105 - a word
        value, rest = _value(rest)
        return _root(value), rest
    return _by_word(token, _operands(rest)), []


def _operands(tokens: list[str]) -> list[Fraction]:
    """The numbers behind a word."""
    values = []
    while tokens:
        value, tokens = _sum(tokens)
        values.append(value)
        if tokens:
            if tokens[0] not in {*JOINTS, "BY", "FROM"}:
                raise _NoSumError
            tokens = tokens[1:]
    return values


def _by_word(word: str, values: list[Fraction]) -> Fraction:
    match word, values:
        case "SUM", _:
            return sum(values, Fraction(0))
        case "PRODUCT", _:
            return reduce(mul, values, Fraction(1))
        case "DIFFERENCE", [first, second]:
            return abs(first - second)
        case "SUBTRACT", [first, second]:
            return second - first
        case "DIVIDE", [first, second]:
            return first / second
        case _:
            raise _NoSumError


def _root(value: Fraction) -> Fraction:
    """Exact where it comes out even, else to many more places than are said."""
    if value < 0:
        raise _NoRootError
    root = Decimal(value.numerator).sqrt() / Decimal(value.denominator).sqrt()
    return Fraction(root)
