"""Words of a date -> EDTF text; what is not told is not guessed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from amity.reading.vocabulary import load_table, months

# Years that a report may be of; others are counts, not years.
YEARS = range(1800, 2101)
ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)(?:[T ]\d{1,2}:\d{2}[\d:.]*(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")
NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
ADDRESS = re.compile(r"(?:/|^)((?:19|20)\d{2})[/-]?(\d{2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-]?(\d{2})?(?=[/-]|$)")
BESIDE = re.compile(
    r"(?<![^\W\d_])(?P<before>[^\W\d_]{3,12})\.?,?\s{1,3}(?=\d)|\d(?:st|nd|rd|th|\.)?\s{1,3}(?:of |de )?(?P<after>[^\W\d_]{3,12})"
)
NAMED_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:([-_.])(\d{2})\2|(\d{2}))(\d{2})(?!\d)")
# A date's words stand within so many characters of its month and day.
REACH = 45
TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\.?)?|\b\d{1,2}\s?[ap]\.?m\.?\b|(?<=\s)\(?(?:GMT|UTC|BST|CET|CEST|MSK|E[SD]?T|P[SD]?T|IST|AEST)\b\)?(?:\s?[+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as a text gives it: place, words, weekday 0-6 (Monday 0) or None, day and year or None."""

    start: int
    end: int
    words: str
    weekday: int | None
    month: int
    day: int | None
    year: int | None

    @property
    def edtf(self) -> str | None:
        """EDTF text, None without a year or for a day that does not exist."""
        return edtf_day(self.year, self.month, self.day) if self.year else None


@cache
def date_pattern() -> re.Pattern[str]:
    """`Thursday, December 5, 2024`, `5 Dec. 2024`, `June 4`, `2024 December 5` with the table's month names."""
    names = "|".join(sorted((re.escape(m) for m in months()), key=len, reverse=True))
    days = "|".join(f"{d}|{d[:3]}" for d in load_table()["weekdays"])
    return re.compile(
        rf"(?:\b(?P<weekday>{days})\b\.?,?\s+(?:the\s+)?)?"
        rf"(?:(?<![\w.])(?P<month>{names})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>\d{{4}})\b)?"
        rf"|(?<![\w.,])(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month2>{names})\b\.?(?:,?\s+(?:de\s+)?(?P<year2>\d{{4}})\b)?"
        rf"|(?<![\w.])(?P<month3>{names})\b\.?,?\s+(?P<year3>\d{{4}})\b)",
        re.IGNORECASE,
    )


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateWords]:
    """Text -> its dates in words, in order.

    >>> [d.edtf for d in find_dates("on Thursday, December 5, 2024 and in May 2023")]
    ['2024-12-05', '2023-05']
    """
    weekdays = {w[:3]: i for i, w in enumerate(load_table()["weekdays"])}
    for m in match_dates(text, start, len(text) if end is None else end):
        month = m["month"] or m["month2"] or m["month3"]
        if month.casefold() == "may" and month == "may":
            continue
        day, year = m["day"] or m["day2"], m["year"] or m["year2"] or m["year3"]
        named = m["weekday"]
        yield DateWords(
            m.start(),
            m.end(),
            m.group(),
            weekdays[named[:3].casefold()] if named else None,
            months()[month.casefold()],
            int(day) if day else None,
            int(year) if year and int(year) in YEARS else None,
        )


def match_dates(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of the date pattern; it is tried only where a month's name stands beside a digit."""
    done = start
    for beside in BESIDE.finditer(text, start, end):
        if (beside["before"] or beside["after"]).casefold() not in months():
            continue
        for m in date_pattern().finditer(text, max(done, beside.start() - REACH), min(end, beside.end() + REACH)):
            if m.start() < beside.end() and beside.start() < m.end():
                done = m.end()
                yield m
                break


def edtf_day(year: int | None, month: int, day: int | None) -> str | None:
    """Year, month, day -> EDTF text, None where there is no such day.

    >>> edtf_day(2023, 4, 31) is None, edtf_day(2024, 9, None)
    (True, '2024-09')
    """
    if year is None or year not in YEARS or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= calendar.monthrange(year, month)[1] else None


def parse_date(value: object) -> str | None:
    """A field's value (text, or seconds since 1970) -> EDTF text, None where it tells no date or two.

    >>> parse_date("Thu, 05 Dec 2024 10:00:00 GMT"), parse_date("04/05/2018"), parse_date("25/05/2018")
    ('2024-12-05', None, '2018-05-25')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return parse_epoch(float(value))
    if not isinstance(value, str) or len(value) > 200:
        return None
    return parse_iso(value) or parse_numeric(value) or next((d.edtf for d in find_dates(value) if d.edtf), None) or parse_year(value)


def parse_epoch(seconds: float) -> str | None:
    """Seconds or milliseconds since 1970 -> the day in UTC; small numbers are no dates."""
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if not 1e8 < seconds < 4e9:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def parse_iso(value: str) -> str | None:
    """`2024-12-05T10:00Z`, `2024/12/05`, `20241205`, `2024-09` -> EDTF text."""
    found = ISO.search(value)
    if found:
        return edtf_day(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    packed = re.fullmatch(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*", value)
    return edtf_day(int(packed[1]), int(packed[2]), int(packed[3])) if packed else None


def parse_numeric(value: str) -> str | None:
    """`25.05.2018` -> EDTF text; None where day and month could be told apart only by custom (points mean day first)."""
    found = NUMERIC.search(value)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12 or first == second or found.group()[len(found[1])] == ".":
        return edtf_day(year, second, first)
    return edtf_day(year, first, second) if second > 12 else None


def parse_year(value: str) -> str | None:
    """A bare year -> itself."""
    bare = value.strip()
    return bare if re.fullmatch(r"\d{4}", bare) and int(bare) in YEARS else None


def date_of_address(url: str) -> str | None:
    """The date an address carries in its path, None where it carries none.

    >>> date_of_address("https://example.org/world/2018/dec/20/a-story"), date_of_address("https://example.org/a-2018-view")
    ('2018-12-20', None)
    """
    found = ADDRESS.search(url.split("?")[0].casefold()) if len(url) < 2000 else None
    if not found:
        return None
    month = months().get(found[2]) or (int(found[2]) if found[2].isdigit() else 0)
    return edtf_day(int(found[1]), month, int(found[3])) if found[3] else None


def date_of_name(name: str) -> str | None:
    """The day that a file's name carries, year first; None where it carries none, or more than one.

    >>> date_of_name("2018-06-05-qusayr.txt"), date_of_name("qusayr_20180605.html"), date_of_name("f-16-2018.txt")
    ('2018-06-05', '2018-06-05', None)
    """
    found = {day for m in NAMED_DAY.finditer(name[-200:]) if (day := edtf_day(int(m[1]), int(m[3] or m[4]), int(m[5])))}
    return found.pop() if len(found) == 1 else None


def read_date_line(line: str) -> str | None:
    """A line that holds a date and nothing else but times and words such as "Published" -> the date, else None.

    A line that says only how long ago gives an empty text.

    >>> read_date_line("Updated 11:11 AM GMT+9, August 5, 2023"), read_date_line("He came on August 5, 2023")
    ('2023-08-05', None)
    """
    if len(line) > 120:
        return None
    rest = TIME.sub(" ", line)
    edtf, dated = "", False
    for pattern in (date_pattern(), ISO, NUMERIC):
        found = pattern.search(rest)
        if found:
            told = parse_date(found.group())
            edtf, dated = edtf or told or "", True
            rest = pattern.sub(" ", rest)
    rest, ago = re.subn(r"\b\d{1,3} (?:second|minute|min|hour|day|week|month|year)s? ago\b", " ", rest, flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]+", rest.casefold())
    known = (
        {w for phrase in load_table()["date_words"] for w in str(phrase).split()}
        | weekday_words()
        | {"at", "et", "ist", "am", "pm", "à", "um", "uhr"}
    )
    timed = rest != line
    if re.search(r"\d", rest) or not (dated or ago or (timed and not words)) or any(w not in known for w in words):
        return None
    return edtf


@cache
def weekday_words() -> set[str]:
    """Weekdays, in full and short."""
    return {w for d in load_table()["weekdays"] for w in (d, d[:3])}


def first_day(edtf: str) -> date | None:
    """EDTF text of a day, month or year -> its first day."""
    parts = [int(p) for p in edtf.split("-")] + [1, 1]
    return date(parts[0], parts[1], parts[2])
