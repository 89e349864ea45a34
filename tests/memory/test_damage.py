"""No damage to the memory's file ends a start or costs more than what was damaged, and none is passed over in silence.

Quick here; `make soak` has the full counts.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import astuple
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import pytest

from robot.core.clock import ManualClock, generator
from robot.core.condition import Condition
from robot.core.feelings import SOMEONE
from robot.health.doctor.parts import memory_file
from robot.memory.memory import TOPICS_FADE, Memory
from robot.memory.rows import COLUMNS
from robot.memory.store import set_aside
from robot.texts.catalogue import words
from tests.support.full_memory import NOON, full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from robot.memory.records import Everything

Kept: TypeAlias = "Counter[tuple[int, tuple[object, ...]]]"

PEOPLE = ("Ada", "Ben", "Zoë")
FLIPS = [30, pytest.param(2000, marks=pytest.mark.soak)]
PAGE_OF_ROWS = 120  # so many of the shortest fill one
LOG_FLIPS = [10, pytest.param(500, marks=pytest.mark.soak)]


def filled(path: Path) -> Memory:
    """A memory with something in every table, and a text over several pages."""
    memory = Memory(path, ManualClock(NOON))
    with closing(in_ram()) as made:
        memory.take_over(made.everything())
    memory.wait()
    return memory


def in_ram() -> Memory:
    chance = generator(3)
    memory = Memory(None, ManualClock(NOON))
    for name in PEOPLE:
        memory.remember_person(name)
    for who in range(4):
        memory.keep_bond(who, float(chance.random()))
    for name in PEOPLE[:2]:
        memory.keep_face(name, chance.normal(size=128).tolist())
    for n in range(120):
        memory.keep_topic(n % 4, f"thing {n}", "some words about it " * (1 + n % 3))
    memory.keep_topic(1, "long", "words " * 3000)
    for n in range(150):
        memory.keep_event(("opening", "told it is a robot")[n % 2])
    for n in range(20):
        memory.keep_value("reminders", f"key {n}", '{"kind": "timer", "due": "2026-03-02T12:00:00+00:00"}', n % 4)
    memory.add_minutes(3.5)
    memory.count("crisis")
    return memory


def flat(kept: Everything) -> Kept:
    """Each entry with its table, so that two memories can be compared."""
    told = astuple(kept)
    return Counter((number, entry) for number, entries in enumerate(told) for entry in map(tuple, entries))


class Seen:
    """What a start found, and the doctor before it."""

    def __init__(self, path: Path) -> None:
        self.doctor = memory_file(path)
        with closing(Memory(path, ManualClock(NOON))) as memory:
            self.found = flat(memory.everything())
            memory.keep_event("lives on")
            memory.wait()
            self.health = memory.health()
            self.then = flat(memory.everything())
        with closing(Memory(path, ManualClock(NOON))) as memory:
            self.again = flat(memory.everything())
            self.health_again = memory.health()

    def told(self) -> bool:
        """Whether both say that something is wrong."""
        wrong = {one.condition is not Condition.OK for one in (self.doctor, self.health)}
        assert len(wrong) == 1, (words(self.doctor.reason), words(self.health.reason))
        return wrong.pop()

    def went_on(self) -> None:
        """Nothing was lost from the first start to the second, which finds all well."""
        assert self.again == self.then
        assert self.health_again.condition is Condition.OK


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Kept]:
    """The bytes of a memory, and what is in it."""
    path = tmp_path_factory.mktemp("whole") / "memory.db"
    with closing(filled(path)) as memory:
        kept = flat(memory.everything())
    return path.read_bytes(), kept


def flipped(content: bytes, chance: Iterator[int]) -> bytes:
    """With one bit the other way round."""
    bit = next(chance) % (8 * len(content))
    damaged = bytearray(content)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def numbers(seed: int) -> Iterator[int]:
    chance = generator(seed)
    while True:
        yield int(chance.integers(0, 2**62))


@pytest.mark.parametrize("flips", FLIPS)
def test_a_flipped_bit_costs_one_entry_at_most(tmp_path: Path, whole: tuple[bytes, Kept], flips: int) -> None:
    """A letter that became another cannot be told from one that was meant; all else is told."""
    content, kept = whole
    chance = numbers(flips)
    for number in range(flips):
        path = tmp_path / f"{number}" / "memory.db"
        path.parent.mkdir()
        damaged = flipped(content, chance)
        path.write_bytes(damaged)
        path.chmod(0o600)
        seen = Seen(path)
        lost, other = kept - seen.found, seen.found - kept
        assert lost.total() <= 1 or hangs_on_somebody(lost)
        assert other.total() <= 1
        assert seen.told() or lost.total() == other.total() or faded(damaged)
        seen.went_on()


def faded(content: bytes) -> bool:
    """Whether a day in it became one so long ago that its topic is forgotten, as any other of that day would be."""
    long_ago = str((NOON - TOPICS_FADE).date()).encode()
    return any(b"2000" < day < long_ago for day in re.findall(rb"2\d{3}-[01]\d-[0-3]\d(?=T\d\d:)", content))


def hangs_on_somebody(lost: Kept) -> bool:
    """Whether what is gone is somebody whose own row was damaged, and all that was theirs."""
    return sum(number == 0 for number, _ in lost) == 1


@pytest.mark.parametrize("flips", LOG_FLIPS)
def test_a_flipped_bit_in_the_log_costs_one_page_at_most(tmp_path: Path, flips: int) -> None:
    """SQLite would drop all that was committed after it."""
    path = tmp_path / "memory.db"
    memory = filled(path)
    for n in range(20):
        memory.keep_topic(n % 4, f"later thing {n}", "some words about it")
    memory.wait()
    kept = flat(memory.everything())
    pieces = {piece.name: piece.read_bytes() for piece in tmp_path.iterdir() if piece.suffix != ".db-shm"}
    memory.close()
    log = pieces["memory.db-wal"]
    assert len(log) > 50 * 4096
    chance = numbers(flips)
    for number in range(flips):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        for name, content in pieces.items():
            (folder / name).write_bytes(flipped(content, chance) if content is log else content)
        seen = Seen(folder / "memory.db")
        lost = kept - seen.found
        assert lost.total() <= PAGE_OF_ROWS
        seen.went_on()


NONSENSE = (
    "nonsense",
    "",
    "9999-99-99",
    "0001-01-01T00:00:00+00:00",
    "2026-03-02T12:00:00",
    "\0",
    "'",
    "{",
    -1,
    10**18,
    1e308,
)
DAMAGES = [
    (table, column, value)
    for (table, columns), value in product(COLUMNS.items(), NONSENSE)
    for column in columns
    if table != "pending"
]


@pytest.mark.parametrize("share", [10, pytest.param(1, marks=pytest.mark.soak)])
def test_a_value_that_cannot_be_read_is_set_aside_alone(tmp_path: Path, whole: tuple[bytes, Kept], share: int) -> None:
    content, kept = whole
    for number, (table, column, value) in enumerate(DAMAGES[::share]):
        path = tmp_path / f"{number}" / "memory.db"
        path.parent.mkdir()
        path.write_bytes(content)
        path.chmod(0o600)
        with closing(sqlite3.connect(path, isolation_level=None)) as store:
            store.execute("PRAGMA ignore_check_constraints = ON")
            try:
                store.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = 1", (value,))  # noqa: S608 - names of our own
            except sqlite3.IntegrityError:  # the file itself does not take it
                continue
        seen = Seen(path)
        lost, other = kept - seen.found, seen.found - kept
        assert lost.total() <= 1 or hangs_on_somebody(lost)
        assert seen.told() == (lost.total() > other.total())
        seen.went_on()


@pytest.mark.parametrize("damage", ["noise", "head", "text"])
def test_a_damaged_file_is_set_aside_and_the_robot_lives_on(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "memory.db"
    full(path, ManualClock(NOON)).close()
    content = bytearray(path.read_bytes())
    if damage == "noise":
        content[4096:12288] = generator(1).bytes(8192)
    elif damage == "head":
        content[:64] = bytes(64)
    else:
        content = bytearray(b"this is a letter, not a database\n" * 100)
    path.write_bytes(content)
    memory = Memory(path, ManualClock(NOON))
    memory.keep_event("lives on")
    assert [kind for kind, _ in memory.everything().events] == ["lives on"]
    memory.close()
    (aside,) = tmp_path.glob("memory.db.damaged-20260302T120000")
    assert aside.read_bytes() == content
    assert str(aside) in caplog.text


def test_what_was_set_aside_is_for_the_owner_to_read_and_is_deleted_with_whom_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    filled(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("UPDATE bond SET at = 'nonsense' WHERE person = 1")
    with closing(Memory(path, ManualClock(NOON))) as memory:
        assert memory.health().condition is Condition.LESSER
        (aside,) = set_aside(path)
        assert str(aside) in words(memory.health().reason)
        assert '"at": "nonsense"' in aside.read_text()
        assert aside.stat().st_mode & 0o077 == 0
        memory.forget_person("Ada")
        memory.wait()
        assert not set_aside(path)
        assert memory.health().condition is Condition.OK


def test_what_hangs_on_somebody_who_was_lost_is_never_another_s(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    filled(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("UPDATE person SET name = char(7) WHERE name = 'Zoë'")
    with closing(Memory(path, ManualClock(NOON))) as memory:
        memory.remember_person("Carl")
        (carl,) = [person.id for person in memory.everything().people if person.name == "Carl"]
        assert not [topic for topic in memory.everything().topics if topic.person == carl]
        assert carl not in memory.bonds()


Damage: TypeAlias = "Callable[[Path], object]"


def shortened(to: float) -> Damage:
    return lambda path: os.truncate(path, int(path.stat().st_size * to))


def with_sql(script: str) -> Damage:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as store:
            store.executescript(script)

    return run


def with_pages(change: Callable[[list[bytes]], list[bytes]]) -> Damage:
    def run(path: Path) -> None:
        content = path.read_bytes()
        pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
        path.write_bytes(b"".join(change(pages)))

    return run


def with_log(content: bytes) -> Damage:
    return lambda path: path.with_name("memory.db-wal").write_bytes(content)


def zeroed(number: int) -> Damage:
    return with_pages(lambda pages: [*pages[:number], bytes(4096), *pages[number + 1 :]])


BY_HAND: dict[str, Damage] = {
    **{f"cut to {part}": shortened(part) for part in (0.99, 0.9, 0.5, 0.1, 0.001)},
    **{f"page {number} zeroed": zeroed(number) for number in range(1, 12)},
    "no head": zeroed(0),
    "pages swapped": with_pages(lambda pages: [pages[0], *reversed(pages[1:])]),
    "a page twice": with_pages(lambda pages: [*pages[:4], pages[3], *pages[5:]]),
    "a table dropped": with_sql("DROP TABLE topic"),
    "a column renamed": with_sql("ALTER TABLE bond RENAME COLUMN value TO worth"),
    "a view instead": with_sql(
        "DROP TABLE event; CREATE VIEW event AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
        " SELECT id, 'opening' AS kind, '2026-03-02T12:00:00+00:00' AS at FROM n"
    ),
    "a trigger": with_sql("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM person; END"),
    "version 0": with_sql("PRAGMA user_version = 0"),
    "version 1": with_sql("PRAGMA user_version = 1"),
    "version -7": with_sql("PRAGMA user_version = -7"),
    "version of 30 bits": with_sql("PRAGMA user_version = 1073741827"),
    "a log of noise": with_log(generator(2).bytes(80_000)),
    "a log of zeros": with_log(bytes(80_000)),
    "a letter": lambda path: path.write_text("this is a letter, not a database\n" * 100),
}
WHOLE_STILL = {"a log of noise", "a log of zeros"}


@pytest.mark.parametrize("damage", BY_HAND)
def test_a_file_damaged_by_hand_is_read_as_far_as_it_can_be(
    tmp_path: Path, whole: tuple[bytes, Kept], damage: str
) -> None:
    path = tmp_path / "memory.db"
    content, kept = whole
    path.write_bytes(content)
    path.chmod(0o600)
    BY_HAND[damage](path)
    seen = Seen(path)
    assert not seen.found - kept
    assert seen.told() == (damage not in WHOLE_STILL)
    if damage in WHOLE_STILL | {"no head", "a trigger", "version 0", "version 1", "version -7"}:
        assert seen.found == kept
    elif "page" in damage:
        assert (kept - seen.found).total() <= (1 if damage == "pages swapped" else PAGE_OF_ROWS)
    seen.went_on()


def test_a_folder_in_its_place_is_no_reason_not_to_start(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    path.mkdir()
    with closing(Memory(path, ManualClock(NOON))) as memory:
        memory.remember_person("Ada")
        memory.wait()
        assert memory.person("Ada") is not None
        assert memory.health().condition is Condition.FAULT
        assert "in this run alone" in words(memory.health().reason)
    assert memory_file(path).condition is Condition.FAULT


def test_a_link_leads_to_the_file_and_its_log(tmp_path: Path) -> None:
    real, link = tmp_path / "disk" / "real.db", tmp_path / "memory.db"
    real.parent.mkdir()
    filled(real).close()
    content = bytearray(real.read_bytes())
    content[4096:8192] = bytes(4096)
    real.write_bytes(content)
    link.symlink_to(real)
    with closing(Memory(link, ManualClock(NOON))) as memory:
        assert memory.health().condition is Condition.LESSER
        assert set_aside(link)
        memory.keep_topic(SOMEONE, "Rosalinde", "came by")
        memory.forget_person("Rosalinde")
        memory.wait()
        assert memory.forgotten
        assert link.is_symlink()
        assert [piece.name for piece in tmp_path.iterdir()] == ["disk", "memory.db"]
        assert not any(b"Rosalinde" in piece.read_bytes() for piece in real.parent.iterdir())
