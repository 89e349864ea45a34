"""Speech models get to their place whole or not at all."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from robot.core.errors import InputError, ModelError
from robot.sense.hearing import models
from robot.sense.hearing.models import SpeechModel, add, fetch, find, is_model, known
from tests.support.voices import KOREAN_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "vosk-model-small-en-us-0.15"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A zip of a (small) model, with its folder inside as its makers have it."""
    path = tmp_path / f"{NAME}.zip"
    with zipfile.ZipFile(path, "w") as file:
        for part in ("am/final.mdl", "conf/mfcc.conf"):
            file.writestr(f"{NAME}/{part}", "x" * 300_000)
        file.writestr(f"{NAME}/README", (KOREAN_MODEL / "README").read_bytes())
    return path


def described(path: Path) -> SpeechModel:
    raw = path.read_bytes()
    return SpeechModel("en", NAME, len(raw), hashlib.sha256(raw).hexdigest())


class Shelf(BaseHTTPRequestHandler):
    """Serves one file; may hang up in mid-file, and knows ranges."""

    content: ClassVar[bytes] = b""
    stop_after: ClassVar[int] = 1 << 40
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        span = self.headers.get("Range", "")
        self.asked.append(span)
        start = int(span[6:-1]) if span else 0
        body = self.content[start:]
        self.send_response(206 if span else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: self.stop_after])

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def shelf(archive: Path) -> Iterator[str]:
    Shelf.content, Shelf.stop_after, Shelf.asked = archive.read_bytes(), 1 << 40, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    thread = threading.Thread(target=partial(server.serve_forever, 0.05))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/m.zip"
    server.shutdown()
    thread.join()
    server.server_close()


def left(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


def test_a_model_is_fetched_with_progress(archive: Path, shelf: str, tmp_path: Path) -> None:
    seen: list[int] = []
    model = described(archive)
    place = fetch(model, tmp_path / "models", seen.append, shelf)
    assert is_model(place)
    assert find("en", tmp_path / "models") == place
    assert seen[-1] == model.size
    assert left(tmp_path / "models") == [NAME]


def test_a_download_that_was_cut_goes_on_where_it_stopped(archive: Path, shelf: str, tmp_path: Path) -> None:
    model, place = described(archive), tmp_path / "models"
    Shelf.stop_after = 200
    with pytest.raises(ModelError, match="it goes on where it stopped"):
        fetch(model, place, lambda _: None, shelf)
    assert find("en", place) is None
    assert left(place) == [f"{NAME}.zip.part"]
    Shelf.stop_after = 1 << 40
    assert is_model(fetch(model, place, lambda _: None, shelf))
    assert Shelf.asked == ["", "bytes=200-"]
    assert left(place) == [NAME]


def test_a_corrupt_download_leaves_nothing(archive: Path, shelf: str, tmp_path: Path) -> None:
    model, place = described(archive), tmp_path / "models"
    Shelf.content = bytes(reversed(Shelf.content))
    with pytest.raises(ModelError, match="the file is damaged"):
        fetch(model, place, lambda _: None, shelf)
    assert left(place) == []


def test_no_network_names_the_way_by_hand(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="bowlby models add"):
        fetch(described(archive), tmp_path / "models", lambda _: None, "http://127.0.0.1:9/m.zip")
    assert left(tmp_path / "models") == []


def test_a_zip_copied_by_hand_is_added(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "KNOWN", (described(archive),))
    place = tmp_path / "models"
    assert is_model(add(archive, place))
    assert is_model(add(archive, place)), "a second time replaces the first"
    assert left(place) == [NAME]


def test_an_old_model_stays_when_the_new_zip_is_damaged(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "KNOWN", (described(archive),))
    place = tmp_path / "models"
    add(archive, place)
    raw = bytearray(archive.read_bytes())
    raw[1000] ^= 1
    archive.write_bytes(raw)
    with pytest.raises(ModelError, match="the file is damaged"):
        add(archive, place)
    assert is_model(place / NAME)
    assert archive.exists(), "a person's own file is not deleted"


def test_strange_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        add(tmp_path / "no.zip", tmp_path)
    odd = tmp_path / "odd.zip"
    odd.write_bytes(b"PK")
    with pytest.raises(InputError, match="none of the models"):
        add(odd, tmp_path / "models")
    with pytest.raises(InputError, match="use en or fr"):
        known("de")


def test_a_zip_without_a_model_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("hello.txt", "hello")
    with pytest.raises(ModelError, match="no Vosk model is in it"):
        add(archive, tmp_path / "models", described(archive))
    assert left(tmp_path / "models") == []


def test_a_full_disk_is_told(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "extractall", full)
    with pytest.raises(ModelError, match="No space left"):
        add(archive, tmp_path / "models", described(archive))
    assert left(tmp_path / "models") == []
