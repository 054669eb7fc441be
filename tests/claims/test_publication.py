"""When an undated document was published, from its own text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from amity.claims.clues import Clue, Range
from amity.claims.feasts import feast_spans
from amity.claims.publication import infer_published, weigh_clues
from amity.language import Reader
from amity.reading import split_sentences
from amity.records import Document

CASES = yaml.safe_load((Path(__file__).parent / "publication_cases.yaml").read_text(encoding="utf-8"))
READ_ON = date(2026, 1, 1)
DAYS = Range(date(2000, 1, 1), READ_ON)


def infer(text: str, reader: Reader, **more: Any) -> Document:
    document = Document("t.txt", text, "text", **more)
    return infer_published(document, reader.parse(document.id, split_sentences(document)), READ_ON)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_what_a_text_tells_of_its_day(case: dict[str, Any], reader: Reader) -> None:
    """Each text of the table gets its bounds with the words they rest on, or no date where it allows more than a year."""
    found = infer(case["text"], reader)
    assert found.published == case["published"], found.published_basis
    if case["published"]:
        assert found.published_basis.startswith("inferred")
        assert case["words"] in found.published_basis


def test_a_dated_document_is_left_as_it_is(reader: Reader) -> None:
    """What the file itself says stands, whatever the text tells."""
    found = infer(
        "Last month, on May 12, the Singapore summit of 2018 was recalled.", reader, published="2020-01-02", published_basis="meta"
    )
    assert (found.published, found.published_basis) == ("2020-01-02", "meta")


def test_a_clue_that_does_not_fit_is_told(reader: Reader) -> None:
    """Of two weekdays that no year has together the one without support is named in a warning."""
    found = infer(CASES[2]["text"].replace("Friday June 8", "Friday June 5"), reader)
    assert found.published and found.published.startswith("2018-06-08?")
    assert any("June 5" in w for w in found.warnings)


@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 300), st.sampled_from([1.0, 2.0, 3.0])), min_size=1, max_size=8))
def test_bounds_are_those_of_clues_that_agree(rows: list[tuple[int, int, float]]) -> None:
    """Whatever the clues, the bounds lie in the range, and every clue said to agree allows their first day."""
    base = DAYS.first.toordinal()
    clues = [Clue("x", str(i), i, ((date.fromordinal(base + a), date.fromordinal(base + a + n)),), w) for i, (a, n, w) in enumerate(rows)]
    found = weigh_clues(clues, DAYS)
    if found:
        first, last = found.span
        assert DAYS.first <= first <= last <= DAYS.last
        assert all(any(a <= first <= b for a, b in c.spans) for c in found.agreeing)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("quds day", 2018, "2018-06-08"),
        ("good friday", 2024, "2024-03-29"),
        ("eid al-fitr", 2024, "2024-04-10"),
        ("yom kippur", 2023, "2023-09-25"),
        ("thanksgiving", 2020, "2020-11-26"),
        ("memorial day", 2018, "2018-05-28"),
    ],
)
def test_feasts_fall_where_they_were_kept(name: str, year: int, day: str) -> None:
    """Movable feasts hold the day on which they were kept."""
    assert any(a.isoformat() <= day <= b.isoformat() for a, b in feast_spans(name, year))
