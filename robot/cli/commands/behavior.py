"""`bowlby behavior`: write a new behaviour, and list those that there are."""

from __future__ import annotations

import ast
import json as jsons
import keyword
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from robot.config import schema as configuration
from robot.core.condition import Condition
from robot.core.errors import InputError
from robot.texts.catalogue import words
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.condition import Health
    from robot.decide.behavior import Behavior

behavior = typer.Typer(no_args_is_help=True, help="Write behaviours of your own, and see which there are.")

CONFIG = typer.Option("--config", "-c", help="Configuration file (TOML).")

TEMPLATE = '''"""{title}: now and then it tilts its head at whoever is here. Change this line, and what stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Desire, Look, Mode, Seconds, Show, because

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

LASTS_S = 3.0


class {kind}Config(BehaviorConfig):
    """What may be changed on the page while it runs; these are the values that it begins with."""

    desire: Desire = Field(0.55, description="how much it wants to")
    again_after_s: Seconds = Field(30.0, description="how soon it does it again")


class {kind}(Behavior):
    """The first line tells what it is for."""

    name = "{name}"
    config = {kind}Config()
    modes = frozenset({{Mode.ENGAGED}})  # somebody is here; Mode.AWAKE: nobody is
    min_stay_s = LASTS_S

    def __init__(self) -> None:
        self._again_at = 0.0

    def desire(self, state: State) -> float:
        """How much it wants to run, 0 to 1: idle 0.05, attend 0.35, greet 0.6, answering 0.9."""
        if state.scene.focused is None:
            return 0.0
        running = not state.first
        if running:
            return self.config.desire if state.since < LASTS_S else 0.0
        return self.config.desire if state.t >= self._again_at else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        """What it wants to do now; asked ten times a second while it runs. Each wish tells its cause."""
        person = state.scene.focused
        if person is None:
            return
        cause = because("person", person.track, "somebody is here")
        yield Look(cause, person=person.track)
        if state.first:
            self._again_at = state.t + self.config.again_after_s
            yield Show(cause, "curious", strength=0.8)
'''


@behavior.command("new")
def new(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and _.", show_default=False)],
    *,
    folder: Annotated[Path | None, typer.Option(help="Where to write it, instead of the personal folder.")] = None,
    config: Annotated[Path | None, CONFIG] = None,
) -> None:
    """Write a file that works. A robot that runs takes it up within a second, now and each time that it is saved."""
    from robot.app.behavior_loader import NO_BEHAVIORS, load_behaviors  # noqa: PLC0415 - imports wait until it runs

    if not name.isidentifier() or keyword.iskeyword(name) or name != name.lower() or name.startswith("_"):
        raise InputError(
            f"{name!r} cannot be a behaviour's name", remedy="use small letters, digits and _, as in my_idea"
        )
    if name.startswith(NO_BEHAVIORS):
        raise InputError(f"a file called {name}.py is taken for a test, and never loaded", remedy="choose another name")
    title = name.replace("_", " ").capitalize()
    kind = title.title().replace(" ", "")
    if keyword.iskeyword(kind) or kind in _imported(TEMPLATE.format(title=title, name=name, kind="Mine")):
        raise InputError(
            f"its class would be called {kind}, which is something else in such a file",
            remedy=f"choose another name, as in my_{name}",
        )
    personal = configuration.load(config).robot.behaviors.expanduser()
    where = personal if folder is None else folder
    path = where / f"{name}.py"
    if path.exists():
        raise InputError("there is such a file already", place=str(path), remedy="choose another name")
    if name in {one.name for one in load_behaviors()}:
        raise InputError(
            f"a behaviour is called {name!r} already, and yours would stand in for it",
            remedy="choose another name, or write the file yourself if that is what you want",
        )
    try:
        where.mkdir(parents=True, exist_ok=True)
        path.write_text(TEMPLATE.format(title=title, name=name, kind=kind), encoding="utf-8")
    except OSError as error:
        raise InputError(f"it cannot be written: {error.strerror}", place=str(path)) from error
    say = terminal(stderr=True)
    sys.stdout.write(f"{path}\n")
    if where.resolve() == personal.resolve():
        say.print("A robot that runs takes it up within a second, now and each time that you save it.")
    else:
        line = Text(f'[robot] behaviors = "{where}"', "bold")
        say.print("To have it loaded, write in your configuration: ", line, soft_wrap=True)


def _imported(source: str) -> set[str]:
    """The names that a file has from others."""
    froms = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in froms for alias in node.names}


@behavior.command("list")
def listing(
    *,
    config: Annotated[Path | None, CONFIG] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List all behaviours with the modes that they may run in, and the files that cannot be loaded."""
    from robot.app.plugins import PACKAGE, Library  # noqa: PLC0415 - as above
    from robot.sense.language import phrases  # noqa: PLC0415

    settings = configuration.load(config)
    library = Library(settings.robot.behaviors.expanduser(), phrases.load, parameters=settings.behaviors)
    rows = list(_rows(library.behaviors))
    health = library.health()
    told = [part for part in health if part.part != PACKAGE]
    benched = [_with_remedy(part) for part in health if part.part == PACKAGE]
    broken = [words(part.reason) for part in told if part.condition is Condition.FAULT]
    replaced = [_with_remedy(part) for part in told if part.condition is Condition.LESSER]
    if json:
        all_told = {"behaviors": rows, "broken": broken, "replaced": replaced, "benched": benched}
        sys.stdout.write(jsons.dumps(all_told) + "\n")
    else:
        table = Table("behaviour", "runs when", "from", "what it is for", box=None)
        for row in rows:
            table.add_row(*row.values())
        terminal().print(table)
        for reason in broken:
            terminal(stderr=True).print(Text("broken:", "bold red"), reason, soft_wrap=True)
        for reason in replaced:
            terminal(stderr=True).print(Text("replaced:", "yellow"), reason, soft_wrap=True)
        for reason in benched:
            terminal(stderr=True).print(Text("benched:", "yellow"), reason, soft_wrap=True)
    if broken:
        raise typer.Exit(1)


def _with_remedy(part: Health) -> str:
    return f"{words(part.reason)} ({words(part.remedy)})"


def _rows(behaviors: Iterable[Behavior]) -> Iterable[dict[str, str]]:
    for one in behaviors:
        kind = type(one)
        yield {
            "name": one.name,
            "modes": ", ".join(sorted(one.modes)),
            "from": kind.__module__,
            "about": (kind.__doc__ or sys.modules[kind.__module__].__doc__ or "").partition("\n")[0],
        }
