"""The validation sentences of an older coder that name real actors: raw text in, (source, target, CAMEO root) out.

Their key gives three digits and sectors; scored here are states and the root's quad, the root, and the surplus on
the sentences whose key is empty. Published for coders that read hand-made parses: .714 and .800 (source, target,
root). `--data` names another JSON Lines file (plain or gzipped) of the same form.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from amity.events import load_codebook
from amity.pipeline import Pipeline
from bench import SHARED, need
from bench.coded import Triple, code_text, score, triples

SUITE = "up_petr2_gsr_real_actors"
# CAMEO roots of one meaning for us: 01 and 02 are words without an act, 18 to 20 are ASSAULT, 09 is ACCUSE.
ROOTS = {"18": "19", "20": "19", "09": "11"}
QUADS = {**dict.fromkeys(("03", "04", "05"), "1"), **dict.fromkeys(("06", "07", "08"), "2")}
QUADS |= {**dict.fromkeys(("10", "11", "12", "13"), "3"), **dict.fromkeys(("14", "15", "16", "17", "19"), "4")}


def day_of(code: str) -> str:
    """`20080804` -> `2008-08-04`."""
    return f"{code[:4]}-{code[4:6]}-{code[6:8]}"


def run(data: Path | None) -> dict[str, float | int | str]:
    """F1 of (source, target, root) and of (source, target, quad), and surplus events."""
    path = data or need(SHARED / "data" / "events" / "petrarch_suites.jsonl.gz")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [row for row in map(json.loads, stream) if data or row["suite"] == SUITE]
    pipeline, label = Pipeline(), {k: ROOTS.get(t["cameo"], t["cameo"]) for k, t in load_codebook().types.items()}
    gold: list[set[Triple]] = []
    said: list[set[Triple]] = []
    for row in rows:
        keys = [(e["sourcecode"][:3], e["targetcode"][:3], ROOTS.get(e["eventcode"][:2], e["eventcode"][:2])) for e in row["events"]]
        gold.append(set(keys))
        said.append(triples(code_text(row["text"], day_of(row["date"]), pipeline), label))
    quads = [[{(a, r, QUADS.get(k, k)) for a, r, k in x} for x in side] for side in (gold, said)]
    return score(gold, said) | {"quad_f1": score(*quads)["f1"]}
