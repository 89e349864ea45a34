"""A line as the phrase tables have it: in its own language, with the wish in one of its parts, and whom it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.meanings import act_of
from robot.core.percepts import SAID_BACK, Utterance
from robot.core.sentences import each_sentence
from robot.core.uptake import ASKING, chance
from robot.sense.language.greeted import behind_greeting
from robot.sense.language.line_meaning import (
    BARE,
    CALMLY,
    COMMANDS,
    HEARD_OF,
    LIKELY,
    LISTED,
    NAMES_ONESELF,
    PARTS,
    PLAIN,
    STILLS,
)
from robot.sense.language.mentions import mentions
from robot.sense.language.moves import is_declined
from robot.sense.language.reflection import reflected
from robot.sense.language.relayed import as_put
from robot.sense.language.shorthand import opened
from robot.sense.language.spoken_language import spoken_language
from robot.sense.language.told_tone import SOMETHING
from robot.sense.language.unmarked import marked
from robot.sense.language.wish_nouns import wished_by_noun

if TYPE_CHECKING:
    from robot.sense.language.phrases import Phrases

SETTLED = 0.98  # of the tables: a wording that stands in them
IN_PASSING = frozenset({"repeat", "more"})  # "again" ends many a line: "I stayed in today. Again."
COURTEOUS = frozenset({"thanks", "greeting", "good_morning", "good_evening"})
# Of a line with a greeting or thanks: how sure what else it tells may be, how hard; the words of that sentence, and of
# all that follows a greeting which is returned.
FAIRLY, HARDLY_HARD, A_GREETING, SMALL_TALK = 0.6, 0.2, 4, 5
REQUESTED = 0.5  # how probable it must be, by uptake, that a line asks for something of which one sentence is the wish
MOST_PARTS = 6  # each is looked up, in the loop's time; of more only the first and the last


class ByTables:
    """Reads lines by these tables."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def read(self, words: Utterance) -> Utterance:
        """As the tables of the language that it is said in have it, with whom and when it speaks of, and said back."""
        language = self._language(words) if words.via in {"typed", "program"} else words.language
        language = language if language in self._phrases.languages else words.language
        text = marked(as_put(opened(words.text, language), language), language)
        if language != words.language or text != words.text:
            heard = self._phrases.understand(text, language)
            words = replace(
                words,
                text=text,
                as_said=words.verbatim if text != words.text else words.as_said,
                language=language,
                intent=heard.intent,
                slots=heard.slots,
                confidence=heard.confidence,
            )
        words = self._asked_in(words)
        taken = {name for name, _ in words.slots}
        more = tuple(slot for slot in mentions(words.text, words.language) if slot[0] not in taken)
        back = reflected(words.text, words.language)
        if back:
            more += ((SAID_BACK, back),)
        return replace(words, slots=(*words.slots, *more)) if more else words

    def wished_in_passing(self, words: Utterance) -> Utterance:
        """With the wish that the tables find in one of its sentences, where nothing else was made of a line but that it
        asks for something, as the network sees it, too: "No, you can't. Tell us a joke then"; or that by its noun.
        """
        if words.understood:
            return words
        taken = self._wished_in_a_sentence(words)
        named = "" if taken.understood else wished_by_noun(words)
        return replace(taken, intent=named, confidence=PLAIN) if named else taken

    def _wished_in_a_sentence(self, words: Utterance) -> Utterance:
        if chance(words.uptake, "request") < REQUESTED:
            return words
        perhaps = {name for name, p in words.readings[:LISTED] if p >= HEARD_OF}
        for one in reversed(each_sentence(words.text)):
            heard = self._phrases.understand(one, words.language)
            wished = act_of(heard.intent) in COMMANDS and heard.intent not in STILLS | IN_PASSING
            likely = heard.intent in perhaps and heard.confidence >= PLAIN
            if wished and likely and not is_declined(one, words.language):
                return replace(words, intent=heard.intent, slots=(*heard.slots, *words.slots), confidence=PLAIN)
        return words

    def with_courtesy(self, words: Utterance) -> Utterance:
        """As a greeting or thanks where one of its sentences is one ("I'll get my tea now. Thank you, dear."), nothing
        else was found in it and it asks for nothing.
        """
        told = words.understood and words.intent != SOMETHING and words.confidence >= FAIRLY
        asks, hard = chance(words.uptake, *ASKING) >= REQUESTED, chance(words.uptake, "hard") >= HARDLY_HARD
        if told or asks or hard or words.calm < CALMLY:
            return words
        first, *rest = each_sentence(words.text)
        briefly = len(words.text.split()) - len(first.split()) <= SMALL_TALK
        ends = ((first,) if briefly else ()) + tuple(rest[-1:]) if rest else ()
        kinds = [self._courtesy(one, words.language) for one in ends]
        parts = [self._courtesy(one, words.language) for one in PARTS.split(words.text.strip(BARE))[:MOST_PARTS]]
        if all(parts):  # "G'day, I'm back"
            kinds += parts
        kind = next(filter(None, kinds), "")
        return replace(words, intent=kind, confidence=PLAIN) if kind else words

    def _courtesy(self, text: str, language: str) -> str:
        """The greeting or thanks that some words are; empty where they are neither."""
        if len(text.split()) > A_GREETING:
            return ""
        heard = self._phrases.understand(text, language)
        return heard.intent if heard.intent in COURTEOUS and heard.confidence >= PLAIN else ""

    def _asked_in(self, words: Utterance) -> Utterance:
        """With what the tables have behind a greeting or thanks ("Thanks. How long is left?"), or else with the command
        or name in one of its parts: "Louder! I've the hoover going", "Call me Bernie, please".
        """
        parts = [part for part in PARTS.split(words.text) if part.strip(BARE)]
        if words.understood or len(parts) < 2:
            return words
        behind = behind_greeting(words.text)
        greeted = (behind,) if behind != words.text else ()  # else it is the line, of which the tables know nothing
        for part in (*greeted, *(parts if len(parts) <= MOST_PARTS else (parts[0], parts[-1]))):
            heard = self._phrases.understand(part, words.language)
            named = heard.intent == NAMES_ONESELF and heard.slots
            sure = heard.confidence >= SETTLED and heard.intent not in STILLS | IN_PASSING
            if named or (sure and (part is behind or act_of(heard.intent) in COMMANDS)):
                return replace(words, intent=heard.intent, slots=heard.slots, confidence=LIKELY)
        return words

    def _language(self, words: Utterance) -> str:
        """That of its common words; else that whose tables alone have the line."""
        language = spoken_language(words.text, words.language)
        if language != words.language or words.understood:
            return language
        others = (one for one in self._phrases.languages if one != words.language)
        return next(
            (one for one in others if self._phrases.understand(words.text, one).confidence >= SETTLED), language
        )
