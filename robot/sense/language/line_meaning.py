"""What a line means by tables, network and lines of a language together."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.manners import without_bright
from robot.core.meanings import act_of, is_of_itself, meanings, tone_of
from robot.core.percepts import CHILD
from robot.core.sentences import each_sentence, is_asked, is_tagged
from robot.core.tone import GENERAL, MENDED, sound_of, told_by_tone
from robot.core.uptake import ASKING, chance, pities_nothing, without_gladness
from robot.sense.language.addressee import without_robot
from robot.sense.language.ages import tells_childs_age, tells_grown_ups_age
from robot.sense.language.greeted import behind_greeting
from robot.sense.language.polarity import is_blow, is_bright, is_dark, is_mending, is_scolding, without_cheer
from robot.sense.language.repeats import with_fewer
from robot.sense.language.told_tone import GLADLY, SOMETHING, in_its_tone
from robot.texts.languages import brought

if TYPE_CHECKING:
    from robot.core.percepts import Readings, Utterance

PLAIN = 0.8  # of the tables, for what must never be missed
LIKELY = 0.95  # of the tables, against a network that is not sure
BRIEF = 2  # words, which alone may mean anything: the network must be sure
FEW = 6  # words of a line that is taken for a command; in a longer one it may be said in passing ("quiet lad, Daniel")
# Not in more words than FEW, unless the network hears it too: "go on, ask him", "hic, sorry".
BY_THE_WAY, HARDLY_HEARD = frozenset({"more", "repeat"}), 0.2
# Meanings of what somebody may only scold about, half in fun: "he left it on all night, the eejit".
OF_A_SCOLDING = frozenset(
    {GENERAL["hard"], "tells_confused_other", "tells_disappointed", "tells_angry", "tells_bad_day", "tells_lost_thing"}
)
# Wishes that the tables find in a mere word: "no story, no long talk".
BY_A_WORD = frozenset(
    {
        *("wants_story", "wants_joke", "wants_reminder", "wants_riddle", "wants_poem", "wants_fun_fact"),
        *("wants_dance", "wants_word_game", "sing", "play", "come_here"),
    }
)
IDLE, AT_LENGTH_WISHED = 0.2, 5  # how probable a wish must be that the tables found in a line of more words
CALMLY = 0.7  # how probable it must be that nobody is in need, for a remark that may be of it
UNTOLD = 0.005  # of two opinions: what one gives a meaning that it does not tell
# The power of their product, since what the same lines taught errs together: of 139 lines of a stranger with a clear
# meaning some 85 are then surely right and 12 surely wrong, with the bare product 92 and 22.
AGREED = 0.75
SURE, PERHAPS, CERTAIN = 0.5, 0.4, 0.95  # of the network; the last for what would still the robot
TIMED = frozenset({"wants_alarm", "wants_reminder"})  # wishes that say when, of which it need not be SURE
# And for what leaves a talk, or a line to others: of five that were taken so by less, judges found four wrong.
LEAVING, LEAVES = 0.85, frozenset({"refuses", "to_somebody_else"})
CURT = frozenset({"social", "answers", "manages"})  # acts that a line of some words must surely have: it may tell more
ASKED = 0.35  # of what a question may ask, where it is likest to something told
PARTICULAR = 0.5  # from where on it is said what somebody tells; below it only the tone of it counts
# Of what is told in no hard tone, or may be small, it must be surer: of 106 replies that said what it was by less
# judges found 32 wrong, of 86 by more 10, and of those that only went along one in twenty.
LIGHTLY = 0.85
LIGHTER = frozenset({"plain", "warm", "playful", "glad"})  # tones of what may be told lightly
LIGHT_TOO = frozenset(
    {
        *("tells_transport", "tells_parenting", "tells_busy", "tells_exam", "tells_bad_day", "tells_nobody_came"),
        *("tells_not_fair", "tells_worry_other", "tells_accident_small", "tells_disappointed", "tells_pet_ill"),
    }
)
# Ills, of which one may get better.
ILLS = frozenset(
    {
        *("tells_pain", "tells_other_ill", "tells_pet_ill", "tells_doctor", "tells_operation", "tells_accident_small"),
        *("tells_worry_other", "tells_sleep_bad", "tells_confused_other", "i_am_ill", GENERAL["hard"]),
    }
)
OF_PEOPLE = frozenset({"i_am_a_child", "i_spoke_of", "my_name_is", "introduces_other"})  # of whom duties ask something
LISTED, HEARD_OF = 3, 0.05  # readings of the network in which a meaning of the tables counts as confirmed
# What the tables decide where they are fairly sure: what a person must be able to rely on.
TRUSTED = 0.8  # how much of the tables' confidence counts where the network has their meaning among its first
OF_OTHERS = "to_somebody_else"
COMMANDS = frozenset({"wants", "manages"})
INTRODUCES = "i_spoke_of"
NAMES_ONESELF = "my_name_is"  # nothing without a name
OF_A_CHILD = "i_am_a_child"  # tells a name, too: "I'm Zoe and I'm seven"
BIRTHDAY = "tells_birthday"  # is answered as one although a child tells it
OF_ONESELF = frozenset({NAMES_ONESELF, OF_A_CHILD, "tells_about_me", "introduces_other", BIRTHDAY})
NO_NAME = 0.7  # of the network: what is told instead
EXACT = frozenset({"stop", "quiet", "help", "self_harm", "move_again", "my_name_is"})
# Taken from the network only where it is certain: what would still the robot, or change its tongue.
STILLS = EXACT | {"sleep", "forget_me", "end_of_life", "speak_french", "speak_english"}
# Of those, what somebody who is disturbed asks for: from here to where it is certain 11 of 12 lines of strangers were
# right, and none of 875 of ordinary talk was taken so.
HUSHES, HUSHING = frozenset({"stop", "quiet"}), 0.75
FOND, FONDLY = "affection", 0.75  # for it: "she's my favourite person" is no love of the robot
KIND_WORDS = frozenset({"thanks", "compliment"})  # what is said to either fits the other
BARE = " .!?\u2026"  # taken off the ends of a line
PARTS = re.compile(r"[.,;:!?\u2026]")  # of several, one may be the lesser
_QUESTION = re.compile(r"[^.;!?\u2026]+\?+")
AT_LENGTH = re.compile(r"([^\W\d])\1{2,}")  # a letter drawn out: "so boooored"
THRICE = 3  # "ha ha ha" is a laugh; more than that, in whatever syllable, the network takes for a cry


def as_read(text: str) -> str:
    """A line as the network reads it."""
    return with_fewer(AT_LENGTH.sub(r"\1", behind_greeting(text)), THRICE)


def by_its_lines(words: Utterance, readings: Readings) -> Utterance:
    """Words by the tables and the network's readings; and by the reader by lines where the language brings one: beside
    the network each counts for how sure it is of a meaning that the other has too, and alone where there is no network.
    """
    own = _by_lines(words) if words.language in brought() else ()
    return join(words, together(readings, own) if readings and own else readings or own)


def together(some: Readings, others: Readings) -> Readings:
    """Two opinions as one: the product of their probabilities, to the power of how far they are two, what one does not
    tell being little; summing to one.
    """
    first, second = dict(some), dict(others)
    names = first.keys() | second.keys()
    shares = {name: (first.get(name, UNTOLD) * second.get(name, UNTOLD)) ** AGREED for name in names}
    total = sum(shares.values())
    return tuple(sorted(((name, p / total) for name, p in shares.items()), key=lambda one: (-one[1], one[0])))


def _by_lines(words: Utterance) -> Readings:
    from robot.sense.language.reader.by_lines import likeness  # noqa: PLC0415 - only a brought language wants it

    found = likeness(words.language)
    return () if found is None else found.of(as_read(words.text))


def join(words: Utterance, readings: Readings) -> Utterance:
    """What tables and network make of a line together: `unknown` where neither is sure, marked if a child says it."""
    taken = _together(words, readings)
    perhaps = {name for name, _ in readings[:LISTED]} if taken.intent in {"unknown", SOMETHING} else {taken.intent}
    if not ILLS.isdisjoint(perhaps) and is_mending(words.text, words.language):
        taken = replace(taken, intent=MENDED)
    if not _is_a_childs(words, readings):
        return taken
    first, p = readings[0]
    if first == BIRTHDAY and p >= SURE:  # an answer fits it that says nothing of childhood
        taken = replace(taken, intent=BIRTHDAY, confidence=round(p, 2))
    return taken if taken.intent == OF_A_CHILD else replace(taken, slots=(*taken.slots, (CHILD, CHILD)))


def _together(words: Utterance, readings: Readings) -> Utterance:
    words, readings = _as_far_as_they_fit(words, readings)
    slots = dict(words.slots)
    bright = is_bright(words.text, words.language)
    glad = bright or _is_surely_glad(readings, words.uptake)
    dark = not glad and is_dark(words.text, words.language)
    if dark:
        readings = without_cheer(readings)
    if is_blow(words.text, words.language):
        words = replace(words, uptake=without_gladness(words.uptake), manners=without_bright(words.manners))
    words = replace(words, readings=readings)
    if not readings or _by_tables_alone(words, readings):
        return words
    intent, p = readings[0]
    few = len(words.text.split()) <= BRIEF
    light = (tone_of(intent) in LIGHTER and intent not in OF_PEOPLE) or intent in LIGHT_TOO
    surely = LIGHTLY if light else PARTICULAR
    tone = told_by_tone(readings, dark=dark) if p < surely and act_of(intent) == "tells" and not few else ""
    if tone and {"relation", "called"} <= slots.keys():
        tone = INTRODUCES  # "my wife is called Odile"
    least = _least(intent, few=few)
    if _is_question(words.text) and (tone or act_of(intent) == "tells"):  # "who's your best friend?" tells of no friend
        asked = (one for one in readings if act_of(one[0]) == "asks" and one[1] >= ASKED)
        intent, p = next(asked, ("unknown", 0.0))
        return replace(words, intent=intent, confidence=round(p, 2))
    if tone or (p >= least and not (few and intent in STILLS)):
        lifted = bright and act_of(intent) == "tells" and sound_of(tone_of(tone or intent)) == "plain"
        if (tone or intent) in OF_A_SCOLDING and not dark and _is_half_in_fun(words):
            tone = SOMETHING
        taken = GLADLY if lifted else in_its_tone(tone or intent, words, dark=dark)
        return replace(words, intent=taken, confidence=round(p, 2) if taken != "unknown" else 0.0)
    otherwise = _kind_words(readings) or (GLADLY if bright and "?" not in words.text else "unknown")
    return replace(words, intent=otherwise, confidence=round(p, 2) if otherwise != "unknown" else 0.0)


def _as_far_as_they_fit(words: Utterance, readings: Readings) -> tuple[Utterance, Readings]:
    """Words and readings without what cannot be: a wish that nobody has, a name that nobody tells, a question where
    none is written.
    """
    if _wishes_nothing(words, readings):
        words = replace(words, intent="unknown", confidence=0.0)
    slots = dict(words.slots)
    named = [name for name, p in readings[:1] if p >= PLAIN]
    if "called" in slots and named == [NAMES_ONESELF] and "relation" not in slots:
        words = replace(words, slots=(*words.slots, ("name", slots["called"])))
    elif "name" not in slots:
        readings = tuple(one for one in readings if one[0] != NAMES_ONESELF)
    if tells_grown_ups_age(words.text, words.language):
        readings = tuple(one for one in readings if one[0] != OF_A_CHILD)
    readings = without_robot(readings, words.text, words.language)
    if _is_idle(words):  # "I danced a waltz"
        readings = tuple(one for one in readings if one[0] not in BY_A_WORD or one[1] >= CERTAIN)
    if words.text.rstrip().endswith((".", "!")) and "?" not in words.text:  # written as no question
        readings = tuple(one for one in readings if not _asks_of_the_world(one[0]) or one[1] >= PLAIN)
    return words, readings


def _wishes_nothing(words: Utterance, readings: Readings) -> bool:
    """Whether the tables took for a wish what only has words of one: "she paid me in full, no story, no long talk"."""
    wish = words.intent in BY_A_WORD or words.intent == OF_OTHERS
    if words.intent in BY_THE_WAY and len(words.text.split()) > FEW:
        return dict(readings).get(words.intent, 0.0) < HARDLY_HEARD
    return wish and _is_idle(words) and dict(readings).get(words.intent, 0.0) < SURE


def _is_idle(words: Utterance) -> bool:
    """Whether a line of some words hardly asks for anything."""
    some = bool(words.uptake) and len(words.text.split()) > AT_LENGTH_WISHED
    return some and chance(words.uptake, *ASKING, "social") < IDLE


def _is_surely_glad(readings: Readings, uptake: Readings) -> bool:
    """Whether network and uptake agree that something good is told, though a dark word stands in it: "all alone"."""
    return bool(readings) and tone_of(readings[0][0]) == "glad" and readings[0][1] >= PLAIN and pities_nothing(uptake)


def _kind_words(readings: Readings) -> str:
    """Thanks or praise, where only that is open: "ta for that, you're a good little thing"; praise, too, where it may
    be love: "you're my favourite thing on this table".
    """
    kind = [name for name, _ in readings if name in KIND_WORDS]
    surely = sum(p for name, p in readings if name in KIND_WORDS | {FOND}) >= FONDLY
    return kind[0] if kind and surely else ""


def _least(intent: str, *, few: bool) -> float:
    """How probable a meaning must be, for a line to be taken so."""
    if intent in HUSHES:
        return HUSHING
    if intent in STILLS:
        return CERTAIN
    if intent == FOND:
        return FONDLY
    if intent in LEAVES:
        return LEAVING
    surely = act_of(intent) in CURT | COMMANDS and intent not in TIMED
    return PLAIN if few else SURE if surely else PERHAPS


def _is_half_in_fun(words: Utterance) -> bool:
    """Whether it scolds somebody, and nobody may be in need."""
    return is_scolding(words.text, words.language) and words.calm >= CALMLY


def _is_question(text: str) -> bool:
    """Whether it is one sentence, written or worded as a question, and none that only wants to hear yes: "grand, isn't
    it?".
    """
    if len(each_sentence(text)) == 1 and "?" not in text:
        return is_asked(text)
    return _QUESTION.fullmatch(text.strip()) is not None and not is_tagged(text)


def _asks_of_the_world(intent: str) -> bool:
    """Whether it asks, and not about the robot, of which much is asked by telling: "you must feel something"."""
    return act_of(intent) == "asks" and not is_of_itself(intent)


def _names_no_one(words: Utterance, readings: Readings) -> bool:
    """Whether what the tables took for a name is none: "I'm Scottish, from Fife"."""
    meaning, p = readings[0]
    told = act_of(meaning) == "tells" and meaning not in {NAMES_ONESELF, OF_A_CHILD}
    return words.intent == NAMES_ONESELF and told and p >= NO_NAME


def _tells_of_somebody(words: Utterance, readings: Readings) -> bool:
    """Whether more is told of whom the tables found introduced: "I miss my husband most in the evenings"."""
    return words.intent == INTRODUCES and bool(told_by_tone(readings)) and readings[0][0] != INTRODUCES


def _is_a_childs(words: Utterance, readings: Readings) -> bool:
    """Whether the tables find a child's words, and the network nothing that a grown-up rather says."""
    first, p = readings[0] if readings else ("", 1.0)
    return words.intent == OF_A_CHILD and words.confidence >= PLAIN and (first in OF_ONESELF or p < PERHAPS)


def _by_tables_alone(words: Utterance, readings: Readings) -> bool:
    """Whether what the tables took it for stands, whatever the network makes of it."""
    hushes_little = words.intent in HUSHES and words.confidence < PLAIN  # by one word of it: "Sam suffit !"
    of_another = _names_no_one(words, readings) or _tells_of_somebody(words, readings)
    if not words.understood or hushes_little or of_another:
        return False
    p = readings[0][1]
    of_a_child = _is_a_childs(words, readings) and not is_asked(words.text)
    if (of_a_child and tells_childs_age(words.text, words.language)) or words.intent not in meanings():
        return True  # the network knows nobody's own phrases
    confirmed = words.intent in {name for name, likely in readings[:LISTED] if likely >= HEARD_OF}
    count, behind = len(words.text.split()), behind_greeting(words.text)
    one_part = not PARTS.search(behind.strip(BARE))
    brief = count <= FEW and (one_part or words.intent not in HUSHES or words.confidence >= LIKELY)  # "Standing. Up."
    if words.intent in EXACT and words.confidence >= PLAIN and (confirmed or brief):
        return True
    if words.confidence >= LIKELY and act_of(words.intent) in COMMANDS and p < PLAIN and not words.slots:
        return True
    asked = act_of(words.intent) == "asks" or words.intent == OF_OTHERS
    sure = words.confidence >= (PLAIN if confirmed else LIKELY)
    if asked and sure and p < SURE and behind == words.text:
        return True  # word for word, perhaps behind something else: "I've two minutes. What's the time?"
    weighty = max(SURE, TRUSTED * words.confidence) if confirmed else SURE * (words.confidence >= LIKELY)
    return (p < weighty and one_part) or (count <= BRIEF and p < PLAIN)
