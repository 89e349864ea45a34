"""A study over a behaviour's parameter: how much it must want to greet, until somebody who drops in is greeted."""

from pathlib import Path

from sim import Study, run_study

DESIRE = "config.behaviors.greet.desire"

study = Study(
    about="Who is greeted, by how much it wants to.",
    scenario=str(Path(__file__).with_name("ben_drops_in.toml")),
    seeds=2,
    seconds=8,
    vary={DESIRE: [0.2, 0.4, 0.6]},
)
for row in run_study(study):
    print(f"desire {row[DESIRE]}, seed {row['seed']}: {row['sentences']} sentences, comfort {row['comfort_mean']:.3f}")
