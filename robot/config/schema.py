"""The configuration: one TOML file, typed; a mistake stops the start with its line, the reason and the nearest key."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator

from robot.config.places import broker_password, personal
from robot.core import typed_toml
from robot.core.profile import Profile
from robot.core.typed_toml import KeyMistakeError, Table, near
from robot.feel.parameters import Parameters
from robot.parts.home_network import elsewhere, is_server, on_this_machine
from robot.texts.languages import found, languages

Share = Annotated[float, Field(ge=0.0, le=1.0)]


def _there_is(code: str) -> str:
    """Raises KeyMistakeError for a language that neither the house nor anything installed has; one that is broken is
    left out later, where it can be told.
    """
    if code not in languages() and code not in found():
        raise KeyMistakeError(f"there is no language {code!r}", remedy=near(code, languages()))
    return code


Language = Annotated[str, AfterValidator(_there_is)]
OwnWord = Annotated[str, Field(pattern=r"\.json$")]


class RobotTable(Table):
    """[robot]: who it is."""

    name: str = Field("Bowlby", min_length=1, max_length=40)
    language: Language = "en"
    behaviors: Path = Field(
        default_factory=lambda: platformdirs.user_config_path("bowlby") / "behaviors",
        description="folder of a person's own behaviours, with expressions/ in it",
    )


WITH_SENSES = {"reachy"}  # bodies whose camera, microphones and speaker have the body's address
SENSES = ("camera", "ears", "speaker")


class PartsTable(Table):
    """[parts]: the addresses of body, camera, ears, speaker and voice; an empty address means that there is none. What
    is left out is the body's own, where the body is on this machine and has one.
    """

    body: str = "/dev/ttyACM0"
    camera: str = "/dev/video0"
    ears: str = "microphone:"
    speaker: str = "sound:"
    voice: str = Field(
        "espeak:", min_length=1, description="espeak: (espeak-ng), or piper: (natural, by fetched models)"
    )
    build: Path | None = Field(
        None, description="a file that describes the body, or the name of one that ships; left out: Bowlby One"
    )

    @model_validator(mode="after")
    def _own_senses(self) -> Self:
        try:
            place = urlsplit(self.body)
        except ValueError as error:
            raise KeyMistakeError("this is no address", ("body",), "see [parts] in config.example.toml") from error
        if place.scheme in WITH_SENSES and on_this_machine(place.hostname or "localhost"):
            for name in SENSES:
                if name not in self.model_fields_set:
                    self.__dict__[name] = self.body
        return self


class HearingTable(Table):
    """[hearing]: which recogniser."""

    model: Path | None = Field(None, description="folder of a Whisper or Vosk model; the one fetched when left out")
    engine: Literal["", "whisper", "vosk", "pocketsphinx"] = Field("", description="the best one here when left out")
    wake: Literal["", "okay_nabu", "hey_jarvis", "hey_mycroft", "alexa"] | OwnWord = Field(
        "", description="the word it waits for, or the .json file of a microWakeWord model; left out: it waits for none"
    )


class TalkTable(Table):
    """[talk]: how lines are understood, and what may answer those that nothing else does."""

    reader: Literal["network", "tables"] = Field(
        "network", description="a small network beside the phrase tables (about 110 MB of memory), or these alone"
    )
    model: str = Field(
        "", description="a language model: http://HOST:PORT of a server, a GGUF file, or a name of `bowlby models list`"
    )
    model_name: str = Field("", description="which of the server's models; left out: the first")
    model_key: SecretStr = Field(SecretStr(""), description="what the server asks for, if it does")
    model_beyond_home: bool = Field(False, description="the server may be beyond this machine and its home network")
    model_patience_s: float = Field(4.0, ge=0.5, le=10.0, description="so long it may take to a sentence")
    model_sentences: int = Field(3, ge=1, le=6, description="of one answer at most")
    model_memory_mb: int = Field(2500, ge=200, description="what a model in a file may take")

    @field_validator("model")
    @classmethod
    def _address(cls, address: str) -> str:
        """A server's address has a host and no key in it: addresses are logged and recorded."""
        parts = urlsplit(address)
        if "://" in address and not is_server(address):
            raise KeyMistakeError(f"no model is at {parts.scheme}://", remedy="write http://HOST:PORT, or a file")
        if is_server(address):
            if "@" in parts.netloc:
                raise KeyMistakeError("a key or password stands in it", remedy="move it to model_key")
            if not parts.hostname:
                raise KeyMistakeError("it names no host", remedy="write http://HOST:PORT")
        return address


class VoiceTable(Table):
    """[voice]: how it speaks."""

    volume: Share = 0.8


class CharacterTable(Table):
    """[character]: how it attaches; more than 0.4 of anxiety is refused outside the simulator."""

    anxiety: Share = 0.2
    avoidance: Share = 0.2
    model: Parameters = Field(default_factory=Parameters, description="its numbers, for research in the simulator")


class CareTable(Table):
    """[care]: quiet hours (civil time) and when it falls asleep alone."""

    quiet_from: time = time(21, 30)
    quiet_to: time = time(7, 30)
    asleep_after_s: float = Field(600.0, ge=10.0, le=86400.0)
    recorded: bool = Field(False, description="people are told that they are recorded; `bowlby run --record` sets it")
    country: str | None = Field(
        None,
        pattern="^[A-Z]{2}$",
        description="where it lives, two letters: whose emergency number and crisis line it names; left out: none",
    )


Culture = Literal["reserved", "moderate", "contact"]
GAZE: dict[Culture, tuple[float, float, float]] = {  # share listening, speaking; longest look, s
    "reserved": (0.5, 0.3, 3.0),
    "moderate": (0.75, 0.41, 3.6),
    "contact": (0.8, 0.5, 3.9),
}
AVERTED = (0.25, 0.15, 1.5)


class ContactTable(Table):
    """[[profile.contact]]: somebody to be named in a crisis. It is said aloud, and sent to nobody."""

    name: str = Field(min_length=1, max_length=60)
    agreed: bool = Field(False, description="the person who lives with the robot wants them to be named")


class ProfileTable(Table):
    """[profile]: whom it lives with, as far as it must behave otherwise for them."""

    minor: bool = Field(False, description="says every hour that it is a robot; keeps no secret from parents")
    dementia: bool = Field(False, description="answers questions after people gently and truly")
    autism: bool = Field(False, description="looks away most of the time, leans to nobody, answers touch without sound")
    culture: Culture = Field("moderate", description="how much gaze and nearness is polite")
    gaze: Share | None = Field(None, description="share of the time that it looks at a speaker, instead of these")
    leans_in: bool | None = None
    enjoys_touch: bool | None = None
    contact: tuple[ContactTable, ...] = ()

    def as_profile(self) -> Profile:
        """What the steps are told; a key that was set goes before what its group brings."""
        listening, speaking, longest = AVERTED if self.autism else GAZE[self.culture]
        if self.gaze is not None:
            listening, speaking = self.gaze, min(self.gaze, speaking)
        distant = self.autism or self.culture == "reserved"
        return Profile(
            self.minor,
            self.dementia,
            listening,
            speaking,
            longest,
            leans_in=not distant if self.leans_in is None else self.leans_in,
            enjoys_touch=not self.autism if self.enjoys_touch is None else self.enjoys_touch,
            contacts=tuple(contact.name for contact in self.contact if contact.agreed),
        )


class MemoryTable(Table):
    """[memory]: the one file that is kept."""

    file: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("bowlby") / "memory.db", description="private to its owner"
    )


PORT = 8080  # of the page, or the next free one


class PageTable(Table):
    """[page]: where the page is served; loopback unless told otherwise."""

    host: str = "127.0.0.1"
    port: int | None = Field(None, ge=1, le=65535, description=f"{PORT}, or the next free one, when left out")
    metrics: bool = Field(False, description="also tell them to Prometheus, at /metrics")


class NetworkTable(Table):
    """[network]: other machines; every address is empty, and nothing is sent, until the owner writes one."""

    sight: str = Field("", description="a machine that looks for faces: the camera's pictures go there")
    hearing: str = Field("", description="a machine that understands sound: the microphone's sound goes there")
    topics: str = Field("", description="where percepts, words among them, states and body frames are published")
    fleet: str = Field("", description="where it says that it is there, and learns which robots are")
    ros: str = Field("", description="a Zenoh router of ROS 2: words go there, and sentences come from there")
    ros_domain: int = Field(0, ge=0, le=232, description="as ROS_DOMAIN_ID has it")

    @field_validator("ros")
    @classmethod
    def _router(cls, address: str) -> str:
        """The one address of a router; it is written into logs, so nothing else stands in it."""
        parts = urlsplit(address)
        try:
            named = parts.scheme == "tcp" and parts.hostname and parts.port != 0
        except ValueError:
            named = False
        if address and (not named or "@" in parts.netloc or parts.path.strip("/") or parts.query or parts.fragment):
            raise KeyMistakeError("this is no address of a router", remedy="write tcp://HOST:7447")
        return address


HomeEntity = Literal[
    "mode", "muted", "buttons", "say", "presence", "last_contact", "quiet_hours", "hushed", "timers", "supply"
]
SENSED: frozenset[HomeEntity] = frozenset({"mode", "presence", "last_contact", "hushed", "timers"})  # of people


class DoorsTable(Table):
    """[doors]: other programs, which come in by a key (`bowlby key add`), and Home Assistant, by an MQTT broker."""

    lan: bool = Field(
        False, description="keys work from the network as well, where the page is open to it (`bowlby run --lan`)"
    )
    broker: str = Field(
        "", description="by which Home Assistant reaches it: mqtt://USER@HOST:1883, or mqtts:// (encrypted)"
    )
    broker_certificate: Path | None = Field(
        None, description="who signed the broker's certificate; left out: whom this machine trusts"
    )
    home_shows: tuple[HomeEntity, ...] = Field(
        ("mode", "muted", "buttons"), description="what Home Assistant is shown, and may ask for; nothing else leaves"
    )
    home_buttons: tuple[str, ...] = Field(
        ("nod", "glad", "hello_wave_ears", "curious", "dance"),
        max_length=60,
        description='the expressions that have a button there, where "buttons" are shown',
    )

    @field_validator("broker")
    @classmethod
    def _address(cls, address: str) -> str:
        """A broker's address has a host and no password in it: addresses are logged and recorded."""
        parts = urlsplit(address)
        remedy = "write mqtt://USER@HOST:1883, or mqtts://"
        if not address:
            return address
        if parts.password is not None:
            raise KeyMistakeError("a password stands in it", remedy=f"write it into {broker_password()}, chmod 600")
        try:
            named = parts.scheme in {"mqtt", "mqtts"} and parts.hostname and parts.port != 0
        except ValueError:
            named = False
        if not named or parts.path.strip("/") or parts.query or parts.fragment:
            raise KeyMistakeError("this is no address of a broker", remedy=remedy)
        return address

    @property
    def tells_of_people(self) -> bool:
        """Whether something of what it senses goes to the broker."""
        return bool(self.broker) and not SENSED.isdisjoint(self.home_shows)


class Config(Table):
    """The whole configuration; every table and key may be left out."""

    robot: RobotTable = Field(default_factory=RobotTable)
    parts: PartsTable = PartsTable()
    hearing: HearingTable = HearingTable()
    talk: TalkTable = TalkTable()
    voice: VoiceTable = VoiceTable()
    character: CharacterTable = CharacterTable()
    care: CareTable = CareTable()
    profile: ProfileTable = ProfileTable()
    memory: MemoryTable = Field(default_factory=MemoryTable)
    page: PageTable = PageTable()
    network: NetworkTable = NetworkTable()
    doors: DoorsTable = DoorsTable()
    behaviors: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="parameters of behaviours, by name; each behaviour checks its own"
    )
    seed: int = Field(0, ge=0)

    def changed(self, table: str, **to: object) -> Self:
        """A copy with other values in one of its tables; what was left out follows them. Raises ConfigError."""
        now: Table = getattr(self, table)
        given = {name: getattr(now, name) for name in now.model_fields_set}
        return self.model_copy(update={table: typed_toml.checked(type(now), given | to)})

    @property
    def beyond(self) -> str:
        """What becomes of what it senses beyond the moment, as its words about it are called: "" is nothing."""
        network = self.network
        doors = self.doors.lan or self.doors.tells_of_people
        sent = network.sight or network.hearing or network.topics or network.ros or doors or elsewhere(self.talk.model)
        return "_and_".join([*["recorded"] * self.care.recorded, *["sent"] * bool(sent)])


def load(path: Path | None) -> Config:
    """Read the file; without a path the personal one, or the defaults when there is none. Raises ConfigError."""
    if path is None:
        path = personal()
        if not path.exists():
            return Config()
    return typed_toml.read(Config, path)
