"""Who lends the robot a camera or a microphone over their live line: asked for, carried, told to all, and ended.

Only an owner may lend, one visitor a sense. Whatever is refused is told to whoever sent it, by a name that the page has
words for: "viewer", "taken", "off", "damaged", "large".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import stopwatch
from robot.page.server import borrowed_media
from robot.page.server.access import Bucket
from robot.page.server.picture_decoder import PictureDecoder
from robot.parts.browser_media import HERE, LentPicture, LoanEnding
from robot.parts.home_network import on_this_machine

if TYPE_CHECKING:
    from robot.page.server.served import Served
    from robot.parts.browser_media import Lent, LentSound, Loan

    Either = Loan[LentPicture] | Loan[LentSound]

CAMERA, MICROPHONE = "camera", "microphone"


class BrowserLoan(NamedTuple):
    """A loan that a browser has, or had: it may be over."""

    loan: Either
    number: int

    @property
    def mine(self) -> bool:
        """Whether the loan's last terms are still this one's."""
        return self.loan.terms.number == self.number


@dataclass(slots=True)
class Lender:
    """One browser that may lend."""

    address: str
    may_act: bool
    held: dict[str, BrowserLoan] = field(default_factory=dict)  # by sense
    told: str = ""
    paces: dict[str, Bucket] = (
        field(  # a line that was stuck delivers at once what waited in it: web/live.js bounds that
            default_factory=lambda: {CAMERA: Bucket(burst=24, rate=15), MICROPHONE: Bucket(burst=100, rate=20)}
        )
    )

    @property
    def by(self) -> str:
        """Where it is, as far as anybody can tell."""
        return HERE if on_this_machine(self.address) else self.address or "?"


def refused(sense: str, why: str) -> str:
    """What tells a browser that something was not taken."""
    return json.dumps({"k": "refused", "sense": sense, "why": why}, separators=(",", ":"))


class PageLending:
    """The page's side of what visitors lend."""

    def __init__(self, page: Served) -> None:
        self._page = page
        self._decoder = PictureDecoder()

    @property
    def _lent(self) -> Lent | None:
        return self._page.controls.lending

    @property
    def camera_lent(self) -> bool:
        """Whether the robot sees through a visitor's camera."""
        lent = self._lent
        return lent is not None and bool(lent.camera.terms.by)

    def ask(self, lender: Lender, sense: str, wish: str) -> str | None:
        """`wish` "lend", "stop" (also another visitor's) or "lost"; what to answer, if anything."""
        loan = self._loan(sense)
        if loan is None:
            return None
        if not lender.may_act:
            return refused(sense, "viewer")
        if wish == "lend":
            return self._begin(lender, sense, loan)
        if wish == "stop":
            loan.end(LoanEnding.STOPPED)
        elif wish == "lost" and sense in lender.held:
            loan.end(LoanEnding.UNPLUGGED, lender.held[sense].number)
        return None

    def _begin(self, lender: Lender, sense: str, loan: Either) -> str | None:
        if self._off(sense):
            return refused(sense, "off")
        number = loan.begin(lender.by)
        if number is None:
            return refused(sense, "taken")
        lender.held[sense] = BrowserLoan(loan, number)
        lender.told = ""
        return None

    async def take(self, lender: Lender, data: bytes) -> str | None:
        """A picture or some sound of somebody who lends; what to answer. Raises BufferError when they come too fast."""
        sense = {borrowed_media.PICTURE: CAMERA, borrowed_media.SOUND: MICROPHONE}.get(data[0] if data else 0, "")
        arrived = stopwatch()
        if not sense or not lender.paces[sense].take(arrived):
            raise BufferError
        lent, held = self._lent, lender.held.get(sense)
        if lent is None or held is None or not held.mine:
            return None  # what was under way when it ended
        came: LentPicture | LentSound | borrowed_media.Unfit
        if held.loan is lent.camera:
            came = await self._decoded(data, arrived)
        else:
            came = borrowed_media.sound(data, arrived)
        if isinstance(came, borrowed_media.Unfit):
            return refused(sense, came)
        held.loan.give(held.number, came)  # type: ignore[arg-type] # each sense gives its own
        return None

    async def _decoded(self, data: bytes, arrived: float) -> LentPicture | borrowed_media.Unfit:
        coded = borrowed_media.picture(data)
        if isinstance(coded, borrowed_media.Unfit):
            return coded
        image = await self._decoder.decode(coded.jpeg, borrowed_media.LONGEST_SIDE)
        if image is None:
            return borrowed_media.Unfit.DAMAGED
        return LentPicture(coded.told, coded.age, arrived, image)

    def leave(self, lender: Lender) -> None:
        """Its line is closed."""
        for held in lender.held.values():
            held.loan.end(LoanEnding.LEFT, held.number)
        self._rest()

    def close(self) -> None:
        """End what decodes pictures."""
        self._decoder.close()

    def _rest(self) -> None:
        if not self.camera_lent:
            self._decoder.close()

    def watch(self) -> None:
        """End what is lent to a sense that was switched off."""
        lent = self._lent
        for sense, loan in {} if lent is None else lent.offered().items():
            if loan.terms.by and self._off(sense):
                loan.end(LoanEnding.OFF)
        self._rest()

    def news(self, lender: Lender) -> str | None:
        """How each sense stands, for one browser; None when it knows that already."""
        lent = self._lent
        if lent is None:
            return None
        told: dict[str, object] = {"k": "lent"}
        for sense, loan in lent.offered().items():
            terms = loan.terms
            mine = lender.held.get(sense) == BrowserLoan(loan, terms.number)
            told[sense] = {
                "mine": bool(terms.by) and mine,
                "by": terms.by,
                "rests": bool(terms.by) and loan.rests,
                "ended": terms.ending.name.lower() if mine and terms.ending is not None else "",
            }
        message = json.dumps(told, separators=(",", ":"))
        if message == lender.told:
            return None
        lender.told = message
        return message

    def _loan(self, sense: str) -> Either | None:
        lent = self._lent
        return None if lent is None else lent.offered().get(sense)

    def _off(self, sense: str) -> bool:
        """Switched off on the page, or by the switch on the body."""
        senses, tick = self._page.controls.senses, self._page.feed.tick
        muted = tick is not None and tick.scene.body is not None and tick.scene.body.muted
        return muted or (senses is not None and sense in senses.off())
