"""ACLED: CSV of the API. Its two actors have no direction: who stands first need not be who began.

Fatalities, notes and sources stay in the row, which is the quotation. `time_precision` 1 is the day, 2 the week, 3 the month.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from amity.exchange.dialects.quoted import find_words, read_fields
from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import EPOCH, Columns, Given, Refused, day_number
from amity.exchange.types import Types
from amity.records import EventRow, RowParty

WANTED = ("event_date", "event_type", "sub_event_type", "actor1")
OPTIONAL = ("actor2", "location", "country", "time_precision", "timestamp")
# "Military Forces of Iran (1989-) Revolutionary Guard", "Police Forces of Mali (2020-2021)": an arm, its land, its years.
ARM_OF = re.compile(r"(Military Forces|Police Forces|Government) of ([^()]{2,60}?)(?: \(\d{4}-(?:\d{4})?\).*)?")
NAMED = re.compile(r"([A-Za-z0-9'’-]{2,20}): (.{2,120})")
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
MONTHS = {month: number for number, month in enumerate(NAMES, 1)}


class Acled:
    """Quoted CSV with a head; the delimiter is a comma, or a semicolon as in the export tool."""

    dataset = "ACLED"
    layout: Layout = "quoted"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.namer = given.namer
        self.types = Types("acled")

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """Find the columns."""
        self.delimiter = ";" if first.text.count(";") > first.text.count(",") else ","
        self.columns = Columns(file.name, first.text.split(self.delimiter), WANTED, OPTIONAL)
        return True

    def code(self, record: Record) -> EventRow:
        """One row."""
        fields, starts = read_fields(record, self.columns.count, self.delimiter)
        c = self.columns

        def get(name: str) -> str:
            return fields[i] if (i := c.get(name)) is not None else ""

        if not get("actor1"):
            raise Refused("no actor", "actor1 is empty")
        first, last = days_of(get("event_date"), get("time_precision"))
        day, country = get("event_date")[:10], get("country")
        actor = self._party(get("actor1"), day, country)
        recipient = self._party(get("actor2"), day, country) if get("actor2") else None
        type = self.types.of("/".join(t for t in (get("event_type"), get("sub_event_type")) if t))
        to = find_words(record, fields, starts, c["actor2"]) if recipient else -1
        at, place = find_words(record, fields, starts, c["actor1"]), get("location") or country or None
        end = record.start + len(record.text)
        return EventRow(record.line, record.start, end, actor, recipient, at, to, type, first, last, told_on(get("timestamp")), place, 100)

    def _party(self, words: str, day: str, country: str) -> RowParty:
        arm = ARM_OF.fullmatch(words)
        if arm:
            kind = {"Military Forces": "Military", "Police Forces": "Police"}.get(arm.group(1), "Government")
            return self.namer.name(f"{kind} ({arm.group(2).strip()})", day)._replace(words=words)
        found = self.namer.fixed.get((words, "", ""))
        named = NAMED.fullmatch(words)
        if named and found is None and self.namer.names.find(named.group(1), day):
            return self.namer.name(named.group(1), day)._replace(words=words)
        return self.namer.name(words, day, country)


def days_of(text: str, precision: str) -> tuple[int, int]:
    """A date (ISO, or "04 June 2018") and ACLED's precision -> first and last day; Raises Refused.

    >>> days_of("1970-01-10", "2"), days_of("10 January 1970", "1"), days_of("1970-01-10", "3")
    ((6, 12), (9, 9), (0, 30))
    """
    parts = text.split()
    if len(parts) == 3 and parts[1] in MONTHS and parts[0].isdecimal() and len(parts[0]) < 3:
        text = f"{parts[2]}-{MONTHS[parts[1]]:02}-{int(parts[0]):02}"
    day = day_number(text)
    if precision == "2":
        return day - 3, day + 3
    if precision == "3":
        month = date.fromordinal(EPOCH + day).replace(day=1)
        following = (month.replace(day=28).toordinal() + 4) - EPOCH
        return month.toordinal() - EPOCH, following - date.fromordinal(EPOCH + following).day
    return day, day


def told_on(stamp: str) -> int | None:
    """Seconds since 1970 -> the day, None where there are none."""
    return int(stamp) // 86400 if stamp.isdecimal() and len(stamp) < 12 else None
