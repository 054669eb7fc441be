"""Calendar conflicts in a text: days that do not exist, weekdays that do not fit their date or each other."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache
from itertools import islice

from amity.reading.dates import ISO, YEARS, DateWords, edtf_day, find_dates, first_day

# Warnings per document; a table of wrong dates should not drown the rest.
MOST = 20
# Dates without a year that lie further apart than this many months may be of different years.
NEAR_MONTHS = 5
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# So many weekdays that agree on another year than that of publication put the latter in doubt.
AGREEING = 3
AGREED_SHARE = 0.9
# Years a weekday and a date without a year are tried against: one full turn of the calendar.
TURN = range(2000, 2028)


def find_conflicts(text: str, published: str | None) -> list[str]:
    """Text and its date -> one sentence per conflict.

    >>> find_conflicts("It began on Monday, June 4. He spoke on Friday June 5.", None)
    ["'Friday June 5' (characters 40-53) cannot stand beside 'Monday, June 4' (characters 12-26): no year has both"]
    """
    found = [note for m in islice(ISO.finditer(text), MOST) if (note := check_iso(m))]
    unfit: list[tuple[DateWords, str]] = []
    open_ended: list[DateWords] = []
    fit = 0
    for given in find_dates(text):
        if given.day is None or given.day > 31 or len(found) + len(unfit) >= MOST:
            continue  # a number over 31 beside a month counts something else
        note = check_day(given) or (check_weekday(given, None) if given.year else None)
        if note or given.weekday is None or given.year:
            found.extend([note] if note else [])
        elif published:
            note = check_weekday(given, published)
            unfit.extend([(given, note)] if note else [])
            fit += note is None
        else:
            note = check_beside(given, open_ended)
            found.extend([note] if note else [])
            open_ended.append(given)
    return found + weigh_unfit(unfit, fit, published)


def weigh_unfit(unfit: list[tuple[DateWords, str]], fit: int, published: str | None) -> list[str]:
    """Weekdays that do not fit the day of publication -> a message each, or one that doubts the day of publication.

    Where several fit another year of publication and more do not fit than do, the field is likelier wrong than they all are.
    """
    if len(unfit) < AGREEING or len(unfit) <= fit or not published:
        return [note for _, note in unfit]
    year = int(published[:4])
    for other in (year + 1, year - 1, year + 2, year - 2):
        moved = f"{other:04d}{published[4:]}".replace("-02-29", "-02-28")
        agree = sum(check_weekday(given, moved) is None for given, _ in unfit)
        if agree >= AGREED_SHARE * len(unfit):
            first = name_place(unfit[0][0])
            return [f"{len(unfit)} weekdays, the first {first}, do not fit publication on {published}; {agree} fit {other}"]
    return [note for _, note in unfit]


def check_iso(m: re.Match[str]) -> str | None:
    """A message if `2023-04-31` is no day; other groups of figures may be anything."""
    year, month, day = int(m[1]), int(m[2]), int(m[3] or 1)
    if year not in YEARS or not 1 <= month <= 12 or not 28 < day <= 31 or edtf_day(year, month, day):
        return None
    return f"{m.group()!r} (characters {m.start()}-{m.end()}) is no day: {calendar.month_name[month]} has fewer days"


def name_place(given: DateWords) -> str:
    """A date's words and place, for a message."""
    return f"{' '.join(given.words.split())!r} (characters {given.start}-{given.end})"


def check_day(given: DateWords) -> str | None:
    """A message if the day does not exist in its month."""
    most = calendar.monthrange(given.year or 2000, given.month)[1]
    if given.day is not None and not 1 <= given.day <= most:
        return f"{name_place(given)} is no day: {calendar.month_name[given.month]} has {most} days"
    return None


def check_weekday(given: DateWords, published: str | None) -> str | None:
    """A message if the weekday does not fit the date, its year being told or the one nearest to publication."""
    if given.weekday is None or given.day is None:
        return None
    days = [date(given.year, given.month, given.day)] if given.year and is_day(given.year, given) else nearest_days(given, published)
    if not days or any(d.weekday() == given.weekday for d in days):
        return None
    basis = "" if given.year else f", published {published}"
    return f"{name_place(given)} cannot be right: {days[0].isoformat()} was a {NAMES[days[0].weekday()]}{basis}"


def is_day(year: int, given: DateWords) -> bool:
    """Whether the date exists in that year."""
    return given.day is not None and given.day <= calendar.monthrange(year, given.month)[1]


def nearest_days(given: DateWords, published: str | None) -> list[date]:
    """The date in the year nearest to publication; none where that is not known, both where two are near."""
    if not published or given.year or given.day is None:
        return []
    anchor = first_day(published)
    if anchor is None:
        return []
    slack = 0 if published.count("-") == 2 else 31 if "-" in published else 366
    days = [date(y, given.month, given.day) for y in (anchor.year - 1, anchor.year, anchor.year + 1) if is_day(y, given)]
    return sorted((d for d in days if abs((d - anchor).days) <= 200 + slack), key=lambda d: abs((d - anchor).days))


def check_beside(given: DateWords, others: list[DateWords]) -> str | None:
    """A message if no year can have both this weekday and date and one before it."""
    for other in others[:MOST]:
        if abs(other.month - given.month) <= NEAR_MONTHS and not fitting_years(given) & fitting_years(other):
            return f"{name_place(given)} cannot stand beside {name_place(other)}: no year has both"
    return None


@cache
def years_of(month: int, day: int, weekday: int) -> frozenset[int]:
    """Years of one turn of the calendar in which the date falls on the weekday."""
    return frozenset(y for y in TURN if day <= calendar.monthrange(y, month)[1] and date(y, month, day).weekday() == weekday)


def fitting_years(given: DateWords) -> frozenset[int]:
    """Years of one turn of the calendar that a date with its weekday fits."""
    return years_of(given.month, given.day or 1, given.weekday or 0)
