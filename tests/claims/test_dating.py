"""Time expressions become dates with bounds, and none is invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.claims.calendar import parse_edtf
from amity.claims.dating import date_timex
from amity.claims.timex import load_times, tag_times
from amity.language.tokens import split_tokens
from amity.records import When

CASES = list(csv.DictReader((Path(__file__).parent / "dates.csv").open(encoding="utf-8")))
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))


@dataclass(frozen=True, slots=True)
class Plain:
    """A word without a tag."""

    text: str
    tag: str = ""


def date_text(text: str, published: str | None, future: bool | None = False) -> list[When]:
    """Text -> the dates in it."""
    words = [Plain(text[a:b]) for a, b in split_tokens(text)]
    found = (date_timex(words, t, parse_edtf(published), future) for t in tag_times(words))
    return [when for when in found if when]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['text']} @ {c['published'] or 'undated'}")
def test_date_of_an_expression(case: dict[str, str]) -> None:
    """Each expression of the table gets its EDTF text and bounds, or no date where it has no anchor."""
    found = [(w.edtf, w.earliest, w.latest) for w in date_text(case["text"], case["published"] or None)]
    assert found == ([(case["edtf"], case["earliest"], case["latest"])] if case["edtf"] else [])


def test_future_clause_takes_the_next_day() -> None:
    """In a clause of the future, a bare weekday or day of a month is the next one."""
    assert date_text("on Monday", "2018-06-08", True)[0].edtf == "2018-06-11"
    assert date_text("May 24", "2018-06-08", True)[0].edtf == "2019-05-24"


def test_untensed_day_is_the_near_one() -> None:
    """Without a tense, a day that is soon to come is meant where the past one is most of a year away."""
    assert date_text("June 12", "2018-06-08", None)[0].edtf == "2018-06-12"
    assert date_text("March 12", "2018-06-08", None)[0].edtf == "2018-03-12"


@given(DAYS, st.sampled_from(sorted(load_times().weekdays)))
def test_weekday_is_within_the_week_before(day: date, name: str) -> None:
    """A bare weekday lies on publication day or at most six days before, and is that weekday."""
    if name.endswith("."):
        return
    (when,) = date_text(name.title(), day.isoformat())
    found = date.fromisoformat(when.earliest)
    assert timedelta(0) <= day - found <= timedelta(days=6)
    assert found.weekday() == load_times().weekdays[name]


@given(
    DAYS, st.sampled_from(["last week", "this month", "last month", "two days ago", "March", "last year", "May 3", "yesterday", "Friday"])
)
def test_past_expressions_begin_no_later_than_publication(day: date, text: str) -> None:
    """Read as past, no expression begins after the day of publication, and its words are its basis."""
    (when,) = date_text(text, day.isoformat())
    assert when.earliest <= day.isoformat()
    assert text in when.basis


@given(st.sampled_from(["last week", "Monday", "yesterday", "June 4", "last month", "three years ago", "Christmas", "this year", "in May"]))
def test_relative_expressions_need_a_publication_date(text: str) -> None:
    """Without a publication date nothing relative is dated."""
    assert date_text(text, None) == []
