"""The way in from the network: the page that spends a code, and the code as a picture to scan."""

from __future__ import annotations

import socket
from functools import cache

import numpy as np

from robot.core.errors import PartError
from robot.texts.catalogue import SOURCE, languages, text

QUIET = 4  # light modules that must surround a code
QUIET_TEXT = 2  # as few as scanners take from a screen


@cache
def no_entry() -> str:
    """What a device reads that was not let in."""
    return "\n".join(text("entry.none", code) for code in languages())


@cache
def entry_page() -> str:
    """The page that spends a code. Whoever comes has chosen no language yet, so it speaks all that there are.

    The button, not the script, spends the code: programs that look at links beforehand must not use it up.
    """
    return f"""<!doctype html>
<html lang="{SOURCE}"><head><meta charset="utf-8"><title>Bowlby</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 18px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 15vh auto; padding: 0 1.2rem; }}
button {{ font: inherit; padding: 0.7rem 1.4rem; border-radius: 12px; border: 0; background: #0c6f6b; color: #fff; }}
</style></head><body><main><h1>Bowlby</h1>
<p>{_every("entry.text")}</p>
<p><button id="enter" type="button">{_every("entry.enter")}</button></p>
<p id="trouble" role="alert" hidden>{_every("entry.trouble")}</p></main>
<script>
const code = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
document.getElementById("enter").onclick = async () => {{
  const answer = await fetch("/enter", {{ method: "POST", body: JSON.stringify({{ code }}) }});
  if (answer.ok) location.replace("/");
  else document.getElementById("trouble").hidden = false;
}};
</script></body></html>
"""


def _every(key: str) -> str:
    return "<br>".join(f'<span lang="{code}">{text(key, code)}</span>' for code in languages())


def own_address() -> str:
    """The address that this machine has on its network. Raises PartError when it is on none.

    Sends nothing: a datagram socket that is connected only looks up which way it would go.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documents, RFC 5737
        except OSError as error:
            raise PartError(
                "this machine is on no network", place="page", remedy="join one, or leave out --lan"
            ) from error
        return str(probe.getsockname()[0])


def _modules(text: str, quiet: int) -> np.ndarray:
    """A QR code as (n, n) bool, True where dark, with its light rim."""
    import cv2  # noqa: PLC0415 - 24 MiB, for nothing where nobody is invited

    dark = np.asarray(cv2.QRCodeEncoder.create().encode(text)) == 0
    rim = np.flatnonzero(dark.any(axis=1))
    inner = dark[rim[0] : rim[-1] + 1, rim[0] : rim[-1] + 1]
    return np.pad(inner, quiet)


def qr_text(text: str) -> str:
    """A QR code for a terminal, two modules a character, dark on light by colour codes so that themes do not matter."""
    modules = _modules(text, QUIET_TEXT)
    if len(modules) % 2:
        modules = np.vstack([modules, np.zeros((1, modules.shape[1]), bool)])
    rows = [
        "".join(" ▄▀█"[2 * upper + lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(modules[::2], modules[1::2], strict=True)
    ]
    return "\n".join(f"\x1b[30;107m{row}\x1b[0m" for row in rows)


def qr_svg(text: str) -> str:
    """A QR code as SVG, for the page."""
    modules = _modules(text, QUIET)
    size = len(modules)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, x in zip(*np.nonzero(modules), strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )
