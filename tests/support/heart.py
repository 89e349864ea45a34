"""Pages that are up: one with a heart that beats ticks into it, and one that shows a recording."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from nicegui import Client

from robot.core.clock import nap
from robot.core.decision import Mode
from robot.core.voice_commands import Silence, Speech
from robot.page.replay_page import show
from robot.page.server.server import Page
from tests.support.background import Background
from tests.support.page_robot import ANSWER, tick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.percepts import Suggested
    from robot.core.voice_commands import VoiceCommand
    from robot.recording.seekable import SeekableRecording
    from tests.support.noted_controls import Asked


@contextmanager
def beating(asked: Asked, *, lan: bool = False) -> Iterator[Heart]:
    """Serve a page of its own, that answers, to ask `asked` by."""
    page = Page(asked, port=0, lan=lan)
    page.start()
    try:
        with Heart(page, asked) as heart:
            assert page.wait_ready()
            yield heart
    finally:
        page.stop()


@contextmanager
def shown(film: SeekableRecording) -> Iterator[str]:
    """`bowlby replay FILE --page`, in a thread of its own: the page's address."""
    ending, ready, told = threading.Event(), threading.Event(), []

    def up(address: str) -> None:
        told.append(address)
        ready.set()

    thread = threading.Thread(target=show, args=(film, 0, ending.is_set, up))
    thread.start()
    try:
        assert ready.wait(30)
        yield told[0]
    finally:
        ending.set()
        thread.join()


class Heart(Background):
    """Beats ticks into a page at 50 a second, and answers what was typed."""

    def __init__(self, page: Page, asked: Asked) -> None:
        super().__init__()
        self.page = page
        self._asked = asked
        self.mode = Mode.ENGAGED
        self.cut = False
        self.suggests: list[Suggested] = []  # by a language model, to come

    @property
    def url(self) -> str:
        return self.page.url

    def _work(self) -> None:
        n, heard = 0, 0
        while not self._end.is_set():
            n += 1
            lines = [] if self._asked.deaf else self._asked.lines[heard:]
            heard += len(lines)
            voice: tuple[VoiceCommand, ...] = tuple(Speech(n, ANSWER) for _ in lines)
            if self.cut:
                voice, self.cut = (Silence(),), False
            now = tick(n, self._asked, mode=self.mode, voice=voice)
            if self.suggests:
                now = now._replace(scene=now.scene._replace(suggested=(self.suggests.pop(0),)))
            words = tuple(replace(line, t=now.t) for line in lines)
            self.page.see(now._replace(percepts=(*now.percepts, *words)))
            nap(0.02)


def untried(page: Page) -> None:
    """Its door has all its patience, and no page is open."""
    for paces in (page.access._requests, page.access._entries, page.access._pages):
        paces._buckets.clear()
    for client in list(Client.instances.values()):
        client.delete()
