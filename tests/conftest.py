"""What every test shares: a home of its own, so that nobody's configuration or memory is read or written."""

from __future__ import annotations

import gc
import os
import signal
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# Small sums are sooner done than shared, and whoever shares them with a core that another test has waits for that.
# NumPy reads it when it is loaded, which is later.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A shell ignores Ctrl-C for what runs in its background, and so would all that the tests start and send it to.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow, and not wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A pytest that a test starts, as the author of a behaviour would, has no use for this house's plugins: to load them
# takes half a second.
HOUSE_PLUGINS = ("anyio", "hypothesispytest", "schemathesis", "xdist", "xdist.looponfail")

# What takes longest is begun first, so that no worker is left with it when the others are done.
LONGEST_FIRST = (
    "house/test_docs.py",
    "hearing/test_hearing.py",
    "recording/test_recording.py",
    "health/test_service.py",
    "guard/test_second_opinion.py",
    "sim/test_strange_situation.py",
    "training/test_manner.py",
    "examples/test_german.py",
    "sim/test_meeting.py",
    "page/test_together.py",
    "sim/test_share.py",
    "page/test_page.py",
    "guard/test_need.py",
    "health/test_doctor.py",
    "app/test_reload.py",
    "house/test_nothing_leaves.py",
    "sim/test_world_scenarios.py",
    "sim/test_faults.py",
    "page/test_recording.py",
    "page/test_controls.py",
    "app/test_interrupts.py",
    "hearing/test_recognisers.py",
    "sim/test_study.py",
    "sim/test_duty_scenarios.py",
    "page/test_connection_limit.py",
    "health/test_brought_languages.py",
    "hardware/test_install.py",
    "feel/test_gates.py",
    "app/test_greedy_code.py",
    "house/test_wheel.py",
    "sight/test_face_recognition.py",
    "hearing/test_barge_in.py",
    "hearing/test_whisper.py",
    "firmware_bridge/test_calibrate.py",
    "app/test_watcher.py",
    "app/test_lent_senses.py",
    "cli/test_first_day.py",
    "cli/test_sound_files.py",
    "language/test_own_phrases.py",
    "language/test_reader.py",
    "hardware/test_lending.py",
    "hardware/test_sound_card.py",
    "health/test_doctor_finds.py",
    "sim/test_gallery.py",
)


# Rooms whose tests' cases are lines that people say.
OF_LINES = ("tests/behaviors/", "tests/decide/", "tests/guard/", "tests/sense/language/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--once", action="store_true", help="run one case of each test, and of what people say one a file")


@pytest.hookimpl(trylast=True)  # of those that marks and names leave
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("once"):
        _choose_one_case_each(config, items)
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get("/".join(item.path.parts[-2:]), len(place)))


def pytest_collection_finish() -> None:
    """Leave what was collected and imported to itself: the collector would look through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def _choose_one_case_each(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave one case of each test, and of those rooms one a file: Pythons differ by library and syntax, hardly by what
    is said.
    """
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        test = item.nodeid.partition("[")[0]
        cases.setdefault(test.partition("::")[0] if test.startswith(OF_LINES) else test, []).append(item)
    chosen = {min(several, key=lambda item: crc32(item.nodeid.encode())) for several in cases.values()}
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a failure with the collector at rest: up to Python 3.11.7 two threads must not parse at once, and
    while one builds a syntax tree for its report, the collector hands over to the other (python/cpython#106905).
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("home")
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    own = {name: str(folder / name.lower()) for name in names}
    own["PYTEST_ADDOPTS"] = " ".join(f"-p no:{name}" for name in HOUSE_PLUGINS)
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    yield
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
