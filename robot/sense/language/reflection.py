"""`reflected`: a sentence about oneself as it is said back, "I've lost my keys" as "You've lost your keys".

So that a listener may show what it heard (reflective listening, Rogers 1951). Only where a few rules of each language
(section [reflection] of words/) are sure to keep the sentence right; one that speaks to the robot, asks or commands is
never turned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from robot.core.language_words import WordTable, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST, MOST = 2, 11  # words of a sentence that is said back
_SENTENCE = re.compile(r"[^.!?;\u2026]+[.!?;\u2026]*")
_SIGNS = re.compile(r"[\"\u201c\u201d\u00ab\u00bb():{}\u2014\u2013]|\s-\s")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
_OF_ME = frozenset({"i", "my", "me", "je", "moi", "mon"})
_FR_COMMAND = re.compile(r"-(?:moi|toi|nous|vous|tu|le|la|les|lui|en|y)$", re.IGNORECASE)
_FR_WORD = re.compile(r"(?:[jmltsndc]|qu)'|[^\W_]+(?:['-][^\W_]+)*", re.IGNORECASE)


class ReflectionWords(WordTable, section="reflection"):
    """[reflection]. `rules`: whose grammar turns a sentence. `turned`: words and what stands for them; `never`: words,
    of which one makes a sentence that is not said back; `begins`, `ends`: patterns of what is left out there; `verbs`:
    the other form of verbs behind "I"; `family`: who is "your" without a word before, unless one of `own` is there;
    `after_me`: words before which "me" is not "my"; `between`: what stands between "je" and its verb.
    """

    rules: Literal["english", "french"]
    never: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    own: frozenset[str]
    turned: dict[str, str]
    verbs: dict[str, str]
    family: dict[str, str]
    after_me: frozenset[str] = Field(default=frozenset())
    between: frozenset[str] = Field(default=frozenset())

    def core(self, sentence: str) -> str:
        """The sentence without what is only said at its beginning and end."""
        begins = rf"^(?:(?:{'|'.join(self.begins)})(?!['\w])[ ,]*)+"
        ends = rf"(?:,? (?:{'|'.join(self.ends)}))+$"
        return re.sub(ends, "", re.sub(begins, "", sentence, flags=re.IGNORECASE), flags=re.IGNORECASE)


def reflected(text: str, language: str) -> str:
    """The last sentence of a line that can be said back, with a capital and without its sign; empty where none can."""
    table = section(ReflectionWords, language)
    if table is None or "?" in text or _SIGNS.search(text):
        return ""
    turn = {"english": _english, "french": _french}[table.rules]
    for sentence in reversed(_SENTENCE.findall(text.replace("\u2019", "'"))):
        said = turn(sentence.strip().rstrip(".!;\u2026 ,"), table)
        if said:
            return said[:1].upper() + said[1:]
    return ""


def without_fillers(text: str, language: str) -> str:
    """A sentence or clause without what is only said at its beginning and end: "yeah, well" is empty then."""
    table = section(ReflectionWords, language)
    bare = text.replace("\u2019", "'").strip().rstrip(".!;\u2026 ,")
    return bare if table is None else table.core(bare)


def _english(sentence: str, table: ReflectionWords) -> str:
    sentence = table.core(sentence)
    words = _WORD.findall(sentence)
    if not _may(words, table):
        return ""
    out = []
    for n, word in enumerate(words):
        low = word.lower()
        before, after = _beside(words, n)
        if low == "me" and after and after not in table.after_me and not words[n + 1][0].isupper():
            return ""
        if low in table.verbs and before in {"i", "we"}:
            out.append(table.verbs[low])
        elif (somebody := low.removesuffix("'s")) in table.family and before not in table.own:
            out.append(f"{table.family[somebody]} {low}")
        else:
            out.append(table.turned.get(low, word))
    return _joined(_WORD, sentence, out)


def _french(sentence: str, table: ReflectionWords) -> str:
    sentence = table.core(sentence)
    words = _FR_WORD.findall(sentence)
    if not _may(words, table) or any(_FR_COMMAND.search(word) for word in words):
        return ""
    out: list[str] = []
    speaks = False  # behind "je", until its verb has come
    for n, word in enumerate(words):
        low = word.lower()
        before, after = _beside(words, n)
        if low in {"je", "j'"}:
            out.append("tu " if low == "j'" else "tu")
            speaks = True
        elif speaks and low not in table.between:
            verb = _second_person(low, table)
            if not verb:
                return ""
            elided = before == "me" and verb[0] in "aeiouéèêhy"
            if elided:  # "je me suis" becomes "tu t'es"
                out[-1] = "\0"
            out.append(f"t'{verb}" if elided else verb)
            speaks = False
        elif low == "nous" and after and after not in {"deux", "autres", "tous"}:
            return ""  # its verb would have to be turned, too
        elif low in table.family and before not in table.own:
            out.append(f"{table.family[low]} {low}")
        else:
            out.append(table.turned.get(low, word))
    return "" if speaks else _joined(_FR_WORD, sentence, out).replace("\0 ", "")


def _second_person(verb: str, table: ReflectionWords) -> str:
    """The form of "tu" for a verb in that of "je"; empty where that is not sure."""
    if verb in table.verbs:
        return table.verbs[verb]
    if verb.endswith("rai"):
        return verb.removesuffix("ai") + "as"
    if verb.endswith(("s", "x")):
        return verb
    return f"{verb}s" if verb.endswith("e") else ""


def _may(words: Sequence[str], table: ReflectionWords) -> bool:
    """Whether the rules hold for a sentence of these words."""
    whole = [word for word in words if not word.endswith("'")]
    said = [word.lower() for word in words]
    return (
        LEAST <= len(whole) <= MOST
        and table.never.isdisjoint(said)
        and not any(_joins_me(one) for one in said if one not in table.turned)
    )


def _joins_me(word: str) -> bool:
    """Whether a part of a joined word is the speaker, "me-time": it cannot be turned. Commands have their own rule."""
    return "-" in word and not _FR_COMMAND.search(word) and not _OF_ME.isdisjoint(word.split("-"))


def _beside(words: Sequence[str], n: int) -> tuple[str, str]:
    """The words before and after the one at `n`, in small letters; empty where there is none."""
    return words[n - 1].lower() if n else "", words[n + 1].lower() if n + 1 < len(words) else ""


def _joined(word: re.Pattern[str], sentence: str, turned: Iterable[str]) -> str:
    """The sentence with its words turned, its signs where they were."""
    found = iter(turned)
    return word.sub(lambda _: next(found), sentence)
