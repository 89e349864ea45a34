"""The first run: answered in a terminal or by a file, repeated, and never leaving a configuration that is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from contextlib import closing
from datetime import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from robot.cli.setup import trials
from robot.config import schema as configuration
from robot.config.answers import Answers, merged
from robot.config.schema import Config
from robot.core import typed_toml
from robot.core.audio import write_wav
from robot.core.clock import ManualClock
from robot.core.errors import ConfigError
from robot.memory.memory import Memory
from tests.support.command_line import called
from tests.support.voices import in_a_room, joe

START = """# mine
seed = 7

[robot]
name = "Pip"  # as the children say

[parts]
camera = "{camera}"
ears = "{ears}"
speaker = ""

[memory]
file = "{memory}"
"""
FRENCH = "fr\nLéo\n22:00\n08:15\nbe\noui\nAda\no\nTom\nnon\n\nla tante Zoé\noui\n\noui\noui\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A configuration with a camera and ears of files: a photograph with a face, and a sentence."""
    photograph = tmp_path / "look.png"
    shutil.copy(Path(str(files("skimage.data"))) / "astronaut.png", photograph)
    tone = tmp_path / "tone.wav"
    write_wav(tone, in_a_room([joe("the museum is closed on mondays")] * 3, gap_s=1.5), 16000)
    text = START.format(camera=photograph, ears=tone, memory=tmp_path / "memory.db")
    (tmp_path / "bowlby.toml").write_text(text, encoding="utf-8")
    return tmp_path


def set_up(home: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "robot", "setup", "--config", str(home / "bowlby.toml"), *words],
        input=said,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def known(home: Path) -> list[str]:
    memory = Memory(home / "memory.db", ManualClock())
    try:
        return [person.name for person in memory.everything().people]
    finally:
        memory.close()


@pytest.mark.slow
def test_a_talk_in_french_writes_what_was_answered_and_keeps_the_rest(home: Path) -> None:
    run = set_up(home, said=FRENCH)
    assert run.returncode == 0, run.stdout + run.stderr
    config = configuration.load(home / "bowlby.toml")
    assert (config.robot.language, config.robot.name, config.seed) == ("fr", "Léo", 7)
    assert f"{config.care.quiet_from:%H:%M}-{config.care.quiet_to:%H:%M} {config.care.country}" == "22:00-08:15 BE"
    assert config.profile.minor
    assert [(one.name, one.agreed) for one in config.profile.contact] == [("la tante Zoé", True)]
    text = (home / "bowlby.toml").read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# as the children say" in text
    assert (home / "bowlby.toml").stat().st_mode & 0o077 == 0
    assert known(home) == ["Ada"], "only who said yes is kept"
    assert "Je vois un visage." in run.stdout
    assert "▀" in run.stdout
    assert "J’ai compris : «" in run.stdout


def test_beside_a_robot_that_runs_all_is_written_but_new_names(home: Path) -> None:
    """Its memory is its own: what another program put in would be somebody else's there."""
    answers = home / "answers.toml"
    answers.write_text(
        'language = "fr"\nname = "Léo"\n[[people]]\nname = "Ada"\nagreed = true\n[[people]]\nname = "Tom"\n',
        encoding="utf-8",
    )
    with closing(Memory(home / "memory.db", ManualClock())) as robot:  # as after `make install`
        run = set_up(home, "--answers", str(answers))
        told = " ".join(run.stdout.split())
        assert run.returncode == 3, run.stdout + run.stderr
        assert "Pas encore retenu : Ada." in told
        assert "systemctl stop bowlby" in told
        assert "Écrit dans" in told
        robot.remember_person("Ada")  # told aloud instead
        robot.wait()
        assert set_up(home, "--answers", str(answers)).returncode == 0
    config = configuration.load(home / "bowlby.toml")
    assert (config.robot.language, config.robot.name) == ("fr", "Léo")
    assert known(home) == ["Ada"]


@pytest.mark.slow
def test_enter_alone_keeps_everything_and_a_wrong_answer_is_asked_again(home: Path) -> None:
    before = configuration.load(home / "bowlby.toml")
    run = set_up(home, said="\n\nlate\n\n\nFrance\n\n\n\n\n\nno\nno\n")
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("That cannot be:") == 2
    after = configuration.load(home / "bowlby.toml")
    assert after.model_copy(update={"care": before.care}) == before.model_copy(update={"care": before.care})
    assert after.care.country == "US"
    assert known(home) == []


def test_nobody_there_and_ctrl_d_write_nothing(home: Path) -> None:
    before = (home / "bowlby.toml").read_bytes()
    for said in ("", "fr\nLéo\n22:00\n"):
        run = set_up(home, said=said)
        assert run.returncode == 2
        assert "--answers" in run.stderr
        assert (home / "bowlby.toml").read_bytes() == before


def test_a_file_answers_everything_and_can_be_repeated(home: Path) -> None:
    answers = home / "answers.toml"
    answers.write_text(
        'language = "fr"\nquiet_from = 20:00:00\n[[people]]\nname = "Ada"\nagreed = true\n'
        '[[contact]]\nname = "Tom"\nagreed = true\n[parts]\nears = ""\n',
        encoding="utf-8",
    )
    for _ in range(2):
        run = set_up(home, "--answers", str(answers), "--trials")
        assert run.returncode == 0, run.stdout + run.stderr
        assert "Je vois un visage." in run.stdout
        assert known(home) == ["Ada"]
    config = configuration.load(home / "bowlby.toml")
    assert (config.robot.name, config.parts.ears, config.robot.language) == ("Pip", "", "fr")
    assert [contact.name for contact in config.profile.contact] == ["Tom"]


@pytest.mark.slow
def test_trials_that_fail_say_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "LISTEN_S", 2.0)
    cv2.imwrite(str(home / "look.png"), np.zeros((240, 320, 3), np.uint8))
    write_wav(home / "tone.wav", np.zeros(16000 * 2, np.float32), 16000)
    answers = home / "answers.toml"
    answers.write_text('[parts]\nspeaker = "nowhere:"\n', encoding="utf-8")
    run = called("setup", "--config", str(home / "bowlby.toml"), "--answers", str(answers), "--trials")
    assert run.exit_code == 1
    for words in ("I see nobody", "Not a sound", "no part is known for the address 'nowhere:'"):
        assert words in run.stdout.replace("\n", " ")


def test_a_mistake_in_the_file_or_in_what_was_there_is_told_and_nothing_written(home: Path) -> None:
    answers = home / "answers.toml"
    answers.write_text('langauge = "fr"\n', encoding="utf-8")
    run = set_up(home, "--answers", str(answers))
    assert run.returncode == 2
    assert "did you mean 'language'?" in run.stderr.replace("\n", " ")
    with pytest.raises(ConfigError, match="this is not TOML"):
        merged("[robot\n", Answers(name="X"), "x.toml")
    with pytest.raises(ConfigError, match="unknown key"):
        merged("[robot]\nnmae = 'A'\n", Answers(language="fr"), "x.toml")


@pytest.mark.parametrize("table", ["robot = 3", "[[robot]]\nname = 'A'"])
def test_what_is_no_table_is_told_with_its_line(table: str) -> None:
    with pytest.raises(ConfigError, match=r"x\.toml:1: robot: ") as raised:
        merged(f"{table}\n", Answers(name="X"), "x.toml")
    assert raised.value.remedy


EVA = "name = 'Eva'\nagreed = true\n"
AS_WRITTEN = {
    "with headers": f"[robot]\nname = 'Bo'\n[profile]\nminor = true\n[[profile.contact]]\n{EVA}",
    "in one line": (
        "robot = { name = 'Bo' }\nprofile = { minor = true, contact = [{ name = 'Eva', agreed = true }] }\nseed = 3\n"
    ),
    "in an empty line": "profile = {}\nrobot = {}\nseed = 3\n[care]\nquiet_to = 07:00:00\n",
    "with dots": "robot.name = 'Bo'\nprofile.minor = true\nseed = 3\n[voice]\nvolume = 0.5\n",
    "in two places": f"[profile]\nminor = true  # she is\n[care]\ncountry = 'GB'\n[[profile.contact]]\n{EVA}",
    "the list alone": f"[[profile.contact]]\n{EVA}[care]\nquiet_from = 22:00:00\n",
}
ANSWERED: dict[str, dict[str, Any]] = {
    "a name": {"robot": {"name": "Ada", "language": "fr"}},
    "a time": {"care": {"quiet_from": time(21), "country": "FR"}},
    "a child": {"profile": {"minor": False}},
    "whom to name": {"profile": {"contact": [{"name": "Zoé", "agreed": True}, {"name": "Max", "agreed": True}]}},
    "nobody to name": {"profile": {"contact": []}},
    "all": {
        "robot": {"name": "Ada"},
        "care": {"quiet_from": time(21)},
        "profile": {"minor": False, "contact": [{"name": "Zoé", "agreed": True}]},
    },
}


@pytest.mark.parametrize("text", AS_WRITTEN.values(), ids=AS_WRITTEN)
@pytest.mark.parametrize("answered", ANSWERED.values(), ids=ANSWERED)
def test_however_a_table_is_written_it_takes_the_answers_and_keeps_the_rest(
    text: str, answered: dict[str, dict[str, Any]]
) -> None:
    given = {key: value for table in answered.values() for key, value in table.items()}
    before = tomllib.loads(text)
    wanted = before | {table: before.get(table, {}) | values for table, values in answered.items()}
    fresh = merged(text, Answers.model_validate(given), "x.toml")
    assert typed_toml.parse(Config, fresh, "x.toml") == Config.model_validate(wanted)


def test_an_empty_configuration_takes_every_answer() -> None:
    given = json.dumps({"name": "Léo", "country": "FR", "minor": True, "contact": [{"name": "Zoé", "agreed": True}]})
    text = merged("", Answers.model_validate_json(given), "x.toml")
    config = typed_toml.parse(Config, text, "x.toml")
    assert (config.robot.name, config.care.country, config.profile.minor) == ("Léo", "FR", True)
