"""Dates: what is told is read, what is not told is not guessed, and calendar conflicts are named."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.reading import read_paths
from amity.reading.dates import date_of_address, parse_date, read_date_line
from amity.reading.weekdays import NAMES, find_conflicts
from amity.records import Document

with (Path(__file__).parent / "date_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = [(row["value"], row["edtf"] or None) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("value", "edtf"), CASES)
def test_a_value_gives_its_day_or_none(value: str, edtf: str | None) -> None:
    """Fields and words of several languages give EDTF text; two readings or no such day give None."""
    assert parse_date(value) == edtf


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    """The usual ways of writing one day agree, and its right weekday is no conflict."""
    ways = [
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day:%A}, {day.day} {day:%B} {day.year}",
    ]
    assert {parse_date(way) for way in ways} == {day.isoformat()}
    assert find_conflicts(f"It was {ways[-1]} in town.", None) == []


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 6), st.integers(-90, 90))
def test_a_wrong_weekday_is_always_named(day: date, off: int, delay: int) -> None:
    """With the year told, or the day of publication near, every wrong weekday is a conflict and no right one is."""
    wrong, right = NAMES[(day.weekday() + off) % 7], NAMES[day.weekday()]
    published = (day + timedelta(days=delay)).isoformat()
    assert len(find_conflicts(f"On {wrong}, {day:%B} {day.day}, {day.year} they met.", None)) == 1
    assert len(find_conflicts(f"On {wrong}, {day:%B} {day.day} they met.", published)) == 1
    assert find_conflicts(f"On {right}, {day:%B} {day.day} they met.", published) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It began on Monday, June 4. He spoke on Friday June 5.", 1),
        ("It began on Monday, June 4. He spoke on Friday June 8.", 0),
        ("They met on 31 April. They may 31 times march 5 miles.", 1),
        ("Born: 1994-02-30, moved 1995-02-28.", 1),
        ("On Sunday 1 January and on Monday 31 December.", 0),
    ],
)
def test_days_that_cannot_stand_together_are_named(text: str, count: int) -> None:
    """Without a year, two weekdays that no year can join are a conflict, as is a day that does not exist."""
    assert len(find_conflicts(text, None)) == count


def test_many_weekdays_that_agree_put_the_day_of_publication_in_doubt() -> None:
    """Three weekdays that all fit another year give one message about the day of publication, not three."""
    text = "On Saturday, February 8 they met; on Saturday, February 1 they wrote; on Tuesday, January 21 they called."
    (conflict,) = find_conflicts(text, "2013-03-14")
    assert "publication on 2013-03-14" in conflict.note and conflict.readings == ("2013-03-14", "2014-03-14")


@pytest.mark.parametrize(
    ("text", "kind", "readings", "taken"),
    [
        ("They met on Friday, June 5, 2018.", "weekday", ("2018-06-05", "Friday (2018-06-08)"), "2018-06-05"),
        ("They met on April 31, 2023.", "no_day", ("April 31, 2023",), ""),
        ("It began on Monday, June 4. He spoke on Friday June 5.", "beside", ("Friday June 5", "Monday, June 4"), "Monday, June 4"),
    ],
)
def test_a_conflict_holds_both_readings_and_the_one_taken(text: str, kind: str, readings: tuple[str, ...], taken: str) -> None:
    """Each kind of conflict says what was read, what else it may be, and what is gone by."""
    (conflict,) = find_conflicts(text, None)
    assert (conflict.kind, conflict.readings, conflict.taken) == (kind, readings, taken)
    assert text[conflict.start : conflict.end] in conflict.say()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Updated 11:11 AM GMT+9, August 5, 2023", "2023-08-05"),
        ("7 years ago", ""),
        ("4:05 p.m.", ""),
        ("He left on August 5, 2023", None),
        ("12 dead", None),
    ],
)
def test_a_date_line_holds_nothing_else(line: str, told: str | None) -> None:
    """Only dates, times and words like "Updated" make a date line."""
    assert read_date_line(line) == told


def test_a_file_name_tells_the_day_where_nothing_else_does(tmp_path: Path) -> None:
    """A day in the file's name dates a report without one, and yields to a dateline, also one of place and agency."""
    body = "The two ministers signed a declaration on military cooperation in the capital, promising joint exercises."
    for name, lead in (("2025-03-17-pact.txt", ""), ("2025-03-17-dated.txt", "TIRANA, 18 March 2025 (AFP) - ")):
        (tmp_path / name).write_text(f"Three sign a pact\n\n{lead}{body}\n", encoding="utf-8")
    dated, named = read_paths([tmp_path])
    assert isinstance(dated, Document) and isinstance(named, Document)
    assert (dated.published, named.published) == ("2025-03-18", "2025-03-17")
    assert named.published_basis.startswith("file name") and dated.outlet == "AFP"


def test_an_address_tells_its_day() -> None:
    """A day in the path of an address is read; figures that are none are not."""
    assert date_of_address("https://n.example/2016/nov/15/a-story/") == "2016-11-15"
    assert date_of_address("https://n.example/USA/2015/0911/a-story") == "2015-09-11"
    assert date_of_address("https://n.example/news/42232158") is None


@pytest.mark.parametrize(
    ("text", "published", "outlet"),
    [
        ("A Pact\n\nSEOUL (Reuters) - The two sides met on Monday in the old capital of the south.", None, "Reuters"),
        ("A Pact\nBy. Jo Doe for Harbour Gate\nThe two sides met on Monday.", None, "Harbour Gate"),
        ("A Pact\n\nValley Courier - Wednesday, June 6, 2018\n\nThe two sides met.", "2018-06-06", "Valley Courier"),
        ("https://n.example/x | A Pact | 2018-05-26\nThe two sides met.", "2018-05-26", ""),
        ("A Pact\n\nThe two sides met on Monday, as they had in May 2017.", None, ""),
    ],
)
def test_a_head_tells_date_and_outlet_or_nothing_is_set(tmp_path: Path, text: str, published: str | None, outlet: str) -> None:
    """Datelines, bylines and signatures give date and outlet; a text that tells none gets none."""
    (tmp_path / "a.txt").write_text(text)
    (document,) = read_paths([tmp_path / "a.txt"])
    assert isinstance(document, Document)
    assert (document.published, document.outlet, document.title) == (published, outlet, "A Pact")
