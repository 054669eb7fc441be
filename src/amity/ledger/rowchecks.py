"""Imported rows against themselves: each in its text, its id that of its content, all of a reading under one seal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from amity.ledger.rowreading import Shared, load_shared
from amity.ledger.rowtables import EVENT_ROWS, ROW_COLUMNS, ROW_SEALS, digest_rows, id_of
from amity.ledger.rowwriting import PART, row_number
from amity.ledger.schema import READINGS
from amity.records import EventRow


class RowCheck:
    """Checks the rows of one reading after another; what rows share is loaded at the first that has any."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.shared: Shared | None = None

    def check(self, reading: int, document: str, text: str) -> tuple[int, Iterator[str]]:
        """A reading -> how many rows it has, and their faults."""
        rows = self.connection.execute(select(EVENT_ROWS).where(EVENT_ROWS.c.reading == reading).order_by(EVENT_ROWS.c.seq)).all()
        if rows and self.shared is None:
            self.shared = load_shared(self.connection)
        return len(rows), self._faults(rows, reading, document, text)

    def _faults(self, rows: Any, reading: int, document: str, text: str) -> Iterator[str]:
        seal = self.connection.execute(select(ROW_SEALS).where(ROW_SEALS.c.reading == reading)).first()
        if rows and (seal is None or seal.digest != digest_rows(tuple(getattr(r, c) for c in ROW_COLUMNS) for r in rows)):
            yield f"rows of reading {reading} of document {document}: were changed after they were written"
        if not rows and seal is not None:
            yield f"rows of reading {reading} of document {document}: got none, {seal.rows} were written"
        front = f"claim{PART}{document}{PART}"
        for row in rows:
            yield from self._check_row(row, front, text)

    def _check_row(self, row: Row[Any], front: str, text: str) -> Iterator[str]:
        where, shared = f"claim {id_of(row.id)} (row {row.line})", self.shared
        if shared is None or row.actor not in shared.parties or row.type not in shared.types:
            yield f"{where}: its party or its type is gone"
            return
        recipient = shared.parties.get(row.recipient) if row.recipient else None
        parts = (shared.parties[row.actor], recipient, row.actor_start, row.recipient_start, shared.types[row.type])
        if row_number(front, EventRow(row.line, row.start, row.end, *parts, 0, 0, None, None, 0)) != row.id:
            yield f"{where}: its id is not that of its content"
        if not 0 <= row.start < row.end <= len(text):
            yield f"{where}: stands at {row.start}-{row.end}, beyond the text of its document"
        for party, start in ((parts[0], row.actor_start), (recipient, row.recipient_start)):
            if party and start >= 0 and text[start : start + len(party.words)] != party.words:
                yield f"{where}: the words {party.words!r} do not stand at {start}"


def find_orphans(connection: Connection) -> Iterator[str]:
    """Rows whose reading is gone."""
    query = select(EVENT_ROWS.c.seq).where(~exists().where(READINGS.c.seq == EVENT_ROWS.c.reading)).order_by(EVENT_ROWS.c.seq)
    for row in connection.execute(query.limit(100)):
        yield f"event_rows row {row.seq}: its row in readings is gone"
