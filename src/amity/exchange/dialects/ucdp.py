"""UCDP GED and Candidate: fatal events with both sides, a first and a last day, estimates of the dead (they stay in the row)."""

from __future__ import annotations

from collections import Counter

from amity.exchange.dialects.quoted import find_words, read_fields
from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Columns, Given, Refused, day_number
from amity.exchange.types import Types
from amity.records import EventRow, RowParty

WANTED = ("type_of_violence", "side_a", "side_b", "date_start", "date_end")
OPTIONAL = ("country", "where_coordinates", "adm_1")
GOVERNMENT = "Government of "


class Ucdp:
    """Quoted CSV with a head."""

    dataset = "UCDP GED"
    layout: Layout = "quoted"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.namer = given.namer
        self.types = Types("ucdp")

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """Find the columns."""
        self.columns = Columns(file.name, first.text.split(","), WANTED, OPTIONAL)
        return True

    def code(self, record: Record) -> EventRow:
        """One row."""
        fields, starts = read_fields(record, self.columns.count)
        c = self.columns
        kind, a, b = (fields[c[n]] for n in WANTED[:3])
        if not a:
            raise Refused("no actor", "side_a is empty")
        first, last = day_number(fields[c["date_start"]]), day_number(fields[c["date_end"]])
        if last < first:
            raise Refused("bad date", f"ends {fields[c['date_end']][:10]} before it starts {fields[c['date_start']][:10]}")
        day = fields[c["date_start"]][:10]
        country = fields[i] if (i := c.get("country")) is not None else ""
        actor = self._party(a, day)
        recipient = (
            (self.namer.name(f"Civilians ({country})", day)._replace(words=b) if b == "Civilians" else self._party(b, day)) if b else None
        )
        at, to = find_words(record, fields, starts, c["side_a"]), find_words(record, fields, starts, c["side_b"]) if recipient else -1
        place = next((fields[i] for n in ("where_coordinates", "adm_1", "country") if (i := c.get(n)) is not None and fields[i]), None)
        end = record.start + len(record.text)
        return EventRow(record.line, record.start, end, actor, recipient, at, to, self.types.of(kind), first, last, None, place, 100)

    def _party(self, words: str, day: str) -> RowParty:
        if words.startswith(GOVERNMENT):
            return self.namer.name(words.removeprefix(GOVERNMENT), day)._replace(words=words)
        return self.namer.name(words, day)
