"""PLOVER JSON: objects with `date`, `source` or `actor`, `target` or `recipient`, `event`, `mode`, `context`, `text`."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from amity.exchange.files import RowFile
from amity.exchange.naming import join_parties
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Given, Refused, day_number
from amity.exchange.types import load_codebook, make_type
from amity.records import EventRow, RowParty

# Types of earlier drafts -> those of the manual.
OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "YIELD": "CONCEDE", "APPEAL": "REQUEST"}


class Plover:
    """A JSON list, or one object a line."""

    dataset = "PLOVER"
    layout: Layout = "objects"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.namer = given.namer

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return Counter()

    def begin(self, file: RowFile, first: Record) -> bool:
        """There is no head."""
        return False

    def code(self, record: Record) -> EventRow:
        """One object; several actors act together."""
        row, first, last = self._read(record)
        name = str(row.get("event", "")).upper()
        name = OLDER.get(name, name)
        if name not in load_codebook():
            raise Refused("no type", f"got event {name[:40]!r}, allowed are those of PLOVER")
        date = str(row.get("date", ""))
        day = day_number(date)
        actors = self._parties(row.get("source") or row.get("actor"), date[:10])
        recipients = self._parties(row.get("target") or row.get("recipient"), date[:10])
        if not actors:
            raise Refused("no actor", "the object names no source")
        actor = join_parties(actors, actors[0].words)
        recipient = join_parties(recipients, recipients[0].words) if recipients else self._fellows(actors)
        if not recipients and recipient:
            actor = actors[0]
        contexts = tuple(c.strip() for c in str(row.get("context") or "").replace(",", ";").split(";") if c.strip())
        type = make_type("PLOVER", name, "", name, str(row.get("mode") or "").lower(), contexts)
        at = record.text.find(actor.words)
        to = record.text.find(recipient.words) if recipient else -1
        place = row.get("location") if isinstance(row.get("location"), str) else None
        found = (record.start + at if at >= 0 else -1, record.start + to if to >= 0 else -1)
        return EventRow(record.line, first, last, actor, recipient, *found, type, day, day, None, place, 100)

    def _read(self, record: Record) -> tuple[dict[str, Any], int, int]:
        # A list's comma after the object, or its bracket before, is no part of it.
        try:
            first = record.text.index("{")
            row, length = json.JSONDecoder().raw_decode(record.text[first:])
        except (ValueError, RecursionError) as error:
            raise Refused("no JSON", str(error)[:80]) from None
        if not isinstance(row, dict):
            raise Refused("no JSON", "is no object")
        return row, record.start + first, record.start + first + length

    def _fellows(self, actors: list[RowParty]) -> RowParty | None:
        """Two and more who agree or meet without a target do it with each other: the first with the rest."""
        return join_parties(actors[1:], actors[1].words) if len(actors) > 1 else None

    def _parties(self, given: Any, day: str) -> list[RowParty]:
        found = []
        for item in given if isinstance(given, list) else [given]:
            if isinstance(item, dict) and (item.get("code") or item.get("actorText")):
                words, code = str(item.get("actorText") or item.get("code")), str(item.get("code") or "")
                code += str(item.get("sector") or "") if len(code) == 3 else ""
                found.append(self.namer.code(code, "cameo", words) if code else self.namer.name(words, day))
            elif isinstance(item, str) and item:
                found.append(self.namer.name(item, day))
        return found
