"""Copies planted in real articles: cut, re-headlined, merged, lightly rewritten; which pairs of documents are found.

`COPIES` planted in the articles of `corpus`, a quarter in each way. A pair is right where one is made from the other, or
both from a third. The corpus holds reprints of its own, which nobody has labelled: an article of whose words more than
a tenth stands in another, in sentences that are the same to the letter, is left out, as are pairs of articles of which
neither is planted. `precision_all` and `recall_all` leave none out. Thresholds were tuned on articles 0-299 with seed 1;
the figures are of articles 300 and on with seed 2, and were scored only once the thresholds stood.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from amity.incidents import CopyBook
from amity.pipeline import read_documents
from amity.records import Document
from amity.worlds import REPRINTS, PlantedCopy, plant_copies
from bench import SHARED, need

TUNED, SEED, COPIES = 300, 2, 500


def run(data: Path | None) -> dict[str, float | int | str]:
    """Precision and recall of pairs, recall by way, pairs per second; `data` is a file of articles of the same form."""
    path = need(data or SHARED / "corpus" / "articles.jsonl.gz")
    articles = [d for d in read_documents([path]) if isinstance(d, Document)][TUNED:]
    alone = [d for d, own in zip(articles, share_alone(articles), strict=True) if own]
    every = score(articles, plant_copies([d.text for d in articles], SEED, COPIES))
    figures = score(alone, plant_copies([d.text for d in alone], SEED, COPIES))
    return {**figures, "articles": len(alone), "precision_all": every["precision"], "recall_all": every["recall"]}


def share_alone(articles: Sequence[Document]) -> list[bool]:
    """Articles -> whether each has at most a tenth of its words in sentences of ten words and more that another has to the letter."""
    sentences = [{s for s in re.split(r"(?<=[.!?])\s+", d.text) if len(s.split()) >= 10} for d in articles]
    counts = Counter(s for own in sentences for s in own)
    shared = (sum(len(s.split()) for s in own if counts[s] > 1) for own in sentences)
    return [n <= 0.1 * len(d.text.split()) for n, d in zip(shared, articles, strict=True)]


def score(articles: Sequence[Document], planted: Sequence[PlantedCopy]) -> dict[str, float | int | str]:
    """Articles and copies made of them -> figures."""
    copies = [Document(f"planted:{i}", c.text, "text") for i, c in enumerate(planted)]
    truth = set(true_pairs(articles, copies, planted))
    book, began = CopyBook(), time.process_time()
    for document in (*articles, *copies):
        book.add(document)
    ours = {d.id for d in copies}
    found = {(o.a, o.b) for o in book.overlaps() if o.is_copy and {o.a, o.b} & ours}
    seconds = time.process_time() - began
    names = {d.id: d.name for d in (*articles, *copies)}
    for a, b in sorted(found - truth):
        print(f"found, not planted: {names[a]} {names[b]}")
    figures: dict[str, float | int | str] = {
        "precision": len(found & truth) / max(1, len(found)),
        "recall": len(found & truth) / len(truth),
        "pairs": len(truth),
        "documents_per_cpu_second": (len(articles) + len(copies)) / seconds,
    }
    for way in REPRINTS:
        made = {tuple(sorted((copies[i].id, articles[n].id))) for i, c in enumerate(planted) if c.ways[0] == way for n in c.of}
        figures[f"recall_{way}"] = len(made & found) / max(1, len(made))
    return figures


def true_pairs(articles: Sequence[Document], copies: Sequence[Document], planted: Sequence[PlantedCopy]) -> Iterator[tuple[str, str]]:
    """Every pair of which one was made from the other, or both from one article, the same part of it or not."""
    for copy, made in zip(copies, planted, strict=True):
        for number in made.of:
            a, b = sorted((copy.id, articles[number].id))
            yield a, b
    for (one, first), (two, second) in combinations(zip(copies, planted, strict=True), 2):
        if set(first.of) & set(second.of):
            a, b = sorted((one.id, two.id))
            yield a, b
