"""A study: a scene with two characters and several seeds, on all cores, and the means of what was measured."""

from statistics import mean

from sim import Study, run_study

ANXIETY = "config.character.anxiety"

study = Study(
    about="How excited it is when Ada comes, by its character.",
    scenario="first-meeting",
    seeds=3,
    seconds=10,
    vary={ANXIETY: [0.0, 0.2, 0.4]},
)
rows = run_study(study)
for anxiety in study.vary[ANXIETY]:
    arousal = mean(row["arousal_mean"] for row in rows if row[ANXIETY] == anxiety)
    print(f"anxiety {anxiety}: arousal {arousal:.3f} on the average")
print(f"{len(rows)} runs, {len({row['digest'] for row in rows})} of them different in what the body was told")
