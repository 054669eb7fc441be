"""Names on an IOB2 file: span F1 of PER, LOC and ORG with gold tokens. UNER English-EWT test unless `--data`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from amity.language import load_reader
from bench.reader import parse_gold
from bench.treebank import Gold, shared_text

KINDS = ("PER", "LOC", "ORG")


def read_iob2(text: str) -> list[tuple[list[str], list[str]]]:
    """IOB2 text -> (forms, labels) of each sentence."""
    out = []
    for block in text.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        out.append(([r[1] for r in rows], [r[2] for r in rows]))
    return out


def spans_of(labels: list[str]) -> set[tuple[int, int, str]]:
    """Labels -> (first, last, kind) of each name of the three kinds."""
    spans: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        mark, _, kind = label.partition("-")
        if kind not in KINDS:
            continue
        if mark == "I" and spans and spans[-1][1] == i and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], i + 1, kind)
        else:
            spans.append((i, i + 1, kind))
    return set(spans)


def run(data: Path | None) -> dict[str, float | int | str]:
    """F1 in percent, over all and for each kind."""
    text = data.read_text(encoding="utf-8") if data else shared_text("uner.tar.gz", "en_ewt-ud-test.iob2")
    reader, hit, mine, gold = load_reader(), Counter[str](), Counter[str](), Counter[str]()
    for forms, labels in read_iob2(text):
        blank = [""] * len(forms)
        sentence = parse_gold(reader, Gold("", "", forms, blank, blank, blank, [0] * len(forms), blank))
        found, right = {(n.first, n.last, n.label) for n in sentence.names}, spans_of(labels)
        for spans, count in ((found & right, hit), (found, mine), (right, gold)):
            count.update(k for _, _, k in spans)
    total = {k: sum(c.values()) for k, c in (("hit", hit), ("mine", mine), ("gold", gold))}
    out: dict[str, float | int | str] = {"names_f1": 200 * total["hit"] / max(1, total["mine"] + total["gold"])}
    return out | {f"{k}_f1": 200 * hit[k] / max(1, mine[k] + gold[k]) for k in KINDS} | {"names": total["gold"]}
