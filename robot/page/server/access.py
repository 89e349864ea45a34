"""Who may come in from the network: codes shown by the robot, sessions made of them, and how fast anybody may ask.

A code is 128 random bits, good once and for ten minutes. It travels after the `#` of the address, which browsers send
to nobody, and comes back in the body of one POST; from then on a cookie that no script can read stands for it. An
owner may act, a viewer may look. On this machine itself no code is needed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import stopwatch, unguessable

if TYPE_CHECKING:
    from collections.abc import Callable

CODE_S = 600.0
SESSION_S = 12 * 3600.0
SESSIONS = 32
CODES = 8
PEERS = 512  # addresses whose pace is remembered


class VisitorRole(StrEnum):
    """What somebody on the page may do."""

    OWNER = "owner"
    VIEWER = "viewer"


class Grant(NamedTuple):
    """A role until a moment of the stopwatch."""

    role: VisitorRole
    until: float


def digest(secret: str) -> str:
    """What is kept of a secret: looking it up leaks nothing of it by time."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class Bucket:
    """A token bucket: `burst` at once, `rate` a second for ever."""

    burst: float
    rate: float
    level: float = -1.0
    filled: float = 0.0

    def take(self, now: float) -> bool:
        level = self.burst if self.level < 0 else min(self.burst, self.level + (now - self.filled) * self.rate)
        self.filled = now
        self.level = max(level - 1.0, 0.0)
        return level >= 1.0


@dataclass
class Paces:
    """One bucket for each address; the longest unseen are forgotten first."""

    burst: float
    rate: float
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def take(self, peer: str, now: float) -> bool:
        bucket = self._buckets.pop(peer, None) or Bucket(self.burst, self.rate)
        self._buckets[peer] = bucket
        if len(self._buckets) > PEERS:
            del self._buckets[next(iter(self._buckets))]
        return bucket.take(now)


class Access:
    """The door. Used by the page's own thread alone, but for `invite`, which only adds to a dict."""

    def __init__(self, *, lan: bool, now: Callable[[], float] = stopwatch) -> None:
        self.lan = lan
        self._now = now
        self._codes: dict[str, Grant] = {}
        self._sessions: dict[str, Grant] = {}
        self._requests = Paces(burst=400, rate=60)
        self._programs = Paces(burst=400, rate=60)
        self._pages = Paces(burst=16, rate=2)
        self._entries = Paces(burst=5, rate=1 / 15)

    def invite(self, role: VisitorRole) -> str:
        """A fresh code for somebody to come in with."""
        code = unguessable(16)
        while len(self._codes) >= CODES:
            del self._codes[next(iter(self._codes))]
        self._codes[digest(code)] = Grant(role, self._now() + CODE_S)
        return code

    def may_ask(self, peer: str, *, program: bool = False) -> bool:
        """False when `peer` asks faster than a page ever does; its programs are counted apart from its pages."""
        return (self._programs if program else self._requests).take(peer, self._now())

    def may_open(self, peer: str) -> bool:
        """False when `peer` opens pages faster than people do: each has to be built."""
        return self._pages.take(peer, self._now())

    def may_try(self, peer: str) -> bool:
        """False when `peer` tries codes faster than one in fifteen seconds."""
        return self._entries.take(peer, self._now())

    def enter(self, code: str) -> str | None:
        """The cookie's value for a good code, which is then spent; None for any other."""
        grant = self._codes.pop(digest(code), None)
        if grant is None or grant.until < self._now():
            return None
        session = unguessable(32)
        while len(self._sessions) >= SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        self._sessions[digest(session)] = Grant(grant.role, self._now() + SESSION_S)
        return session

    def left_of(self, session: str) -> float:
        """Seconds for which a cookie's bearer may still do something."""
        grant = self._sessions.get(digest(session))
        return 0.0 if grant is None else max(grant.until - self._now(), 0.0)

    def role_of(self, session: str) -> VisitorRole | None:
        """What a cookie's bearer may do; None when it is unknown or has run out."""
        key = digest(session)
        grant = self._sessions.get(key)
        if grant is None:
            return None
        if grant.until < self._now():
            del self._sessions[key]
            return None
        return grant.role
