"""The tagger of time expressions: what it takes, what it leaves, and its laws."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.claims.timex import tag_times
from amity.language.tokens import split_tokens

WORDS = [
    "the",
    "last",
    "June",
    "4",
    "2018",
    ",",
    "Monday",
    "two",
    "weeks",
    "ago",
    "early",
    "of",
    "may",
    "-",
    "year",
    "rebels",
    "Mar.",
    "1990s",
]


@dataclass(frozen=True, slots=True)
class Plain:
    """A word with a tag."""

    text: str
    tag: str = ""


def spans(text: str) -> list[str]:
    """Text -> its time expressions."""
    places = split_tokens(text)
    words = [Plain(text[a:b]) for a, b in places]
    return [text[places[t.first][0] : places[t.last - 1][1]] for t in tag_times(words)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They met on June 4, 2018, and again last week.", ["June 4, 2018", "last week"]),
        ("It began in late September 2015 and ended two years ago.", ["late September 2015", "two years ago"]),
        ("Earlier this week he left; he returned on Friday morning.", ["Earlier this week", "Friday morning"]),
        ("The talks may fail and troops march on.", []),
        ("Sales may rise in the future.", ["the future"]),
        ("Sales fell in recent months from the year-ago quarter.", ["recent months", "the year-ago quarter"]),
        ("It grew in the latest quarter of fiscal 2017.", ["the latest quarter", "fiscal 2017"]),
        ("A quarter of the men left on April 1 last year.", ["April 1 last year"]),
        ("In mid-November and over the weekend they met.", ["mid-November", "the weekend"]),
        ("More than 2000 fighters and $ 2015 were lost.", []),
        ("He spoke for two hours.", ["two hours"]),
        ("Relations froze in the 1990s.", ["the 1990s"]),
    ],
)
def test_spans_of_a_sentence(text: str, wanted: list[str]) -> None:
    """Expressions are found whole; verbs and counts that look like times are left."""
    assert spans(text) == wanted


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_spans_are_in_order_and_apart(texts: list[str]) -> None:
    """Expressions never overlap, are never empty, and stand in the order of the text."""
    edges = [(t.first, t.last) for t in tag_times([Plain(t) for t in texts])]
    assert all(a < b for a, b in edges)
    assert all(b <= c for (_, b), (c, _) in pairwise(edges))


def test_long_runs_take_linear_time() -> None:
    """A hundred thousand words that almost match take seconds, not hours."""
    began = time.process_time()
    tag_times([Plain(w) for w in ["the", "early", "last", "two", ","] * 20_000])
    assert time.process_time() - began < 10
