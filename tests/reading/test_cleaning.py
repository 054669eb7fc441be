"""Cleaning: what is cut and why, and that nothing else is."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.reading import read_paths
from amity.reading.cleaning import find_cuts
from amity.reading.lines import read_lines
from amity.reading.page import Page
from amity.reading.vocabulary import load_table
from amity.records import CutReason, Document

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cleaning_cases.yaml").read_text(encoding="utf-8"))
EXAMPLES = HERE.parents[1] / "examples"
DEFECTS = yaml.safe_load((EXAMPLES / "defects.yaml").read_text(encoding="utf-8"))
# What other rooms read is no line to cut.
PLANTED = [d for d in DEFECTS["defects"] if d["kind"] in get_args(CutReason) and d["kind"] != "unverified_notice"]


def reason_at(text: str, cuts: tuple[Any, ...], words: str) -> str:
    """The reason for which words are cut, or "kept"."""
    at = text.index(words)
    return next((c.reason for c in cuts if c.start <= at and at + len(words) <= c.end), "kept")


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "spaced"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_each_line_is_cut_for_its_reason_or_kept(case: dict[str, Any], gap: str) -> None:
    """Lines of a page fare as the table says, with blank lines between them or without."""
    if gap == "\n" and "head of a page" in case["name"]:
        gap = "\n\n"  # a left-over word is only told from a wrapped one by the blank line before it
    text = gap.join(line for _, line in case["lines"])
    cuts = find_cuts(Page(text, lines=read_lines(text)))
    at, found = 0, []
    for _, line in case["lines"]:
        start = text.index(line, at)
        at = start + len(line)
        found.append([next((c.reason for c in cuts if c.start < at and start < c.end), "kept"), line])
    assert found == case["lines"]


@pytest.mark.parametrize("defect", PLANTED, ids=lambda d: f"{d['file']}:{d['line']}")
def test_what_is_planted_in_the_examples_is_cut(defect: dict[str, Any]) -> None:
    """Junk planted in the example reports is cut, in every form they come in."""
    (document,) = read_paths([EXAMPLES / defect["file"]])
    assert isinstance(document, Document)
    assert reason_at(document.text, document.cuts, defect["words"]) in {defect["kind"], "page_furniture"}


@pytest.mark.parametrize("report", [r for r in DEFECTS["reports"] if r["form"] != "jsonl"], ids=lambda r: r["file"])
def test_examples_tell_their_date_and_outlet(report: dict[str, Any]) -> None:
    """Date and outlet are read where a report tells them, and left out where it does not."""
    (document,) = read_paths([EXAMPLES / report["file"]])
    assert isinstance(document, Document)
    assert (document.published, document.outlet or None) == (report["published"], report["outlet"])
    assert bool(document.published) == bool(document.published_basis)


LINES = st.sampled_from([line for case in CASES for _, line in case["lines"]] + ["", "x", "-", "Read more", "Who is it? ›", "___"])


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINES, max_size=30))
def test_cuts_are_apart_and_in_order_whatever_the_page(lines: list[str]) -> None:
    """Cuts never overlap and stay inside the text."""
    text = "\n".join(lines)
    cuts = find_cuts(Page(text, lines=read_lines(text)))
    assert all(0 <= c.start < c.end <= len(text) for c in cuts)
    assert all(a.end <= b.start for a, b in itertools.pairwise(cuts))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["The envoy met the general.", "He denied it on Monday.", "They agreed to a truce there."]),
        min_size=3,
        max_size=3,
        unique=True,
    )
)
def test_plain_reporting_is_never_cut(sentences: list[str]) -> None:
    """Whole sentences that say nothing twice are kept, in whatever order."""
    text = "\n\n".join(sentences)
    assert find_cuts(Page(text, lines=read_lines(text))) == ()


def test_the_table_names_only_known_reasons() -> None:
    """Every part of the table that has rules for lines is a reason of the records."""
    parts = {name for name, part in load_table().items() if isinstance(part, dict) and "whole" in part}
    assert parts <= set(get_args(CutReason))
