"""The watch over self-harm: misses and false alarms on what was set aside and on strangers, and its cost.

One JSON line a figure.
"""

from __future__ import annotations

from benchmarks.figures import tell
from robot.core.clock import stopwatch
from robot.guard.crisis.classifier import CrisisClassifier
from training.crisis import train
from training.crisis.lines import LANGUAGES, phrases
from training.crisis.measure import measure


def main() -> None:
    start = stopwatch()
    crisis = CrisisClassifier.load()
    tell("crisis: load", stopwatch() - start, "s")
    lines = phrases()
    for kind, chosen in (
        ("first authors, set aside", [p for p in lines if p.first_aside]),
        ("all set aside", [p for p in lines if p.aside]),
        ("strangers", phrases("strangers")),
    ):
        for language in LANGUAGES:
            mine = [p for p in chosen if p.language == language]
            figures = measure(crisis, mine)
            plain = measure(crisis, [p for p in mine if p.label == "crisis"])
            tell(f"crisis: missed, {kind}, {language}, of {figures.risks}", figures.missed, "%", 2.0)
            tell(
                f"crisis: missed of what is plainly said, {kind}, {language}, of {plain.risks}", plain.missed, "%", 2.0
            )
            tell(f"crisis: false alarms, {kind}, {language}, of {figures.calm}", figures.alarms, "%", 5.0)
            if kind == "strangers":
                for group in dict.fromkeys(p.group for p in mine if not p.risk):
                    alarms = measure(crisis, [p for p in mine if p.group == group]).alarms
                    tell(f"crisis: false alarms, {kind}, {language}, {group}", alarms, "%", 5.0)
    costs = []
    for line in lines:
        start = stopwatch()
        crisis.assess(line.text, line.language)
        costs.append(1000.0 * (stopwatch() - start))
    costs.sort()
    tell("crisis: a line, median", costs[len(costs) // 2], "ms", 2.0)
    tell("crisis: a line, p99", costs[int(0.99 * len(costs))], "ms", 2.0)
    start = stopwatch()
    train.train(lines)
    tell("crisis: retraining", stopwatch() - start, "s")


main()
