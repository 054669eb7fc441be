"""POLECAT: PLOVER events as tab-separated rows of 40 columns; several actors in one cell are parted by semicolons.

The published files hold lines that break off, run together or carry stray quotes: such a line is counted and left out.
"""

from __future__ import annotations

from collections import Counter

from amity.exchange.files import RowFile
from amity.exchange.naming import join_parties
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Columns, Given, Refused, day_number
from amity.exchange.types import load_codebook, make_type
from amity.records import EventRow, RowParty, RowType

WANTED = ("Event Date", "Event Type", "Actor Name", "Recipient Name")
OPTIONAL = (
    *("Event Mode", "Contexts", "Actor Country", "Primary Actor Sector", "Recipient Country", "Primary Recipient Sector"),
    *("Placename", "City", "Country", "Publication Date"),
)
NOBODY = frozenset({"", "None", "NULL", "NA", "nan"})


class Polecat:
    """Tab-separated rows with a head."""

    dataset = "POLECAT"
    layout: Layout = "lines"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.namer = given.namer
        self.known: dict[tuple[str, str, str], RowType] = {}

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return Counter()

    def begin(self, file: RowFile, first: Record) -> bool:
        """Find the columns."""
        self.columns = Columns(file.name, first.text.split("\t"), WANTED, OPTIONAL)
        return True

    def code(self, record: Record) -> EventRow:
        """One row."""
        line, start, text = record
        fields = text.split("\t")
        if len(fields) != self.columns.count:
            raise Refused("columns", f"got {len(fields)} fields, {self.columns.count} are in the head")
        get = self._get
        date, name = get(fields, "Event Date"), get(fields, "Event Type").upper()
        if name not in load_codebook():
            raise Refused("no type", f"got event type {name[:40]!r}, allowed are those of PLOVER")
        if not get(fields, "Actor Name"):
            raise Refused("no actor", "the row names no actor")
        day = day_number(date)
        actor = self._party(fields, "Actor", date)
        recipient = self._party(fields, "Recipient", date) if get(fields, "Recipient Name") else None
        told = get(fields, "Publication Date")
        place = get(fields, "City") or get(fields, "Placename") or get(fields, "Country") or None
        type = self._type(name, get(fields, "Event Mode").lower(), get(fields, "Contexts"))
        to = self._start(fields, start, "Recipient Name") if recipient else -1
        at = self._start(fields, start, "Actor Name")
        published = day_number(told) if told else None
        return EventRow(line, start, start + len(text), actor, recipient, at, to, type, day, day, published, place, 100)

    def _get(self, fields: list[str], column: str) -> str:
        at = self.columns.get(column)
        return "" if at is None or fields[at] in NOBODY else fields[at]

    def _start(self, fields: list[str], start: int, column: str) -> int:
        at = self.columns[column]
        return start + sum(map(len, fields[:at])) + at

    def _type(self, name: str, mode: str, contexts: str) -> RowType:
        found = self.known.get((name, mode, contexts))
        if found is None:
            kept = tuple(c.strip() for c in contexts.split(";") if c.strip())
            found = self.known[name, mode, contexts] = make_type("PLOVER", f"{name}-{mode}" if mode else name, "", name, mode, kept)
        return found

    def _party(self, fields: list[str], role: str, day: str) -> RowParty:
        words = fields[self.columns[f"{role} Name"]]
        country, sector = self._get(fields, f"{role} Country"), self._get(fields, f"Primary {role} Sector")
        if ";" not in words:
            return self.namer.name(words, day[:10], country, sector)
        lands = [c.strip() for c in country.split(";")]
        names = [n.strip() for n in words.split(";") if n.strip()]
        each = lands if len(lands) == len(names) else [""] * len(names)
        return join_parties([self.namer.name(n, day[:10], land, sector) for n, land in zip(names, each, strict=True)], words)
