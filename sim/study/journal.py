"""What of a study is done: one line of JSON a run, on disk before it counts, so that one that was killed goes on."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from robot.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from sim.study.definition import Plan
    from sim.study.runs import Row


class Journal:
    """A file beside the results. A last line that was torn by a kill counts as not written."""

    def __init__(self, path: Path, plan: Plan) -> None:
        """Raises InputError where the file is another study's, or cannot be written."""
        self.path = path
        self.rows: dict[int, Row] = {}
        head = {"study": plan.name, "fingerprint": plan.fingerprint}
        try:
            whole = path.read_bytes().rpartition(b"\n")[0] if path.exists() else b""
            lines = [json.loads(line) for line in whole.splitlines()]
            if lines and lines[0] != head:
                raise InputError(
                    "this is half of another study, or of this one before it was changed",
                    place=str(path),
                    remedy="remove the file, or begin anew with --fresh",
                )
            self.rows = {row["run"]: row for row in lines[1:]}
            self._file = path.open("r+b" if lines else "wb")
            self._file.truncate(len(whole) + 1 if lines else 0)
            self._file.seek(0, os.SEEK_END)
            if not lines:
                self._write([head])
        except OSError as error:
            raise InputError(
                f"the study's journal cannot be written: {error.strerror}", place=str(path), remedy="name another --out"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Keep what was done."""
        rows = list(rows)
        self._write(rows)
        self.rows |= {row["run"]: row for row in rows}

    def _write(self, lines: Iterable[Row]) -> None:
        self._file.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
        self._file.flush()
        os.fsync(self._file.fileno())
