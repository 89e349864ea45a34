"""What the page keeps of a run: bounded, forgotten with whom it was of, and no picture while nobody looks."""

from __future__ import annotations

from robot.core.voice_commands import Speech
from robot.page.server.feed import CLIPS, TALK_LINES, TALK_LIVES_S, Feed
from tests.support.noted_controls import Asked
from tests.support.page_robot import tick


def test_what_the_feed_keeps_is_bounded_and_pictures_are_kept_only_while_watched() -> None:
    feed, asked = Feed(), Asked()
    for n in range(1, 500):
        feed.see(tick(n, asked, voice=(Speech(n, f"line {n}"),)))
    assert len(feed.talk) == TALK_LINES
    assert len(feed.sounds) == CLIPS
    assert len(feed.held) == 1  # the same verdict in 490 ticks, 9.8 s, is one piece of news
    assert feed.seen is None
    feed.watched = True
    feed.see(tick(500, asked))
    assert feed.seen is not None


def test_the_talk_goes_with_whom_is_forgotten_and_with_time() -> None:
    feed, asked, forgettings = Feed(), Asked(), [0]
    feed.forget_with(lambda: forgettings[0])
    feed.see(tick(1, asked, voice=(Speech(1, "Hello Ada"),)))
    forgettings[0] += 1
    feed.see(tick(2, asked, voice=(Speech(2, "Done"),)))
    assert [line.text for line in feed.talk] == ["Done"]
    assert feed.cuts == 1
    feed.see(tick(2 + round(TALK_LIVES_S * 50) + 100, asked))
    assert not feed.talk
