"""Days and their bounds: arithmetic of months and weeks, EDTF text <-> first and last possible day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")

Span = tuple[date, date]


def month_span(year: int, month: int) -> Span:
    """First and last day of a month.

    >>> month_span(2024, 2)[1].isoformat()
    '2024-02-29'
    """
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_span(year: int) -> Span:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_span(day: date) -> Span:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def add_months(year: int, month: int, step: int) -> tuple[int, int]:
    """Year and month, some months on.

    >>> add_months(2018, 1, -1)
    (2017, 12)
    """
    whole = year * 12 + month - 1 + step
    return whole // 12, whole % 12 + 1


def find_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such.

    >>> find_day(2023, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_edtf(text: str | None) -> Span | None:
    """A publication time (`2018`, `2018-06`, `2018-06-04`, an interval of such) -> its bounds, None if unreadable.

    What stands behind it (a mark, a time of day) is passed over.

    >>> [d.isoformat() for d in parse_edtf("2018-05?/2018-06-08?") or ()]
    ['2018-05-01', '2018-06-08']
    """
    first, slash, last = (text or "").partition("/")
    if slash and first[:1].isdigit() and last[:1].isdigit():
        low, high = parse_edtf(first), parse_edtf(last)
        return (low[0], high[1]) if low and high and low[0] <= high[1] else None
    match = _EDTF.match(first)
    if not match:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return year_span(year)
    if day is None:
        return month_span(year, month)
    found = find_day(year, month, day)
    return (found, found) if found else None
