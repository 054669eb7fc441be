"""PLOVER's gold records end to end: raw sentence in, (source state, target state, type) out.

Records name one event each though their sentences may state several, so precision is a lower bound. Labels of
their older version map to the manual's sixteen: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT
is ASSAULT. Source and target count by state; records without a state on both sides are left out and counted.
Nothing that ships was trained on these records. `--data` names another JSON file of the same form.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from amity.pipeline import Pipeline
from bench import SHARED, need
from bench.coded import Triple, code_text, score, triples

OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# Letters of a state's code.
STATE = 3


def gold_triples(record: dict[str, Any]) -> set[Triple]:
    """A record -> its triples, empty where a side has no state."""
    kind = OLDER.get(record["event"], record["event"])
    ends = [[p["code"][:STATE] for p in record.get(k, []) if isinstance(p, dict) and p.get("code")] for k in ("source", "target")]
    return {(a, r, kind) for a in ends[0] for r in ends[1] if a != r}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Precision, recall and F1 of triples, and of pairs alone."""
    path = data or need(SHARED / "data" / "events" / "PLOVER_GSR_CAMEO.txt")
    records = [r for r in json.loads(path.read_text(encoding="utf-8")) if r.get("text") and r["event"] != "DOCUMENT"]
    texts: dict[str, set[Triple]] = {}
    for record in records:
        texts.setdefault(record["text"], set()).update(gold_triples(record))
    texts = {text: gold for text, gold in texts.items() if gold}
    pipeline = Pipeline()
    days = {r["text"]: r.get("date", "2000-01-01") for r in records}
    said = [triples(code_text(text, days[text], pipeline), {}) for text in texts]
    gold = list(texts.values())
    pairs = score([{(a, r, "") for a, r, _ in g} for g in gold], [{(a, r, "") for a, r, _ in s} for s in said])
    found = Counter(k for g, s in zip(gold, said, strict=True) for *_, k in g & s)
    named = Counter(k for g in gold for *_, k in g)
    recall = {f"recall_{k}": found[k] / n for k, n in sorted(named.items())}
    return {"records": len(records), **score(gold, said), "pairs_f1": pairs["f1"], **recall}
