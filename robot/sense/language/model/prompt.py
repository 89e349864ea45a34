"""What a language model is told: the duties and what it may know, in the language spoken, then the talk so far; and in
which form it is asked and answers, OpenAI's, which engines in a process speak as well.

What never changes stands first, so that a model that keeps what it has read reads it once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from robot.texts.catalogue import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from robot.core.intents import Consult

NOON, EVENING = 12, 18
LONGEST_LINE = 240  # letters of a line or note that is passed on
TEMPERATURE = 0.6


class ChatMessage(NamedTuple):
    """One message of a chat: "system", "user" or "assistant", and its text."""

    role: str
    text: str


def standing(language: str) -> ChatMessage:
    """What holds in every talk."""
    return ChatMessage("system", Texts("model", language)("standing"))


def messages(consult: Consult, *, stays_here: bool) -> tuple[ChatMessage, ...]:
    """All that it is told. What the memory keeps stays on this device: where the model is on another machine
    (`stays_here` False), neither notes nor name are told.
    """
    texts = Texts("model", consult.language)
    told = [standing(consult.language).text, _when(consult, texts)]
    if consult.people > 1:
        told.append(texts("people", count=consult.people))
    if consult.name and stays_here:
        told.append(texts("name", name=consult.name[:LONGEST_LINE]))
    if consult.minor:
        told.append(texts("minor"))
    if consult.notes and stays_here:
        told.append(texts("notes", notes="; ".join(f"“{note[:LONGEST_LINE]}”" for note in consult.notes)))
    lines = [ChatMessage("user" if line.person else "assistant", line.text[:LONGEST_LINE]) for line in consult.lines]
    return (ChatMessage("system", " ".join(told)), *_in_turns(lines))


def request(messages: Iterable[ChatMessage], *, tokens: int, seed: int) -> dict[str, Any]:
    """What asks for an answer piece by piece."""
    return {
        "messages": [{"role": one.role, "content": one.text} for one in messages],
        "stream": True,
        "max_tokens": tokens,
        "temperature": TEMPERATURE,
        "seed": seed,
        "chat_template_kwargs": {"enable_thinking": False},
    }


def piece_of(choice: Mapping[str, Any]) -> tuple[str, bool]:
    """What one of its choices adds to an answer, and whether the answer came to its own end."""
    return str((choice.get("delta") or {}).get("content") or ""), choice.get("finish_reason") == "stop"


def _when(consult: Consult, texts: Texts) -> str:
    part = "morning" if consult.hour < NOON else "afternoon" if consult.hour < EVENING else "evening"
    return texts(f"when_{part}", day=texts(f"day_{consult.weekday}"))


def _in_turns(lines: list[ChatMessage]) -> list[ChatMessage]:
    """Lines of one side in a row become one message: many models' formats take nothing else."""
    out: list[ChatMessage] = []
    for line in lines:
        if out and out[-1].role == line.role:
            out[-1] = ChatMessage(line.role, f"{out[-1].text} {line.text}")
        else:
            out.append(line)
    return out
