"""The robot itself, and what people outside build on.

Behaviours, parts and programs of other people take their names from here, as in `from robot import Look`; each is
loaded when it is first asked for (PEP 562). Modules of this house import one another by their full path.
"""

import os

# Of a picture in a file; a Raspberry Pi's largest camera has 12.3 million. Read once, when OpenCV is loaded.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", "12500000")
# onnxruntime reports to its maker from 1.32 on, and keeps a number of the machine for it. Read when it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

TYPE_CHECKING = False  # what `typing` has, which takes milliseconds to import
if TYPE_CHECKING:
    from robot.config.schema import Config as Config
    from robot.core.body_description import BodyDescription as BodyDescription
    from robot.core.body_description import CameraMount as CameraMount
    from robot.core.body_description import Joint as Joint
    from robot.core.body_frame import BodyFrame as BodyFrame
    from robot.core.body_frame import Eyes as Eyes
    from robot.core.body_frame import Light as Light
    from robot.core.body_frame import Pose as Pose
    from robot.core.clock import Clock as Clock
    from robot.core.clock import ManualClock as ManualClock
    from robot.core.clock import RealClock as RealClock
    from robot.core.clock import generator as generator
    from robot.core.condition import Condition as Condition
    from robot.core.condition import Health as Health
    from robot.core.decision import Bid as Bid
    from robot.core.decision import Decision as Decision
    from robot.core.decision import Mode as Mode
    from robot.core.errors import BehaviorError as BehaviorError
    from robot.core.errors import BowlbyError as BowlbyError
    from robot.core.errors import ConfigError as ConfigError
    from robot.core.errors import DeviceError as DeviceError
    from robot.core.errors import InputError as InputError
    from robot.core.errors import LinkError as LinkError
    from robot.core.errors import ModelError as ModelError
    from robot.core.errors import PartError as PartError
    from robot.core.errors import ProtocolError as ProtocolError
    from robot.core.feelings import Feelings as Feelings
    from robot.core.intents import Cause as Cause
    from robot.core.intents import Consult as Consult
    from robot.core.intents import Drop as Drop
    from robot.core.intents import Forget as Forget
    from robot.core.intents import ForgetFace as ForgetFace
    from robot.core.intents import ForgetNotes as ForgetNotes
    from robot.core.intents import Hold as Hold
    from robot.core.intents import Hush as Hush
    from robot.core.intents import Intent as Intent
    from robot.core.intents import Keep as Keep
    from robot.core.intents import LearnFace as LearnFace
    from robot.core.intents import Look as Look
    from robot.core.intents import MoveAgain as MoveAgain
    from robot.core.intents import Note as Note
    from robot.core.intents import Question as Question
    from robot.core.intents import Remember as Remember
    from robot.core.intents import Reply as Reply
    from robot.core.intents import Role as Role
    from robot.core.intents import Say as Say
    from robot.core.intents import Show as Show
    from robot.core.intents import Sound as Sound
    from robot.core.intents import Verdict as Verdict
    from robot.core.percepts import Band as Band
    from robot.core.percepts import Face as Face
    from robot.core.percepts import FacesSeen as FacesSeen
    from robot.core.percepts import Percept as Percept
    from robot.core.percepts import SenseTurned as SenseTurned
    from robot.core.percepts import Suggested as Suggested
    from robot.core.percepts import Telemetry as Telemetry
    from robot.core.percepts import Touch as Touch
    from robot.core.percepts import Utterance as Utterance
    from robot.core.percepts import VoiceActivity as VoiceActivity
    from robot.core.scene import Departure as Departure
    from robot.core.scene import Person as Person
    from robot.core.scene import Scene as Scene
    from robot.core.tick import Observer as Observer
    from robot.core.tick import Tick as Tick
    from robot.core.voice_commands import Speech as Speech
    from robot.decide.behavior import OWN_WORDS as OWN_WORDS
    from robot.decide.behavior import UNTIL_SOMEBODY as UNTIL_SOMEBODY
    from robot.decide.behavior import UNTIL_WORDS as UNTIL_WORDS
    from robot.decide.behavior import URGENT as URGENT
    from robot.decide.behavior import Behavior as Behavior
    from robot.decide.behavior import BehaviorConfig as BehaviorConfig
    from robot.decide.behavior import Desire as Desire
    from robot.decide.behavior import Seconds as Seconds
    from robot.decide.behavior import State as State
    from robot.decide.behavior import attends as attends
    from robot.decide.behavior import because as because
    from robot.decide.behavior import said as said
    from robot.decide.dialogue.voice_game import VoiceGame as VoiceGame
    from robot.decide.skill import Skill as Skill
    from robot.decide.store import Entry as Entry
    from robot.decide.store import Shelf as Shelf
    from robot.decide.teller import Teller as Teller
    from robot.decide.teller import TellerConfig as TellerConfig
    from robot.decide.telling import ToldWording as ToldWording
    from robot.decide.telling import VoiceWatch as VoiceWatch
    from robot.express.keyframes import Expression as Expression
    from robot.express.keyframes import read_expression as read_expression
    from robot.express.preview import film_strip as film_strip
    from robot.parts.protocols import Audio as Audio
    from robot.parts.protocols import Body as Body
    from robot.parts.protocols import Camera as Camera
    from robot.parts.protocols import Detection as Detection
    from robot.parts.protocols import Ears as Ears
    from robot.parts.protocols import Part as Part
    from robot.parts.protocols import Picture as Picture
    from robot.parts.protocols import Speaker as Speaker
    from robot.parts.protocols import TextLine as TextLine
    from robot.parts.registry import Surroundings as Surroundings
    from robot.recording.tick_reader import read_ticks as read_ticks
    from robot.sense.language.quantities import seconds_until as seconds_until
    from robot.sense.sight.eye import faces_in as faces_in
    from robot.texts.catalogue import words as words
    from robot.texts.sentence import Sentence as Sentence
    from robot.texts.sentence import listed as listed
    from robot.texts.sentence import sentence as sentence

_NAMES_OF = {
    "robot.config.schema": "Config",
    "robot.core.body_description": "BodyDescription CameraMount Joint",
    "robot.core.body_frame": "BodyFrame Eyes Light Pose",
    "robot.core.clock": "Clock ManualClock RealClock generator",
    "robot.core.condition": "Condition Health",
    "robot.core.decision": "Bid Decision Mode",
    "robot.core.errors": (
        "BehaviorError BowlbyError ConfigError DeviceError InputError LinkError ModelError PartError ProtocolError"
    ),
    "robot.core.feelings": "Feelings",
    "robot.core.intents": (
        "Cause Consult Drop Forget ForgetFace ForgetNotes Hold Hush Intent Keep LearnFace Look MoveAgain Note Question "
        "Remember Reply Role Say Show Sound Verdict"
    ),
    "robot.core.percepts": "Band Face FacesSeen Percept SenseTurned Suggested Telemetry Touch Utterance VoiceActivity",
    "robot.core.scene": "Departure Person Scene",
    "robot.core.tick": "Observer Tick",
    "robot.core.voice_commands": "Speech",
    "robot.decide.behavior": (
        "OWN_WORDS UNTIL_SOMEBODY UNTIL_WORDS URGENT Behavior BehaviorConfig Desire Seconds State attends because said"
    ),
    "robot.decide.dialogue.voice_game": "VoiceGame",
    "robot.decide.teller": "Teller TellerConfig",
    "robot.decide.telling": "ToldWording VoiceWatch",
    "robot.decide.skill": "Skill",
    "robot.decide.store": "Entry Shelf",
    "robot.express.keyframes": "Expression read_expression",
    "robot.express.preview": "film_strip",
    "robot.parts.protocols": "Audio Body Camera Detection Ears Part Picture Speaker TextLine",
    "robot.parts.registry": "Surroundings",
    "robot.recording.tick_reader": "read_ticks",
    "robot.sense.language.quantities": "seconds_until",
    "robot.sense.sight.eye": "faces_in",
    "robot.texts.catalogue": "words",
    "robot.texts.sentence": "Sentence listed sentence",
}
HOME_OF = {name: home for home, names in _NAMES_OF.items() for name in names.split()}
__all__ = sorted(HOME_OF)  # noqa: PLE0605 - the names above, which mypy knows by their imports


if not TYPE_CHECKING:  # so that mypy tells of a name that is not there

    def __getattr__(name: str) -> object:
        if name not in HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - nobody pays for it who asks for no name

        value = globals()[name] = getattr(import_module(HOME_OF[name]), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
