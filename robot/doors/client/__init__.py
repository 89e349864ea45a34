"""The client of the API: `Bowlby` for plain programs, `AsyncBowlby` for asyncio; docs/api.md has examples."""

from robot.doors.client.blocking import Bowlby
from robot.doors.client.nonblocking import AsyncBowlby

__all__ = ["AsyncBowlby", "Bowlby"]
