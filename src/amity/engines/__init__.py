"""Where the reading runs: this process, all cores of this machine, or a Ray cluster; the ledger is the same, row for row.

    with open_engine(EngineOptions(kind="cores", workers=8)) as engine:
        for step in read_with(engine, ledger, [Path("reports")]):
            ...

One process (the driver) opens the files, gathers documents into shards, and alone writes to the ledger, in the order of
the files. An engine only turns shards into claims. To add one: write a class that keeps `Engine`'s contract, name it in
`ENGINES`, and run tests/engines over it.
"""

from amity.engines.choice import ENGINES, EngineOptions, open_engine
from amity.engines.driver import read_with
from amity.engines.shards import Coded, Engine, Lost, Shard

__all__ = ["ENGINES", "Coded", "Engine", "EngineOptions", "Lost", "Shard", "open_engine", "read_with"]
