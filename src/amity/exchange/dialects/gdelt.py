"""GDELT 2.0 events: 61 tab-separated columns without a head (58 in version 1), in files called CSV and mostly zipped."""

from __future__ import annotations

from collections import Counter

from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Given, Refused, day_number
from amity.exchange.types import Types
from amity.records import EventRow

# Places of the columns that are read, of 61 (GDELT 2.0) or 58 (1.0).
DAY, CODE_1, NAME_1, CODE_2, NAME_2, EVENT = 1, 5, 6, 15, 16, 26
PLACE = {61: 52, 58: 50, 57: 50}
ADDED = {61: 59, 58: 56, 57: 56}


class Gdelt:
    """Events; a row that names no first actor is none."""

    dataset = "GDELT"
    layout: Layout = "lines"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.namer = given.namer
        self.types = Types("cameo")

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """Whether somebody has put a head on the file."""
        return first.text[:13].upper() == "GLOBALEVENTID"

    def code(self, record: Record) -> EventRow:
        """One row."""
        line, start, text = record
        fields = text.split("\t")
        count = len(fields)
        if count not in PLACE:
            raise Refused("columns", f"got {count} fields, allowed are 61 (GDELT 2.0) or 57 and 58 (1.0)")
        if not fields[0].isdecimal():
            raise Refused("bad id", f"got {fields[0][:40]!r} as event id, allowed are digits")
        if not fields[CODE_1]:
            raise Refused("no actor", "the row names no first actor")
        day, added = day_number(fields[DAY]), fields[ADDED[count]]
        actor = self.namer.code(fields[CODE_1], "cameo", fields[NAME_1])
        recipient = self.namer.code(fields[CODE_2], "cameo", fields[NAME_2]) if fields[CODE_2] else None
        # A name that the row lacks stands nowhere.
        at = start + sum(map(len, fields[:NAME_1])) + NAME_1
        to = start + sum(map(len, fields[:NAME_2])) + NAME_2 if recipient else -1
        type, place = self.types.of(fields[EVENT]), fields[PLACE[count]] or None
        published = day_number(added[:8]) if added else None
        return EventRow(line, start, start + len(text), actor, recipient, at, to, type, day, day, published, place, 100)
