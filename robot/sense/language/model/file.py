"""A model in a GGUF file, run in this process by llama.cpp (the package `xllamacpp`, the extra `model`)."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.core.clock import unguessable
from robot.core.errors import ModelError
from robot.sense.language.model.prompt import piece_of, request
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from robot.sense.language.model.prompt import ChatMessage

ENGINE = "xllamacpp"
MAGIC = b"GGUF"
CONTEXT = 2048  # tokens of prompt and answer
BATCH = 128  # tokens that are read in one go; between two it can be stopped
MEGABYTE = 1_000_000
ADD = "EXTRAS=model make run"
QUIET = -1  # of the engine's log


def installed() -> bool:
    """Whether the engine is part of this installation."""
    return find_spec(ENGINE) is not None


def check(path: Path, memory_mb: int) -> None:
    """That a file is a model and not too large. Raises ModelError."""
    try:
        with path.open("rb") as opened:
            begin = opened.read(len(MAGIC))
        size = path.stat().st_size
    except OSError as error:
        what = sentence("health.model_file_unread", error=error.strerror or str(error))
        raise ModelError(what, place=str(path), remedy=sentence("health.see_models_list")) from error
    if begin != MAGIC:
        raise ModelError(sentence("health.no_gguf"), place=str(path), remedy=sentence("health.see_models_list"))
    if size > memory_mb * MEGABYTE:
        what = sentence("health.model_too_large", size=size // MEGABYTE, limit=memory_mb)
        raise ModelError(what, place=str(path), remedy=sentence("health.raise_model_memory"))
    if not installed():
        raise ModelError(sentence("health.no_model_engine"), remedy=ADD)


class FileModel:
    """Runs one model; one question at a time. It opens no port: the engine's own server listens at a file that this
    user alone can reach, under a secret, and nobody asks there.
    """

    def __init__(self, path: Path, *, memory_mb: int) -> None:
        self._path = path
        self._memory_mb = memory_mb
        self._engine: Any = None
        self._cut = False
        self.name = path.stem

    def open(self) -> None:
        """Load it. Raises ModelError."""
        check(self._path, self._memory_mb)
        limit = self._memory_mb * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        import xllamacpp  # noqa: PLC0415 - 100 MB of code, and only this process needs it

        folder = Path(tempfile.mkdtemp(prefix="bowlby-model-"))
        params = xllamacpp.CommonParams()
        params.model.path = str(self._path)
        params.n_ctx, params.n_parallel = CONTEXT, 1
        params.n_batch = params.n_ubatch = BATCH
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads()
        params.hostnames, params.api_keys = [str(folder / "engine.sock")], [unguessable(32)]
        params.endpoint_slots = params.endpoint_props = params.ui = False
        params.cache_ram_mib = 0
        params.verbosity = QUIET
        try:
            self._engine = xllamacpp.Server(params)
        except Exception as error:  # whatever the engine makes of it
            what = sentence("health.model_not_run", error=str(error) or type(error).__name__)
            raise ModelError(what, place=str(self._path), remedy=sentence("health.see_models_list")) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def say(self, messages: Iterable[ChatMessage], *, tokens: int, seed: int, take: Callable[[str], bool]) -> bool:
        """As `ServerModel.say`."""
        self._cut = False
        ended = False
        fault = ""

        def piece_came(told: dict[str, Any]) -> bool:
            nonlocal ended, fault
            for choice in told.get("choices") or ():
                piece, last = piece_of(choice)
                ended = ended or last
                if piece and take(piece):
                    return True
            if "choices" not in told:
                fault = str(told.get("message") or told.get("error") or told)
            return self._cut

        asked = request(messages, tokens=tokens, seed=seed)
        self._engine.handle_chat_completions({**asked, "repeat_penalty": 1.1, "cache_prompt": True}, piece_came)
        if fault:
            raise ModelError(sentence("health.model_not_run", error=fault), place=str(self._path))
        return ended

    def cut(self) -> None:
        """Stop speaking at the next word; from another thread."""
        self._cut = True


def threads() -> int:
    """All processors but one, which is the loop's."""
    return max(1, len(os.sched_getaffinity(0)) - 1)
