"""Imports and exports: rows a second, memory, ties over a million rows, damaged files.

Rows are made in the form of ICEWS, 20 columns and some 250 characters each, over the names and codes of the project's
own tables. `--data` gives a folder of the temporal graph ICEWS18 (by default that of ../shared) as the real case.
Times are of this process on one core (CPU seconds). Nothing was tuned.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import amity.exchange
from amity.actors import load_actors
from amity.exchange import DIALECTS, Namer
from amity.ledger import open_ledger
from amity.trade import find_ties, import_files
from bench import SHARED

ROOT = Path(__file__).resolve().parent.parent
ROWS = 1_000_000
# Damaged files of each kind.
DAMAGED = 2000
HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
    "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
)


def write_rows(path: Path, count: int, seed: int = 3) -> None:
    """A file of rows in the form of ICEWS: parties by a power law, codes evenly, ten years."""
    rnd = random.Random(seed)
    names = [a.name for a in load_actors().all()]
    table = Path(amity.exchange.__file__).parent.parent / "tables" / "exchange" / "cameo.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        codes = [(r["code"], r["label"]) for r in csv.DictReader(stream)]
    first = date(2010, 1, 1)
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for i in range(count):
            a, b = (names[int(rnd.paretovariate(0.6)) % len(names)] for _ in range(2))
            code, label = rnd.choice(codes)
            front = (
                f"{i}\t{first + timedelta(days=i * 3650 // count)}\t{a}\tGovernment,Diplomatic\t\t{label}\t{code}\t-2.0\t{b}\tGovernment\t"
            )
            out.write(f"{front}\t{i // 3}\t{i % 7}\tSome Agency\tGao\tGao\tGao\tMali\t16.2\t0.1\n")


def peak_mb() -> int:
    """Largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(kind: str, paths: list[Path], folder: Path, name: str) -> dict[str, float | int | str]:
    """Import files into a new ledger, then read their columns and verify: counts and CPU seconds."""
    figures: dict[str, float | int | str] = {}
    with open_ledger(folder / f"{name}.db") as ledger:
        start = time.process_time()
        *_, last = import_files(ledger, kind, paths)
        figures |= {f"{name}_rows": last.lines, f"{name}_events": last.events, f"{name}_import_s": time.process_time() - start}
        figures |= {f"{name}_peak_mb": peak_mb(), f"{name}_db_mb": (folder / f"{name}.db").stat().st_size // 1_000_000}
        start = time.process_time()
        figures |= {
            f"{name}_ties": len(find_ties(ledger)),
            f"{name}_ties_s": time.process_time() - start,
            f"{name}_ties_peak_mb": peak_mb(),
        }
    return figures


def count_damaged(folder: Path) -> dict[str, float | int | str]:
    """Damaged files of each kind: how many were read or refused in a sentence, how many crashed, the slowest in CPU seconds."""
    sys.path.insert(0, str(ROOT / "tests" / "exchange"))
    from samples import write_samples
    from test_fuzz import code_damaged, damage

    names, samples = Namer(load_actors()), write_samples(folder)
    crashes, slowest = 0, 0.0
    for kind in sorted(DIALECTS):
        rnd, path = random.Random(f"{kind} bench"), samples[kind][0]
        whole = path.read_bytes()
        for _ in range(DAMAGED):
            path.write_bytes(damage(whole, rnd))
            start = time.process_time()
            try:
                code_damaged(kind, samples[kind], names)
            except Exception as error:  # what is counted here is that nothing else comes out
                crashes += 1
                print(f"  {kind}: {type(error).__name__}: {error}", file=sys.stderr)
            slowest = max(slowest, time.process_time() - start)
        path.write_bytes(whole)
    return {"damaged_files": DAMAGED * len(DIALECTS), "damaged_crashes": crashes, "damaged_slowest_s": slowest}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures of damaged files, of a million made rows, and of ICEWS18 where it is there."""
    graph = data or SHARED / "data/outlook/ICEWS18"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "damaged").mkdir()
        figures = count_damaged(folder / "damaged")
        rows = folder / "rows.tab"
        write_rows(rows, ROWS)
        figures |= measure("icews", [rows], folder, "million")
        if graph.exists():
            figures |= measure("graph", sorted(p for p in graph.iterdir() if p.name.startswith(("train", "valid"))), folder, "icews18")
    return figures
