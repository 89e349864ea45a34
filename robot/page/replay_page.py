"""A recording on the page: what `bowlby replay FILE --page` shows, instead of a robot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.errors import InputError, PartError
from robot.core.tick import Vitals
from robot.page.api import Controls
from robot.page.server.server import Page
from robot.recording.player import Player
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.body_description import BodyDescription
    from robot.core.percepts import Utterance
    from robot.recording.seekable import SeekableRecording


class RecordingControls(Controls):
    """What the page may ask of a recording: nothing but the moment."""

    def __init__(self, film: SeekableRecording) -> None:
        self._film = film
        self.title = film.holdings.file

    @property
    def description(self) -> BodyDescription:
        return self._film.beginning.body

    def vitals(self) -> Vitals:
        """A recording has no health."""
        return Vitals(len(self._film), 0, (), ())

    def say(self, text: str, instead: Utterance | None = None, by: str = "") -> None:  # noqa: ARG002 - as all controls
        raise _deaf(f"{text!r} was said to it")

    def take_as(self, words: Utterance, meaning: str) -> None:
        raise _deaf(f"it was told that {words.text!r} means {meaning}")

    def hush(self, by: str = "") -> None:  # noqa: ARG002 - likewise
        raise _deaf("it was told to be quiet")

    def move_again(self) -> None:
        raise _deaf("it was told to move again")


def _deaf(what: str) -> InputError:
    return InputError(f"{what}, and a recording hears nothing", remedy="run a robot: bowlby sim")


def show(film: SeekableRecording, port: int | None, stopping: Callable[[], bool], up: Callable[[str], None]) -> None:
    """Serve the page until `stopping()`; `up` is told its address.

    Raises PartError where it cannot be served, InputError where the file is no longer what it was.
    """
    controls = RecordingControls(film)
    page = Page(controls, port=port, language=film.beginning.config.robot.language)
    controls.timeline = player = Player(film, page.feed)
    page.start()
    try:
        if not page.wait_ready():
            raise PartError(
                sentence("health.page_did_not_start"), place="page", remedy=sentence("health.see_log_above")
            )
        up(page.url)
        player.run(stopping)
    finally:
        page.stop()
