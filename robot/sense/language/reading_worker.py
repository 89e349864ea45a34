"""The reader's process: lines in, what each may mean out.

Messages in: (line, language). Messages out: ("ready",), or ("fault", why, remedy) and the process ends, or
("lesser", why, remedy) where it lacks what else a line tells: remarks, how it is taken up, whether somebody is harmed;
then ("read", (line, language), readings, need, uptake, manners, remark) for each: meanings, kinds of need (`harmed`
among them) and of uptake, each with its probability, what manners of going along are worth, and the likeliest remark
with its probability.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from robot.core.errors import ModelError
from robot.core.percepts import HARMED

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

T = TypeVar("T")

NO_REMARK = ("", 0.0)
NICE = 2  # behind the loop, before hearing


def read(pipe: Connection) -> None:
    """In the process: work until the parent goes."""
    from robot.sense.language.reader.learned import likeliest  # noqa: PLC0415 - as below
    from robot.sense.language.reader.network import MEANING, MeaningNetwork  # noqa: PLC0415 - only this process loads it
    from robot.sense.language.reader.own_head import own_head  # noqa: PLC0415 - as above
    from robot.sense.language.reader.probe import HARM, MANNER, UPTAKE, Probe  # noqa: PLC0415 - as above
    from robot.sense.language.reader.remarks import Remarks  # noqa: PLC0415 - as above

    os.nice(NICE)
    try:
        network = MeaningNetwork.load()
    except ModelError as error:
        pipe.send(("fault", error.what, error.remedy))
        return
    remarks = _loaded(Remarks.load, pipe)
    uptakes, manners, harms = (_loaded(partial(Probe.load, kind), pipe) for kind in (UPTAKE, MANNER, HARM))
    pipe.send(("ready",))
    while True:
        text, language = pipe.recv()
        encoding = network.encode(text)
        known = network.chances(MEANING, encoding)
        meanings, need = likeliest(known), network.need(text, encoding)
        if harms is not None:
            need += tuple(one for one in harms.of(encoding) if one.meaning == HARMED)
        uptake = () if uptakes is None else uptakes.of(encoding)
        worth = () if manners is None else manners.of(encoding)
        remark = NO_REMARK if remarks is None else tuple(remarks.of(encoding, meanings, uptake, worth))
        own = own_head(language)
        readings = meanings if own is None else own.of(encoding, known)
        likely = [tuple(map(tuple, some)) for some in (readings, need, uptake, worth)]
        pipe.send(("read", (text, language), *likely, remark))


def _loaded(load: Callable[[], T], pipe: Connection) -> T | None:
    """What the robot can do without, where it is not as it should be; then that is told."""
    try:
        return load()
    except ModelError as error:
        pipe.send(("lesser", error.what, error.remedy))
        return None
