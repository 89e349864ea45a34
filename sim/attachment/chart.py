"""The Strange Situation as a picture: arousal and exploration as they went, contact and calling by episode, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from robot.texts.catalogue import Texts
from sim.attachment.strange_situation import EPISODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sim.attachment.strange_situation import Course, Measured

WIDTH, HEIGHT = 1080, 700
LEFT, RIGHT = 84, 24
TOPS = {"arousal": 132, "exploration": 312, "contact": 492}
TALL = 140
COLOURS = {"secure": "#0072b2", "anxious": "#d55e00", "avoidant": "#009e73"}  # apart for colour-blind eyes (Okabe, Ito)
FONT = 'font-family="DejaVu Sans, Arial, sans-serif" font-size="13" fill="#222"'
STEP_S = 60.0  # of the axis of contact
LABELLED_S = 5.0  # contact from here on is told as a number, too


def draw(courses: Sequence[Course], language: str) -> str:
    """The picture, as the text of an SVG file, labelled in a language that has catalogues."""
    words = Texts("chart", language)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {FONT}>',
        f"<title>{escape(words('title'))}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 34, words("title"), 'font-size="20" font-weight="bold"'),
        _text(LEFT, 56, words("under"), 'fill="#555"'),
        *_legend(courses, words),
        *_bands(words),
    ]
    for name, column in (("arousal", 1), ("exploration", 2)):
        parts += _axis(TOPS[name], words(name), ((0.0, "0"), (0.5, "0.5"), (1.0, "1")), 1.0)
        parts += (_line(TOPS[name], course, column) for course in courses)
    parts += _bars(courses, words)
    parts += _minutes(words)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(t: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * t / EPISODES[-1].end


def _text(x: float, y: float, text: str, style: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _legend(courses: Iterable[Course], words: Texts) -> Iterator[str]:
    x = WIDTH - RIGHT - 330
    for course in courses:
        yield f'<line x1="{x}" x2="{x + 26}" y1="30" y2="30" stroke="{COLOURS[course.style]}" stroke-width="4"/>'
        yield _text(x + 34, 34.5, words(course.style))
        x += 110


def _bands(words: Texts) -> Iterator[str]:
    bottom = TOPS["contact"] + TALL
    for episode in EPISODES:
        left, right = _x(episode.start), _x(episode.end)
        apart = episode.who in {"stranger", "alone"}
        shade = "#f3ead9" if apart else ("#ffffff" if episode.number % 2 else "#f7f8fa")
        place = f'x="{left:.1f}" y="84" width="{right - left:.1f}" height="{bottom - 84}"'
        yield f'<rect {place} fill="{shade}" stroke="#fff"/>'
        middle = (left + right) / 2
        yield _text(middle, 102, str(episode.number), 'text-anchor="middle" font-weight="bold"')
        if episode.number > 1:
            yield _text(middle, 119, words(episode.who), 'text-anchor="middle" font-size="12" fill="#444"')


def _axis(top: float, name: str, marks: Iterable[tuple[float, str]], most: float) -> Iterator[str]:
    middle = top + TALL / 2
    yield _text(26, middle, name, f'text-anchor="middle" transform="rotate(-90 26 {middle:.1f})"')
    for value, text in marks:
        y = top + TALL * (1 - value / most)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d5d5d5"/>'
        yield _text(LEFT - 8, y + 4.5, text, 'text-anchor="end" font-size="12"')


def _line(top: float, course: Course, column: int) -> str:
    points = " ".join(f"{_x(row[0]):.1f},{top + TALL * (1 - row[column]):.1f}" for row in course.trace)
    return f'<polyline points="{points}" fill="none" stroke="{COLOURS[course.style]}" stroke-width="2"/>'


def _bars(courses: Sequence[Course], words: Texts) -> Iterator[str]:
    top = TOPS["contact"]
    most = max(_longest(course.episodes) for course in courses)
    most = max(STEP_S, STEP_S * -(-most // STEP_S))
    marks = [(STEP_S * k, f"{STEP_S * k:.0f}") for k in range(round(most / STEP_S) + 1)]
    yield from _axis(top, words("contact"), marks, most)
    yield _text(LEFT, top - 10, words("bars"), 'font-size="12" fill="#444"')
    for episode in EPISODES:
        middle = (_x(episode.start) + _x(episode.end)) / 2
        for i, course in enumerate(courses):
            seen, colour = course.episode(episode.number), COLOURS[course.style]
            x = middle + (i - len(courses) / 2) * 26
            for value, fill in ((seen.calling_s, "none"), (seen.contact_s, colour)):
                high = TALL * value / most
                if high >= 1.0:
                    yield (
                        f'<rect x="{x + 3:.1f}" y="{top + TALL - high:.1f}" width="20" height="{high:.1f}" '
                        f'fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'
                    )
            if seen.contact_s >= LABELLED_S:
                y = top + TALL - TALL * seen.contact_s / most - 6
                yield _text(x + 13, y, f"{seen.contact_s:.0f}", f'text-anchor="middle" font-size="12" fill="{colour}"')


def _longest(episodes: Iterable[Measured]) -> float:
    return max(max(episode.contact_s, episode.calling_s) for episode in episodes)


def _minutes(words: Texts) -> Iterator[str]:
    y = TOPS["contact"] + TALL + 22
    for minute in range(0, int(EPISODES[-1].end // 60) + 1, 3):
        yield _text(_x(60.0 * minute), y, str(minute), 'text-anchor="middle" font-size="12"')
    yield _text((LEFT + WIDTH - RIGHT) / 2, y + 24, words("minutes"), 'text-anchor="middle"')
