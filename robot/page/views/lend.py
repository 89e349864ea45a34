"""The bar by which a visitor lends the robot a camera or a microphone, and which says whose are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui.element import Element

from robot.page.views.elements import PICTURES, WEB

if TYPE_CHECKING:
    from robot.page.api import Controls
    from robot.page.texts import PageTexts
    from robot.parts.browser_media import Lent

USED_IN = ("title", "none", "note", "here", "at", "rests")
TROUBLES = (
    *("insecure", "denied", "missing", "busy", "failed", "line"),
    *("viewer", "taken", "off", "damaged", "large"),  # what `robot/page/server/lending.py` refuses
    *("left", "silent", "unplugged"),  # how a loan may end; `robot.parts.browser_media.Ending` by name, and "off"
)
OF_A_SENSE = ("use", "stop", "end", "mine", "other")


class LendBar(Element, component=WEB / "lend.js", esm={"bowlby-page": str(WEB)}):
    """Fed by the live line; only an owner may lend, a viewer sees what is in use."""

    def __init__(self, words: PageTexts, lent: Lent, *, owner: bool) -> None:
        super().__init__()
        senses = list(lent.offered())
        names = (*USED_IN, *TROUBLES, *(f"{what}_{sense}" for sense in senses for what in OF_A_SENSE))
        self._props["words"] = {name: words.raw(f"lend_{name}") for name in names}
        self._props["senses"] = senses
        self._props["pictures"] = {sense: PICTURES[sense] for sense in senses}
        self._props["mayLend"] = owner


def lend_bar(words: PageTexts, controls: Controls, *, owner: bool) -> None:
    """Build it where the robot takes what is lent."""
    lent = controls.lending
    if lent is not None:
        LendBar(words, lent, owner=owner)
