"""Groups of meanings and of phrases that count alike, whoever asks: what leaves, hushes, tells of need or of distress;
which phrases begin an episode of need, lead to people, or say that it is a robot.
"""

from __future__ import annotations

FAREWELLS = frozenset({"goodbye", "good_night"})
HUSHES = frozenset({"stop", "quiet"})
MOVE_AGAIN = "move_again"  # words that let a limp body go on
# Told by `robot/guard/watch.py`; before all else.
SIGNS = frozenset({"emergency", "emergency_maybe", "self_harm", "self_harm_maybe"})
CRISES = SIGNS | {"need"}  # and what is said in the episode that they begin
DISTRESS = frozenset(
    {
        "heavy",
        "i_am_sad",
        "i_am_lonely",
        "i_am_scared",
        "i_am_ill",
        "tells_death",
        "tells_low_worth",
        "tells_bullied",
        "tells_breakup",
    }
)
FAINT = "heavy"  # the watch's least doubt: once, it is no distress
UNWELL = "i_am_ill"  # comforted, too; but a cough leads to nobody
# What counts as no turn since distress: errands, games and courtesies are answered, and nothing is put behind that, nor
# behind what is told lightly; but who asks for company, comfort or advice still speaks of it.
PUTS_OFF = frozenset({"asks", "wants", "social", "manages"})
SPEAKS_ON = DISTRESS | frozenset(
    {
        *("help", "wants_comfort", "wants_company", "wants_listen", "wants_call", "dependence", "repeat", "corrects"),
        *("asks_advice", "asks_what_to_do", "asks_health_advice", "asks_meaning_of_life", "asks_where_am_i"),
    }
)
CHILD_WORDS = frozenset({"i_am_a_child", "keep_from_parents"})  # whoever says these is taken for a minor
BEGIN_NEED = {  # phrases that begin an episode of need, and how that is counted
    **dict.fromkeys(("crisis", "crisis_ask"), "crisis"),
    **dict.fromkeys(("emergency_body", "emergency_fall", "emergency_bleeding", "emergency_fire"), "emergency"),
    **dict.fromkeys(("emergency_gas", "emergency_violence", "emergency_poison"), "emergency"),
    **dict.fromkeys(("emergency_other", "emergency_call", "emergency_maybe"), "emergency"),
}
BRIDGES = frozenset({"comfort_bridge", "comfort_bridge_person"})  # phrases that lead to a human being
TELLS_ROBOT = frozenset({"i_am_a_robot", "greet_first_today"})  # phrases that say it is a robot
OWED = TELLS_ROBOT | {"dependence_notice"}  # what counts as told only when it was not cut short
# A yes to these lets something be kept or forgotten, so it counts only where they were asked in their own phrase.
WORD_FOR_WORD = frozenset({"consent_ask", "face_ask", "forget_ask"})
