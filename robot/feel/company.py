"""The company: whom the robot is with. Faces are not told apart, so a name counts only when it was said.

Its person is the remembered one who is here, or who was here last; until anybody is remembered, whoever comes. Who
comes to an empty room is taken for its person until they say another name; who joins others is a stranger until they
say theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from robot.attend.attention import TALK_S
from robot.core.feelings import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.scene import Scene
    from robot.memory.records import Known

STRANGER = -1
HIDDEN_S = 20.0  # whoever was hidden or turned away and is found again within that is no newcomer
LOOK_UP_S = 1.0


class Names(Protocol):
    """The memory, to look names up."""

    def person(self, name: str) -> Known | None: ...


class Company(NamedTuple):
    """Whom it is with at one moment."""

    together: bool = False
    who: int = SOMEONE
    stranger: bool = False


class Acquaintance:
    """Follows tracks and names, tick by tick."""

    def __init__(self, names: Names) -> None:
        self._memory = names
        self._name: dict[int, str] = {}  # of tracks that told it
        self._taken_for: dict[int, int] = {}  # tracks that told none
        self._heard_at = -TALK_S
        self._person = ""  # the name of its person; empty: someone
        self._hidden_at = -HIDDEN_S
        self._looked_up_at = -LOOK_UP_S
        self._ids: dict[str, int] = {}

    def see(self, scene: Scene, bonds: Mapping[int, float]) -> Company:
        """Who is here; `bonds` decide between two who are remembered."""
        if scene.utterances:
            self._hear(scene)
        if scene.people or scene.departures:
            self._come_and_go(scene)
        if scene.t - self._looked_up_at >= LOOK_UP_S:
            self._look_up(scene.t)
        if not self._ids and not scene.people:
            return Company(scene.t - self._heard_at < TALK_S)
        here = {self._who(person.track) for person in scene.people}
        remembered = [who for who in here if who > SOMEONE]
        if remembered:
            best = max(remembered, key=lambda who: bonds.get(who, 0.0))
            self._person = next(name for name, who in self._ids.items() if who == best)
        who = self._ids.get(self._person, SOMEONE)
        heard = scene.t - self._heard_at < TALK_S
        if who == SOMEONE:
            return Company(bool(here) or heard, SOMEONE, stranger=False)
        return Company(who in here or (heard and not here), who, stranger=bool(here - {who}))

    def _hear(self, scene: Scene) -> None:
        self._heard_at = scene.t  # its own voice is no company
        for words in scene.utterances:
            if words.intent == "my_name_is" and scene.focus is not None:
                self._name[scene.focus] = dict(words.slots).get("name", "")
                self._looked_up_at = scene.t - LOOK_UP_S

    def _come_and_go(self, scene: Scene) -> None:
        mine = self._ids.get(self._person, SOMEONE)
        for gone in scene.departures:
            if self._who(gone.track) == mine and gone.way == "inside":
                self._hidden_at = gone.t
            self._name.pop(gone.track, None)
            self._taken_for.pop(gone.track, None)
        alone = len(scene.people) == 1
        for person in scene.people:
            if person.track not in self._taken_for:
                again = scene.t - self._hidden_at < HIDDEN_S
                self._taken_for[person.track] = mine if alone or again else SOMEONE

    def _look_up(self, t: float) -> None:
        """Ids of all names told: who agreed is remembered from then on, who was forgotten is not."""
        self._looked_up_at = t
        found = {name: self._memory.person(name) for name in {*self._name.values(), self._person} if name}
        self._ids = {name: known.id for name, known in found.items() if known is not None}
        if self._person not in self._ids:
            self._person = ""
            self._taken_for = dict.fromkeys(self._taken_for, SOMEONE)

    def _who(self, track: int) -> int:
        name = self._name.get(track)
        if name is None:
            return self._taken_for.get(track, SOMEONE)
        return self._ids.get(name, STRANGER)
