"""The first message of a tick that is not what it was when it was recorded."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from robot.recording.topics import STEP_OF

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from robot.recording.reader import Recorded
    from robot.recording.topics import TopicMessage

NOTHING = "nothing"
ORDER = tuple(STEP_OF)  # of topics within a tick


class Difference(NamedTuple):
    """The first message that is not what it was. `key` is the path of the value in it."""

    tick: int
    t: float
    step: str
    topic: str
    key: str
    was: str
    now: str


def compare(recorded: Recorded, now: Sequence[TopicMessage]) -> Difference | None:
    """The first message of a tick that differs from the recorded one, or is not there in one of them."""
    head = recorded.head
    for old, new in zip_longest(recorded.messages, now):
        if old is not None and new is not None and (old.topic, old.data) == (new.topic, new.data):
            continue
        first = min((one for one in (old, new) if one is not None), key=lambda one: ORDER.index(one.topic))
        if old is None or new is None or old.topic != new.topic:
            was, is_now = (_shown(one if one is first else None) for one in (old, new))
            return Difference(
                tick=head.n, t=head.t, step=STEP_OF[first.topic], topic=first.topic, key="", was=was, now=is_now
            )
        key, before, after = first_difference(json.loads(old.data), json.loads(new.data))
        return Difference(
            tick=head.n, t=head.t, step=STEP_OF[old.topic], topic=old.topic, key=key, was=str(before), now=str(after)
        )
    return None


def _shown(message: TopicMessage | None) -> str:
    return message.data.decode() if message is not None else NOTHING


def first_difference(old: Any, new: Any, path: str = "") -> tuple[str, Any, Any]:
    """Path and both values of the first place where two JSON values differ; they must differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*old, *(key for key in new if key not in old)]
        pairs = [(key, old.get(key, NOTHING), new.get(key, NOTHING)) for key in keys]
    elif isinstance(old, list) and isinstance(new, list):
        pairs = [(str(i), *pair) for i, pair in enumerate(zip_longest(old, new, fillvalue=NOTHING))]
    else:
        return path, old, new
    different = next((pair for pair in pairs if pair[1] != pair[2]), None)
    if different is None:  # but in the way that it is written, as 1 and 1.0
        return path, json.dumps(old), json.dumps(new)
    key, before, after = different
    return first_difference(before, after, f"{path}.{key}" if path else key)
