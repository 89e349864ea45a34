"""Play a scenario and have it judged: each expectation comes back with its figure."""

from pathlib import Path

from sim import play

report = play(Path(__file__).with_name("ben_drops_in.toml"), seed=7)
for finding in report.expectations:
    print("met " if finding.passed else "MISSED", finding.text, finding.figure, sep=" | ")
print(f"{report.scenario}: {'passed' if report.passed else 'failed'}, {report.late_ticks} turns of the loop were late")

again = play(Path(__file__).with_name("ben_drops_in.toml"), seed=7)
print("same seed, same bytes:", report.digest == again.digest)
