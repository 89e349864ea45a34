"""The tables of docs/reference, made from the code: each field with its type, and what the code or this file says.

A field is explained by `ABOUT` or, where that has nothing of it, by the comment on its line; one that neither explains
is an error, so that the pages hold whatever the code has.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import tokenize
from typing import TYPE_CHECKING

from robot.core import toml_text
from robot.express import sounds
from robot.parts import registry
from robot.parts.entry_points import installed
from robot.parts.registry import PartKind
from robot.sense.language import phrases
from robot.sense.language.understanding import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from enum import StrEnum

OWN = "bowlby"
COMMON = {"cause": "why: `because(...)`"}
ABOUT = {
    "State.t": "robot time, s: begins at 0 with the run, and only grows",
    "State.civil": "date and time on the wall, with its zone, so that two of them may be compared",
    "State.mode": "the mode that it is in",
    "State.scene": "who is here and what was said and done in this tick; see below",
    "State.feelings": "the attachment model's variables; see below",
    "State.diary": "what happened so far: [diary](diary.md)",
    "State.memory": "what is kept of people who said yes, to read alone",
    "State.rng": "chance: the only source a behaviour may use",
    "State.tables": "the phrase tables, to read alone; the methods below are shorter",
    "Scene.t": "robot time of the tick, s",
    "Scene.people": "everybody who is seen",
    "Scene.focus": "the track of whom it attends to; None for nobody",
    "Scene.why": "why it attends to them, a name of `names.attention` in the catalogues",
    "Scene.departures": "who has just gone",
    "Scene.utterances": "what was said, in this tick alone",
    "Scene.touches": "which pads were touched, in this tick alone",
    "Scene.body": "what the body last said of itself",
    "Scene.speaking": "how loud the robot itself is at this moment; None before it first spoke",
    "Person.track": "a number for as long as somebody is followed",
    "Person.yaw": "bearing in the base frame, rad, left is positive",
    "Person.pitch": "the same upwards, rad",
    "Person.pitch_rate": "rad/s",
    "Person.band": "how far away, by the size of the face",
    "Person.facing": "how much the face is turned to it, 0..1",
    "Scene.learned": "a face that has been learned, in this tick alone",
    "Scene.wishes": "what other programs ask for, in this tick alone",
    "Scene.suggested": "sentences of a language model, in this tick alone",
    "Scene.tuned": "which behaviour's parameters somebody changed by hand, in this tick alone",
    "Scene.interrupted": "somebody began to speak in this tick, while the robot spoke",
    "Scene.alone_since": "since when nobody is seen, heard or felt; None while somebody is",
    "Utterance.need": "how the same network takes it for words of somebody in need: none, veiled, plain, danger",
    "Utterance.text": "the words",
    "Utterance.slots": "what filled the gaps of the wording: [slots](slots.md)",
    "Utterance.confidence": "how well the wording fits, 0..1",
    "Utterance.language": "the language that it was understood in",
    "Utterance.recogniser": "which engine took it down; empty for typed words",
    "Touch.t": "robot time, s",
    "Tick.n": "its number",
    "Tick.t": "robot time, s",
    "Tick.percepts": "what was sensed in it",
    "Tick.scene": "who is here and what was said and done: [state](state.md)",
    "Tick.feelings": "the attachment model's variables: [state](state.md)",
    "Tick.decision": "`mode`, `behavior`, its `intents` as it wanted them, and every behaviour's bid in `bids`",
    "Tick.verdicts": "what the guard changed or stopped; see below",
    "Tick.frame": "what the body is asked to do: `pose`, `eyes`, `light`",
    "Tick.voice": "what the voice is asked to begin, or to drop",
    "Tick.clips": "sound that began in it",
    "Verdict.duty": "by its number: [care](../care.md)",
    "Verdict.action": '"stopped", "changed" or "added"',
    "Verdict.intent": "what it was done to, by its name: `say 'greet'`",
    "Verdict.reason": "why",
    "Feelings.arousal": "how excited",
    "Feelings.comfort": "how well soothed",
    "Feelings.exploration": "how free to look about",
    "Feelings.bond": "how close it is to `who`",
    "Feelings.drive": "how much is to be regulated: u of the equations",
    "Feelings.reunion": "how glad it is that somebody came back: R of the equations",
    "Feelings.threshold": "from which arousal on it seeks contact: theta of the equations",
    "Feelings.novelty": "how new what happens is",
    "Feelings.who": "the person of the bond; 0 is somebody whose name nobody knows",
    "Feelings.mood": "from bad to good; 0.5 is neither",
    "Feelings.drowsiness": "how near to sleep",
    "Diary.manner": "how it speaks now: language, pace, volume",
    "Diary.profile": "for whom it is: minor, dementia, autism, culture",
    "Diary.ties": "who belongs to the household, as far as the memory tells",
    "Diary.spoken_to_at": "when somebody last said something",
    "Diary.farewell_answered": "whether that goodbye has had its answer",
    "Diary.told_robot_at": "when it last said that it is a robot",
    "Diary.told_robot_on": "the day of that",
    "Diary.last_said": "its last sentence",
    "Diary.last_role": "the part which that played",
    "Diary.asked_again_at": "when it last asked what was meant",
    "Diary.talk": "the talk that goes on; see below",
    "Diary.deeds": "what it did lately, oldest first",
    "Deed.t": "robot time, s",
    "Deed.behavior": "the behaviour that wanted it",
    "Deed.intent": "what was done, as the guard let it pass; its `cause` is why",
    "Talk.turns": "all lines, oldest first",
    "Turn.t": "robot time, s",
    "Turn.n": "the number of the person's line that it is, or follows",
    "Turn.text": "the words",
    "Turn.intent": "what a person's line was taken for",
    "Subject.intent": "what was told, a name of the tables of what is heard",
    "Subject.told": "the person's own words",
    "Subject.when": "the time that was named: “on Sunday”",
    "Diary.informed": "how many people at once were told that it sees and hears",
    "Diary.informed_on": "on which day they were",
    "Diary.told_much_on": "the day on which it last said that this is much time together",
    "Look.person": "a track of `state.scene.people`; without one the bearing counts",
    "Look.yaw": "bearing in the base frame, rad, left is positive",
    "Look.pitch": "the same upwards, rad",
    "Show.expression": "a name of `bowlby express --list`, or of your own",
    "Show.strength": "0 to 1",
    "Hold.lid": "how far the lids are open, 0..1",
    "Hold.light": "the chest's light, see below; None leaves it as it is",
    "Hold.limp": "let the servos go",
    "Say.phrase": "its name in the phrase tables",
    "Say.slots": "what fills its gaps: pairs of name and words; [slots](slots.md)",
    "Say.role": "which part it plays; see below",
    "Say.interrupt": "cut what is being said",
    "Sound.name": "see below",
    "Hush.motion": "stand still where it is, too",
    "Remember.name": "the name that they gave",
    "Note.about": "the person or thing",
    "Note.detail": "the words",
    "Keep.store": "the store's name; `Shelf.keep` fills it in",
    "Keep.key": "the entry's key",
    "Drop.store": "the store's name; `Shelf.drop` fills it in",
    "Drop.key": "the entry's key",
    "Forget.name": "whom; empty for everything",
    "LearnFace.name": "whose face it is",
    "LearnFace.track": "which of the people it sees",
    "ForgetFace.name": "whose face",
    "Hold.pose": "angles added to where it looks; see below",
    "Pose.base_yaw": "the whole body, left is positive",
    "Pose.neck_pitch": "the head, up is positive",
    "Pose.neck_roll": "the head to its side",
    "Pose.head_yaw": "the head on the body, left is positive",
    "Pose.left_ear": "the left ear, up is positive",
    "Pose.right_ear": "the right ear, up is positive",
    "Light.colour": "red, green and blue, each 0 to 255",
    "Light.brightness": "0 to 1",
    "Light.fill": "the share of the ring that is lit, 0 to 1",
    "Reply.YES_NO": "a yes or a no",
    "Role.FAREWELL": "the one turn that answers a goodbye",
    "Role.CRISIS": "somebody is in need; goes before all else",
    "Behavior.name": "what it is called: in small letters, unlike any other",
    "Behavior.config": "its parameters, a table of your own that is based on `BehaviorConfig`",
    "Behavior.modes": "in which it may run",
    "Behavior.min_stay_s": "for how long it stays once it runs, s",
    "Skill.modes": "as of every behaviour",
    "Skill.gesture": "the expression that it shows before it answers",
    "SimRobot.seed": "of all chance: the same runs alike",
    "SimRobot.language": "which it speaks at first",
    "SimRobot.civil": "date and time on the wall when it begins",
    "SimRobot.senses": '"truth", or "pixels": pictures are painted, and faces looked for in them, much slower',
    "SimRobot.body": "the file that describes its body; without one it is Bowlby One",
    "SimRobot.config": "a whole configuration; without one it is as shipped, without behaviours of your own",
    "SimRobot.met": "so many minutes ago it greeted somebody and told what it must; without, nobody today",
    "Question.name": "what `state.diary.answers` asks after",
    "Question.reply": "what may answer it; see below",
    "Question.within_s": "for how long the answer is waited for, s",
}
ASKED = {
    "Scene.person": "The person of a track, or None.",
    "Scene.in_talk": "Whether a conversation goes on.",
    "Scene.robot_speaks": "Whether the robot is speaking at this moment.",
    "Body.description": "What it is made of: joints, limits, camera, eyes.",
    "Ears.poll": "Blocks of sound, lines of text, and when somebody speaks, since the last call.",
    "SimRobot.mode": "The mode that it is in.",
    "SimRobot.feelings": "The attachment model's variables: [state](state.md).",
    "Speaker.playing": "Whether something still sounds.",
}
HOLDS = {
    "age": "how old somebody becomes this year",
    "animal": "an animal of the game",
    "answer": "the solution of the game's turn",
    "capital": "a capital",
    "cause": "the recorded cause, in words",
    "count": "how many, in words",
    "day": "a day, in words",
    "days": "how many days, in words",
    "duration": "a time span, in words",
    "emergency": "the emergency number of the country",
    "facts": "what it has noted, as one sentence part",
    "first": "the first of several",
    "heavy": "that this is much, or nothing",
    "helplines": "the help lines of the country for people whom others harm, as a sentence",
    "highest": "the greatest number of the game",
    "hours": "when the help line answers; of the mirror: hours together, in words",
    "items": "things on the list",
    "last": "the last of several, or what was said last",
    "left": "how many are left over",
    "letter": "a letter",
    "letters": "a word, letter by letter",
    "line": "the help line of the country",
    "lowest": "the least number of the game",
    "measure": "so many of a unit: “10 miles”",
    "mine": "the robot's choice in the game",
    "minutes": "how many minutes, in words",
    "month": "a month",
    "most": "how far it counts, or how many things it keeps",
    "name": "a first name, or a timer's name",
    "number": "a number, in words",
    "numbers": "numbers in their order",
    "people": "people who were spoken of, listed",
    "person": "somebody as the robot says it: “your sister”, “Emma”",
    "pick": "which of the things named it chose",
    "result": "the result of a sum, or so much in another unit",
    "said": "a person's words, turned round: “you are tired”",
    "second": "the second of several",
    "sum": "the sum of two dice",
    "theme": "what a story or joke was to be about",
    "time": "a time of day, in words",
    "told": "what a person told, in their words",
    "topics": "what was spoken of, listed",
    "what": "what a reminder is of, in the person's words",
    "when": "when it is due, in words",
    "who": "whom it is about: “your sister”, “Emma”",
    "word": "a word of the game, or one to be spelled",
    "year": "a year, in figures",
    "yours": "the word that the person gave",
}
HEARD = {
    "Name": "one word that is written with a capital letter",
    "name": "one word; the recogniser listens for those under `[names]`",
    "person": "a word under `[slots] person`, as in “my sister”; `who` holds it as the robot would say it",
    "time": "a time, a time span or a number, in digits or words",
}


def table(kind: type) -> str:
    """The fields of a class: name, type, default, and what it is."""
    lines = ["| field | type | as it comes | what it is |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | `{of.replace('|', chr(92) + '|')}` | {f'`{begin}`' if begin else ''} | {about} |"
        for name, of, begin, about in fields(kind)
    ]
    return "\n".join(lines)


def fields(kind: type) -> Iterator[tuple[str, str, str, str]]:
    """Of each field of a class: name, type, default, what it is. Raises ValueError for one that nothing explains."""
    source = inspect.getsource(kind)
    said = _comments(source)
    (body,) = ast.parse(source).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - what a class's source is
    for node in body.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        name = node.target.id
        about = ABOUT.get(f"{kind.__name__}.{name}") or said.get(node.lineno) or COMMON.get(name, "")
        if not about:
            raise ValueError(f"{kind.__name__}.{name} is explained by no comment on its line and not in {__file__}")
        yield name, ast.unparse(node.annotation), "" if node.value is None else ast.unparse(node.value), about


def _comments(source: str) -> Mapping[int, str]:
    """The comment at the end of each line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        one.start[0]: one.string.lstrip("# ").replace("|", "\\|")
        for one in tokens
        if one.type == tokenize.COMMENT and one.line.split("#")[0].strip() and "noqa" not in one.string
    }


def methods(kind: type) -> str:
    """What can be asked of a class: its public properties and methods, by their own words or `ASKED`. Raises ValueError
    for one that has neither.
    """
    lines = ["| ask | what it gives |", "|---|---|"]
    for name, member in vars(kind).items():
        asked = member.fget if isinstance(member, property) else member
        if name.startswith("_") or not inspect.isfunction(asked) or asked.__module__ != kind.__module__:
            continue
        about = " ".join((inspect.getdoc(asked) or "").split()) or ASKED.get(f"{kind.__name__}.{name}", "")
        if not about:
            raise ValueError(f"{kind.__name__}.{name} says nothing of itself and is not in {__file__}")
        given = ", ".join(list(inspect.signature(asked).parameters)[1:])
        call = f"`{name}`" if isinstance(member, property) else f"`{name}({given})`"
        lines.append(f"| {call} | {about.replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def intents() -> str:
    """Every intent with its fields."""
    module = importlib.import_module("robot.core.intents")
    told = []
    for kind in module.Intent.__args__:
        about = " ".join((inspect.getdoc(kind) or "").split()).replace("|", "\\|")
        if kind.__name__ == "Consult":  # for one behaviour alone
            told.append(f"### `Consult`\n\n{about} For `behaviors/free_talk.py`.")
            continue
        told.append(f"### `{kind.__name__}`\n\n{about}\n\n{table(kind)}")
    return "\n\n".join(told)


def choices(kind: type[StrEnum]) -> str:
    """What a value of this kind may be. Raises ValueError for one that nothing explains."""
    source = inspect.getsource(kind)
    lines = source.splitlines()
    said = {lines[number - 1].split("=")[0].strip(): about for number, about in _comments(source).items()}
    rows = []
    for one in kind:
        about = said.get(one.name) or ABOUT.get(f"{kind.__name__}.{one.name}")
        if not about:
            raise ValueError(f"{kind.__name__}.{one.name} is explained by no comment on its line and not in {__file__}")
        rows.append(f"| `{kind.__name__}.{one.name}` | {about} |")
    return "\n".join(["| value | what it is |", "|---|---|", *rows])


def arguments(asked: Callable[..., object], name: str) -> str:
    """What a function takes, by its signature; `name` is how `ABOUT` calls it. Raises ValueError for an argument that
    nothing explains.
    """
    lines = ["| argument | type | as it comes | what it is |", "|---|---|---|---|"]
    for one in list(inspect.signature(asked).parameters.values())[1:]:
        about = ABOUT.get(f"{name}.{one.name}")
        if not about:
            raise ValueError(f"{name}.{one.name} is not in {__file__}")
        default = str(one.default) if isinstance(one.default, str) else one.default
        begin = "" if default is one.empty else f"`{default!r}`"
        lines.append(f"| `{one.name}` | `{str(one.annotation).replace('|', chr(92) + '|')}` | {begin} | {about} |")
    return "\n".join(lines)


def sound_names() -> str:
    """Every sound without words, and how long it is."""
    rows = [f"| `{name}` | {recipe.seconds:g} s | {SOUNDS[name]} |" for name, recipe in sounds.RECIPES.items()]
    return "\n".join(["| name | lasts | what it is |", "|---|---|---|", *rows])


SOUNDS = {
    "chirp_greeting": "a hello",
    "peekaboo": "somebody appears from behind their hands",
    "purr": "a hand strokes it",
    "call": "it looks for somebody",
    "sigh": "it calms down",
    "yawn": "it grows sleepy",
    "startle": "something was sudden",
    "farewell": "a goodbye",
    "hm": "it thinks",
    "chime": "a timer rings",
    "hum": "a melody",
    "hum_brother": "Frère Jacques",
    "hum_star": "Twinkle, twinkle, little star",
}


def slots_said() -> str:
    """The gaps of what the robot says, each with a phrase that has it."""
    tables = phrases.load()
    first: dict[str, str] = {}
    for key in tables.keys:
        for wording in tables.variants(key, tables.languages[0]):
            for slot in SLOT.findall(wording):
                first.setdefault(slot, key)
    rows = [f"| `{{{slot}}}` | {HOLDS[slot]} | `{first[slot]}` |" for slot in sorted(first)]
    return "\n".join(["| slot | holds | as in the phrase |", "|---|---|---|", *rows])


def slots_heard() -> str:
    """The gaps of what people say, and which intents have wordings with them."""
    tables = phrases.load()
    found: dict[str, set[str]] = {}
    for intent, wordings in tables.wordings(tables.languages[0]).items():
        for wording in wordings:
            for slot in SLOT.findall(wording):
                found.setdefault(slot, set()).add(intent)
    rows = [
        f"| `{{{slot}}}` | {HEARD[slot]} | {', '.join(f'`{one}`' for one in sorted(found[slot]))} |"
        for slot in sorted(found)
    ]
    return "\n".join(["| slot | may be filled by | intents that have it |", "|---|---|---|", *rows])


def answer_names() -> str:
    """What a short line may mean, by the names under [answers] of what is heard."""
    heard = next(folder / "heard_en.toml" for folder in registry.data_folders("phrases"))
    return ", ".join(f"`{name}`" for name in toml_text.loads(toml_text.read_text(heard), heard.name)["answers"])


def parts() -> str:
    """The kinds of parts: their groups of entry points, and the addresses that this package brings."""
    rows = []
    for name, kind in vars(registry).items():
        if not isinstance(kind, PartKind):
            continue
        mine = sorted(
            entry.name for entry in installed(kind.group) if entry.dist is not None and entry.dist.name == OWN
        )
        rows.append(f"| {PARTS[name]} | `{kind.group}` | {', '.join(f'`{one}:`' for one in mine)} |")
    return "\n".join(["| kind | group of entry points | addresses that ship |", "|---|---|---|", *rows])


PARTS = {
    "BODIES": "a body",
    "CAMERAS": "a camera",
    "EARS": "a microphone",
    "SPEAKERS": "a speaker",
    "VOICES": "a voice",
    "SIGHTS": "another machine that looks for faces",
    "LISTENERS": "another machine that understands sound",
    "TOPICS": "where the loop's values are published",
    "FLEETS": "where robots tell one another that they are there",
}
