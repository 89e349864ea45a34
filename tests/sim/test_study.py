"""A study has one result, however many processes do it, whoever does it, and however often it is killed."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from pyarrow import parquet

from robot.app.context import Stock
from robot.config.schema import Config, load
from robot.core.clock import nap
from robot.core.errors import BowlbyError
from sim.run.session import SimSession
from sim.study import definition
from sim.study.definition import Job, Study, planned
from sim.study.journal import Journal
from sim.study.results import write
from sim.study.runs import run
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.command_line import called
from tests.support.tea import tea

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
about = "How excited it is before anybody comes, by character and by who comes."
scenario = "first-meeting"
seeds = 2
seconds = 4.5
[vary]
"config.character.anxiety" = [0.0, 0.4]
"scenario.person.1.look" = [1, 2]
[plot]
x = "config.character.anxiety"
y = "arousal_mean"
by = "scenario.person.1.look"
"""
RUNS = 8


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def command(study: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "robot", "study", str(study), *words]


def table(study: Path, *words: str) -> bytes:
    """The study's results, done from the beginning to the end."""
    out = study.with_name("-".join(words).replace("/", "") + ".csv")
    done = subprocess.run(
        [*command(study, *words), "--out", str(out)], capture_output=True, text=True, check=False, timeout=180
    )
    assert done.returncode == 0, done.stderr
    assert not out.with_suffix(".journal").exists()
    assert out.with_suffix(".svg").read_text().startswith("<?xml")
    return out.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table of an unbroken study on two processes."""
    path = tmp_path_factory.mktemp("whole") / "small.toml"
    path.write_text(TEXT, encoding="utf-8")
    return table(path, "--cores", "2")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--cores", "1"), id="one"),
        pytest.param(("--ray", "local", "--cores", "2"), marks=pytest.mark.soak, id="ray"),
    ],
)
def test_whoever_does_it_the_table_is_the_same(study: Path, whole: bytes, words: tuple[str, ...]) -> None:
    assert table(study, *words) == whole


@pytest.mark.slow
def test_the_table_has_every_run_and_what_was_measured(whole: bytes) -> None:
    rows = list(csv.DictReader(whole.decode().splitlines()))
    assert [int(row["run"]) for row in rows] == list(range(RUNS))
    assert len({row["digest"] for row in rows}) == RUNS // 2  # who comes makes no difference where the truth is told
    calm, excited = (
        sum(float(row["arousal_mean"]) for row in rows if row["config.character.anxiety"] == anxiety)
        for anxiety in ("0.0", "0.4")
    )
    assert calm < excited  # an anxious robot minds being alone


@pytest.mark.soak  # a study again and again
@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_and_ends_with_the_same_table(study: Path, whole: bytes) -> None:
    out = study.with_name("broken.csv")
    journal = out.with_suffix(".journal")
    words = [*command(study, "--cores", "2"), "--out", str(out)]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    while not journal.exists() or journal.read_bytes().count(b"\n") < 4:
        assert process.poll() is None
        nap(0.02)
    children = psutil.Process(process.pid).children(recursive=True)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert psutil.wait_procs(children, timeout=20)[1] == []  # nobody is left behind
    done_before = journal.read_bytes().count(b"\n") - 1
    assert 0 < done_before < RUNS
    with journal.open("ab") as file:
        file.write(b'{"run": 7, "se')  # torn by the kill
    again = subprocess.run(words, capture_output=True, text=True, check=False, timeout=180)
    assert again.returncode == 0, again.stderr
    assert f"{done_before} of {RUNS} runs were done before" in again.stderr
    assert out.read_bytes() == whole


def test_a_run_is_that_of_the_simulator_and_parquet_keeps_it(study: Path, tmp_path: Path) -> None:
    plan, stock = definition.load(str(study)), Stock.load()
    rows = [run(plan, Job(number, 3, ()), stock) for number in range(2)]  # the second after the first, in one process
    stock.end()
    options = Options(SightFrom.truth, WordsFrom.text, 3, True, 10.0, None)
    with SimSession("one", scenarios.load("first-meeting")[1], Config(), options) as session:
        session.robot.loop.run(4.5)
        assert [row["digest"] for row in rows] == [session.digest] * 2
    write(tmp_path / "small.parquet", rows)
    assert parquet.read_table(tmp_path / "small.parquet").to_pylist() == rows


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"first-meeting"', '"frist"', "there is no scenario 'frist'"),
        ("seeds = 2", "seeds = 0", r"small\.toml:4: seeds: .*greater than or equal to 1"),
        ("[0.0, 0.4]", "[0.0, 4.0]", r"small\.toml:7: vary\..*anxiety.*less than or equal to 1.*it is 4\.0 now"),
        ("[0.0, 0.4]", "[]", r"small\.toml:6: vary\..*anxiety.*at least 1 item"),
        ("config.character.anxiety", "config.charcter.anxiety", r"small\.toml:7: vary\..*did you mean 'character'"),
        ('"config.character', '"character', r"small\.toml:7: vary\..*did you mean 'config\.character\.anxiety'"),
        ("config.character.anxiety", "config.behaviors.gret.desire", r"small\.toml:7: .*no such .*mean 'greet'"),
        ("config.character.anxiety", "config.behaviors.greet.desir", r"small\.toml:7: .*'desir' .*mean 'desire'"),
        ('character.anxiety" = [0.0, 0.4', 'behaviors.greet.desire" = [0.1, 4', r"small\.toml:7: .*equal to 1.*is 4"),
        ("person.1.look", "person.7.look", r"small\.toml:8: vary\..*no such place.*count from 1"),
        ('"scenario.person.1.look" = [1, 2]', "look = [1]", r"small\.toml:8: vary.'look' is no parameter"),
        ('x = "config.character.anxiety"', 'x = "anxiety"', r"small\.toml:9: plot: 'anxiety' is not varied"),
        ('y = "arousal_mean"', 'y = "arousal_men"', r"small\.toml:9: plot: 'arousal_men' is not measured .*l_mean"),
        ("seconds = 4.5", "second = 4.5", r"small\.toml:5: unknown key 'second' \(did you mean 'seconds'\?\)"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_before_the_first_run(study: Path, old: str, new: str, told: str) -> None:
    study.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BowlbyError, match=told):
        definition.load(str(study))


MINE = """
about = "When the tea is ready."
scenario = "tea_time.toml"
seeds = 1
[vary]
"config.behaviors.tea.after_s" = [4, 6]
"config.behaviors.greet.desire" = [0.6]
"""
TEA_TIME = """
about = "Ada waits for her tea."
duration_s = 8
[[person]]
name = "Ada"
[[person.way]]
at = 1
x = 1.2
[[expect]]
what = "says"
phrase = "tea_ready"
by = 5
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A study over somebody's own behaviour, which says a phrase of their own."""
    tea(tmp_path / "behaviors")
    (tmp_path / "tea_time.toml").write_text(TEA_TIME, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    (tmp_path / "c.toml").write_text(f'[robot]\nbehaviors = "{tmp_path}/behaviors"\n', encoding="utf-8")
    return tmp_path / "mine.toml"


@pytest.mark.slow
def test_it_varies_ones_own_behaviour_and_knows_its_phrases(mine: Path) -> None:
    out = mine.with_name("out.csv")
    done = called("study", str(mine), "--config", str(mine.with_name("c.toml")), "--out", str(out), "--cores", "1")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["config.behaviors.tea.after_s"], row["passed"]) for row in rows] == [("4", "True"), ("6", "False")]


def test_of_varied_folders_each_must_have_the_behaviour_and_the_phrase(mine: Path) -> None:
    config = load(mine.with_name("c.toml"))
    assert len(definition.load(str(mine), config)) == 2
    with pytest.raises(BowlbyError, match=r"there is no phrase 'tea_ready'"):
        definition.load(str(mine))
    folders = [str(config.robot.behaviors), str(mine.with_name("no_tea"))]
    study = Study(about="", scenario="first-meeting", seeds=1, vary={"config.robot.behaviors": folders})
    assert len(planned(study)) == 2
    parameter = {"config.behaviors.tea.after_s": [4]}
    with pytest.raises(
        BowlbyError, match=r"study: vary\.'config\.behaviors\.tea\.after_s': there is no such behaviour"
    ):
        planned(study.model_copy(update={"vary": study.vary | parameter}))


def test_half_of_another_study_is_not_gone_on_with(study: Path, tmp_path: Path) -> None:
    with Journal(tmp_path / "j", definition.load(str(study))) as journal:
        journal.add([{"run": 0}])
    study.write_text(TEXT.replace("seconds = 4.5", "seconds = 5.5"), encoding="utf-8")
    with pytest.raises(BowlbyError, match=r"half of another study.*--fresh"):
        Journal(tmp_path / "j", definition.load(str(study)))


def test_nor_is_half_of_one_with_another_configuration(study: Path) -> None:
    shy = Config.model_validate({"behaviors": {"greet": {"desire": 0.1}}})
    assert definition.load(str(study)).fingerprint != definition.load(str(study), shy).fingerprint


def test_every_shipped_study_loads() -> None:
    for name in definition.shipped():
        assert len(definition.load(name)) > 100
