"""The engine of many machines: shards are tasks of a Ray cluster; extra `[ray]`.

amity must be installed on every node, in the same version (`amity doctor` tells). Files are opened and rows are written by
the one process that runs `amity read`; only documents travel out and claims back. A task whose worker or node died is
tried again by Ray itself, elsewhere; since a task writes nothing, nothing can be written twice.
"""

from __future__ import annotations

import os
import re
import socket
from importlib import import_module
from types import TracebackType
from typing import Any, Self

from amity.engines.shards import MOST_DOCUMENTS, Lost, Outcome, Shard, code_shard
from amity.errors import BadInput

# Times Ray tries a task again after its worker or node died.
RETRIES = 3
# Shards under way for each processor of the cluster.
AHEAD = 2
# An address that names a host and a port; "auto" names none.
PLACE = re.compile(r"(?:ray://)?\[?([^\s/\]]{1,253})\]?:(\d{1,5})")
KNOCK_SECONDS = 5.0
NO_CLUSTER = "engine ray: got no cluster at {} ({}); start one with `ray start --head`, or name its address"


class Cluster:
    """A Ray cluster at an address (None: a cluster of this machine alone, made and ended here)."""

    batch = MOST_DOCUMENTS

    def __init__(self, address: str | None, workers: int = 0, actors: str | None = None) -> None:
        self.address, self.workers, self.actors = address, workers, actors
        self.ours = False

    def __enter__(self) -> Self:
        # Dashboards and usage reports are the business of whoever runs the cluster, not of a reader of articles.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            self.ray: Any = import_module("ray")
        except ImportError:
            raise BadInput('engine ray: Ray is not installed; run `pip install "amity[ray]"`') from None
        if not self.ray.is_initialized():
            self.ours = True
            self._join()
        processors = int(self.ray.cluster_resources().get("CPU", 1))
        self.width = AHEAD * max(1, processors)
        self.task = self.ray.remote(code_shard).options(num_cpus=1, max_retries=RETRIES, retry_exceptions=False)
        self.rows = self.ray.put(self.actors)
        return self

    def _join(self) -> None:
        if self.address and (place := PLACE.fullmatch(self.address)):
            self._knock(place[1], int(place[2]))
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "error", "configure_logging": False}
        here: dict[str, Any] = {"include_dashboard": False, "num_cpus": self.workers or None}
        try:
            self.ray.init(**({"address": self.address} if self.address else here), **quiet)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            told = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
            raise BadInput(NO_CLUSTER.format(self.address, told)) from None

    def _knock(self, host: str, port: int) -> None:
        """Refuse an address where nothing listens: Ray itself would try for minutes."""
        try:
            socket.create_connection((host, port), KNOCK_SECONDS).close()
        except OSError as error:
            raise BadInput(NO_CLUSTER.format(self.address, error.strerror or error)) from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.ours:
            self.ray.shutdown()

    def start(self, shard: Shard) -> Any:
        """A task of the cluster."""
        return self.task.remote(shard, self.rows)

    def fetch(self, handle: Any) -> tuple[Outcome, ...]:
        """The task's outcomes; Raises Lost where Ray has given it up."""
        errors = self.ray.exceptions
        try:
            outcomes: tuple[Outcome, ...] = self.ray.get(handle)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError, errors.ObjectLostError) as error:
            raise Lost(type(error).__name__) from error
        except errors.RayError as error:
            told = str(error).strip().splitlines()[-1][:160]
            raise BadInput(f"engine ray: a node cannot read ({told}); install the same amity on every node") from None
        return outcomes

    def is_lost(self, handle: Any) -> bool:
        """Never: tasks of a cluster die each for itself."""
        return False
