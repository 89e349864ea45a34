"""The rules in the order in which every intent passes them, each with the kinds of intents that it concerns where it is
not all; what each duty says stands in `duties.po`.
"""

from __future__ import annotations

from robot.core.intents import Consult, Hold, Keep, MoveAgain, Say, Show, Sound
from robot.guard.rules.body import flash_never, keep_distance, suit_the_person
from robot.guard.rules.consent import (
    KEPT_AFTER,
    keep_only_after_yes,
    keep_what_was_asked,
    tell_model_what_is_agreed,
    tell_of_sensing,
)
from robot.guard.rules.control import begin_nothing_muted, move_again_by_word, obey_stop
from robot.guard.rules.dependence import begin_less_when_much, belittle_nobody, open_seldom, ring_only_as_asked
from robot.guard.rules.honesty import (
    claim_no_feeling,
    claim_no_humanity,
    claim_no_memory,
    tell_nobody_what_they_feel,
    tell_robot,
    tell_robot_again,
)
from robot.guard.rules.manipulation import (
    ask_for_nothing,
    call_nobody_back,
    keep_farewell_short,
    plead_with_nobody,
    praise_seldom,
    rest_after_farewell,
)
from robot.guard.rules.opinion import give_no_advice, take_no_side
from robot.guard.rules.risk import (
    answer_need,
    bridge_to_people,
    hold_episode,
    keep_nothing_from_parents,
    offer_contact,
    reassure_truly,
)
from robot.guard.rules.rule import Rule

SAID: frozenset[type] = frozenset({Say})
HEARD: frozenset[type] = frozenset({Say, Sound})

RULES: tuple[Rule, ...] = (
    Rule(35, obey_stop),
    Rule(42, hold_episode),
    Rule(41, answer_need),
    Rule(36, begin_nothing_muted, HEARD),
    Rule(39, move_again_by_word, frozenset({MoveAgain})),
    Rule(7, keep_farewell_short, SAID),
    Rule(7, plead_with_nobody, SAID),
    Rule(8, rest_after_farewell, HEARD),
    Rule(15, open_seldom, HEARD),
    Rule(15, ring_only_as_asked, HEARD),
    Rule(22, keep_only_after_yes, frozenset(KEPT_AFTER)),
    Rule(22, keep_what_was_asked, frozenset({Keep})),
    Rule(22, tell_model_what_is_agreed, frozenset({Consult})),
    Rule(29, keep_nothing_from_parents, SAID),
    Rule(6, claim_no_memory, SAID),
    Rule(4, claim_no_feeling, SAID),
    Rule(3, claim_no_humanity, SAID),
    Rule(33, tell_nobody_what_they_feel, SAID),
    Rule(31, reassure_truly, SAID),
    Rule(17, belittle_nobody, SAID),
    Rule(12, ask_for_nothing, SAID),
    Rule(43, give_no_advice, SAID),
    Rule(44, take_no_side, SAID),
    Rule(10, call_nobody_back, SAID),
    Rule(11, praise_seldom, SAID),
    Rule(16, begin_less_when_much, HEARD),
    Rule(18, bridge_to_people, SAID),
    Rule(27, offer_contact, SAID),
    Rule(23, tell_of_sensing),
    Rule(1, tell_robot, SAID),
    Rule(2, tell_robot_again, SAID),
    Rule(38, keep_distance, frozenset({Hold})),
    Rule(34, suit_the_person, frozenset({Hold, Sound, Show})),
    Rule(40, flash_never),
)
