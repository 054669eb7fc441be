"""ICEWS: `Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target ...`."""

from __future__ import annotations

from collections import Counter

from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Columns, Given, Refused, day_number
from amity.exchange.types import Types
from amity.records import EventRow, RowParty

WANTED = ("Event Date", "Source Name", "Event Text", "CAMEO Code", "Target Name")
OPTIONAL = ("Source Sectors", "Source Country", "Target Sectors", "Target Country", "City", "Province", "Country")
# Names that stand for nobody.
NOBODY = frozenset({"", "---", "Unspecified Actor", "NULL", "None"})


class Icews:
    """Tab-separated rows with a head; never quoted."""

    dataset = "ICEWS"
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
        """Find the columns."""
        self.columns = Columns(file.name, first.text.split("\t"), WANTED, OPTIONAL)
        c = self.columns
        self.at = tuple(c[n] for n in WANTED)
        self.actor = (c["Source Name"], c.get("Source Country"), c.get("Source Sectors"))
        self.target = (c["Target Name"], c.get("Target Country"), c.get("Target Sectors"))
        self.place = [i for n in ("City", "Province", "Country") if (i := c.get(n)) is not None]
        return True

    def code(self, record: Record) -> EventRow:
        """One row; who stands for nobody makes it no event."""
        line, start, text = record
        fields = text.split("\t")
        if len(fields) != self.columns.count:
            raise Refused("columns", f"got {len(fields)} fields, {self.columns.count} are in the head")
        date, source, label, code, target = (fields[i] for i in self.at)
        if source in NOBODY:
            raise Refused("no actor", f"got {source!r} as source")
        day = day_number(date)
        actor = self._party(fields, self.actor, date)
        recipient = None if target in NOBODY else self._party(fields, self.target, date)
        # Where a field begins: as far as all before it, with a tab each.
        i, j = self.at[1], self.at[4]
        at = start + sum(map(len, fields[:i])) + i
        to = start + sum(map(len, fields[:j])) + j if recipient else -1
        place = next((fields[i] for i in self.place if fields[i] not in ("", "NULL")), None)
        return EventRow(line, start, start + len(text), actor, recipient, at, to, self.types.of(code, label), day, day, None, place, 100)

    def _party(self, fields: list[str], places: tuple[int, int | None, int | None], day: str) -> RowParty:
        name, country, sectors = places
        lands, roles = (fields[i] if i is not None else "" for i in (country, sectors))
        return self.namer.name(fields[name], day[:10], "" if lands == "NULL" else lands, roles)
