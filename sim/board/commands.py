"""`bowlby board`: a simulated board by itself, at true speed."""

from __future__ import annotations

from typing import Annotated

import typer

from robot.texts.terminal import terminal


def board(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="TCP port here; 0 chooses a free one.")] = 7766,
    pty: Annotated[bool, typer.Option("--pty", help="A terminal device instead of the port.")] = False,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="How long; without it, until Ctrl-C.")] = None,
) -> None:
    """Run a simulated board by itself, at true speed: something to try a client of your own on.

    Behind it is the firmware's own core. [bold]bowlby body show socket://127.0.0.1:7766[/] looks at it.
    """
    from robot.core.clock import nap, stopwatch  # noqa: PLC0415 - only what it needs
    from sim.board.server import BoardServer  # noqa: PLC0415 - as above

    server = BoardServer(port=0 if pty else port)
    address = server.pty() if pty else server.address
    began = stopwatch()
    with server:
        terminal().print(f"a board is at {address}; Ctrl-C ends it", soft_wrap=True)
        while seconds is None or stopwatch() - began < seconds:
            nap(0.1)
