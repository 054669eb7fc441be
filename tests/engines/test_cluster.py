"""The Ray engine on a real cluster of two nodes: the same rows as this process, with a worker and then a node killed half-way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amity.engines import EngineOptions, open_engine, read_with
from amity.errors import BadInput
from amity.ledger import open_ledger

ray = pytest.importorskip("ray", reason="Ray is not installed; pip install 'amity[ray]'")
DAY = "2024-05-01"
MEMORY = 100_000_000


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without processors, and two nodes of one each."""
    from ray.cluster_utils import Cluster

    made = Cluster()
    try:
        made.add_node(num_cpus=0, object_store_memory=MEMORY, include_dashboard=False)
        made.nodes = [made.add_node(num_cpus=1, object_store_memory=MEMORY) for _ in range(2)]
        yield made
    except Exception as error:
        if "timed out during startup" not in str(error):
            raise
        pytest.skip("a Ray node did not start within the 30 s that Ray itself allows: this machine is too busy")
    finally:
        ray.shutdown()
        made.shutdown()


def workers_of(node: Any) -> list[int]:
    """The processes that read for a node: children of its raylet with the task's name."""
    raylet = node.all_processes["raylet"][0].process.pid
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rsplit(")", 1)[1].split()[1])
            title = path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if parent == raylet and title.startswith(b"ray::code_shard"):
            found.append(int(path.parent.name))
    return found


def test_two_nodes_write_what_one_process_writes(cluster: Any, alone: list[str], dump: Any, reports: Path, tmp_path: Path) -> None:
    """A worker is killed after five documents and a whole node after twelve; every byte of every row is the same."""
    killed = 0
    options = EngineOptions("ray", address=cluster.address)
    with open_ledger(tmp_path / "a.db") as ledger, open_engine(options) as engine:
        assert engine.width == 4
        engine.batch = 2
        for count, _ in enumerate(read_with(engine, ledger, [reports], DAY)):
            # At the fifth, or later where both workers have just laid down their work.
            if count >= 5 and not killed:
                for pid in [pid for node in cluster.nodes for pid in workers_of(node)][:1]:
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
            if count == 12:
                cluster.remove_node(cluster.nodes[1])
        assert ledger.verify().holds
    assert killed == 1
    assert dump(tmp_path / "a.db") == alone


def test_no_cluster_is_one_sentence() -> None:
    """An address where none answers is told with what to do."""
    ray.shutdown()
    with pytest.raises(BadInput, match="ray start --head"), open_engine(EngineOptions("ray", address="127.0.0.1:1")):
        pass
