"""What programs send, each with its bounds; nothing else is taken."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints, model_validator

from robot.doors.api.form_mistakes import FormMistakeError
from robot.texts.sentence import sentence

PLAIN = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"  # one line with something in it
LONGEST = 300  # characters of a sentence
Line = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=PLAIN)]
Number = Annotated[float, Strict()]  # and no text that reads like one
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=PLAIN)]


class Form(BaseModel):
    """Base of what is sent."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class SayForm(Form):
    """A phrase of the tables with what fills its slots, or words of one's own. Exactly one of the two."""

    phrase: Name | None = None
    slots: dict[Name, Line] = Field(default_factory=dict, max_length=12)
    text: Line | None = Field(None, description="spoken in the robot's present language; judged by its meaning")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.phrase is None) == (self.text is None):
            raise FormMistakeError(sentence("doors.phrase_or_text"))
        if self.slots and self.phrase is None:
            raise FormMistakeError(sentence("doors.slots_of_phrase"))
        if sum(map(len, self.slots.values())) > LONGEST:
            raise FormMistakeError(sentence("doors.slots_too_long", most=LONGEST))
        return self


class ShowForm(Form):
    """An expression by name."""

    expression: Name


class LookForm(Form):
    """A bearing in the base frame: yaw positive to the left, pitch positive up."""

    yaw: Number = Field(ge=-math.pi, le=math.pi, description="rad")
    pitch: Number = Field(0.0, ge=-math.pi / 2, le=math.pi / 2, description="rad")
    for_s: Number = Field(3.0, ge=0.1, le=30.0, description="how long, s, unless somebody speaks to it or touches it")


class TellForm(Form):
    """A line, as somebody at the page would type it."""

    text: Line
    wait_s: Number = Field(2.0, ge=0.0, le=5.0, description="how long to wait for what it answers, s")


class ValueForm(Form):
    """A parameter's new value."""

    value: bool | int | float | Annotated[str, StringConstraints(max_length=200)]

    @property
    def typed(self) -> str:
        """As a person would type it."""
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


class TouchForm(Form):
    """A hand of the simulator on a pad."""

    pad: Literal["head", "back"]
    hold_s: Number = Field(0.5, ge=0.02, le=10.0)


class SpeakForm(Form):
    """A line that somebody in the simulated room says aloud."""

    person: Name
    text: Line
