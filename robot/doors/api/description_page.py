"""The description as a page to read: plain HTML that loads nothing, from here or elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1.2rem; }
h2 { margin-top: 2.5rem; } h3 { margin: 1.8rem 0 0.2rem; font-family: ui-monospace, monospace; font-size: 1.05rem; }
table { border-collapse: collapse; } td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top; }
code { font-family: ui-monospace, monospace; }
"""
LIVE = """<h2>live</h2><h3>WebSocket /api/v1/live</h3>
<p>Send <code>{"want": ["ticks", "percepts", "words", "verdicts"], "every": 5}</code>; each such message takes the place
of the one before. Messages come as JSON with their <code>kind</code>: tick, percept, words, verdict, lost, problem.</p>
"""


def page_of(description: Mapping[str, Any]) -> str:
    """An OpenAPI description as HTML."""
    info = description["info"]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])} API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body><main>'
        f"<h1>{escape(info['title'])} API, version {escape(info['version'])}</h1><p>{escape(info['description'])}</p>"
        f'<p>As <a href="/api/v1/openapi.json">OpenAPI</a>, for programs.</p>'
        f"{''.join(_calls(description))}{LIVE}<h2>forms and answers</h2>{''.join(_schemas(description))}"
        "</main></body></html>\n"
    )


def _calls(description: Mapping[str, Any]) -> Iterator[str]:
    heading = ""
    for path, calls in description["paths"].items():
        for method, call in calls.items():
            if call["tags"][0] != heading:
                heading = call["tags"][0]
                yield f"<h2>{escape(heading)}</h2>"
            yield f"<h3>{method.upper()} {escape(path)}</h3><p>{escape(call.get('description', ''))}</p>"
            sent = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            if sent:
                yield f"<p>Send {_kind(sent)}.</p>"
            got = call["responses"]["200"].get("content", {}).get("application/json", {}).get("schema")
            if got:
                yield f"<p>Answers {_kind(got)}.</p>"


def _schemas(description: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in description["components"]["schemas"].items():
        yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(schema.get("description", ""))}</p><table>'
        for field, told in schema.get("properties", {}).items():
            needed = "" if field in schema.get("required", ()) else " (may be left out)"
            about = escape(told.get("description", "")) + needed
            yield f"<tr><td><code>{escape(field)}</code></td><td>{_kind(told)}</td><td>{about}</td></tr>"
        yield "</table>"


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of a value, in words."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"a list of {_kind(schema['items'])}" if "items" in schema else "a list"
    least, most = schema.get("minimum"), schema.get("maximum")
    bounds = "" if least is None or most is None else f", {least:.4g} to {most:.4g}"
    return escape(str(schema.get("type", "anything"))) + bounds
