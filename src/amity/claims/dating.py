"""Time expression + publication date -> When; and which expression of a sentence dates an event.

Nothing is guessed to the day: a relative expression needs a publication date of its own precision, an
impossible day gives no date, and what is not understood gives none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from amity.claims.calendar import Span, add_months, find_day, month_span, week_span, year_span
from amity.claims.feasts import feast_spans, nearest_feast
from amity.claims.timex import FIRST_YEAR, LAST_YEAR, Timex, Token, feast_name, load_times
from amity.records import When

# Parts of a month (days) and of a year (months) that "early", "mid" and "late" allow; wide on purpose.
PARTS_OF_MONTH = {"early": (1, 15), "mid": (8, 24), "late": (15, 31)}
PARTS_OF_YEAR = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}
# Days: a writer gives the year of a day that is most of a year past, so a bare one near ahead is meant to come.
SOON, LONG_AGO = 90, 270
# Days: what is wider says nothing of when.
WIDEST = 123
_EARLY = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
Value = tuple[str, Span]


def date_timex(words: Sequence[Token], timex: Timex, published: Span | None, future: bool | None = None) -> When | None:
    """Expression -> When; None for durations, sets, vague references and what has no anchor.

    `future` says that the clause speaks of what is to come, so a bare weekday or month is the next one; None
    that its tense is not known: then a day of a month is the nearest where the past one is most of a year away.
    """
    if timex.kind != "date":
        return None
    texts = [w.text.lower() for w in words[timex.first : timex.last]]
    value = _read_value(texts, timex, published, future)
    if value is None and published and published[0] != published[1]:
        value = _between(texts, timex, published, future)
    if value is None:
        return None
    edtf, (first, last) = value
    relative = not any(c in "yIS" for c in timex.classes)
    anchor = f", published {'..'.join(dict.fromkeys(d.isoformat() for d in published))}" if relative and published else ""
    phrase = " ".join(w.text for w in words[timex.first : timex.last])
    return When(edtf, first.isoformat(), last.isoformat(), f"'{phrase}'{anchor}")


def _read_value(texts: list[str], timex: Timex, published: Span | None, future: bool | None) -> Value | None:
    try:
        return _VALUES[timex.pattern](texts, timex.classes, published, future)
    except (ValueError, OverflowError):  # a year or day outside the calendar
        return None


def _between(texts: list[str], timex: Timex, published: Span, future: bool | None) -> Value | None:
    """What an expression may mean where the day of publication is known by its bounds: from the first reading to the last."""
    ends = [_read_value(texts, timex, (day, day), future) for day in published]
    if ends[0] is None or ends[1] is None:
        return None
    first, last = min(ends[0][1][0], ends[1][1][0]), max(ends[0][1][1], ends[1][1][1])
    return _interval((first, last)) if (last - first).days <= WIDEST else None


def _whole_day(day: date) -> Value:
    return day.isoformat(), (day, day)


def _day_of(published: Span | None) -> date | None:
    return published[0] if published and published[0] == published[1] else None


def _at(texts: list[str], classes: str, letters: str) -> str | None:
    """The first word of one of the classes."""
    return next((t for t, c in zip(texts, classes, strict=True) if c in letters), None)


def _number(text: str) -> int:
    digits = "".join(c for c in text if c.isdigit())
    return int(digits) if digits else load_times().numbers[text]


def _iso(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    plain = "".join(texts).replace("-", "")
    if len(plain) != len("20180604"):
        return None
    found = find_day(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    return _whole_day(found) if found else None


def _slash(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    """Only where one reading is possible, or the month stands first by the year's two digits of American wires."""
    first, second, year = (int(p) for p in texts[0].replace("-", "/").split("/"))
    year += 0 if year > 99 else 1900 if year > 50 else 2000
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (first, second) if first <= 12 else (second, first)
    found = find_day(year, month, day)
    return _whole_day(found) if found else None


def _month_day(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    month = load_times().months[_at(texts, classes, "m") or ""]
    day = _number(_at(texts, classes, "do") or "0")
    stated = _year_told(texts, classes, published)
    if stated:
        found = find_day(stated, month, day)
        return _whole_day(found) if found else None
    if published is None or "Y" in classes:
        return None
    edge = published[0] if future else published[1]
    years = (edge.year, edge.year + 1) if future else (edge.year, edge.year - 1)
    if future is None:
        return _nearest_day(month, day, edge)
    candidates = [d for d in (find_day(y, month, day) for y in years) if d and (d >= edge if future else d <= edge)]
    return _whole_day(candidates[0]) if candidates else None


def _year_told(texts: list[str], classes: str, published: Span | None) -> int | None:
    """The year of "April 1, 2018" and, where that of publication is known, of "April 1 last year"."""
    stated = _at(texts, classes, "y")
    if stated:
        return int(stated)
    if "Y" not in classes or published is None or published[0].year != published[1].year:
        return None
    return published[0].year + {"L": -1, "T": 0, "N": 1}[classes[classes.index("Y") - 1]]


def _nearest_day(month: int, day: int, edge: date) -> Value | None:
    around = [d for d in (find_day(y, month, day) for y in (edge.year - 1, edge.year, edge.year + 1)) if d]
    past, ahead = [d for d in around if d <= edge], [d for d in around if d > edge]
    if ahead and (ahead[0] - edge).days <= SOON and (not past or (edge - past[-1]).days >= LONG_AGO):
        return _whole_day(ahead[0])
    return _whole_day(past[-1]) if past else None


def _month(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    month = load_times().months[_at(texts, classes, "m") or ""]
    stated, turn = _year_told(texts, classes, published), _at(texts, classes, "LNT")
    if stated:
        year = stated
    elif published is None or "Y" in classes:
        return None
    else:
        near = published[1]
        ahead = future or (turn is not None and "N" in classes)
        year = near.year
        if "T" in classes:
            pass
        elif ahead:
            year += 1 if month < near.month or ("N" in classes and month == near.month) else 0
        else:
            # In September "last August" is no month ago, which would be "last month".
            year -= 1 if month > near.month or ("L" in classes and near.month - month <= 1) else 0
    return _narrow_month(year, month, _part(texts, classes))


def _part(texts: list[str], classes: str) -> str | None:
    word = _at(texts, classes, "e")
    return _EARLY.get(word, word) if word else None


def _narrow_month(year: int, month: int, part: str | None) -> Value:
    first, last = month_span(year, month)
    if part:
        low, high = PARTS_OF_MONTH[part]
        first, last = first.replace(day=low), first.replace(day=min(high, last.day))
    return f"{year:04d}-{month:02d}", (first, last)


def _narrow_year(year: int, part: str | None) -> Value:
    first, last = year_span(year)
    if part:
        low, high = PARTS_OF_YEAR[part]
        first, last = date(year, low, 1), month_span(year, high)[1]
    return f"{year:04d}", (first, last)


def _relative(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    """last, this or next week, month, year, season."""
    if published is None:
        return None
    step = -1 if "L" in classes else 1 if "N" in classes else 0
    if "s" in classes:
        return _season_near(load_times().seasons[_at(texts, classes, "s") or ""], step, published)
    unit = load_times().units[_at(texts, classes, "uY") or ""]
    part = _part(texts, classes)
    first, last = published
    if unit == "Y":
        return _narrow_year(first.year + step, part) if first.year == last.year else None
    if unit == "M" and (first.year, first.month) == (last.year, last.month):
        return _cap(_narrow_month(*add_months(first.year, first.month, step), part), published, texts, step)
    if first != last:
        return None
    if unit == "W":
        return _cap(_interval(week_span(first + timedelta(days=7 * step))), published, texts, step)
    if unit == "E":
        saturday = week_span(first + timedelta(days=7 * step if step > 0 or first.weekday() >= 5 else 7 * min(step, -1)))[0] + timedelta(
            days=5
        )
        return _interval((saturday, saturday + timedelta(days=1)))
    if unit == "D":
        return _whole_day(first + timedelta(days=step)) if step >= 0 or "day" in texts else None
    return None


def _cap(value: Value, published: Span, texts: list[str], step: int) -> Value:
    """ "earlier this week" ends with publication, "later this month" begins with it."""
    edtf, (first, last) = value
    day = published[0] if published[0] == published[1] else None
    if step == 0 and day and first <= day <= last:
        if texts[0] == "earlier":
            last = day
        elif texts[0] == "later":
            first = day
        if "/" in edtf:
            edtf = f"{first}/{last}"
    return edtf, (first, last)


def _interval(span: Span) -> Value:
    return f"{span[0]}/{span[1]}", span


def _season_near(month: int, step: int, published: Span) -> Value | None:
    year = published[1].year
    if step < 0 and month + 2 >= published[1].month:
        year -= 1
    elif step > 0 and month <= published[1].month:
        year += 1
    return _season_of(year, month)


def _season_of(year: int, month: int) -> Value:
    end_year, end_month = add_months(year, month, 2)
    codes = {3: 21, 6: 22, 9: 23, 12: 24}
    return f"{year:04d}-{codes[month]}", (date(year, month, 1), month_span(end_year, end_month)[1])


def _season(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    return _season_of(int(_at(texts, classes, "y") or "0"), load_times().seasons[_at(texts, classes, "s") or ""])


def _ago(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    """ "two weeks ago": as precise as its unit and no more."""
    day, number = _day_of(published), _at(texts, classes, "nd")
    if published is None or texts[-1] in ("earlier", "later") or number is None or "v" in classes:
        return None
    count, unit = _number(number), load_times().units[_at(texts, classes, "u") or ""]
    if unit == "Y" and published[0].year == published[1].year:
        return _narrow_year(published[0].year - count, None)
    if unit == "X":
        return None
    if unit == "M" and (published[0].year, published[0].month) == (published[1].year, published[1].month):
        return _narrow_month(*add_months(published[0].year, published[0].month, -count), None)
    if day is None:
        return None
    if unit == "D":
        return _whole_day(day - timedelta(days=count))
    if unit == "W":
        return _interval(week_span(day - timedelta(days=7 * count)))
    return _whole_day(day) if unit in "HTS" and count <= 6 else None


def _weekday(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    """A bare weekday is the latest on or before publication, or with a future clause the next on or after it."""
    day = _day_of(published)
    name = _at(texts, classes, "w") or ""
    wanted = load_times().weekdays.get(name)
    if day is None or wanted is None:  # "Mondays" is a habit, no day
        return None
    if "N" in classes or (future and "L" not in classes):
        return _whole_day(day + timedelta(days=(wanted - day.weekday()) % 7))
    back = (day.weekday() - wanted) % 7
    return _whole_day(day - timedelta(days=back or (7 if "L" in classes else 0)))


def _day(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    day, word = _day_of(published), _at(texts, classes, "t")
    if day is None:
        return None
    step = load_times().days[word] if word else -1 if "L" in classes else 0
    return _whole_day(day + timedelta(days=step))


def _year(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    year = int(_at(texts, classes, "y") or "0")
    return _narrow_year(year, _part(texts, classes)) if FIRST_YEAR <= year <= LAST_YEAR else None


def _decade(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    digits = (_at(texts, classes, "Dy") or "").rstrip("s")
    if len(digits) != 4:
        return None
    year = int(digits)
    return digits[:3] + "X", (date(year, 1, 1), date(year + 9, 12, 31))


def _feast(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    """A feast in its year, the last before publication or the next after it; of a sighted moon the days it may fall on."""
    name = feast_name([t for t, c in zip(texts, classes, strict=True) if c in "FG"]) or ""
    stated = _at(texts, classes, "y")
    if stated:
        spans = feast_spans(name, int(stated))
        found = spans[0] if len(spans) == 1 else None
    elif published is None:
        return None
    else:
        ahead = bool(future) or "N" in classes
        found = nearest_feast(name, published[0] if ahead else published[1], ahead)
    if found is None:
        return None
    return _whole_day(found[0]) if found[0] == found[1] else _interval(found)


def _quarter(texts: list[str], classes: str, published: Span | None, future: bool | None) -> Value | None:
    return None  # which year's quarter, and whose fiscal year, is seldom said


_VALUES = {
    "iso": _iso,
    "slash": _slash,
    "month_day": _month_day,
    "month": _month,
    "relative": _relative,
    "season": _season,
    "ago": _ago,
    "weekday": _weekday,
    "day": _day,
    "year": _year,
    "decade": _decade,
    "feast": _feast,
    "quarter": _quarter,
}
