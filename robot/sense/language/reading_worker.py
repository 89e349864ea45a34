"""The reader's process: lines in, what each may mean out.

Messages in: (line, language). Messages out: ("ready",), or ("fault", why, remedy) and the process ends, or
("lesser", why, remedy) where it knows no remarks or not how lines are taken up; then ("read", (line, language),
readings, need, uptake, remark) for each: meanings, kinds of need and of uptake, each with its probability, and the
likeliest remark with its.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from robot.core.errors import ModelError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

NO_REMARK = ("", 0.0)
NICE = 2  # behind the loop, before hearing


def read(pipe: Connection) -> None:
    """In the process: work until the parent goes."""
    from robot.sense.language.reader.learned import likeliest  # noqa: PLC0415 - as below
    from robot.sense.language.reader.network import MEANING, MeaningNetwork  # noqa: PLC0415 - only this process loads it
    from robot.sense.language.reader.own_head import own_head  # noqa: PLC0415 - as above
    from robot.sense.language.reader.remarks import Remarks  # noqa: PLC0415 - as above
    from robot.sense.language.reader.uptake import UptakeHead  # noqa: PLC0415 - as above

    os.nice(NICE)
    try:
        network = MeaningNetwork.load()
    except ModelError as error:
        pipe.send(("fault", error.what, error.remedy))
        return
    remarks: Remarks | None = None
    taken_up: UptakeHead | None = None
    try:
        remarks = Remarks.load()
    except ModelError as error:
        pipe.send(("lesser", error.what, error.remedy))
    try:
        taken_up = UptakeHead.load()
    except ModelError as error:
        pipe.send(("lesser", error.what, error.remedy))
    pipe.send(("ready",))
    while True:
        text, language = pipe.recv()
        encoding = network.encode(text)
        known = network.chances(MEANING, encoding)
        meanings, need = likeliest(known), network.need(text, encoding)
        uptake = () if taken_up is None else taken_up.of(encoding)
        remark = NO_REMARK if remarks is None else tuple(remarks.of(encoding, meanings, uptake))
        own = own_head(language)
        readings = meanings if own is None else own.of(encoding, known)
        likely = [tuple(map(tuple, some)) for some in (readings, need, uptake)]
        pipe.send(("read", (text, language), *likely, remark))
