"""The tables of the memory, and the version that stands in the file.

There is no column for an emotion of a person, no sound and no picture: what is not in the schema cannot be kept.
"""

from __future__ import annotations

VERSION = 4

FACE = """
CREATE TABLE face (            -- only of people who said yes to that, too; numbers, not a picture
    person INTEGER PRIMARY KEY,
    template BLOB NOT NULL,      -- 128 float32, little-endian
    learned_at TEXT NOT NULL
) STRICT;
"""

STORE = """
CREATE TABLE store (           -- what behaviours were asked to keep, such as reminders
    name TEXT NOT NULL,          -- of the store
    key TEXT NOT NULL,
    value TEXT NOT NULL,         -- JSON
    person INTEGER NOT NULL,     -- whose it is
    at TEXT NOT NULL,
    PRIMARY KEY (name, key)
) STRICT;
"""

PENDING = """
CREATE TABLE pending (         -- what a run that was killed has left to do
    work TEXT PRIMARY KEY NOT NULL
) STRICT;
"""
SCRUB = "scrub"  # what was deleted may still be in the file's log

UPGRADES = {1: FACE, 2: STORE, 3: PENDING}  # from a version to the next

SCHEMA = f"""{FACE}{STORE}{PENDING}
CREATE TABLE person (          -- only people who said yes to being remembered
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    consented_at TEXT NOT NULL,  -- civil time, ISO 8601
    met_at TEXT NOT NULL
) STRICT;
CREATE TABLE bond (            -- person 0 is "someone": all who are not known by name
    person INTEGER PRIMARY KEY,
    value REAL NOT NULL CHECK (value BETWEEN 0 AND 1),
    at TEXT NOT NULL
) STRICT;
CREATE TABLE topic (           -- what was spoken of; details fade after 5 days, the topic after 30
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    about TEXT NOT NULL,         -- a person or thing that was named
    detail TEXT,                 -- the words; NULL once they have faded
    at TEXT NOT NULL
) STRICT;
CREATE TABLE event (           -- what the robot did that duties count: openings, telling that it is a robot
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_kind ON event (kind, at);
CREATE TABLE together (        -- minutes together by civil day
    day TEXT PRIMARY KEY,
    minutes REAL NOT NULL
) STRICT;
CREATE TABLE counter (         -- anonymous counts of safety events, nobody's in particular
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT;
"""
