"""Tests of marked texts: the text is never changed, only wrapped."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from amity.records import Cut, Document
from amity.show.marks import Passage, fit_context, keep_ranges, mark_text

TEXT = 'Alpha met Beta. <b>Beta & Gamma</b> quarrelled, "he said". Delta kept out.'
spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(lambda p: (p[0], min(len(TEXT), p[0] + p[1])))


def make_passages(found: list[tuple[int, int]]) -> list[Passage]:
    """Spans -> passages with names of their own."""
    return [Passage(a, b, f"q-{i}", (f"{i}",)) for i, (a, b) in enumerate(sorted(set(found)))]


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=3))
def test_marking_keeps_the_text(found: list[tuple[int, int]], struck: list[tuple[int, int]]) -> None:
    """Whatever overlaps whatever, the words of the page are those of the document, and each passage has one anchor."""
    document = Document("d", TEXT, "text", cuts=tuple(Cut(a, b, "caption") for a, b in struck))
    passages = make_passages(found)
    tree = html.fragment_fromstring(str(mark_text(document, passages)), create_parent="div")
    assert tree.text_content() == TEXT
    assert sorted(tree.xpath(".//@id")) == sorted(p.anchor for p in passages)


@given(st.lists(spans, min_size=1, max_size=6), st.integers(0, 20))
def test_parts_hold_every_passage_and_count_the_rest(found: list[tuple[int, int]], context: int) -> None:
    """What is shown in part holds each passage whole, in order, without overlap."""
    document = Document("d", TEXT, "text")
    passages = make_passages(found)
    ranges = keep_ranges(document, passages, context)
    assert all(any(low <= p.start and p.end <= high for low, high in ranges) for p in passages)
    assert all(a[1] < b[0] for a, b in pairwise(ranges))


def test_context_shrinks_with_the_number_of_passages() -> None:
    """Texts that fit are whole; those that do not share what room there is."""
    document = Document("d", "x" * 10_000, "text")
    few, many = ({document.id: make_passages([(i * 10, i * 10 + 5) for i in range(n)])} for n in (5, 500))
    assert fit_context([document], few, 10_000) is None
    assert fit_context([document], few, 5_000) == 320
    assert fit_context([document], many, 5_000) == 40
