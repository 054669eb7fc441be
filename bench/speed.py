"""Reading at length: the 1,199 real articles into a ledger, in three lengths, each in a process of its own.

Prints articles per second on one core, peak memory, claims, unread, whether every quote holds, and growth: the time an
article takes in the longest run over that in the shortest (1 is linear). Timings are of this machine; compare ratios.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from bench import SHARED, need

LENGTHS = (300, 600, 1199)
_CHILD = """
import json, resource, sys, time
from pathlib import Path
from amity.ledger import open_ledger
from amity.pipeline import Pipeline, read_into
pipeline = Pipeline()
pipeline.reader, pipeline.actors, pipeline.coder
start = time.process_time()
with open_ledger(sys.argv[2]) as ledger:
    steps = list(read_into(ledger, [Path(sys.argv[1])], pipeline))
    spent = time.process_time() - start
    result = ledger.verify()
print(json.dumps({
    "seconds": spent, "read": sum(s.unread is None for s in steps), "unread": sum(s.unread is not None for s in steps),
    "claims": result.claims, "faults": len(result.faults), "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def read_length(source: Path, length: int, folder: Path) -> dict[str, float]:
    """Read the first `length` articles in a fresh process -> its figures."""
    part = folder / f"{length}.jsonl"
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        part.write_text("".join(islice(stream, length)), encoding="utf-8")
    command = [sys.executable, "-c", _CHILD, str(part), str(folder / f"{length}.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures of the three lengths."""
    source = data or need(SHARED / "corpus" / "articles.jsonl.gz")
    out: dict[str, float | int | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        runs = {n: read_length(source, n, Path(folder)) for n in LENGTHS}
    for n, f in runs.items():
        out |= {f"{n}_articles_per_second": f["read"] / f["seconds"], f"{n}_peak_mb": f["mb"]}
    last = runs[LENGTHS[-1]]
    each = [f["seconds"] / f["read"] for f in runs.values()]
    counts = {k: int(last[k]) for k in ("read", "unread", "claims", "faults")}
    return out | counts | {"growth": each[-1] / each[0]}
