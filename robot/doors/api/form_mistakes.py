"""What is wrong with what a program sent, in words of the catalogues; nothing of what it sent stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.texts.sentence import Sentence, about, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.texts.sentence import AnyText

NUMBER, OBJECT = "doors.form_number", "doors.form_object"
TOLD = {  # by pydantic's name of the mistake
    "missing": "doors.form_missing",
    "extra_forbidden": "doors.form_extra",
    "string_type": "doors.form_text",
    "string_unicode": "doors.form_text",
    "string_too_short": "doors.form_empty",
    "string_pattern_mismatch": "doors.form_line",
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "int_type": NUMBER,
    "int_parsing": NUMBER,
    "dict_type": OBJECT,
    "model_attributes_type": OBJECT,
    "model_type": OBJECT,
}


class FormMistakeError(ValueError):
    """What a form's own validator raises."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(told)
        self.told = told


def mistake(error: Mapping[str, Any], within: int = 1) -> AnyText:
    """One of pydantic's, as "text: it is empty". A name that is not known here is not repeated.

    `within`: how many steps of its place lead to the form.
    """
    kind, where = error["type"], error["loc"][within : within + 1]
    told = _told(kind, error.get("ctx", {}))
    return about(str(where[0]), told) if where and kind != "extra_forbidden" else told


def _told(kind: str, bounds: Mapping[str, Any]) -> Sentence:
    match kind:
        case "value_error" if isinstance(bounds["error"], FormMistakeError):
            return bounds["error"].told
        case "string_too_long":
            return sentence("doors.form_long", most=bounds["max_length"])
        case "greater_than_equal":
            return sentence("doors.form_least", least=f"{bounds['ge']:g}")
        case "less_than_equal":
            return sentence("doors.form_most", most=f"{bounds['le']:g}")
        case "literal_error":
            first, _, second = bounds["expected"].partition(" or ")
            return sentence("doors.form_choice", first=first, second=second)
        case _:
            return sentence(TOLD.get(kind, "doors.form_other"))
