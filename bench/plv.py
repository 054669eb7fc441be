"""Type of an act between two given parties (PLV: 15 roots, four quads, cooperation or conflict), macro-F1.

Nothing that ships was trained on these sentences. Their roots are read by tables/roots.yaml, whose rows are facts of
CAMEO; which of them matter was seen in the errors on the training part, so only the kept-back part tells how well they
hold. A sentence in which nothing joins the two parties counts as wrong. `--data` names another TSV of the same columns.
Published on the test part: dictionary coder .463 / .518 / .808 (root, quad, binary), GPT-4 .615 / .767 / .934, a large
inference model .824 / .896 / .964.
"""

from __future__ import annotations

import csv
from pathlib import Path

from amity.events import EventCoder, load_roots
from amity.language import load_reader
from bench import SHARED, need
from bench.given import macro_f1, root_between

# A few sentences have lost a mark in the file; they are left out.
MARKS = ("<s>", "</s>", "<t>", "</t>")
# The variant of tables/roots.yaml that the sentences were coded by.
VARIANT = "plv"


def run(data: Path | None) -> dict[str, float | int | str]:
    """Root, quad and binary macro-F1 over the file; `types_*` are those of our types under the names of the roots."""
    path = data or need(SHARED / "data" / "events" / "PLV_train.tsv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if all(m in row["marked_sentence"] for m in MARKS)]
    reader, coder = load_reader(), EventCoder()
    gold = [row["gold_root"] for row in rows]
    said = [root_between(row["marked_sentence"], reader, coder, VARIANT) for row in rows]
    roots, types = [root for root, _ in said], [kind for _, kind in said]
    return {
        "sentences": len(rows),
        "silent": sum(not s for s in roots),
        "root_accuracy": sum(g == s for g, s in zip(gold, roots, strict=True)) / len(rows),
        **score(gold, roots, ""),
        **score(gold, types, "types_"),
    }


def score(gold: list[str], said: list[str], name: str) -> dict[str, float]:
    """Roots of the gold, and as read -> macro-F1 of roots, of their quad classes, and of cooperation against conflict."""
    known = load_roots().variant(VARIANT).roots
    quads = [[known.get(x, 0) for x in side] for side in (gold, said)]
    sides = [[(q > 2) if q else None for q in side] for side in quads]
    return {f"{name}root_f1": macro_f1(gold, said), f"{name}quad_f1": macro_f1(*quads), f"{name}binary_f1": macro_f1(*sides)}
