"""Type of an act between two given parties (PLV: 15 roots, four quads, cooperation or conflict), macro-F1.

Nothing that ships was trained or tuned on these sentences. A sentence in which no word of the codebook joins
the two parties counts as wrong. `--data` names another TSV of the same columns. Published on the test part:
dictionary coder .463 / .518 / .808 (root, quad, binary), GPT-4 .615 / .767 / .934, a large inference model
.824 / .896 / .964.
"""

from __future__ import annotations

import csv
from pathlib import Path

from amity.events import EventCoder
from amity.language import load_reader
from bench import SHARED, need
from bench.given import QUADS, macro_f1, type_between

# A few sentences have lost a mark in the file; they are left out.
MARKS = ("<s>", "</s>", "<t>", "</t>")


def run(data: Path | None) -> dict[str, float | int | str]:
    """Root, quad and binary macro-F1 over the file."""
    path = data or need(SHARED / "data" / "events" / "PLV_train.tsv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if all(m in row["marked_sentence"] for m in MARKS)]
    reader, coder = load_reader(), EventCoder()
    gold = [row["gold_root"] for row in rows]
    said = [type_between(row["marked_sentence"], reader, coder) for row in rows]
    quads = [[QUADS.get(x, 0) for x in side] for side in (gold, said)]
    return {
        "sentences": len(rows),
        "silent": sum(not s for s in said),
        "root_accuracy": sum(g == s for g, s in zip(gold, said, strict=True)) / len(rows),
        "root_f1": macro_f1(gold, said),
        "quad_f1": macro_f1(*quads),
        "binary_f1": macro_f1(*[[(q > 2) if q else None for q in side] for side in quads]),
    }
