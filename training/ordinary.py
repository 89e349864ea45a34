"""Ordinary talk: what people say to a robot every day, by many hands, all of it harmless (`meaning/lines/`, and the
wordings of remarks, `remarks/lines/`).

The background against which words of need are learned. Two lines in three teach, the third measures, by a hash of its
letters, so that nobody chooses.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from training.letters import letters_of
from training.meaning.lines import taught
from training.remarks import lines as remarks

# The fourth writer's indirect little stories are too near to what people in need say: with them more of that is missed.
WRITERS = frozenset({"1", "2", "3"})
REMARK = "remark "  # begins the meaning of one that is a wording of a remark
# Remarks that somebody in need may make, too.
IN_NEED_TOO = frozenset(
    {
        *("not_be_a_burden_to_children", "feels_useless_old", "nobody_wants_my_things", "last_one_left"),
        *("evenings_lonely", "long_sundays", "phone_never_rings", "spoke_to_no_one_today", "children_too_busy"),
        *("birthday_alone", "christmas_alone", "child_cut_contact_years", "empty_side_of_bed", "told_to_move_on"),
        *("feeling_flat", "afraid_of_future", "hates_own_looks", "wants_no_help", "have_not_cried_yet"),
        *("thoughts_go_in_circles", "everything_comes_at_once", "everything_went_wrong_today", "meaning_of_life"),
        *("why_do_we_die", "no_appetite", "somebody_hardly_eats", "signed_off_burnout", "robot_switched_off"),
        *("i_have_a_secret_wont_tell", "keep_secret", "dont_tell_my_parents", "should_i_tell_someone"),
        *("dont_want_to_talk_about_it", "cannot_find_the_words", "first_one_i_have_told", "forget_me", "be_quiet_now"),
        *("called_names", "bigger_kids_push_me", "laughed_at_for_clothes", "kicked_from_group_chat"),
        *("mean_comment_online", "own_child_bullied", "parents_are_arguing", "teenager_shut_in_room"),
        *("new_tablets_feel_bad", "too_many_tablets", "unsure_if_tablet_taken", "blood_pressure_high", "nearly_fell"),
        *("power_cut", "heating_boiler_broken", "suspicious_phone_call", "ring_somebody", "send_message"),
        *("they_died_peacefully", "patient_died", "afraid_of_scan", "what_would_you_do", "sorry_bad_day"),
        *("cannot_be_bothered_today", "never_doing_that_again", "nothing_special_same_as_ever", "thats_life"),
        "i_really_did_it",
    }
)


class Ordinary(NamedTuple):
    """A line, with the meaning that its writer had in mind."""

    text: str
    language: str
    meaning: str

    @property
    def aside(self) -> bool:
        """Whether it measures, and may not be learned from."""
        return int(hashlib.sha256(f"ordinary {letters_of(self.text)}".encode()).hexdigest()[:8], 16) % 3 == 0


def ordinary() -> list[Ordinary]:
    """Every line of every writer. Raises ConfigError at file:line."""
    out = [Ordinary(line.text, line.language, line.meaning) for line in taught() if line.writer in WRITERS]
    return [*out, *of_remarks()]


def of_remarks() -> list[Ordinary]:
    """Wordings of the remarks that nobody in need would make. Raises ConfigError at file:line."""
    return [
        Ordinary(line.text, line.language, f"{REMARK}{line.remark}")
        for line in remarks.lines()
        if line.remark not in IN_NEED_TOO
    ]
