"""Sources: frames of either library, rows and claims give the same ties; what cannot be read is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas
import polars
import pytest

from amity.errors import BadInput
from amity.records import DatedEvent
from amity.ties import compute_ties, compute_ties_from_events, find_changes

ROWS = {
    "date": ["2018-06-04", "2018-06-11", None, "2018-07-01"],
    "source": ["a", "b", "a", "a"],
    "target": ["b", "a", "b", "c"],
    "goldstein": [3.0, -9.0, 1.0, 5.0],
}
EVENTS = [
    DatedEvent(17686, "a", "b", 1, 3.0),
    DatedEvent(17693, "b", "a", 4, -9.0),
    DatedEvent(17713, "a", "c", 2, 5.0),
]


@pytest.mark.parametrize("frame", [polars.DataFrame(ROWS), pandas.DataFrame(ROWS)], ids=["polars", "pandas"])
def test_a_frame_is_its_rows(frame: Any) -> None:
    """A frame of either library gives the ties of its rows; a row without a day is passed over."""
    assert compute_ties(frame) == compute_ties(EVENTS) == compute_ties_from_events(EVENTS)


def test_days_may_be_dates_or_numbers() -> None:
    """Days as dates, time stamps, numbers and ISO text are the same days."""
    days: list[list[Any]] = [
        [date(2018, 6, 4)],
        [pandas.Timestamp("2018-06-04")],
        [20180604],
        ["2018-06-04"],
    ]
    frames = [pandas.DataFrame({"day": d, "actor": ["a"], "recipient": ["b"], "quad": [1]}) for d in days]
    assert {compute_ties(f)[0].as_of for f in frames} == {"2018-06-04"}


def test_changes_of_a_frame() -> None:
    """A pair that breaks is told from a frame too, with what would undo it."""
    rows = [{"day": str(date.fromordinal(736000 + 5 * i)), "actor": "a", "recipient": "b", "quad": 1 if i < 40 else 4} for i in range(80)]
    found = find_changes(polars.DataFrame(rows))
    assert [c.direction for c in found if c.measure == "warmth"] == [-1]
    assert found[0].undo.endswith("week") and "kind" in found[0].undo


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ({"day": ["2018"], "actr": ["a"], "recipient": ["b"], "quad": [1]}, "did you mean actr"),
        ({"day": ["2018"], "actor": ["a"], "recipient": ["b"]}, "needed is score"),
        ({"day": ["June"], "actor": ["a"], "recipient": ["b"], "quad": [1]}, "'June'"),
        ({"day": ["2018"], "actor": ["a"], "recipient": ["b"], "quad": [7]}, "quad 7"),
    ],
)
def test_a_bad_frame_is_named(frame: dict[str, list[Any]], says: str) -> None:
    """A missing column or a bad row says what is wrong and what is near."""
    with pytest.raises(BadInput, match=says):
        compute_ties(polars.DataFrame(frame))


def test_a_stranger_is_refused() -> None:
    """Rows that are no claims and no events are named by their kind."""
    with pytest.raises(BadInput, match="got a int"):
        compute_ties([1, 2])
