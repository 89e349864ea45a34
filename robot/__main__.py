"""The process's first and last moments: `bowlby` and `python -m robot`.

Ctrl-C and a service manager's stop are taken from the start, while the imports of the command line still run, so that
no moment shows a traceback or leaves a wrong exit code.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of handlers
    sys.exit(0)


def main() -> None:
    """Exit with 130 after Ctrl-C, 0 when a service manager asked, and else as the command says."""
    signal.signal(signal.SIGTERM, _end)
    # Small sums are sooner done than shared: the loop would wait for a core that sight or hearing has. NumPy reads it
    # when it is loaded, here and in every process that is begun from here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from robot.core.heap import collect_seldom, one_heap  # noqa: PLC0415 - see above

        collect_seldom()
        one_heap()
        from robot.cli.main import run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        # Where Ctrl-C struck inside an `exec` (dataclasses are made by one while imports run), Python notes it and
        # kills itself by the signal at its very end, whatever was caught; an `exec` that goes well makes it forget.
        exec("")  # noqa: S102 - see above


if __name__ == "__main__":
    main()
