"""Blocks of imported rows -> rows of the ledger, some microseconds each, inside the writer's one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, select

from amity.ledger import writing
from amity.ledger.answers import Added, Reading
from amity.ledger.rowtables import EVENT_ROWS, ROW_COLUMNS, ROW_PARTIES, ROW_PLACES, ROW_SEALS, ROW_TYPES, digest_rows
from amity.ledger.schema import DOCUMENTS, PARTIES, READINGS, SILENCES
from amity.ledger.times import stamp_now, stamp_time
from amity.records import EventRow, RowBlock, RowParty, RowType, Silence

# The separator of `records.fingerprint`, which the ids of rows must agree with.
PART = "\x1f"


class Numbers:
    """The numbers of all parties, types and places that rows share; refreshed as other writers add to them.

    Good for one store; to be thrown away where a transaction fails, since it then knows numbers that were never kept.
    """

    def __init__(self) -> None:
        self.parties: dict[RowParty, int] = {}
        self.types: dict[RowType, int] = {}
        self.places: dict[str, int] = {}
        self.last = {ROW_PARTIES.name: 0, ROW_TYPES.name: 0, ROW_PLACES.name: 0}

    def refresh(self, connection: Connection) -> None:
        """Learn what the ledger holds and this object does not know yet."""
        for row in self._new(connection, ROW_PARTIES):
            self.parties[RowParty(row.id, row.name, row.side, row.side_id, row.words)] = row.seq
        for row in self._new(connection, ROW_TYPES):
            self.types[type_of(row)] = row.seq
        for row in self._new(connection, ROW_PLACES):
            self.places[row.name] = row.seq

    def _new(self, connection: Connection, table: Table) -> Sequence[Any]:
        last = connection.execute(select(func.max(table.c.seq))).scalar() or 0
        if last == self.last[table.name]:
            return ()
        found = connection.execute(select(table).where(table.c.seq > self.last[table.name]).order_by(table.c.seq)).all()
        self.last[table.name] = last
        return found

    def learn(self, connection: Connection, rows: Iterable[EventRow]) -> None:
        """Number what the rows name for the first time."""
        rows = list(rows)
        parties = {r.actor for r in rows} | {r.recipient for r in rows if r.recipient}
        fresh = sorted(p for p in parties if p not in self.parties)
        self.parties.update(self._write(connection, ROW_PARTIES, fresh, [p._asdict() for p in fresh]))
        write_names(connection, fresh)
        types = list(dict.fromkeys(r.type for r in rows if r.type not in self.types))
        self.types.update(self._write(connection, ROW_TYPES, types, [t._asdict() | {"contexts": ";".join(t.contexts)} for t in types]))
        places = sorted({r.place for r in rows if r.place and r.place not in self.places})
        self.places.update(self._write(connection, ROW_PLACES, places, [{"name": p} for p in places]))

    def _write(self, connection: Connection, table: Table, keys: Sequence[Any], rows: Sequence[dict[str, Any]]) -> dict[Any, int]:
        first = self.last[table.name] + 1
        writing.insert_rows(connection, table, [row | {"seq": first + i} for i, row in enumerate(rows)])
        self.last[table.name] += len(rows)
        return dict(zip(keys, range(first, first + len(rows)), strict=True))


def type_of(row: Any) -> RowType:
    """A row of `row_types` -> the record."""
    contexts = tuple(row.contexts.split(";")) if row.contexts else ()
    return RowType(row.scheme, row.code, row.label, row.type, row.mode, row.quad, row.score, contexts, row.status)


def write_block(connection: Connection, block: RowBlock, numbers: Numbers, read_at: str | None) -> Added:
    """A block -> its rows, or none where the same maker has read the same text."""
    silences = tuple(Silence(bad.line, bad.rule, bad.detail) for bad in block.bad)
    reading = Reading(block.document, (), silences, block.maker)
    past = writing.past_readings(connection, reading.report)
    moment = stamp_time(read_at) if read_at else max([stamp_now(), *(row.read_at for row in past[:1])])
    if writing.is_known(past, reading, None if read_at is None else moment):
        return writing.KNOWN
    if block.document.id not in {row.document for row in past}:
        writing.insert_rows(connection, DOCUMENTS, [writing.document_row(reading)])
    seq = writing.insert_rows(connection, READINGS, [writing.reading_row(reading, moment) | {"claims": len(block.rows)}])
    writing.insert_rows(connection, SILENCES, [writing.name_fields(s) | {"reading": seq} for s in silences])
    numbers.learn(connection, block.rows)
    write_rows(connection, seq, number_rows(block, seq, numbers))
    other_text = bool(past) and past[0].document != block.document.id
    return Added(documents=int(not past), versions=int(other_text), claims=len(block.rows), known=False)


def write_rows(connection: Connection, reading: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Numbered rows, with the one seal of their reading."""
    if rows:
        connection.exec_driver_sql(insert_text(connection), list(rows))
        writing.insert_rows(connection, ROW_SEALS, [{"reading": reading, "rows": len(rows), "digest": digest_rows(rows)}])


def insert_text(connection: Connection) -> str:
    """The insert in the driver's own words: SQLAlchemy's takes three times as long a row."""
    mark = "%s" if connection.dialect.paramstyle in ("format", "pyformat") else "?"
    names = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in ROW_COLUMNS)
    return f"INSERT INTO {EVENT_ROWS.name} ({names}) VALUES ({', '.join(mark for _ in ROW_COLUMNS)})"


def number_rows(block: RowBlock, reading: int, numbers: Numbers) -> list[tuple[Any, ...]]:
    """The rows of a block as tuples of numbers, in the order of `ROW_COLUMNS`."""
    parties, types, places = numbers.parties, numbers.types, numbers.places
    front = f"claim{PART}{block.document.id}{PART}"
    return [
        (
            reading,
            row_number(front, r),
            r.line,
            r.start,
            r.end,
            parties[r.actor],
            parties[r.recipient] if r.recipient else None,
            r.actor_start,
            r.recipient_start,
            types[r.type],
            r.first_day,
            r.last_day,
            r.published,
            places[r.place] if r.place else None,
            r.confidence,
        )
        for r in block.rows
    ]


def row_number(front: str, r: EventRow) -> int:
    """The id that the row's claim has (`Claim.id`), as a number; the same hash of the same parts, unrolled for speed."""
    a = r.start if r.actor_start < 0 else r.actor_start
    b = r.start if r.recipient_start < 0 else r.recipient_start
    other = f"{r.recipient.id}{PART}{b}" if r.recipient else f"{PART}-1"
    text = f"{front}{r.start}{PART}{r.end}{PART}event{PART}{r.type.type}{PART}{r.actor.id}{PART}{a}{PART}{other}{PART}{r.type.status}"
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)


def write_names(connection: Connection, parties: Sequence[RowParty]) -> None:
    """Remember the names of parties, so that filters can be given names."""
    pairs = sorted({(p.id, p.name) for p in parties} | {(p.side_id, p.side) for p in parties})
    there: set[tuple[str, str]] = set()
    for start in range(0, len(pairs), 5000):  # SQLite allows 32,766 variables a question
        query = select(PARTIES.c.id, PARTIES.c.name).where(PARTIES.c.id.in_({i for i, _ in pairs[start : start + 5000]}))
        there |= {(row.id, row.name) for row in connection.execute(query)}
    writing.insert_rows(connection, PARTIES, [{"id": i, "name": n, "folded": n.casefold()} for i, n in pairs if (i, n) not in there])
