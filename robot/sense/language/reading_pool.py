"""The pool of the reader's processes: a robot that is made goes on with that of one before it."""

from __future__ import annotations

from robot.parts.workers import Worker

READ = "robot.sense.language.reading_worker:read"


def new_worker() -> Worker:
    """A process that loads the network of meanings."""
    return Worker(READ, name="bowlby-reader")


class ReadingPool:
    """Each process has one user at a time; a line and what it was read as leave no trace in it."""

    def __init__(self) -> None:
        self._idle: list[Worker] = []

    def take(self) -> Worker:
        """An idle process, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            worker.close()
        return new_worker()

    def give_back(self, worker: Worker) -> None:
        """Leave a process to the next user."""
        self._idle.append(worker)

    def end(self) -> None:
        """Free the idle processes."""
        while self._idle:
            self._idle.pop().close()
