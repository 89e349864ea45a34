"""What programs are answered, typed: from these the description at `/api/v1/openapi.json` is made."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ROOT = "/api/v1"  # begins every address of the API


class ApiAnswer(BaseModel):
    """Base of what is answered."""

    model_config = ConfigDict(frozen=True)


class HeldBack(ApiAnswer):
    """One judgement of the guard."""

    duty: int
    action: Literal["stopped", "changed", "added"]
    what: str = Field(description="the intent: 'say greet_by_name', 'show nod'")
    reason: str = Field(description="why, in the language that was asked for")
    duty_says: str = Field(description="what that duty says (docs/care.md has all of them)")


class Effect(ApiAnswer):
    """What became of something that a program asked for. It is answered once the guard has judged."""

    done: bool
    said: list[str] = Field(default_factory=list, description="the sentences that go to the voice, as worded")
    shown: str | None = Field(None, description="the expression that has begun")
    looks: tuple[float, float] | None = Field(None, description="yaw and pitch, rad")
    duty: int | None = Field(None, description="the duty by which it was refused")
    why: str = Field("", description="why it was refused; empty where it was done")
    verdicts: list[HeldBack] = Field(default_factory=list)
    t: float = Field(description="robot time of the turn that judged it, s")

    def __bool__(self) -> bool:
        """Whether it was done."""
        return self.done

    def __str__(self) -> str:
        """What became of it, in words: what was done, or why it was not."""
        if not self.done:
            return self.why
        looks = "" if self.looks is None else "{:.2f}, {:.2f} rad".format(*self.looks)
        return " ".join(self.said) or self.shown or looks


class Told(ApiAnswer):
    """What became of a typed line."""

    heard: bool
    meaning: str = Field("", description="what it was taken for")
    answers: list[str] = Field(default_factory=list, description="what the robot said to it, as far as it has yet")
    verdicts: list[HeldBack] = Field(default_factory=list)
    t: float = Field(description="robot time at which it was heard, s")

    def __str__(self) -> str:
        """What the robot answered."""
        return " ".join(self.answers)


class FeelingsNow(ApiAnswer):
    """The attachment model's variables, 0 to 1."""

    arousal: float
    comfort: float
    exploration: float


class SomebodyHere(ApiAnswer):
    """Somebody in front of the robot, without a name: bearings in the base frame, rad."""

    track: int
    yaw: float
    pitch: float
    facing: float
    band: Literal["near", "middle", "far"]
    since: float


class StateNow(ApiAnswer):
    """The robot at one turn of its loop."""

    n: int = Field(description="number of the turn")
    t: float = Field(description="robot time, s")
    mode: Literal["boot", "asleep", "awake", "engaged", "safe"]
    behavior: str
    feelings: FeelingsNow
    people: list[SomebodyHere]
    focus: int | None = Field(description="the track that it attends to")
    speaking: bool
    in_talk: bool
    in_need: bool | None = Field(
        description="an episode of need is open: nothing else answers inside it; null but for an owner's key"
    )
    pose: dict[str, float] = Field(description="angles of the joints, rad")
    armed: bool


class PartNow(ApiAnswer):
    """How a part does."""

    part: str
    condition: Literal["ok", "lesser", "off", "fault"]
    reason: str
    remedy: str


class HealthNow(ApiAnswer):
    """How the robot does."""

    parts: list[PartNow]
    ticks: int
    late: int = Field(description="turns that began more than 5 ms late")
    senses_off: list[str] = Field(description="senses that a person has switched off")


class TalkLine(ApiAnswer):
    """One line of the talk."""

    t: float
    who: Literal["person", "robot"]
    text: str
    via: str = Field(description="typed, heard, chosen, said, model, program, held or sound")
    meaning: str = ""
    why: str = Field("", description="why it was not said, where it was not")


class PhraseNow(ApiAnswer):
    """A phrase that can be said by name."""

    name: str
    slots: list[str]
    wordings: list[str]


class ParameterNow(ApiAnswer):
    """A parameter of a behaviour, its values as a person would type them."""

    name: str
    about: str
    value: str
    file: str = Field(description="the value that its file gives it")
    choices: list[str]


class BehaviorNow(ApiAnswer):
    """A behaviour as it is now."""

    name: str
    about: str
    modes: list[str]
    parameters: list[ParameterNow]
    benched: str = Field(description="why it does not run any more; empty where it does")


class Forgotten(ApiAnswer):
    """What became of a wish to forget."""

    forgotten: bool = Field(description="from the disk, too")
    why: str = Field(description="why the disk has it still, where it does")


class Noted(ApiAnswer):
    """It is done at the robot's next turn."""

    noted: bool = True


class PersonNow(ApiAnswer):
    """Somebody on the simulator's floor, m in the base frame."""

    name: str
    x: float
    y: float
