"""Documents -> passages they share and groups that print one text: trimmed, re-headlined, merged and retouched copies too.

A document is laid into passages, sentences of some length. Passages are matched by MinHash over runs of words and
checked exactly; documents are copies by how much of the shorter one's words stands in matched passages. So a text cut
to a third, or two texts run together, still show what they were made from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from amity.incidents.traits import shingle_words
from amity.records import Document

# Words below which a sentence is laid to the next; shorter ones recur by chance ("He did not elaborate.").
LEAST_WORDS = 10
# Permutations and bands of the MinHash. 64 in 16 bands of 4 meet in 91 of 100 cases at a Jaccard of 0.6 and in 15 at 0.3.
PERMUTATIONS, BANDS, ROWS = 64, 16, 4
# Share of runs (Jaccard of word triples) from which two passages are one, retouched or not. Swapping one word of twenty
# breaks 3 of 18 runs and leaves 0.7; unrelated news sentences stay under 0.1. Tuned on planted copies of 300 articles.
SAME_PASSAGE = 0.35
# Part of the shorter document's words that must stand in shared passages for it to be a copy, and least passages.
COPY_SHARE, LEAST_PASSAGES = 0.3, 2
# A passage that stands in more documents than this is furniture (a standing paragraph, a legal line): it makes no copy.
MOST_CARRIERS = 50

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[\"”’')\]]*|\n|$)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text with its words' runs."""

    document: str
    start: int
    end: int
    words: int
    runs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two documents (a < b by id) that share passages: how much of each one's words stands in them."""

    a: str
    b: str
    passages: int
    share_a: float
    share_b: float

    @property
    def is_copy(self) -> bool:
        """Whether the shorter is made from the other, or both from a third."""
        return self.passages >= LEAST_PASSAGES and max(self.share_a, self.share_b) >= COPY_SHARE


def cut_passages(document: Document) -> list[Passage]:
    """A document -> its passages in order; what is cut from reading, and what has no words, is left out."""
    found: list[Passage] = []
    start: int | None = None
    for match in SENTENCE.finditer(document.text):
        if not match.group().strip():
            continue
        if document.cut_at(match.start(), match.end()):
            start = None
            continue
        begin = match.start() if start is None else start
        text = document.text[begin : match.end()]
        words = len(re.findall(r"\w+", text))
        if words < LEAST_WORDS:
            start = begin
            continue
        found.append(Passage(document.id, begin, match.end(), words, shingle_words(text)))
        start = None
    return found


class CopyBook:
    """Documents in, one at a time; which of them share passages. The answers do not depend on the order."""

    def __init__(self) -> None:
        self.passages: dict[str, list[Passage]] = {}
        self.bands: list[dict[bytes, list[tuple[str, int]]]] = [defaultdict(list) for _ in range(BANDS)]

    def add(self, document: Document) -> None:
        """File a document's passages; one that is known is left as it is."""
        if document.id in self.passages:
            return
        self.passages[document.id] = cut_passages(document)
        for i, passage in enumerate(self.passages[document.id]):
            for band, key in zip(self.bands, band_keys(passage.runs), strict=True):
                band[key].append((document.id, i))

    def overlaps(self) -> list[Overlap]:
        """Every two documents with a passage in common, by ids."""
        shared: dict[tuple[str, str], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        seen: set[tuple[tuple[str, int], tuple[str, int]]] = set()
        for band in self.bands:
            for filed in band.values():
                if len({d for d, _ in filed}) > MOST_CARRIERS:
                    continue
                for a, b in pair_up(filed):
                    if (a, b) not in seen:
                        seen.add((a, b))
                        if self.match(a, b):
                            mine, theirs = shared[a[0], b[0]]
                            mine.add(a[1])
                            theirs.add(b[1])
        return [self.measure(a, b, *sets) for (a, b), sets in sorted(shared.items())]

    def match(self, a: tuple[str, int], b: tuple[str, int]) -> bool:
        """Whether two passages are one, by their exact runs."""
        x, y = self.passages[a[0]][a[1]].runs, self.passages[b[0]][b[1]].runs
        return len(x & y) >= SAME_PASSAGE * len(x | y)

    def measure(self, a: str, b: str, mine: set[int], theirs: set[int]) -> Overlap:
        """Two documents and the numbers of their shared passages -> how much they share."""
        return Overlap(a, b, min(len(mine), len(theirs)), self.share(a, mine), self.share(b, theirs))

    def share(self, document: str, numbers: Iterable[int]) -> float:
        """Part of a document's words that stands in the passages."""
        passages = self.passages[document]
        return sum(passages[i].words for i in numbers) / max(1, sum(p.words for p in passages))


def pair_up(filed: list[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """Passages of one band -> pairs of different documents, the smaller id first."""
    ordered = sorted(filed)
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 :]:
            if a[0] != b[0]:
                yield a, b


@cache
def load_minhash() -> Any:
    """The MinHash class with its permutations made once."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)


def band_keys(runs: frozenset[int]) -> list[bytes]:
    """Runs of words -> one key a band."""
    sketch = load_minhash().copy()
    if runs:
        sketch.update_batch(sorted(runs))
    values = sketch.hashvalues
    return [values[i * ROWS : (i + 1) * ROWS].tobytes() for i in range(BANDS)]


def group_copies(overlaps: Iterable[Overlap]) -> list[tuple[str, ...]]:
    """Overlaps -> documents that print one text, directly or through another, each group sorted by id."""
    above: dict[str, str] = {}

    def root(id: str) -> str:
        while above.setdefault(id, id) != id:
            above[id] = above[above[id]]
            id = above[id]
        return id

    for pair in overlaps:
        if pair.is_copy:
            first, second = sorted((root(pair.a), root(pair.b)))
            above[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for id in sorted(above):
        groups[root(id)].append(id)
    return [tuple(g) for _, g in sorted(groups.items())]
