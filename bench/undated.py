"""Dates inferred for undated documents: dated reports of the corpus with their date taken away, and the five seeds.

The lag of 95 days and the rules were chosen on the first half of the sample; errors of the second half were seen twice on the way.
A date is right where the true day lies within the bounds. `--data` names a JSON Lines file of the corpus's form.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from amity.claims import infer_published
from amity.claims.calendar import parse_edtf
from amity.language import Reader, load_reader
from amity.reading import read_paths, split_sentences
from amity.records import Document
from bench import SHARED, need

SAMPLE, SEED, LONGEST = 220, 6, 12_000
# The day of the last report of the corpus lies before this one, that of measuring.
READ_ON = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """A dated document beside the same without its date, as inferred."""

    document: Document
    inferred: Document

    @property
    def width(self) -> int:
        """Days between the bounds, 0 for one day."""
        span = parse_edtf(self.inferred.published)
        return (span[1] - span[0]).days if span else 0

    @property
    def right(self) -> bool:
        """Whether the true day lies within the bounds."""
        truth, span = parse_edtf(self.document.published), parse_edtf(self.inferred.published)
        return bool(truth and span and span[0] <= truth[1] and truth[0] <= span[1])


def sample(data: Path | None) -> list[Document]:
    """Dated documents of the corpus, drawn by a fixed seed."""
    path = data or need(SHARED / "corpus" / "articles.jsonl.gz")
    found = [d for d in read_paths([path]) if isinstance(d, Document) and d.published and len(d.text) < LONGEST]
    random.Random(SEED).shuffle(found)
    return found[:SAMPLE]


def infer(documents: Sequence[Document], reader: Reader) -> Iterator[Told]:
    """Documents -> each with its date taken away, the line that bears it too, and inferred."""
    for d in documents:
        bare = replace(d, published=None, published_basis="", cuts=tuple(c for c in d.cuts if c.reason != "date_line"))
        yield Told(d, infer_published(bare, reader.parse(d.id, split_sentences(d)), READ_ON))


def measure(rows: Sequence[Told], name: str) -> dict[str, float | int | str]:
    """How many got a date, how many of these rightly, and how wide."""
    given = [r for r in rows if r.inferred.published]
    return {
        f"{name}_documents": len(rows),
        f"{name}_inferred": len(given),
        f"{name}_right": sum(r.right for r in given) / max(1, len(given)),
        f"{name}_days_wide": statistics.median([r.width for r in given]) if given else 0,
    }


def run(data: Path | None) -> dict[str, float | int | str]:
    """Measure on both halves of the sample, and say what the seeds get."""
    rows = list(infer(sample(data), load_reader()))
    half = len(rows) // 2
    figures = measure(rows[:half], "tuned") | measure(rows[half:], "fresh")
    seeds = SHARED / "seeds"
    if data is None and seeds.exists():
        texts = [d for d in read_paths([seeds]) if isinstance(d, Document)]
        for told in infer([d for d in texts if not d.published], load_reader()):
            figures[told.document.name[:3]] = told.inferred.published or "none"
    return figures


def main() -> None:
    """Print what was inferred wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    for row in infer(sample(parser.parse_args().data), load_reader()):
        if row.inferred.published and not row.right:
            print(row.document.name, row.document.published, "got", row.inferred.published, row.inferred.published_basis)


if __name__ == "__main__":
    main()
