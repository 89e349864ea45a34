"""What is saved is noticed however it comes: written slowly, renamed into place, in a folder that is made later."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from watchfiles import _rust_notify

from robot.app import watcher as watcher_module
from robot.app.plugins import Library
from robot.app.watcher import Watcher, far_file_system
from robot.core.clock import nap
from robot.core.condition import Condition
from robot.express import keyframes
from robot.texts.catalogue import words
from tests.support.tables import TABLES
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.condition import Health
    from robot.express.keyframes import Expression
    from robot.loop.renewal import Renewal

pytestmark = pytest.mark.slow
SETTLED_S = 0.05
NOTICED_MS, POLL_MS, AGAIN_S = 20, 100, 0.05
REST_S = 0.3  # in which the watcher would have noticed, let it settle, and looked
DANCE = "# {mark}\n[[frame]]\nt = 0.5\nroll = 9\n[[frame]]\nt = 1\n"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told is taken up in a tenth of the time: each step here waits until nothing more comes."""
    monkeypatch.setattr(watcher_module, "NOTICED_MS", NOTICED_MS)
    monkeypatch.setattr(watcher_module, "POLL_MS", POLL_MS)
    monkeypatch.setattr(watcher_module, "AGAIN_S", AGAIN_S)


def dance(folder: Path, mark: str, name: str = "my_dance.toml") -> Path:
    """A saved expression, in folders made as they are needed."""
    path = folder / "expressions" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(DANCE.format(mark=mark), encoding="utf-8")
    return path


class Watched:
    """A library under watch, and what of the dance it has taken up."""

    def __init__(self, personal: Path, settled_s: float) -> None:
        self.library = Library(personal, lambda: TABLES)
        self.broke = False
        self.first = self.library.expressions
        self.taken: list[Renewal] = []
        self.looks = 0
        look = self.library.look

        def counted() -> Renewal | None:
            self.looks += 1
            return look()

        self.library.look = counted  # type: ignore[method-assign]
        self.watcher = Watcher(self.library, self.taken.append, settled_s)

    def rests(self) -> None:
        """Wait until the watch stands and nothing is looked at: what comes from here on must be told by the system."""
        until(lambda: self.looks > 0 or bool(self.watcher.health()))
        before = -1
        while self.looks != before:
            before = self.looks
            nap(REST_S)

    def mark(self) -> str | None:
        """The first line of the dance that the loop was last asked to take up, or that was there at the start."""
        self.broke |= bool(self.library.health())
        given = [renewal.expressions for renewal in self.taken if renewal.expressions is not None]
        found = (given[-1] if given else self.first).get("my_dance")
        return None if found is None else found.about

    def becomes(self, mark: str | None) -> None:
        until(lambda: self.mark() == mark)
        self.rests()


@contextmanager
def watched(personal: Path, settled_s: float = SETTLED_S) -> Iterator[Watched]:
    it = Watched(personal, settled_s)
    try:
        it.rests()
        yield it
    finally:
        it.watcher.close()


def test_a_folder_that_comes_later_goes_and_comes_again_is_seen(tmp_path: Path) -> None:
    personal = tmp_path / "not" / "yet" / "there"
    with watched(personal) as it:
        dance(personal, "first")
        it.becomes("first")
        shutil.rmtree(tmp_path / "not")
        it.becomes(None)
        dance(personal, "again")
        it.becomes("again")
        assert not it.broke


def test_a_file_renamed_into_place_is_seen_though_it_is_as_old_and_as_long(tmp_path: Path) -> None:
    path = dance(tmp_path, "one")
    with watched(tmp_path) as it:
        it.becomes("one")
        other = dance(tmp_path, "two", ".my_dance.toml.swp")
        stat = path.stat()
        os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        other.replace(path)
        it.becomes("two")


def test_a_folder_put_in_anothers_place_is_seen_and_watched_on(tmp_path: Path) -> None:
    personal, other = tmp_path / "deep" / "mine", tmp_path / "other"
    dance(personal, "one")
    dance(other / "mine", "two")
    with watched(personal) as it:
        (tmp_path / "deep").rename(tmp_path / "old")
        other.rename(tmp_path / "deep")
        it.becomes("two")
        dance(personal, "three")
        it.becomes("three")


def test_what_links_lead_to_is_watched(tmp_path: Path) -> None:
    kept = dance(tmp_path / "kept", "one")
    folder = tmp_path / "mine" / "expressions"
    folder.mkdir(parents=True)
    (folder / "my_dance.toml").symlink_to(kept)
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    with watched(tmp_path / "link") as it:
        it.becomes("one")
        dance(tmp_path / "kept", "two")
        it.becomes("two")
        dance(tmp_path / "new", "three")
        (tmp_path / "link").unlink()
        (tmp_path / "link").symlink_to(tmp_path / "new")
        it.becomes("three")


def test_at_rest_nothing_is_looked_at(tmp_path: Path) -> None:
    with watched(tmp_path) as it:
        before = it.looks
        (tmp_path / "notes.txt").mkdir()
        (tmp_path / "notes.txt" / "one").write_text("deep below", encoding="utf-8")
        (tmp_path.parent / "beside").write_text("not on the way", encoding="utf-8")
        nap(2 * REST_S)
        assert it.looks == before


def test_a_file_that_is_still_being_written_is_let_alone(tmp_path: Path) -> None:
    with watched(tmp_path, settled_s=3.0) as it:
        path = dance(tmp_path, "whole")
        text = path.read_text(encoding="utf-8")
        for size in range(len(text)):
            path.write_text(text[:size] + "[", encoding="utf-8")
            it.mark()
            nap(0.02)
        path.write_text(text, encoding="utf-8")
        until(lambda: it.mark() == "whole")
        assert not it.broke


def test_an_error_that_nobody_foresaw_is_told_and_the_next_save_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: Path) -> Expression:
        raise RecursionError("nobody foresaw this")

    with watched(tmp_path) as it:
        with monkeypatch.context() as patch:
            patch.setattr(keyframes, "read_expression", read)
            dance(tmp_path, "x")
            until(lambda: bool(it.library.health()))
        (line,) = it.library.health()
        assert (line.condition, "RecursionError" in words(line.reason)) == (Condition.FAULT, True)
        dance(tmp_path, "mended")
        it.becomes("mended")
        assert it.library.health() == []


def test_a_folder_that_is_none_is_named_until_it_is_one(tmp_path: Path) -> None:
    with watched(tmp_path) as it:
        (tmp_path / "expressions").write_text("no folder", encoding="utf-8")
        until(lambda: any("cannot be looked at" in words(line.reason) for line in it.library.health()))
        (tmp_path / "expressions").unlink()
        dance(tmp_path, "one")
        it.becomes("one")
        assert it.library.health() == []


def told(it: Watched) -> Health:
    until(lambda: bool(it.watcher.health()))
    (line,) = it.watcher.health()
    return line


def test_a_file_system_that_tells_nothing_is_looked_at_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher_module, "far_file_system", lambda _: "nfs4")
    with watched(tmp_path) as it:
        line = told(it)
        assert line.condition is Condition.LESSER
        assert "twice a second; the file system nfs4" in words(line.reason)
        dance(tmp_path, "far")
        it.becomes("far")


def test_a_system_without_watches_to_give_is_said_and_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = _rust_notify.RustNotify

    def none_left(paths: list[str], debug: bool, polls: bool, *more: int) -> _rust_notify.RustNotify:  # noqa: FBT001
        if not polls:
            raise _rust_notify.WatchfilesRustInternalError("Too many open files (os error 24)")
        return real(paths, debug, polls, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(_rust_notify, "RustNotify", none_left)
    with watched(tmp_path) as it:
        assert "Too many open files" in words(told(it).reason)
        dance(tmp_path, "late")
        it.becomes("late")


def test_an_error_of_the_watch_itself_is_told_and_it_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher_module, "far_file_system", lambda _: 1 / 0)
    with watched(tmp_path) as it:
        assert "ZeroDivisionError" in words(told(it).reason)
        dance(tmp_path, "one")
        monkeypatch.setattr(watcher_module, "far_file_system", lambda _: "")
        it.becomes("one")
        assert it.watcher.health() == []


def test_far_file_systems_are_known_by_where_a_folder_lies(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "30 22 0:40 / /home rw shared:3 - nfs4 server:/home rw\n"
        "31 30 0:41 / /home/ada/my\\040disk rw - ext4 /dev/sdb1 rw\n"
        "32 22 0:42 / /mnt/shelf rw - fuse.sshfs ada@shelf: rw\n",
        encoding="utf-8",
    )
    assert far_file_system([Path("/opt/bowlby")], mounts) == ""
    assert far_file_system([Path("/opt"), Path("/home/ada/.config")], mounts) == "nfs4"
    assert far_file_system([Path("/home/ada/my disk/mine")], mounts) == ""
    assert far_file_system([Path("/mnt/shelf")], mounts) == "fuse.sshfs"
