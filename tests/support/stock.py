"""What costs the most to make, once for all the robots of a process of tests."""

from __future__ import annotations

import atexit
from functools import cache

from robot.app.context import Stock
from robot.express.renderer import KeptRenderer


@cache
def stock() -> Stock:
    made = Stock.load()
    assert isinstance(made.renderer, KeptRenderer)
    atexit.register(made.renderer.end)
    return made
