"""A model behind a server that speaks OpenAI's protocol, such as llama.cpp's or Ollama's, on this machine or at home.

No proxy and no redirection is followed: what is said goes to that address or nowhere.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from robot.core.errors import ModelError, PartError
from robot.parts.home_network import resolved
from robot.sense.language.model.prompt import piece_of, request
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from robot.sense.language.model.prompt import ChatMessage

CONNECT_S, SILENT_S = 3.0, 20.0  # the second: until the next word; a model that is loaded first takes its time
VERSION = "/v1"  # of the protocol, where the address names no path
LARGEST = 1 << 20  # bytes of an answer that is no stream
CLOUD = "cloud"  # how Ollama ends the names of models that it asks the internet for
REMEDY = sentence("health.see_model_server")


class ServerModel:
    """Asks one server; one question at a time."""

    def __init__(self, address: str, *, model: str, key: str, beyond_home: bool) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._path = parts.path.rstrip("/") or VERSION
        self._wanted = model
        self._key = key
        self._beyond_home = beyond_home
        self._line: HTTPConnection | None = None
        self._socket: socket.socket | None = None  # the line lets go of it where the server will hang up
        self._cut = False
        self.name = model

    def open(self) -> None:
        """See that it answers, and which model it has. Raises ModelError."""
        line = self._request("GET", "/models")
        try:
            answer = line.getresponse()
            if answer.status != HTTPStatus.OK:
                raise self._refused(answer.status)
            told = json.loads(answer.read(LARGEST))
            names = [str(one["id"]) for one in told["data"]]
        except (HTTPException, OSError, ValueError, KeyError, TypeError) as error:
            raise self._away(error) from error
        finally:
            self._hang_up()
        self.name = self._wanted or next(iter(names), "")
        if self.name.rpartition(":")[2].endswith(CLOUD) and not self._beyond_home:
            what = sentence("health.beyond_home", host=self.name)
            raise ModelError(what, remedy=sentence("health.allow_beyond_home"))
        if self._wanted and self._wanted not in names and f"{self._wanted}:latest" not in names:
            what = sentence("health.model_not_served", name=self._wanted)
            raise ModelError(what, remedy=sentence("health.served_are", names=", ".join(names[:8]) or "-"))

    def say(self, messages: Iterable[ChatMessage], *, tokens: int, seed: int, take: Callable[[str], bool]) -> bool:
        """Have it speak, and give each piece to `take` until that says that it is enough. True where it came to its own
        end, not to that of `tokens`. Raises ModelError.
        """
        self._cut = False
        asked = request(messages, tokens=tokens, seed=seed)
        line = self._request("POST", "/chat/completions", {"model": self.name, **asked})
        ended = False
        try:
            answer = line.getresponse()
            if answer.status != HTTPStatus.OK:
                raise self._refused(answer.status)
            for choice in _choices(answer):
                piece, last = piece_of(choice)
                ended = ended or last
                if self._cut or (piece and take(piece)):
                    break
        except (HTTPException, OSError, ValueError, AttributeError) as error:
            if not self._cut:
                raise self._away(error) from error
        finally:
            self._hang_up()
        return ended

    def cut(self) -> None:
        """Stop speaking; from another thread."""
        self._cut = True
        connected = self._socket
        if connected is not None:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    def _request(self, method: str, path: str, body: object = None) -> HTTPConnection:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        line = HTTPConnection(self._host, self._port)
        try:
            line.sock = self._socket = self._connected()
            self._line = line
            line.request(method, self._path + path, None if body is None else json.dumps(body), headers)
        except PartError as error:
            raise ModelError(error.what, remedy=error.remedy) from error
        except (HTTPException, OSError) as error:
            self._hang_up()
            raise self._away(error) from error
        return line

    def _connected(self) -> socket.socket:
        plain = _first_that_answers(resolved(self._host, self._port, beyond_home=self._beyond_home))
        plain.settimeout(SILENT_S)
        if not self._secure:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self._host)

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
        connected, self._socket = self._socket, None
        if connected is not None:
            connected.close()

    def _away(self, error: Exception) -> ModelError:
        reason = str(error) or type(error).__name__
        return ModelError(sentence("health.model_server_away", host=self._host, error=reason), remedy=REMEDY)

    def _refused(self, status: int) -> ModelError:
        what = sentence("health.model_server_refuses", host=self._host, status=status)
        return ModelError(what, remedy=sentence("health.see_model_key") if status in {401, 403} else REMEDY)


def _first_that_answers(places: Iterable[tuple[str, int]]) -> socket.socket:
    """A line to it. Raises OSError, that of the last."""
    *others, last = places
    for place in others:
        with contextlib.suppress(OSError):
            return socket.create_connection(place, CONNECT_S)
    return socket.create_connection(last, CONNECT_S)


def _choices(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The choices of a stream of events, until its end."""
    for line in lines:
        text = line.decode("utf-8", "replace").strip()
        if not text.startswith("data:"):
            continue
        data = text.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        yield from json.loads(data).get("choices") or ()
