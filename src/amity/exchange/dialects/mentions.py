"""GDELT 2.0 mentions: one report of an event a row; the events stand in the export files given beside them.

Each mention is a claim of its event by its outlet, with GDELT's own confidence. Import events or mentions into one
ledger, not both: they would be counted as two.
"""

from __future__ import annotations

from collections import Counter

from amity.exchange.dialects.gdelt import Gdelt
from amity.exchange.files import RowFile, mend_line, open_lines
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Given, Refused, day_number
from amity.records import EventRow

COLUMNS = (14, 15, 16)
WHEN, OUTLET, CONFIDENCE = 2, 4, 11
# Digits of a number beyond which it is no percentage; a damaged field may hold thousands.
LONGEST_NUMBER = 9


class Mentions:
    """Mentions; the events they speak of are held in memory, some 300 bytes each."""

    dataset = "GDELT mentions"
    layout: Layout = "lines"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.events: dict[str, EventRow] = {}
        self.coder = Gdelt(given)
        self.namer, self.types = given.namer, self.coder.types
        for file in given.files:
            if "mention" not in file.name.lower():
                self._load(file)

    def _load(self, file: RowFile) -> None:
        with open_lines(file) as lines:
            for text in lines:
                try:
                    self.events[text.split("\t", 1)[0]] = self.coder.code(Record(0, 0, mend_line(text).rstrip("\r\n")))
                except Refused:
                    continue

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """Whether somebody has put a head on the file."""
        return first.text[:13].upper() == "GLOBALEVENTID"

    def code(self, record: Record) -> EventRow:
        """One mention."""
        line, start, text = record
        fields = text.split("\t")
        if len(fields) not in COLUMNS:
            if len(fields) in (57, 58, 61):
                raise Refused("an event", "a row of the events given beside the mentions")
            raise Refused("columns", f"got {len(fields)} fields, allowed are 14 to 16")
        event = self.events.get(fields[0])
        if event is None:
            raise Refused("no event", f"event {fields[0][:20]!r} is in none of the event files given; name the export files too")
        sure = fields[CONFIDENCE]
        if not sure.isdecimal() or len(sure) > LONGEST_NUMBER or int(sure) > 100:
            raise Refused("bad confidence", f"got {sure[:20]!r}, allowed is 0 to 100")
        # The row names no party in words: the parties stand empty at its start.
        return event._replace(
            line=line,
            start=start,
            end=start + len(text),
            actor_start=-1,
            recipient_start=-1,
            published=day_number(fields[WHEN][:8]),
            confidence=int(sure),
        )
