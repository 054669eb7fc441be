"""The five seed reports, where they stand beside the checkout: nothing is coded from junk, every quote holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amity.pipeline import Pipeline, read_documents
from amity.records import Document

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
JUNK = ("spam_questions", "read_more_list", "fake_author", "page_furniture", "stale_caption", "caption_fragment", "duplicate_standfirst")


@pytest.mark.skipif(not SEEDS, reason="the shared folder is not beside this checkout")
def test_no_claim_of_the_seeds_stands_on_junk() -> None:
    """No claim overlaps a cut, nor a line that the list of defects calls junk; quotes hold."""
    defects = json.loads((SHARED / "gold" / "seed-defects.json").read_text(encoding="utf-8"))
    pipeline, count = Pipeline(), 0
    for document in read_documents(SEEDS):
        assert isinstance(document, Document)
        lines = {d["line"] for d in defects["seed-" + document.name[:3]] if d["type"] in JUNK}
        for claim in pipeline.analyse(document).claims:
            assert document.text[claim.start : claim.end] == claim.quote
            assert document.cut_at(claim.start, claim.end) is None
            assert document.text.count("\n", 0, claim.start) + 1 not in lines, claim.quote
            count += 1
    assert count > 50


@pytest.mark.skipif(not SEEDS, reason="the shared folder is not beside this checkout")
def test_reading_the_seeds_twice_gives_the_same_claims() -> None:
    """The same text gives the same claims, in whatever order the documents come."""
    pipeline = Pipeline()

    def ids(paths: list[Path]) -> set[str]:
        return {c.id for d in read_documents(paths) if isinstance(d, Document) for c in pipeline.analyse(d).claims}

    assert ids(SEEDS) == ids(SEEDS[::-1])
