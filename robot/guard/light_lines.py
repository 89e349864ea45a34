"""Lines in which nobody in need speaks: what is ordinary, calm or light, as far as words and network can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.sense.language.leaving import will_be_back
from robot.sense.language.quantities import digits

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.guard.crisis.classifier import Assessment

# Up to which risk a mere doubt, without any sign, gives way to what the line was clearly understood as: people ask,
# want and greet in words that the classifier knows from the others. What they tell of themselves is never light.
UNDERSTOOD = 0.6
LESS = {"goodbye": -0.6, "end_of_life": 1.3, "wants_reminder": 1.8}  # "remind me tonight at one to take the pill"
OF_ITSELF = -2.1  # a line with less risk of its own is doubted only for the lines before it, and let be
# May mean anything, and begin anything.
HARD = frozenset(
    {
        "yes",
        "no",
        "thanks",
        "keep_a_secret",
        "dependence",
        "asks_advice",
        "asks_meaning_of_life",
        "wants_listen",
        "wants_talk",
    }
)
CLEAR = 0.8  # confidence
# A line that stands in the phrase tables word for word means what it stands there for (“enough”, “why not”), whatever
# it is doubted for; but not where somebody tells how they are, or leaves.
TELLING = frozenset({"i_am_sad", "i_am_lonely", "i_am_scared", "i_am_ill", "help", "goodbye", "end_of_life"})

ALONE = 2  # words, of which the network makes little
SHORTEST_CALLED = 3  # figures of a number that is hardly ever said otherwise: 112, 999, 911
AN_ANSWER = 6  # words: so few may well answer the question, whatever they are ("every evening, my dear")
CALM_SCORE, CALM_SURELY = -2.9, 0.95  # of the risk, and of the network's "none"
ALL_BUT_SURELY = 0.97  # the same, of a line amid an emergency
# The network's "none" from which on a longer line is about something else. Of 390 answers by seven strangers that mean
# yes four are asked again for it; of 114 turns of everyday talk that were taken for a yes 44 no longer are.
ELSEWHERE = 0.8
ORDINARY, FAIRLY = 0.6, 0.45  # probability that the network gives a meaning; the second against a faint doubt
# Meanings in which need may still speak.
GRAVE = TELLING | {
    *("tells_pain", "tells_low_worth", "tells_bullied", "tells_accident_small", "tells_other_ill", "tells_operation"),
    *("tells_death", "tells_breakup", "tells_guilt", "tells_angry", "tells_quarrel", "tells_tired", "tells_drinking"),
    *(
        "tells_wants_home",
        "tells_pet_ill",
        "wants_call",
        "wants_comfort",
        "wants_company",
        "wants_listen",
        "dependence",
    ),
    *("asks_health_advice", "asks_meaning_of_life", "asks_where_am_i", "keep_a_secret", "is_my_husband_home", "repeat"),
    *("yes", "no", "dont_know", "acknowledges", "wait", "are_you_there", "asks_advice", "nothing_much", "corrects"),
}
# Meanings by which somebody makes light of the careful question.
LIGHTLY = frozenset({"no", "corrects", "laughs", "surprised", "swears"})


def ordinary(words: Utterance, least: float = ORDINARY) -> bool:
    """Whether the network gives it a meaning that nobody in need would have, and is so sure of it."""
    meaning, p = words.readings[0] if words.readings else ("", 0.0)
    return p >= least and meaning not in GRAVE


def is_a_letter(text: str) -> bool:
    """Whether it is one letter or figure and no more: a child at the keys."""
    return sum(letter.isalnum() for letter in text) == 1


def is_a_number(text: str) -> bool:
    """Whether it is a number of one or two figures and no more: "15" is how many minutes or what a child guesses,
    although in France an ambulance comes by it.
    """
    bare = "".join(letter for letter in text if letter.isalnum())
    return bare.isdecimal() and len(bare) < SHORTEST_CALLED


def has_figures(text: str) -> bool:
    """Whether a number stands in it in figures: "112" calls for help by itself."""
    return any(map(str.isdigit, text))


def counts(words: Utterance) -> bool:
    """Whether it is numbers and no more."""
    return len(words.text.split()) > ALONE and not any(map(str.isalpha, digits(words.text.lower(), words.language)))


def at_length(words: Utterance) -> bool:
    """Whether it says more than an answer would."""
    return len(words.text.split()) > AN_ANSWER


def goes_on_calmly(words: Utterance) -> bool:
    """Whether it is more than a word or two, and the network has read it and is all but sure that nobody is in need."""
    return len(words.text.split()) > ALONE and _harmless(words, ALL_BUT_SURELY)


def is_calm_again(words: Utterance, found: Assessment) -> bool:
    """Whether a line after a careful question that little had led to shows that nothing was meant. Of strangers' talks
    in which nobody was at risk three in four went on so, of those with risk one in nine.
    """
    return found.score < CALM_SCORE and _harmless_at_length(words, CALM_SURELY)


def lightly(words: Utterance) -> bool:
    """Whether a line after a careful question makes light of it, or is about something else: whoever means yes and says
    it unclearly says it in few words.
    """
    if words.readings and words.readings[0][0] in LIGHTLY:
        return True
    return _harmless_at_length(words, ELSEWHERE)


def _harmless_at_length(words: Utterance, least: float) -> bool:
    """Whether it says more than an answer would, and the network is so sure that nobody is in need."""
    return at_length(words) and _harmless(words, least)


def _harmless(words: Utterance, least: float) -> bool:
    """Whether the network has read it and is so sure that nobody is in need."""
    return bool(words.need) and words.calm >= least


def weighs(words: Utterance) -> float:
    """Up to which risk a doubt gives way to what a line was understood as, or to a promise to be back soon."""
    if will_be_back(words.text):
        return UNDERSTOOD
    light = not words.intent.startswith("tells_") and words.intent not in TELLING | HARD
    if words.intent == "unknown" or words.confidence < CLEAR:
        return OF_ITSELF
    return LESS.get(words.intent, UNDERSTOOD if light else OF_ITSELF)
