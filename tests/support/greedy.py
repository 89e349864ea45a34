"""Behaviours that hold up, use up or end whatever runs them: each kind as a file that somebody might write."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

HEAD = '''
"""{kind}."""
import ctypes, os, re, signal, sys, time
from robot import Behavior, Look, Mode, Say, Show, because

CAUSE = because("test", 1.0)

class Kind(Behavior):
    name = "{name}"
    modes = frozenset(Mode)
    hoard = ()

    def desire(self, state):
        return 0.95 if state.t >= {begins} else 0.0

    def act(self, state):
        return ()
'''


class Greedy(NamedTuple):
    """One kind: what its class has, and how it is found out."""

    body: str
    why: str  # a pattern of what is told of it, in English
    ends: bool = False  # the process with it
    real: bool = False  # only where time and memory are judged
    head: str = ""  # before the class


STUCK, SLOW, GREW = "did not come back", "again and again", "grew by"
NO_ROOM = "MemoryError|the last run ended"  # on a slow machine the warden gives it up before they are filled

KINDS = {
    "loops": Greedy("def act(self, state):\n    while True: pass", STUCK),
    "loops_in_desire": Greedy("def desire(self, state):\n    while state.t >= {begins}: pass\n    return 0.0", STUCK),
    "loops_in_stop": Greedy(
        "def desire(self, state):\n    return 0.95 if state.t - {begins} < 0.5 and state.t >= {begins} else 0.0\n"
        "def stop(self, state):\n    while True: pass",
        STUCK,
    ),
    "sleeps": Greedy("def act(self, state):\n    time.sleep(1e6)", STUCK),
    "sleeps_a_little": Greedy("def act(self, state):\n    time.sleep(0.08)\n    return ()", SLOW, real=True),
    "counts_a_little": Greedy(
        "def act(self, state):\n    end = time.thread_time() + 0.08\n    while time.thread_time() < end: pass\n"
        "    return ()",
        SLOW,
        real=True,
    ),
    "seeks_long": Greedy("def act(self, state):\n    re.match('(a+)+$', 'a' * 60 + 'b')\n    return ()", STUCK),
    "wants_without_end": Greedy("def act(self, state):\n    while True: yield Look(CAUSE)", "more than 64"),
    "wants_nothing_known": Greedy("def act(self, state):\n    yield 'hello'", "no intent"),
    "looks_nowhere": Greedy("def act(self, state):\n    yield Look(CAUSE, yaw=float('nan'))", r"Look\(yaw=nan\)"),
    "says_half_letters": Greedy("def act(self, state):\n    yield Say(CAUSE, text='\\ud83d')", r"Say\(text="),
    "says_what_no_table_has": Greedy("def act(self, state):\n    yield Say(CAUSE, 'no_such_phrase')", "no_such_phrase"),
    "desires_no_number": Greedy("def desire(self, state):\n    return float('nan')", "its desire is nan"),
    "raises": Greedy("def act(self, state):\n    return 1 / 0", "ZeroDivisionError"),
    "recurs": Greedy("def act(self, state):\n    return self.act(state)", "RecursionError"),
    "ends_the_program": Greedy("def act(self, state):\n    sys.exit(3)", "wanted to end the program"),
    "takes_three_gigabytes": Greedy("def act(self, state):\n    self.hoard = [0] * 400_000_000", NO_ROOM, real=True),
    "hoards": Greedy("def act(self, state):\n    self.hoard += (b'x' * (8 << 20),)\n    return ()", GREW, real=True),
    "loops_when_loaded": Greedy("", STUCK, head="while True: pass"),
    "takes_three_gigabytes_when_loaded": Greedy("", NO_ROOM, real=True, head="HOARD = [0] * 400_000_000"),
    "exits_when_loaded": Greedy("", "SystemExit", head="raise SystemExit"),
    "catches_everything": Greedy(
        "def act(self, state):\n    while True:\n        try:\n            while True: pass\n"
        "        except BaseException: pass",
        f"{STUCK}|the last run ended",  # it may be struck where it catches
        ends=True,
    ),
    "holds_the_interpreter": Greedy(
        "def act(self, state):\n    return sum(range(10**13))", "the last run ended", ends=True
    ),
    "holds_the_interpreter_when_loaded": Greedy("", "the last run ended", ends=True, head="sum(range(10**13))"),
    "stops_the_timer": Greedy(
        "def act(self, state):\n    signal.setitimer(signal.ITIMER_REAL, 0.0)\n    while True: pass",
        "the last run ended",
        ends=True,
    ),
    "crashes": Greedy("def act(self, state):\n    ctypes.string_at(0)", "the last run ended", ends=True),
    "leaves": Greedy("def act(self, state):\n    os._exit(0)", "the last run ended", ends=True),
}


def source(kind: str, begins: float) -> str:
    """The file; what it does, it does from robot time `begins` on."""
    greedy = KINDS[kind]
    head = HEAD.format(kind=kind, name=kind, begins=begins)
    return f"{head}\n{textwrap.indent(greedy.body.format(begins=begins), '    ')}\n\n{greedy.head}\n"
