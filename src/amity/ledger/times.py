"""Times as the ledger compares them: UTC text of one fixed width, so that text order is time order."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime

from amity.errors import BadInput

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")


def stamp_time(moment: str) -> str:
    """ISO 8601 text -> UTC text to the microsecond; a bare day is its first moment, no zone means UTC.

    >>> stamp_time("2018-06-04"), stamp_time("2018-06-04T01:30:00+03:00")
    ('2018-06-04T00:00:00.000000Z', '2018-06-03T22:30:00.000000Z')

    Raises BadInput where the text is no time.
    """
    try:
        read = datetime.fromisoformat(moment)
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"time: got {moment!r}, allowed is ISO 8601 such as 2018-06-04 or 2018-06-04T10:30:00Z") from None
    return read.isoformat(timespec="microseconds").replace("+00:00", "Z")


def stamp_now() -> str:
    """The clock of this machine, in the form of `stamp_time`."""
    return stamp_time(datetime.now(UTC).isoformat())


def stamp_end(moment: str) -> str:
    """A day, month, year or time -> its last moment, so that `as_of` a day includes that whole day.

    >>> stamp_end("2018-06-04"), stamp_end("2018-02")
    ('2018-06-04T23:59:59.999999Z', '2018-02-28T23:59:59.999999Z')
    """
    if DATE.fullmatch(moment):
        return stamp_time(day_bounds(moment)[1] or moment).replace("00:00:00.000000", "23:59:59.999999")
    return stamp_time(moment)


def day_bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """EDTF text -> first and last possible day, both included; (None, None) where no year is named.

    An interval takes the first bound of its start and the last of its end; seasons count as their year.

    >>> day_bounds("2024-02"), day_bounds("2018-06-04/2018-06-08"), day_bounds("unknown")
    (('2024-02-01', '2024-02-29'), ('2018-06-04', '2018-06-08'), (None, None))
    """
    found = [bounds for match in list(DATE.finditer((edtf or "")[:80])) if (bounds := match_bounds(match))]
    if not found:
        return None, None
    return min(first for first, _ in found), max(last for _, last in found)


def match_bounds(match: re.Match[str]) -> tuple[str, str] | None:
    """One year, month or day -> its first and last day; None where the calendar has no such year."""
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if year < 1:
        return None
    if not 1 <= month <= 12:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{length:02}"
    return (f"{year:04}-{month:02}-{day:02}",) * 2
