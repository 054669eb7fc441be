"""Day texts -> day numbers (days since 1970-01-01) and back."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from amity.errors import BadInput

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def day_text(day: int) -> str:
    """Day number -> ISO text.

    >>> day_text(0)
    '1970-01-01'
    """
    return date.fromordinal(_EPOCH + day).isoformat()


# Texts of dates repeat: ten years have 3,650 days.
@lru_cache(maxsize=65_536)
def span_of(text: str | None) -> tuple[int, int] | None:
    """EDTF text of a day, month, year or interval -> first and last day number, None where it tells no year.

    Qualifiers after it (`~`, `?`) and a time of day are passed over.

    >>> span_of("1970-02"), span_of("1970-01-02T10:00"), span_of("1970-01?/1970-02-03?"), span_of("197X"), span_of(None)
    ((31, 58), (1, 1), (0, 33), None, None)
    """
    low, slash, high = (text or "").partition("/")
    if slash:
        ends = span_of(low), span_of(high)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] and ends[0][0] <= ends[1][1] else ends[0]
    found = _DAY.match(text or "")
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    first, last = (month or 1, day or 1), (month or 12, day or 0)
    try:
        last_day = last[1] or calendar.monthrange(year, last[0])[1]
        return date(year, *first).toordinal() - _EPOCH, date(year, last[0], last_day).toordinal() - _EPOCH
    except (ValueError, IndexError):
        return None


def last_day_of(text: str, what: str) -> int:
    """Day, month or year as text -> its last day number. Raises BadInput naming `what`.

    >>> last_day_of("1970-01", "as_of")
    30
    """
    span = span_of(text)
    if span is None:
        raise BadInput(f"{what}: got {text!r}, allowed is a day, month or year as 2018-06-04, 2018-06 or 2018")
    return span[1]


def first_day_of(text: str, what: str) -> int:
    """Day, month or year as text -> its first day number. Raises BadInput naming `what`."""
    span = span_of(text)
    if span is None:
        raise BadInput(f"{what}: got {text!r}, allowed is a day, month or year as 2018-06-04, 2018-06 or 2018")
    return span[0]
