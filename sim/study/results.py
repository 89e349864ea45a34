"""The results of a study as a table (CSV or Parquet) and as a picture."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING

import numpy as np

from robot.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sim.study.definition import PlotTable
    from sim.study.runs import Row

EXTRA = "make doctor EXTRAS=study"


def writer(path: Path) -> Callable[[Path, Sequence[Row]], None]:
    """What writes a file with this ending. Raises InputError for another one, or where a library is missing."""
    if path.suffix == ".csv":
        return _csv
    if path.suffix != ".parquet":
        raise InputError("results are .csv or .parquet", place=str(path), remedy="name the file so")
    try:
        import pyarrow as pa  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise InputError("Parquet needs pyarrow", place=str(path), remedy=EXTRA) from error
    return _parquet


def write(path: Path, rows: Sequence[Row]) -> None:
    """All lines, whole or not at all. Raises InputError."""
    half = path.with_name(f".{path.name}.half")
    try:
        writer(path)(half, rows)
        os.replace(half, path)  # noqa: PTH105 - the two are the same, and this one says that it replaces
    except OSError as error:
        raise InputError(f"the results cannot be written: {error.strerror}", place=str(path)) from error


def _csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def _parquet(path: Path, rows: Sequence[Row]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    parquet.write_table(pa.Table.from_pylist(list(rows)), path)


def plot(path: Path, rows: Sequence[Row], wanted: PlotTable, title: str) -> None:
    """The mean over the seeds with a band from the 10th to the 90th percentile. Raises InputError."""
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError("a plot needs matplotlib", place=str(path), remedy=EXTRA) from error
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    for line in dict.fromkeys(row[wanted.by] if wanted.by else "" for row in rows):
        mine = [row for row in rows if not wanted.by or row[wanted.by] == line]
        places = list(dict.fromkeys(row[wanted.x] for row in mine))
        values = [np.array([row[wanted.y] for row in mine if row[wanted.x] == place], float) for place in places]
        drawn = axes.plot(places, [one.mean() for one in values], marker="o", label=str(line))[0]
        low, high = (np.array([np.quantile(one, share) for one in values]) for share in (0.1, 0.9))
        axes.fill_between(places, low, high, alpha=0.2, color=drawn.get_color(), linewidth=0)
    axes.set(xlabel=wanted.x, ylabel=wanted.y, title=title)
    if wanted.by:
        axes.legend(title=wanted.by)
    figure.savefig(path)
