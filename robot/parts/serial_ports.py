"""Why a serial port cannot be opened, and what mends it."""

from __future__ import annotations

import errno

from robot.core.errors import LinkError
from robot.texts.sentence import sentence

HELD = {errno.EWOULDBLOCK, errno.EBUSY}  # locked by whoever has opened it


def not_opened(path: str, error: Exception) -> LinkError:
    """What to raise for an error of opening `path`."""
    number = getattr(error, "errno", None)
    if number in HELD:
        stop = sentence("health.stop_holder", port=path)
        return LinkError(sentence("health.port_held"), place=path, remedy=stop)
    if number == errno.EACCES:
        remedy = sentence("health.join_dialout")
    elif number == errno.EPERM:  # its owner and group would let it: the service's DeviceAllow does not
        remedy = sentence("health.allow_device", port=path)
    else:
        remedy = sentence("health.plugged_in")
    return LinkError(sentence("health.port_not_opened", error=str(error)), place=path, remedy=remedy)
