"""Keys: made once, kept as hashes in a file that only its owner reads, and gone at once."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from robot.cli.commands.key import key as command
from robot.config import places
from robot.core.errors import ConfigError, InputError
from robot.doors.keys import KeyRing, KeyRole
from tests.support.door_robot import MADE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "program.keys")


def test_a_key_is_kept_as_a_hash_in_a_file_that_only_its_owner_reads(ring: KeyRing, tmp_path: Path) -> None:
    secret = ring.add("kitchen", KeyRole.BUILDER, MADE)
    file = tmp_path / "program.keys"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret not in file.read_text()
    known = ring.known(secret)
    assert known is not None
    assert (known.name, known.role) == ("kitchen", KeyRole.BUILDER)
    assert ring.known(secret + "x") is None
    assert ring.known("") is None


def test_a_key_that_another_process_takes_back_is_unknown_at_once(ring: KeyRing, tmp_path: Path) -> None:
    secret, other = ring.add("one", KeyRole.VIEWER, MADE), ring.add("two", KeyRole.OWNER, MADE)
    assert ring.known(secret) is not None
    KeyRing(tmp_path / "program.keys").remove("one")
    assert ring.known(secret) is None
    assert ring.known(other) is not None
    KeyRing(tmp_path / "program.keys").remove("two")
    assert not (tmp_path / "program.keys").exists()
    assert ring.known(other) is None


def test_names_are_unique_and_plain(ring: KeyRing) -> None:
    ring.add("kitchen", KeyRole.VIEWER, MADE)
    with pytest.raises(InputError, match="already"):
        ring.add("kitchen", KeyRole.OWNER, MADE)
    for name in ("", "a\nb", "x" * 41, "[bold]"):
        with pytest.raises(InputError, match="no name for a key"):
            ring.add(name, KeyRole.VIEWER, MADE)
    with pytest.raises(InputError, match="did you mean 'kitchen'"):
        ring.remove("kitchn")


@pytest.mark.parametrize("text", ["", "[", '{"a": 1}', '[{"name": "x"}]', "[" * 40000, "x" * 70000])
def test_a_damaged_file_lets_nobody_in_and_is_told(ring: KeyRing, tmp_path: Path, text: str) -> None:
    (tmp_path / "program.keys").write_text(text)
    with pytest.raises(ConfigError, match="no file of keys"):
        ring.known("anything")


def test_a_damaged_file_is_read_once_and_again_when_it_is_mended(
    ring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = ring.add("kitchen", KeyRole.VIEWER, MADE)
    file = tmp_path / "program.keys"
    good = file.read_bytes()
    file.write_text("[")
    read: list[Path] = []
    whole = type(file).read_bytes

    def noted(path: Path) -> bytes:
        read.append(path)
        return whole(path)

    monkeypatch.setattr(type(file), "read_bytes", noted)
    for _ in range(5):
        with pytest.raises(ConfigError, match="no file of keys"):
            ring.known(secret)
    assert len(read) == 1
    file.write_bytes(good)
    assert ring.known(secret) is not None


def test_a_file_that_cannot_be_looked_at_lets_nobody_in_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").touch()
    ring = KeyRing(tmp_path / "folder" / "program.keys")
    with pytest.raises(ConfigError, match="no file of keys: Not a directory"):
        ring.known("anything")
    with pytest.raises(ConfigError, match="cannot be written"):
        ring.add("kitchen", KeyRole.VIEWER, MADE)


def test_keys_that_are_made_at_once_are_all_kept(tmp_path: Path) -> None:
    def add(n: int) -> None:
        KeyRing(tmp_path / "program.keys").add(f"key {n}", KeyRole.VIEWER, MADE)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert len(KeyRing(tmp_path / "program.keys").keys()) == 24


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("robot.cli.commands.key.door_keys", lambda: tmp_path / "program.keys")
    runner = CliRunner()
    made = runner.invoke(command, ["add", "kitchen", "--role", "builder"])
    assert made.exit_code == 0
    secret = made.stdout.strip()
    assert secret.startswith("bowlby_")
    listed = runner.invoke(command, ["list"]).stdout
    assert "kitchen" in listed
    assert "builder" in listed
    assert secret not in listed
    assert runner.invoke(command, ["remove", "kitchen"]).exit_code == 0
    assert "no keys" in runner.invoke(command, ["list"]).stdout


def test_it_stands_beside_the_other_files_of_the_person() -> None:
    assert places.door_keys().parent == places.personal().parent
