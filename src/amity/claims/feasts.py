"""Feasts and days of remembrance -> their days in a year: fixed, by weekday, by Easter, by the Islamic or Hebrew calendar."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from amity.claims.calendar import Span

# Islamic months begin with a sighting of the moon; the tabular calendar is off by a day at most, here and there by two.
# Source: the rule of the tabular calendar against the feasts of 2015 to 2024 as kept in Mecca.
SIGHTING = 1


@cache
def feast_spans(name: str, year: int) -> tuple[Span, ...]:
    """A feast's name and a year of the common calendar -> its first and last possible days there; none for an unknown name.

    An Islamic feast may fall twice in one year, or not at all.

    >>> [d.isoformat() for span in feast_spans("quds day", 2018) for d in span]
    ['2018-06-08', '2018-06-08']
    """
    from amity.claims.timex import load_times

    rule = load_times().feasts.get(name)
    if isinstance(rule, list):
        day = date(year, rule[0], rule[1])
        return ((day, day),)
    return tuple(_movable(rule, year)) if rule else ()


def nearest_feast(name: str, edge: date, ahead: bool) -> Span | None:
    """The last of its days that began by the edge, or, where the text looks ahead, the first that ends on it or later."""
    spans = [s for y in (edge.year - 1, edge.year, edge.year + 1) for s in feast_spans(name, y)]
    fitting = [s for s in spans if (s[1] >= edge if ahead else s[0] <= edge)]
    return (fitting[0] if ahead else fitting[-1]) if fitting else None


def _movable(rule: Mapping[str, Any], year: int) -> list[Span]:
    if "easter" in rule:
        from dateutil.easter import easter

        day = easter(year) + timedelta(days=int(rule["easter"]))
        return [(day, day)]
    if "weekday" in rule:
        day = _by_weekday(year, int(rule["month"]), int(rule["weekday"]), int(rule["nth"]))
        return [(day, day)]
    return _of_moon(rule, year)


def _by_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; -1 is the last."""
    days = [d for week in calendar.monthcalendar(year, month) if (d := week[weekday])]
    return date(year, month, days[nth - 1 if nth > 0 else nth])


def _of_moon(rule: Mapping[str, Any], year: int) -> list[Span]:
    """Feasts of a lunar calendar; `last` is the last such weekday of the month, `days` how long it lasts."""
    from convertdate import hebrew, islamic

    kind = islamic if rule["calendar"] == "islamic" else hebrew
    slack = SIGHTING if kind is islamic else 0
    around = kind.from_gregorian(year, 1, 1)[0]
    found = []
    for moon_year in (around, around + 1):
        first = date(*kind.to_gregorian(moon_year, rule["month"], rule.get("day", 1)))
        if "last" in rule:
            end = first + timedelta(days=29)
            day = end - timedelta(days=(end.weekday() - int(rule["last"])) % 7)
            span = (day, day)
        else:
            span = (first - timedelta(days=slack), first + timedelta(days=int(rule.get("days", 1)) - 1 + slack))
        if span[0].year == year:
            found.append(span)
    return found
