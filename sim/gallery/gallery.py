"""The gallery: a page that shows every behaviour and expression playing, with what was said."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from robot.app.behavior_loader import load_behaviors
from robot.core.errors import InputError
from robot.express import preview
from robot.texts.catalogue import called
from sim.gallery import films
from sim.gallery.scenes import play, scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from robot.express.keyframes import Expression

STYLE = """
.films { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 1rem; }
.films figure { margin: 0; width: 100%; text-align: left; }
.films img { width: 9rem; height: 9rem; border-radius: 0.5rem; }
.films figcaption { font-size: 0.85em; text-align: left; max-width: none; margin: 0.3em 0 0; }
.films .still, #stand-still:checked ~ .films .moving { display: none; }
#stand-still:checked ~ .films .still { display: block; }
@media (prefers-reduced-motion: reduce) { .films .moving { display: none; } .films .still { display: block; } }
"""
SWITCH = '<input type="checkbox" id="stand-still"> <label for="stand-still">Let the pictures stand still</label>'
PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Bowlby's gallery</title>
<style>body {{ font-family: sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }}</style>
<h1>Gallery</h1>
{body}
</html>
"""


class Exhibit(NamedTuple):
    """One film and what is told beside it; `film` is the stem of its files, empty where there is none."""

    name: str
    title: str
    film: str
    about: str
    heard: str = ""
    said: str = ""


def behaviors(folder: Path, wanted: Sequence[str] = (), told: Callable[[str], None] = lambda _: None) -> list[Exhibit]:
    """A film of each behaviour that ships, or of those that are wanted. `told` each name before its turn. Raises
    InputError for one that did not come to run.
    """
    shown = []
    stock = scenes()
    for behavior in load_behaviors():
        scene = stock.get(behavior.name)
        if scene is None or (wanted and behavior.name not in wanted):
            continue
        told(behavior.name)
        title = called("behavior", behavior.name)
        about = (type(behavior).__doc__ or "").partition("\n")[0]
        if scene.lacks:
            shown.append(Exhibit(behavior.name, title, "", f"{about} ({scene.lacks})"))
            continue
        film = play(behavior.name, scene)
        if film is None:
            raise InputError("it never came to run in its scene", place=behavior.name, remedy="mend scenes.toml")
        stem = films.write(folder, f"behavior-{behavior.name}", film.frames)
        heard = film.heard if scene.say else ""
        shown.append(Exhibit(behavior.name, title, stem, about, heard=heard, said=film.said))
    return shown


def expressions(
    folder: Path,
    known: Mapping[str, Expression],
    wanted: Sequence[str] = (),
    told: Callable[[str], None] = lambda _: None,
) -> list[Exhibit]:
    """A film of each expression, or of those that are wanted."""
    shown = []
    for name, expression in sorted(known.items()):
        if wanted and name not in wanted:
            continue
        told(name)
        body = preview.opened()
        try:
            played = preview.play(expression, body)
        finally:
            body.close()
        stem = films.write(folder, f"expression-{name}", played)
        shown.append(Exhibit(name, called("expression", name), stem, expression.about))
    return shown


def section(exhibits: Iterable[Exhibit], place: str = "") -> str:
    """Their figures; `place` goes before the names of their files."""
    lines = ['<div class="films">']
    for one in exhibits:
        lines.append("<figure>")
        if one.film:
            named = escape(one.title)
            for kind, ending in (("moving", ""), ("still", "-still")):
                source = f"{place}{one.film}{ending}.webp"
                size = f'width="{films.SIZE}" height="{films.SIZE}"'
                lines.append(f'<img class="{kind}" src="{source}" alt="{named}" {size} loading="lazy">')
        talk = [f"<q>{escape(words)}</q>" for words in (one.heard, one.said) if words]
        about = " – ".join(talk) or escape(one.about)
        lines.append(f"<figcaption><b>{escape(one.title)}</b> <code>{one.name}</code><br>{about}</figcaption>")
        lines.append("</figure>")
    lines.append("</div>")
    return "\n".join(lines)


def hall(acts: Sequence[Exhibit], motions: Sequence[Exhibit], place: str = "") -> str:
    """All of it in one element, without an empty line, so that it may stand in a Markdown page as well."""
    lines = [f"<div><style>{STYLE.strip()}</style>", SWITCH]
    for heading, exhibits in (("Behaviours", acts), ("Expressions", motions)):
        if exhibits:
            lines += [f"<h2>{heading}</h2>", section(exhibits, place)]
    return "\n".join([*lines, "</div>"])


def page(acts: Sequence[Exhibit], motions: Sequence[Exhibit]) -> str:
    """The whole page."""
    return PAGE.format(body=hall(acts, motions))
