"""Splitting: cases of real trouble, and laws that hold for any text."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.reading import split_sentences
from amity.reading.sentences import MOST_CHARS, MOST_WORDS
from amity.records import Cut, Document

CASES = yaml.safe_load((Path(__file__).parent / "sentence_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:30])
def test_a_text_splits_as_a_reader_would(case: dict[str, list[str]]) -> None:
    """Abbreviations, quotations, missing spaces, wrapped lines, headings and lists are split as written in the table."""
    found = split_sentences(Document("case", str(case["text"]), "text"))
    assert [("|" if s.heading else "") + s.text for s in found] == case["sentences"]


def test_a_sentence_without_end_is_cut_at_a_lesser_mark() -> None:
    """Ten thousand words without a full stop become pieces of at most the allowed length, and no word is lost."""
    text = "first they met; then they parted, " * 1700
    found = split_sentences(Document("long", text, "text"))
    assert max(len(s.text.split()) for s in found) <= MOST_WORDS and max(len(s.text) for s in found) <= MOST_CHARS
    assert " ".join(s.text for s in found).split() == text.split()


def test_a_cut_at_the_end_of_a_line_parts_it_from_the_next() -> None:
    """No sentence reaches over a cut, though the next line runs on in lower case, and though a lone mark is left after it."""
    for end in (12, 13):
        text = "They met\nSee.\nand parted"
        found = split_sentences(Document("cut", text, "text", cuts=(Cut(9, end, "page_furniture"),)))
        assert [s.text for s in found] == ["They met", "and parted"]


PIECES = st.sampled_from(
    ["The envoy left. ", "U.S. ", "\n", "\n\n", "“Why?” ", "a ", "Gen. ", "• ", "...", "Read more\n", ".", " ", "é", "word " * 300, "?! "]
)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(PIECES, max_size=25), places=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80)), max_size=3))
def test_sentences_stand_in_order_outside_the_cuts_and_lose_no_word(parts: list[str], places: list[tuple[int, int]]) -> None:
    """Whatever the text and cuts: places are exact, in order, outside cuts, paragraphs rise, and every kept letter is in one."""
    text = "".join(parts) or "x"
    cuts = tuple(Cut(a, min(a + n, len(text)), "page_furniture") for a, n in places if a < len(text))
    document = Document("any", text, "text", cuts=cuts)
    found = split_sentences(document)
    assert all(text[s.start : s.end] == s.text and document.cut_at(s.start, s.end) is None for s in found)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in itertools.pairwise(found))
    told = {i for s in found for i in range(s.start, s.end)}
    cut = {i for c in cuts for i in range(c.start, c.end)}
    assert not [i for i, c in enumerate(text) if c.isalpha() and i not in told and i not in cut]
