"""The line to an MQTT broker, in a thread of its own: lost, it is tried again until it is back, and nobody waits.

The library's own thread is not used: its waits between two tries grow to minutes, and what went wrong is not told.
"""

from __future__ import annotations

import os
import ssl
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from robot.config.places import broker_password
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.parts.supervise import again_and_again
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import ModuleType

    from paho.mqtt.client import Client, MQTTMessage
    from paho.mqtt.properties import Properties
    from paho.mqtt.reasoncodes import ReasonCode

    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

PART = "home"
PASSWORD = "BOWLBY_BROKER_PASSWORD"  # noqa: S105 - the variable's name
PORT, SECURE_PORT = 1883, 8883
CONNECT_S = 1.5  # for the connection; what is lost on the way comes again after one
ANSWER_S = 2.0  # for the broker to let it in
KEEPALIVE_S = 2  # a broker that says nothing for so long, asked, is gone
TURN_S = 0.1
SOONEST_S, LATEST_S = 0.1, 0.4  # between two tries
REFUSED_S = 5.0  # between two tries where a password or certificate is not taken
LEAVE_S = 1.0


class Address(NamedTuple):
    """Where a broker is, and who comes."""

    host: str
    port: int
    user: str
    secure: bool

    @classmethod
    def of(cls, address: str) -> Address:
        """`mqtt://user@host:1883`, as the configuration has checked it."""
        parts = urlsplit(address)
        secure = parts.scheme == "mqtts"
        port = parts.port or (SECURE_PORT if secure else PORT)
        return cls(parts.hostname or "", port, unquote(parts.username or ""), secure)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class MqttNote(NamedTuple):
    """A message that the broker keeps for whoever comes later."""

    topic: str
    payload: str


def engine() -> ModuleType:
    """The library. Raises DeviceError where the extra is not installed."""
    try:
        import paho.mqtt.client as library  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise DeviceError(sentence("health.no_paho"), place=PART, remedy=sentence("health.add_paho")) from error
    return library


def read_password(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> str:
    """From the environment, or else from the private file; empty where there is none. Raises DeviceError for a file
    that others may read.
    """
    if PASSWORD in environment:
        return environment[PASSWORD]
    path = file or broker_password()
    try:
        if path.stat().st_mode & 0o077:
            raise DeviceError(sentence("health.password_open", file=str(path)), remedy=f"chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip("\r\n")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DeviceError(
            sentence("health.password_unread", file=str(path)), remedy=sentence("health.write_password", file=str(path))
        ) from error


class BrokerLine:
    """Everything but `health` and `close` happens in its own thread, the calls that it makes among it."""

    def __init__(
        self,
        at: Address,
        password: str,
        certificate: Path | None,
        *,
        will: MqttNote | None = None,
        begin: Callable[[BrokerLine], None] = lambda _: None,
        work: Callable[[BrokerLine], None] = lambda _: None,
        hear: Callable[[BrokerLine, MQTTMessage], None] = lambda _, __: None,
    ) -> None:
        """`begin`: each time that the broker has let it in; `work`: again and again while it has; `hear`: a message.
        `will`: what the broker tells when this line is lost, and what is told at the end. Raises DeviceError.
        """
        self.at = at
        self._will, self._begin, self._work = will, begin, work
        self._library = engine()
        self._client = self._made(password, certificate)
        self._client.on_connect = self._take_answer
        self._client.on_message = lambda _, __, message: hear(self, message)
        self._answer: ReasonCode | None = None
        self._there = False
        self._trouble: PartError | None = None
        self._pause = SOONEST_S
        self._closing = Event()
        self._thread = Thread(target=self._run, name="broker", daemon=True)
        self._thread.start()

    def _made(self, password: str, certificate: Path | None) -> Client:
        library = self._library
        client: Client = library.Client(library.CallbackAPIVersion.VERSION2)
        client.connect_timeout = CONNECT_S
        if self.at.user:
            client.username_pw_set(self.at.user, password or None)
        if self.at.secure:
            try:
                client.tls_set_context(ssl.create_default_context(cafile=certificate and certificate.expanduser()))
            except OSError as error:
                told = sentence("health.certificate_unread", file=str(certificate), error=str(error))
                raise DeviceError(told, place=PART, remedy=sentence("health.see_certificate")) from error
        if self._will is not None:
            client.will_set(self._will.topic, self._will.payload, qos=1, retain=True)
        return client

    # ---------------------------------------------------------------- for whoever is called

    def publish(self, note: MqttNote, *, kept: bool = True) -> None:
        """Tell something; where the line is lost meanwhile, it is lost, too."""
        self._client.publish(note.topic, note.payload, qos=0, retain=kept)

    def subscribe(self, *topics: str) -> None:
        """Hear of these."""
        self._client.subscribe([(topic, 1) for topic in topics])

    @property
    def held_up(self) -> bool:
        """Whether the broker has not yet taken what it was told."""
        return self._client.want_write()

    # ---------------------------------------------------------------- for everybody

    @property
    def there(self) -> bool:
        """Whether the broker has let it in, and is there."""
        return self._there

    def health(self, well: AnyText) -> Health:
        """How the line does; `well`: what is told while it is there."""
        trouble = self._trouble
        if self._there:
            return Health(PART, Condition.OK, well)
        if trouble is not None:
            return Health(PART, Condition.LESSER, trouble.what, trouble.remedy)
        return Health(PART, Condition.LESSER, sentence("health.broker_sought", place=str(self.at)))

    def close(self) -> None:
        """Safe to call twice; it does not wait for a broker that is gone."""
        self._closing.set()
        self._thread.join(LEAVE_S)

    # ---------------------------------------------------------------- its own thread

    def _run(self) -> None:
        again_and_again(self._meet, self._lose, self._closing, lambda: self._pause)

    def _lose(self, trouble: PartError) -> None:
        self._trouble = trouble

    def _meet(self) -> None:
        """Until the line is lost or closed. Raises DeviceError that says why it was lost, or never there."""
        self._answer = None
        self._pause = min(2 * self._pause, LATEST_S)
        unreached: DeviceError | None = None
        try:
            self._client.connect(self.at.host, self.at.port, KEEPALIVE_S)
        except OSError as error:
            unreached = self._unreached(error)
        if unreached is not None:  # raised here, since the library's error holds a socket open
            raise unreached
        try:
            if self._let_in():
                self._there, self._pause = True, SOONEST_S
                self._begin(self)
                self._serve()
                self._leave()
        finally:
            self._there = False
            self._client.disconnect()

    def _let_in(self) -> bool:
        """Whether the broker lets it in; False once it is closed. Raises DeviceError when it does not."""
        end = stopwatch() + ANSWER_S
        while self._answer is None and not self._closing.is_set():
            holds = self._turn()  # a refusal comes with the end of the line
            if self._answer is None and (not holds or stopwatch() > end):
                raise self._gone("health.broker_silent")
        if self._answer is not None and self._answer.is_failure:
            self._pause = REFUSED_S
            told = sentence("health.broker_refuses", place=str(self.at), error=str(self._answer))
            raise DeviceError(told, remedy=sentence("health.see_password", file=str(broker_password())))
        return self._answer is not None

    def _serve(self) -> None:
        while not self._closing.is_set():
            if not self._turn():
                raise self._gone("health.broker_lost")
            self._work(self)

    def _turn(self) -> bool:
        """Wait a moment for what comes, and send what waits; whether the line still holds."""
        return bool(self._client.loop(TURN_S) == self._library.MQTT_ERR_SUCCESS)

    def _leave(self) -> None:
        """Say goodbye, which the broker tells nobody of: so what it would have told is told first."""
        if self._will is not None:
            info = self._client.publish(self._will.topic, self._will.payload, qos=1, retain=True)
            end = stopwatch() + LEAVE_S / 2
            while not info.is_published() and stopwatch() < end and self._turn():
                pass

    def _take_answer(
        self, _client: Client, _data: object, _flags: object, answer: ReasonCode, _more: Properties | None
    ) -> None:
        self._answer = answer

    def _unreached(self, error: OSError) -> DeviceError:
        """In words why there was no connection."""
        if isinstance(error, ssl.SSLCertVerificationError):
            self._pause = REFUSED_S
            told = sentence("health.broker_unproved", place=str(self.at), error=error.verify_message)
            return DeviceError(told, remedy=sentence("health.see_certificate"))
        return self._gone("health.broker_unreached", error=error.strerror or str(error))

    def _gone(self, key: str, **gaps: str) -> DeviceError:
        return DeviceError(
            sentence(key, place=str(self.at), **gaps), remedy=sentence("health.see_broker", place=str(self.at))
        )
