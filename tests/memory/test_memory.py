"""The memory is the owner's alone, fades, and loses nothing that was committed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from robot.config.answers import Answers, remember, unknown
from robot.core import typed_toml
from robot.core.clock import ManualClock, generator, nap
from robot.core.condition import Condition
from robot.core.errors import ConfigError
from robot.core.feelings import SOMEONE
from robot.memory.memory import Memory
from tests.support.full_memory import NOON, full

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 6  # quick here; `make soak` does 200

WRITER = """
import sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.memory.memory import Memory
memory = Memory(Path(sys.argv[1]), RealClock())
n = 0
while True:
    n += 1
    memory.keep_topic(0, f"topic {n}", "words " * 20)
    memory.wait()
    print(n, flush=True)
"""


def test_the_file_and_its_log_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "memory.db"
    memory = full(path, ManualClock(NOON))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    memory.close()
    assert modes.pop("memory.db") == 0o600
    assert all(mode == 0o600 for mode in modes.values())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


PERSIAN = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627"  # its joiner tells where a part of it ends


@pytest.mark.parametrize("name", [PERSIAN, "Marie\u00a0Claire", "O'Neill", "李 雷"])
def test_a_name_of_any_script_is_there_at_the_next_start(tmp_path: Path, name: str) -> None:
    path = tmp_path / "memory.db"
    answers = typed_toml.parse(Answers, f'[[people]]\nname = "{name}"\nagreed = true\n', "answers.toml")
    for new in ([name.replace("\u00a0", " ")], []):
        assert unknown(path, answers.people, ManualClock(NOON)) == new
        remember(path, new, ManualClock(NOON))
        with closing(Memory(path, ManualClock(NOON))) as memory:
            assert memory.person(name) is not None
            assert memory.health().condition is Condition.OK


def test_what_is_no_name_is_refused_and_not_kept() -> None:
    for text in ("A\\u0007da", "\\u00a0"):
        with pytest.raises(ConfigError, match="this is no name"):
            typed_toml.parse(Answers, f'[[people]]\nname = "{text}"\n', "answers.toml")
    with closing(Memory(None, ManualClock(NOON))) as memory:
        memory.remember_person("A\u0007da")
        assert not memory.everything().people


def test_details_fade_after_five_days_and_topics_after_thirty() -> None:
    clock = ManualClock(NOON)
    memory = Memory(None, clock)
    memory.keep_topic(SOMEONE, "my sister", "she lives in Lyon")
    for days, expected in ((4, ["she lives in Lyon"]), (6, [None]), (29, [None]), (31, [])):
        clock.sleep_until(timedelta(days=days).total_seconds())
        memory.fade()
        assert [topic.detail for topic in memory.everything().topics] == expected
    memory.close()


def test_a_process_killed_while_writing_loses_nothing_committed(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    rng = generator(5)
    committed = 0
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            last = int(process.stdout.readline())
            nap(float(rng.uniform(0.0, 0.15)))
            os.kill(process.pid, signal.SIGKILL)
            for line in process.stdout:
                last = int(line)
        committed += last
        memory = Memory(path, ManualClock(NOON))
        found = len(memory.everything().topics)
        memory.close()
        assert committed <= found <= committed + KILLS
        committed = found
