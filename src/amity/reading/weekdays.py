"""Calendar conflicts in a text: days that do not exist, weekdays that do not fit their date or each other."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache
from itertools import islice

from amity.reading.dates import ISO, YEARS, DateWords, edtf_day, find_dates, first_day
from amity.records import Conflict

# Warnings per document; a table of wrong dates should not drown the rest.
MOST = 20
# Dates without a year that lie further apart than this many months may be of different years.
NEAR_MONTHS = 5
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# So many weekdays that agree on another year than that of publication put the latter in doubt.
AGREEING = 3
AGREED_SHARE = 0.9
# Days by which two tellings of the day of publication may differ.
SLACK = timedelta(days=2)
# Years a weekday and a date without a year are tried against: one full turn of the calendar.
TURN = range(2000, 2028)


def find_conflicts(text: str, published: str | None) -> list[Conflict]:
    """Text and its date -> its calendar conflicts, each with both readings and the one taken.

    >>> [c.note for c in find_conflicts("It began on Monday, June 4. He spoke on Friday June 5.", None)]
    ["'Friday June 5' (characters 40-53) cannot stand beside 'Monday, June 4' (characters 12-26): no year has both"]
    """
    found = [conflict for m in islice(ISO.finditer(text), MOST) if (conflict := check_iso(m))]
    unfit: list[tuple[DateWords, Conflict]] = []
    open_ended: list[DateWords] = []
    fit = 0
    for given in find_dates(text):
        if given.day is None or given.day > 31 or len(found) + len(unfit) >= MOST:
            continue  # a number over 31 beside a month counts something else
        conflict = check_day(given) or (check_weekday(given, None) if given.year else None)
        if conflict or given.weekday is None or given.year:
            found.extend([conflict] if conflict else [])
        elif published:
            conflict = check_weekday(given, published)
            unfit.extend([(given, conflict)] if conflict else [])
            fit += conflict is None
        else:
            conflict = check_beside(given, open_ended)
            found.extend([conflict] if conflict else [])
            open_ended.append(given)
    return found + weigh_unfit(unfit, fit, published)


def weigh_unfit(unfit: list[tuple[DateWords, Conflict]], fit: int, published: str | None) -> list[Conflict]:
    """Weekdays that do not fit the day of publication -> a conflict each, or one that doubts the day of publication.

    Where several fit another year of publication and more do not fit than do, the field is likelier wrong than they all are.
    """
    if len(unfit) < AGREEING or len(unfit) <= fit or not published:
        return [conflict for _, conflict in unfit]
    year = int(published[:4])
    for other in (year + 1, year - 1, year + 2, year - 2):
        moved = f"{other:04d}{published[4:]}".replace("-02-29", "-02-28")
        agree = sum(check_weekday(given, moved) is None for given, _ in unfit)
        if agree >= AGREED_SHARE * len(unfit):
            first = unfit[0][0]
            note = f"{len(unfit)} weekdays, the first {name_place(first)}, do not fit publication on {published}; {agree} fit {other}"
            return [Conflict("published", first.start, first.end, (published, moved), published, note)]
    return [conflict for _, conflict in unfit]


def check_iso(m: re.Match[str]) -> Conflict | None:
    """A conflict if `2023-04-31` is no day; other groups of figures may be anything."""
    year, month, day = int(m[1]), int(m[2]), int(m[3] or 1)
    if year not in YEARS or not 1 <= month <= 12 or not 28 < day <= 31 or edtf_day(year, month, day):
        return None
    note = f"{m.group()!r} (characters {m.start()}-{m.end()}) is no day: {calendar.month_name[month]} has fewer days"
    return Conflict("no_day", m.start(), m.end(), (m.group(),), "", note)


def name_place(given: DateWords) -> str:
    """A date's words and place, for a message."""
    return f"{' '.join(given.words.split())!r} (characters {given.start}-{given.end})"


def check_day(given: DateWords) -> Conflict | None:
    """A conflict if the day does not exist in its month."""
    most = calendar.monthrange(given.year or 2000, given.month)[1]
    if given.day is not None and not 1 <= given.day <= most:
        note = f"{name_place(given)} is no day: {calendar.month_name[given.month]} has {most} days"
        return Conflict("no_day", given.start, given.end, (" ".join(given.words.split()),), "", note)
    return None


def check_weekday(given: DateWords, published: str | None) -> Conflict | None:
    """A conflict if the weekday does not fit the date, its year being told or the one nearest to publication; the date is taken."""
    if given.weekday is None or given.day is None:
        return None
    days = [date(given.year, given.month, given.day)] if given.year and is_day(given.year, given) else nearest_days(given, published)
    if not days or any(d.weekday() == given.weekday for d in days):
        return None
    basis = "" if given.year else f", published {published}"
    note = f"{name_place(given)} cannot be right: {days[0].isoformat()} was a {NAMES[days[0].weekday()]}{basis}"
    meant = days[0] + timedelta(days=(given.weekday - days[0].weekday() + 3) % 7 - 3)
    return Conflict(
        "weekday", given.start, given.end, (days[0].isoformat(), f"{NAMES[given.weekday]} ({meant})"), days[0].isoformat(), note
    )


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


def check_beside(given: DateWords, others: list[DateWords]) -> Conflict | None:
    """A conflict if no year can have both this weekday and date and one before it; the one told first is taken."""
    for other in others[:MOST]:
        # December and the January after it are near too; their years are then one apart, or after all the same.
        turn = 0 if abs(other.month - given.month) <= NEAR_MONTHS else 1 if given.month < other.month else -1
        near = abs(other.month - given.month - 12 * turn) <= NEAR_MONTHS
        if near and not {y - t for y in fitting_years(given) for t in (0, turn)} & fitting_years(other):
            note = f"{name_place(given)} cannot stand beside {name_place(other)}: no year has both"
            words = [" ".join(w.words.split()) for w in (given, other)]
            return Conflict("beside", given.start, given.end, tuple(words), words[1], note)
    return None


def compare_published(readings: list[tuple[str, str]]) -> list[Conflict]:
    """What the field, the date line and the address say (EDTF, basis), first the one gone by -> conflicts with the others.

    A day apart is no conflict: zones differ, and an address is made the evening before.

    >>> [c.readings for c in compare_published([("2018-06-08", "meta date"), ("2018-06-07", "address"), ("2016-06-08", "date line")])]
    [('2018-06-08', '2016-06-08')]
    """
    found = []
    for told, basis in readings[1:]:
        first, last = bounds_of(readings[0][0])
        low, high = bounds_of(told)
        if low > last + SLACK or high < first - SLACK:
            note = f"date: {readings[0][0]} ({readings[0][1]}) against {told} ({basis})"
            found.append(Conflict("published", 0, 0, (readings[0][0], told), readings[0][0], note))
    return found


def bounds_of(edtf: str) -> tuple[date, date]:
    """EDTF text of a day, month or year -> its first and last day."""
    year, month, day = ([int(p) for p in edtf.split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    return date(year, month or 1, 1), date(year, month or 12, calendar.monthrange(year, month or 12)[1])


@cache
def years_of(month: int, day: int, weekday: int) -> frozenset[int]:
    """Years of one turn of the calendar in which the date falls on the weekday."""
    return frozenset(y for y in TURN if day <= calendar.monthrange(y, month)[1] and date(y, month, day).weekday() == weekday)


def fitting_years(given: DateWords) -> frozenset[int]:
    """Years of one turn of the calendar that a date with its weekday fits."""
    return years_of(given.month, given.day or 1, given.weekday or 0)
