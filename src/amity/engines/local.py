"""Two engines of one machine: this process, and as many processes as there are cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from amity.engines.shards import MOST_DOCUMENTS, Lost, Outcome, Shard, code_shard

# Shards under way for each worker: one that is read, one that waits for it.
AHEAD = 2
# Seconds between two looks of a worker whether the process that started it is still there.
LOOK = 1.0


class Here:
    """This process; a shard is read when it is set to work."""

    width = 0
    batch = 1

    def __init__(self, actors: str | None = None) -> None:
        self.actors = actors

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """There is nothing to end."""

    def start(self, shard: Shard) -> tuple[Outcome, ...]:
        """The outcomes themselves."""
        return code_shard(shard, self.actors)

    def fetch(self, handle: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        """What `start` gave."""
        return handle

    def is_lost(self, handle: tuple[Outcome, ...]) -> bool:
        """Never."""
        return False


class Cores:
    """Processes of this machine, each with a model of its own (about 0.35 GB); they end with the one that started them."""

    batch = MOST_DOCUMENTS

    def __init__(self, workers: int, actors: str | None = None) -> None:
        self.workers, self.actors = workers, actors
        self.width = AHEAD * workers
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.pool:
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.pool = None

    def start(self, shard: Shard) -> Future[tuple[Outcome, ...]]:
        """Hand a shard to the next free process; the processes start with the first shard, and anew after one died."""
        for _ in range(AHEAD):
            if self.pool is None:
                # Spawned, not forked: the model's threads and the ledger's connection do not survive a fork.
                context = multiprocessing.get_context("spawn")
                self.pool = ProcessPoolExecutor(self.workers, context, follow_parent, (os.getpid(),))
            try:
                return self.pool.submit(code_shard, shard, self.actors)
            except BrokenProcessPool:
                self.pool = None
        raise Lost(shard.id)

    def fetch(self, handle: Future[tuple[Outcome, ...]]) -> tuple[Outcome, ...]:
        """The outcomes; where a process of the pool died, all its shards are lost, and `start` makes a new pool."""
        try:
            return handle.result()
        except BrokenProcessPool as error:
            if self.pool is not None:
                self.pool.shutdown(wait=False, cancel_futures=True)
                self.pool = None
            raise Lost(str(error)) from error

    def is_lost(self, handle: Future[tuple[Outcome, ...]]) -> bool:
        """Whether the shard was in a pool that broke."""
        return handle.cancelled() or (handle.done() and isinstance(handle.exception(), BrokenProcessPool))


def follow_parent(parent: int) -> None:
    """Begin a worker: leave Ctrl-C to the one that started it, and end when that one is gone, even by kill -9."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=leave_with, args=(parent,), daemon=True).start()


def leave_with(parent: int) -> None:
    """Wait until the parent is another than it was, then end at once; a worker holds nothing that must be kept."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)
