"""The machine that lends: one Zenoh session that listens, and a thread for each sense that it lends."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING, Self

from hardware.network import hearing, sight
from hardware.network.remote_listener import Stenographer
from hardware.network.session import engine, listen
from robot.parts.zenoh_line import end

if TYPE_CHECKING:
    from collections.abc import Callable

    import zenoh

    from hardware.network.session import EndPoint

    Answer = Callable[[str, bytes, bytes], bytes]

log = logging.getLogger(__name__)


class Lending:
    """Answers robots until closed. Nothing of what they send is kept."""

    def __init__(self, at: EndPoint, *, eyes: bool = True, ears: bool = True) -> None:
        """Raises DeviceError when it cannot listen there, ModelError without the face model."""
        self._session = listen(at)
        self._stenographer = Stenographer()
        self._threads: list[Thread] = []
        if eyes:
            onlooker = sight.Onlooker()
            self._lend(sight.KEY, lambda _, payload, attachment: onlooker.answer(payload, attachment))
        if ears:
            self._lend(f"{hearing.KEY}/**", self._stenographer.answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _lend(self, key: str, answer: Answer) -> None:
        queries = self._session.declare_queryable(key)
        thread = Thread(target=_serve, args=(queries, answer), name=key, daemon=True)
        thread.start()
        self._threads.append(thread)

    def close(self) -> None:
        end(self._session)
        for thread in self._threads:
            thread.join()
        self._stenographer.close()


def _serve(queries: zenoh.Queryable[zenoh.handlers.Handler[zenoh.Query]], answer: Answer) -> None:
    """Until the session is closed. A query that cannot be answered is refused, and the next one comes."""
    for query in queries:
        key = str(query.key_expr)
        try:
            payload = b"" if query.payload is None else query.payload.to_bytes()
            attachment = b"" if query.attachment is None else query.attachment.to_bytes()
            query.reply(key, answer(key.rpartition("/")[2], payload, attachment), express=True)
        except engine().ZError:  # who asked has gone
            log.debug("%s: nobody waits for the answer", key)
        except ValueError as error:
            log.warning("%s: %s", key, error)
            _refuse(query, str(error))
        except Exception as error:  # whatever one query brings about, others are waiting
            log.exception("%s: cannot be answered", key)
            _refuse(query, f"{type(error).__name__}: {error}")
        finally:
            query.drop()


def _refuse(query: zenoh.Query, why: str) -> None:
    try:
        query.reply_err(why)
    except engine().ZError:
        log.debug("nobody waits for the refusal")
