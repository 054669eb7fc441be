"""What reading costs on one core, on two and on a Ray cluster of two nodes: `python -m bench scale`.

The same real articles are read by each engine into a fresh ledger, after a first shard that loads the models. Time is of the
processor, of the driver (opens files, gathers shards, writes rows), of the workers and of Ray's own processes, so that a busy
machine does not change it; walls are printed beside it and mean something on an idle machine only. `by_cpu` is the speed-up
that two free cores would give. The ledgers must be the same row for row.
"""

from __future__ import annotations

import gzip
import json
import os
import pickle
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from amity.engines import Engine, EngineOptions, open_engine
from amity.engines.driver import read_items
from amity.engines.shards import Shard, code_shard
from amity.ledger import open_ledger
from amity.records import Document
from amity.worlds import make_press
from bench import SHARED, need

ARTICLES = 40
# Invented short articles, read for real on this many, and sentences of each.
SHORT, SENTENCES = 100, 5
WARM = 8
DAY = "2024-05-01"
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(pids: Iterable[int]) -> float:
    """Seconds of the processor that processes and their ended children have taken."""
    spent = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        spent += sum(map(int, fields[11:15]))
    return spent / TICKS


def tree_of(roots: Iterable[int]) -> set[int]:
    """Processes and all below them."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found, fresh = set(roots), set(roots)
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def read_by(engine: Engine, documents: list[Document], path: Path, roots: Iterable[int]) -> dict[str, float]:
    """Read documents by an engine -> seconds an article of driver and workers, and of the wall."""
    with open_ledger(path) as ledger:
        warm = [Document(f"warm-{i}", d.text[:2000], "text") for i, d in enumerate(documents[:WARM])]
        for shard in (Shard((w,)) for w in warm):
            engine.fetch(engine.start(shard))
        before, start, own = cpu_of(tree_of(roots) - {os.getpid()}), time.perf_counter(), time.process_time()
        for _ in read_items(engine, ledger, documents, DAY):
            pass
        wall, driver = time.perf_counter() - start, time.process_time() - own
        workers = cpu_of(tree_of(roots) - {os.getpid()}) - before
    return {name: value / len(documents) for name, value in (("driver", driver), ("workers", workers), ("wall", wall))}


def dump(path: Path) -> list[str]:
    """Every row of a ledger as SQL."""
    raw = sqlite3.connect(path)
    lines = [line for line in raw.iterdump() if 'INTO "ledger_schema"' not in line]
    raw.close()
    return lines


@contextmanager
def two_nodes() -> Iterator[Any]:
    """A Ray cluster of two nodes of one processor each, on this machine; None where Ray is not there or does not start."""
    try:
        from ray.cluster_utils import Cluster
    except ImportError:
        yield None
        return
    cluster = Cluster()
    try:
        memory = {"object_store_memory": 100_000_000}
        cluster.add_node(num_cpus=0, include_dashboard=False, **memory)
        for _ in range(2):
            cluster.add_node(num_cpus=1, **memory)
        started = True
    except Exception as error:  # Ray's own 30 s are too few on a busy machine
        print(f"ray: {str(error).splitlines()[0]}")
        started = False
    try:
        yield cluster if started else None
    finally:
        cluster.shutdown()


def take_articles(source: Path, count: int) -> list[Document]:
    """The first articles of JSON Lines."""
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in islice(stream, count)]
    return [Document(f"{n}", row["text"], "jsonl", url=str(row.get("url", ""))) for n, row in enumerate(rows)]


def cost_short(count: int = SHORT) -> dict[str, float]:
    """Invented short articles of five sentences, read for real -> seconds of the processor, claims and kilobytes of each."""
    told = make_press(5, count * SENTENCES // 4).claims
    texts = [" ".join(c.quote for c in told[i : i + SENTENCES]) for i in range(0, count * SENTENCES, SENTENCES)]
    documents = [Document(f"short-{n}", text, "text", published="2024-05-01") for n, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "a.db") as ledger, open_engine(EngineOptions()) as engine:
        engine.fetch(engine.start(Shard(tuple(documents[:1]))))
        start = time.process_time()
        claims = sum(step.claims for step in read_items(engine, ledger, documents, DAY))
        spent = time.process_time() - start
        ledger.close()
        size = (Path(folder) / "a.db").stat().st_size / 1000
    each = {"short_ms": 1000 * spent / count, "short_claims": claims / count, "short_ledger_kb": size / count}
    return each | {"core_hours_for_a_million_short": spent / count * 1e6 / 3600}


def run(data: Path | None, articles: int = ARTICLES) -> dict[str, float | int | str]:
    """Figures of each engine, of the bytes that travel, and what a day of 500,000 articles would take."""
    documents = take_articles(data or need(SHARED / "corpus" / "articles.jsonl.gz"), articles)
    out: dict[str, float | int | str] = {"articles": len(documents), "load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as told:
        folder = Path(told)
        with open_engine(EngineOptions()) as engine:
            here = read_by(engine, documents, folder / "here.db", ())
        with open_engine(EngineOptions("cores", 2)) as engine:
            cores = read_by(engine, documents, folder / "cores.db", [os.getpid()])
        found = {"here": here, "cores": cores}
        with two_nodes() as cluster:
            if cluster:
                with open_engine(EngineOptions("ray", address=cluster.address)) as engine:
                    found["ray"] = read_by(engine, documents, folder / "ray.db", [os.getpid()])
        whole = dump(folder / "here.db")
        out["differ"] = sum(dump(folder / f"{name}.db") != whole for name in found if name != "here")
        out["ledger_kb_an_article"] = (folder / "here.db").stat().st_size / 1000 / len(documents)
    for name, figures in found.items():
        out |= {f"{name}_{part}_ms": 1000 * value for part, value in figures.items()}
    total = {name: f["driver"] + f["workers"] for name, f in found.items()}
    out["cores_by_cpu"] = 2 * total["here"] / total["cores"]
    out["cores_by_wall"] = here["wall"] / cores["wall"]
    if "ray" in found:
        out["ray_over_cores_cpu"] = total["ray"] / total["cores"]
        out["ray_over_cores_wall"] = found["ray"]["wall"] / cores["wall"]
    shard = Shard(tuple(documents[:8]))
    out["sent_kb_an_article"], out["returned_kb_an_article"] = (len(pickle.dumps(x)) / 8000 for x in (shard, code_shard(shard)))
    out["most_articles_a_second_by_driver"] = 1 / cores["driver"]
    out["core_hours_for_500000"] = total["cores"] * 500_000 / 3600
    return out | cost_short()
