"""The list of engines, and how one is chosen."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from amity.engines.local import Cores, Here
from amity.engines.shards import Engine
from amity.errors import BadInput, suggest


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Which engine (`here`, `cores`, `ray`), how many workers (0: as many as there are cores), the cluster, own actor rows."""

    kind: str = "here"
    workers: int = 0
    address: str | None = None
    actors: Path | None = None

    def __post_init__(self) -> None:
        if self.kind not in ENGINES:
            raise BadInput(f"engine: got {self.kind!r}, allowed are {', '.join(ENGINES)}{suggest(self.kind, ENGINES)}")
        if self.workers < 0:
            raise BadInput(f"engine: got {self.workers} workers, allowed is 0 (as many as there are cores) or more")
        if self.address and self.kind != "ray":
            raise BadInput(f"engine {self.kind}: got the address {self.address}, which only the engine ray has; give --engine ray")
        if self.actors and not self.actors.is_file():
            raise BadInput(f"engine: {self.actors} is no file; give a CSV file of actor rows, or none")

    @property
    def rows(self) -> str | None:
        """The text of the user's own actor rows."""
        return self.actors.read_text(encoding="utf-8-sig") if self.actors else None


def count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_cluster(options: EngineOptions) -> Engine:
    """Ray, imported only when it is wanted."""
    from amity.engines.cluster import Cluster

    return Cluster(options.address, options.workers, options.rows)


ENGINES: dict[str, Callable[[EngineOptions], Engine]] = {
    "here": lambda options: Here(options.rows),
    "cores": lambda options: Cores(options.workers or count_cores(), options.rows),
    "ray": open_cluster,
}


def open_engine(options: EngineOptions) -> Engine:
    """Options -> the engine, a context manager; Raises BadInput where it cannot be had."""
    return ENGINES[options.kind](options)
