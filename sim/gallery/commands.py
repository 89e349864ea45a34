"""`bowlby gallery`: a page that shows every behaviour and expression playing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from platformdirs import user_cache_path
from rich.progress import Progress, TaskID

from robot.core.errors import InputError
from robot.core.typed_toml import near
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = user_cache_path("bowlby") / "gallery"


def gallery(
    names: Annotated[
        list[str] | None, typer.Argument(help="Behaviours and expressions to show alone.", show_default=False)
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="The folder for the page and its pictures.")] = FOLDER,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Configuration file (TOML).")] = None,
) -> None:
    """Show every behaviour and expression playing, on a page of its own.

    Each behaviour is brought about in the simulator, and drawn as the robot's body moved. All of it takes some minutes
    the first time; what has not changed since is not drawn again. Your own expressions are among it.
    """
    from robot.app.behavior_loader import load_behaviors  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.config import schema as configuration  # noqa: PLC0415
    from robot.express import keyframes  # noqa: PLC0415
    from sim.gallery import gallery as show  # noqa: PLC0415

    personal = configuration.load(config).robot.behaviors.expanduser() / "expressions"
    known = {**keyframes.load_shipped(), **(keyframes.load_all(personal) if personal.is_dir() else {})}
    wanted = names or []
    all_names = {behavior.name for behavior in load_behaviors()} | known.keys()
    for name in wanted:
        if name not in all_names:
            raise InputError(f"no behaviour and no expression is called {name!r}", remedy=near(name, all_names))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the folder cannot be made: {error.strerror}", place=str(out)) from error
    with Progress(console=terminal(stderr=True), transient=True) as bar:
        task = bar.add_task("drawing", total=len(wanted) or len(all_names))
        step = _step(bar, task)
        acts = show.behaviors(out, wanted, step)
        motions = show.expressions(out, known, wanted, step)
    path = out / "index.html"
    path.write_text(show.page(acts, motions), encoding="utf-8")
    sys.stdout.write(f"{path}\n")
    if browser:
        typer.launch(path.resolve().as_uri())


def _step(bar: Progress, task: TaskID) -> Callable[[str], None]:
    return lambda name: bar.update(task, advance=1, description=name)
