"""Exact frustration and blocs: classic optima, 51 Correlates of War networks, planted networks, Bitcoin-OTC.

Every partition is recounted by the checker (`amity.ties.signed.certificates`); `certified` counts those whose
cost is proven by contradictions alone. Times are CPU seconds of this process, reading of files left out.
Nothing was tuned on these networks but the lengths of the tabu searches, which change times only.

Networks: Read's tribes, Sampson's monks (affect, three times; pairs with contrary signs dropped), Slovene
parties (signs), Mapping Militants (rivals negative, every other link positive, the last row of a pair counts),
the Avatar network, Doreian and Mrvar's windows of the Correlates of War, Bitcoin-OTC (signs), as listed
in the folder's README. Beside the many-bloc costs stands Doreian and Mrvar's published series, halved.
`--data` takes one edge file (CSV of a, b, sign, or rows of a, b, sign parted by blanks).
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from amity.records import Partition
from amity.ties.signed.blocs import compute_frustration, find_blocs, find_count
from amity.ties.signed.certificates import check_partition
from amity.ties.signed.graph import SignedGraph, read_graph
from amity.worlds import make_signed_world
from bench import SHARED, need

# Optima known from the literature or proven by others' solvers; each must be found and certified.
KNOWN = {
    "tribes_two": 7, "sampson_t2_two": 15, "sampson_t3_two": 16, "sampson_t4_two": 12, "militants_two": 48, "avatar_two": 122,
    "bitcoin_otc_two": 1280,
}  # fmt: skip
# Numbers of blocs asked for of the 51 windows.
NUMBERS = (2, 3, 4, 5)
Figures = dict[str, float | int | str]
Row = tuple[str, str, float]
# Planted networks: actors, ties, noise; three seeds of each, the slowest is told.
PLANTED = {"n1000_m5000_5pc": (1000, 5000, 0.05), "n1000_m3000_10pc": (1000, 3000, 0.10)}
# Networks of no camps at all: half of the ties contradict the planted ones. The hardest kind for any method.
RANDOM = {"random_n30_m200": (30, 200, 0.5), "random_n40_m400": (40, 400, 0.5), "random_n200_m400": (200, 400, 0.5)}


def run(data: Path | None) -> Figures:
    """Figures on all the networks, or on one edge file."""
    if data:
        return measure("data", read_graph(read_edges(data), repeats="mean"))
    folder = need(SHARED / "data/ties")
    figures: Figures = {}
    for name, rows in classics(folder).items():
        figures |= measure(name, read_graph(rows))
    for name, size in PLANTED.items():
        found = [measure(name, read_graph(make_signed_world(seed, *size).rows), (compute_frustration,)) for seed in range(3)]
        figures |= max(found, key=lambda f: f[f"{name}_two_cpu"])
    for name, size in RANDOM.items():
        figures |= measure(name, read_graph(make_signed_world(0, *size).rows), (compute_frustration,))
    figures |= windows(folder) | counted(folder)
    figures |= measure("bitcoin_otc", read_graph(read_edges(folder / "signed/bitcoinotc_undirected.txt"), repeats="mean"))
    return figures | {"known_optima": len(KNOWN), "known_certified": sum(figures[k] == f"{v}..{v} cycles" for k, v in KNOWN.items())}


def measure(name: str, graph: SignedGraph, finders: Iterable[Callable[..., Partition]] = (compute_frustration, find_blocs)) -> Figures:
    """Cost, proof and CPU seconds of a network under each rule; the proof is checked first."""
    figures: Figures = {}
    for finder in finders:
        start = process_time()
        found = finder(graph)
        seconds = process_time() - start
        proven = check_partition(found, graph)
        whole = proven if found.proof == "cycles" else found.bound
        figures |= {f"{name}_{found.rule}": f"{whole:g}..{found.cost:g} {found.proof or 'open'}", f"{name}_{found.rule}_cpu": seconds}
    return figures


def windows(folder: Path) -> Figures:
    """The 51 windows: CPU seconds in all, how many are certified, and how the costs stand beside the published series."""
    published = {row["Year"]: float(row["Imbalance"]) / 2.0 for row in csv.DictReader((folder / "cow_doreian/imbalance.csv").open())}
    figures: Figures = {"cow_networks": 0, "cow_certified_two": 0, "cow_certified_many": 0, "cow_cpu": 0.0}
    beside = {"equal": 0, "lower": 0, "higher": 0}
    for path in sorted((folder / "signed/cow").glob("*.csv")):
        graph = read_graph(read_edges(path))
        start = process_time()
        two, many = compute_frustration(graph), find_blocs(graph)
        figures["cow_cpu"] = float(figures["cow_cpu"]) + process_time() - start
        figures["cow_networks"] = int(figures["cow_networks"]) + 1
        for found in (two, many):
            held = found.proof == "cycles" and check_partition(found, graph) == found.cost
            figures[f"cow_certified_{found.rule}"] = int(figures[f"cow_certified_{found.rule}"]) + held
        due = published.get(f"19{path.stem[:2]}")
        if due is not None:
            beside["equal" if many.cost == due else "lower" if many.cost < due else "higher"] += 1
    return figures | {f"cow_many_{word}_than_published" if word != "equal" else "cow_many_equal": n for word, n in beside.items()}


def counted(folder: Path) -> Figures:
    """The 51 windows into just 2, 3, 4 and 5 blocs: how many are certified, how many by cycles alone, CPU seconds in all."""
    figures: Figures = {}
    graphs = [read_graph(read_edges(path)) for path in sorted((folder / "signed/cow").glob("*.csv"))]
    for count in NUMBERS:
        start = process_time()
        found = [find_count(graph, count) for graph in graphs]
        figures[f"cow_into_{count}_cpu"] = process_time() - start
        held = [f for f, graph in zip(found, graphs, strict=True) if check_partition(f, graph) <= f.cost == f.bound and f.certified]
        figures[f"cow_into_{count}_certified"] = len(held)
        figures[f"cow_into_{count}_by_cycles"] = sum(f.proof == "cycles" for f in held)
    return figures


def classics(folder: Path) -> dict[str, list[Row]]:
    """The small networks by name."""
    found = {"tribes": read_edges(folder / "signed/tribes.csv"), "avatar": read_edges(folder / "signed/avatar.csv")}
    with zipfile.ZipFile(need(folder / "pajek_signed/sigdata.zip")) as archive:
        for time in (2, 3, 4):
            found[f"sampson_t{time}"] = agreed(read_pajek(archive.read(f"SAM_AFF{time}.NET").decode("latin-1")))
        found["slovene"] = agreed(read_pajek(archive.read("STRANKE.NET").decode("latin-1")))
    with need(folder / "mmp/links.csv").open(encoding="utf-8") as file:
        links = {frozenset((r["group1"], r["group2"])): -1.0 if r["type"] == "riv" else 1.0 for r in csv.DictReader(file)}
    found["militants"] = [(*sorted(pair), sign) for pair, sign in links.items() if len(pair) == 2]
    return found


def read_edges(path: Path) -> list[Row]:
    """A CSV with a header, or lines of two ends and a sign, the first perhaps the size."""
    lines = need(path).read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines))[1:] if path.suffix == ".csv" else [line.split() for line in lines]
    return [(row[0], row[1], float(row[2])) for row in rows if len(row) == 3]


def read_pajek(text: str) -> list[Row]:
    """The arcs and edges of a Pajek network."""
    rows, reading = [], False
    for line in re.split(r"[\r\n]+", text):
        if line.startswith("*"):
            reading = line.lower().startswith(("*arcs", "*edges"))
        elif reading and len(fields := line.split()) >= 3:
            rows.append((fields[0], fields[1], float(fields[2])))
    return rows


def agreed(rows: Iterable[Row]) -> list[Row]:
    """Rows -> a sign for each pair on which all its rows agree."""
    signs: dict[frozenset[str], set[float]] = defaultdict(set)
    for a, b, w in rows:
        if a != b and w:
            signs[frozenset((a, b))].add(1.0 if w > 0 else -1.0)
    return [(*sorted(pair), sign.pop()) for pair, sign in signs.items() if len(sign) == 1]  # type: ignore[misc]  # two ends
