"""The language model as the loop sees it: asked, cut, slow, dead, gone, refused; it never holds anything up."""

from __future__ import annotations

import logging
import os
import signal
import socket
from typing import TYPE_CHECKING, Any

import pytest

from robot.config.schema import Config
from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ConfigError, PartError
from robot.core.intents import Cause, Consult, LineOfTalk
from robot.core.typed_toml import parse
from robot.parts.home_network import at_home, elsewhere, on_this_machine, resolved
from robot.sense.language.model.server import ServerModel
from robot.sense.language.model.suggester import GONE, SLOW, Suggester
from robot.sense.language.model.suggesting_worker import ModelSettings
from robot.texts.catalogue import words
from tests.support.model_server import MODEL, ModelServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from robot.core.percepts import Suggested

PATIENCE_S = 60.0  # of a test, where nothing shall be slow
ASKED = Consult(Cause("test", 1.0), (LineOfTalk(person=True, text="the moon is a lemon rind"),), "en")


class Tried:
    """A suggester that is polled as a loop does."""

    def __init__(
        self, address: str, *, patience_s: float = PATIENCE_S, key: str = "", model: str = "", memory_mb: int = 2500
    ) -> None:
        settings = ModelSettings(model, key, beyond_home=False, sentences=3, memory_mb=memory_mb, language="en")
        self.suggester = Suggester(address, settings, patience_s=patience_s)
        self.t = 0.0
        self.came: list[Suggested] = []

    def until(self, done: Callable[[], object]) -> None:
        end = stopwatch() + PATIENCE_S
        while not done():
            assert stopwatch() < end, self.suggester.health()
            self.t += 0.02
            self.came += self.suggester.poll(self.t)
            nap(0.005)

    def ready(self) -> None:
        self.until(lambda: self.suggester.health().condition is Condition.OK)

    def ask(self) -> float:
        self.suggester.ask(ASKED, self.t)
        return self.t

    def ended(self) -> bool:
        return any(one.last for one in self.came)


@pytest.fixture
def tried() -> Iterator[Callable[..., Tried]]:
    made: list[Tried] = []

    def make(address: str, **options: object) -> Tried:
        made.append(Tried(address, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.suggester.close()


def test_it_gives_sentences_as_they_come_and_an_end(tried: Callable[..., Tried]) -> None:
    with ModelServer(("A lemon floats. ", "A lime ", "sinks.")) as server:
        one = tried(server.address)
        one.ready()
        at = one.ask()
        one.until(one.ended)
    assert [(found.text, found.why, found.last) for found in one.came] == [
        ("A lemon floats.", "", False),
        ("A lime sinks.", "", False),
        ("", "", True),
    ]
    assert {found.asked_at for found in one.came} == {at}
    assert one.suggester.pace is not None


def test_the_first_sentence_comes_before_the_answer_has_ended(tried: Callable[..., Tried]) -> None:
    with ModelServer(("A lemon floats. ", "A lime ")) as server:
        one = tried(server.address)
        one.ready()
        server.go.clear()
        one.ask()
        one.until(lambda: one.came)
        assert one.came[0].text == "A lemon floats."
        assert not one.ended()


def test_what_is_cut_is_hung_up_on_and_heard_no_more(tried: Callable[..., Tried]) -> None:
    with ModelServer(("A lemon ",), ("A lime sinks.",)) as server:
        one = tried(server.address)
        one.ready()
        server.go.clear()
        one.ask()
        one.until(server.held.is_set)
        one.suggester.cut()
        one.until(server.hung_up.is_set)
        server.go.set()
        one.ask()
        one.until(one.ended)
    assert [found.text for found in one.came] == ["A lime sinks.", ""]


def test_one_that_is_slow_is_given_up(tried: Callable[..., Tried]) -> None:
    with ModelServer(("A lemon ",)) as server:
        one = tried(server.address, patience_s=0.3)
        one.ready()
        server.go.clear()
        one.ask()
        one.until(one.ended)
        assert [found.why for found in one.came] == [SLOW]
        one.until(server.hung_up.is_set)


def test_a_killed_process_ends_the_answer_and_is_started_anew(tried: Callable[..., Tried]) -> None:
    with ModelServer(("A lemon floats. ", "A lime ")) as server:
        one = tried(server.address)
        one.ready()
        server.go.clear()
        one.ask()
        one.until(lambda: one.came)
        before = one.suggester.pid
        assert before is not None
        os.kill(before, signal.SIGKILL)
        one.until(one.ended)
        assert one.came[-1].why == GONE
        health = one.suggester.health()
        assert (health.condition, health.reason) == (Condition.LESSER, GONE)
        server.go.set()
        one.ready()
        assert one.suggester.pid != before


def test_a_server_that_goes_is_told_and_found_again(
    tried: Callable[..., Tried], caplog: pytest.LogCaptureFixture
) -> None:
    with ModelServer() as server:
        one = tried(server.address)
        one.ready()
    one.ask()
    one.until(one.ended)
    assert one.came[-1].why
    one.until(lambda: one.suggester.health().condition is Condition.LESSER)
    assert "127.0.0.1" in words(one.suggester.health().reason)
    assert "no language model" in caplog.text
    one.came.clear()
    one.ask()
    one.until(one.ended)
    assert one.came[-1].why == GONE
    with ModelServer(port=server.port):
        one.ready()


def test_its_key_is_shown_and_stands_in_no_log_and_no_recording(
    tried: Callable[..., Tried], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "sk-lemon-rind"  # noqa: S105 - no real one
    with ModelServer(key=secret) as server:
        without = tried(server.address)
        without.until(lambda: without.suggester.health().remedy)
        assert "model_key" in words(without.suggester.health().remedy)
        one = tried(server.address, key=secret)
        one.ready()
        config = server.config(model_key=secret)
    assert secret not in caplog.text
    assert secret not in config.model_dump_json()
    assert secret not in repr(config)


def test_a_model_that_the_server_does_not_have_is_told(tried: Callable[..., Tried]) -> None:
    with ModelServer() as server:
        one = tried(server.address, model="lemon-7b")
        one.until(lambda: one.suggester.health().remedy)
    assert "lemon-7b" in words(one.suggester.health().reason)
    assert MODEL in words(one.suggester.health().remedy)


def test_one_that_the_server_asks_the_internet_for_is_refused(tried: Callable[..., Tried]) -> None:
    with ModelServer(models=["gpt-oss:120b-cloud"]) as server:
        one = tried(server.address)
        one.until(lambda: one.suggester.health().remedy)
        assert "beyond" in words(one.suggester.health().reason)
        assert not server.asked


@pytest.mark.parametrize("address", ["http://203.0.113.5:8080", "https://models.example.com/v1"])
def test_an_address_beyond_home_is_refused_without_a_packet(
    address: str, tried: Callable[..., Tried], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tried(address)
    one.until(lambda: one.suggester.health().remedy)
    assert "beyond" in words(one.suggester.health().reason)

    def looked_up(*_: object, **__: object) -> None:
        raise AssertionError("a name server was asked")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    host = address.split("/")[2].split(":", maxsplit=1)[0]
    if not host[0].isdigit():
        with pytest.raises(PartError, match="beyond"):
            resolved(host, 80, beyond_home=False)


def test_what_is_at_home() -> None:
    home = ("127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.1.20", "169.254.1.1", "fd12::1", "fe80::1%eth0")
    away = ("8.8.8.8", "172.32.0.1", "100.64.0.1", "2001:db8::1", "::ffff:8.8.8.8", "192.0.2.1")
    assert [one for one in home if not at_home(one)] == []
    assert [one for one in away if at_home(one)] == []
    assert on_this_machine("localhost")
    assert not on_this_machine("desk.local")
    assert not elsewhere("http://localhost:8080")
    assert not elsewhere("HTTP://LocalHost:8080")
    assert not elsewhere("/home/ada/model.gguf")
    assert elsewhere("http://192.168.1.20:8080")
    assert elsewhere("Https://192.168.1.20")


def test_a_name_that_leads_beyond_home_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("8.8.8.8", 80))])
    with pytest.raises(PartError, match="beyond"):
        resolved("desk.local", 80, beyond_home=False)
    assert resolved("desk.local", 80, beyond_home=True) == [("8.8.8.8", 80)]


def test_a_server_that_listens_at_one_address_of_its_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """`localhost` is ::1 first on most machines, where few model servers listen."""
    truly = socket.getaddrinfo

    def both(host: str, *rest: Any, **more: Any) -> list[Any]:
        hosts = ("::1", "127.0.0.1") if host == "localhost" else (host,)
        return [one for each in hosts for one in truly(each, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with ModelServer() as server:
        model = ServerModel(f"http://localhost:{server.port}", model="", key="", beyond_home=False)
        model.open()
    assert model.name == MODEL


def test_an_address_in_capitals_is_a_server_s_as_well(tried: Callable[..., Tried]) -> None:
    with ModelServer() as server:
        tried(server.address.upper()).ready()


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("http://ada:sk-lemon@192.168.1.20", "model_key"),
        ("http://", "host"),
        ("ftp://192.168.1.20", "ftp"),
    ],
)
def test_an_address_that_cannot_be_meant_stops_the_start(model: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as raised:
        parse(Config, f'[talk]\nmodel = "{model}"\n', "bowlby.toml")
    assert raised.value.place == "bowlby.toml:2"
    assert "sk-lemon" not in str(raised.value)


def test_people_are_told_where_what_they_say_is_sent() -> None:
    def beyond(model: str) -> str:
        return Config.model_validate({"talk": {"model": model}}).beyond

    assert beyond("http://192.168.1.20:8080") == "sent"
    assert beyond("http://127.0.0.1:8080") == ""
    assert beyond("smollm2-135m") == ""


@pytest.mark.parametrize(
    ("begin", "size", "told"),
    [(b"", 0, "cannot be read"), (b"no model", 8, "no GGUF"), (b"GGUF", 300_000_000, "300 MB")],
)
def test_a_file_that_cannot_be_used_is_told(
    begin: bytes, size: int, told: str, tried: Callable[..., Tried], tmp_path: Path
) -> None:
    path = tmp_path / "model.gguf"
    if begin:
        path.write_bytes(begin)
        os.truncate(path, size)
    one = tried(str(path), memory_mb=200)
    one.until(lambda: one.suggester.health().remedy)
    assert one.suggester.health().condition is Condition.LESSER
    assert told in words(one.suggester.health().reason)
