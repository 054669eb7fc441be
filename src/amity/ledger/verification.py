"""The ledger against itself: every quote in its text, every text and row against its seal, nothing gone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, exists, func, select

from amity.errors import BadRecord, LedgerError
from amity.ledger import rowchecks
from amity.ledger.answers import Verification
from amity.ledger.rowtables import EVENT_ROWS
from amity.ledger.schema import CLAIMS, DOCUMENTS, METADATA, READINGS, SEALED, SILENCES, seal_row
from amity.ledger.stores import Store
from amity.ledger.writing import hash_text
from amity.records import Claim, Cut, fingerprint

# Faults told one by one; the rest is counted, so that a ruined ledger of any size fits in memory.
MOST_LISTED = 1000
# Rows fetched at a time.
BATCH = 500


def verify_ledger(store: Store) -> Verification:
    """A store -> what was checked and every fault; holds one text and one batch of rows in memory at a time."""
    seen: dict[str, int] = defaultdict(int)
    listed: list[str] = []
    for fault in guard_faults(check_all(store, seen)):
        seen["faults"] += 1
        if len(listed) < MOST_LISTED:
            listed.append(fault)
    return Verification(seen["documents"], seen["claims"], tuple(listed), seen["faults"] - len(listed))


def guard_faults(faults: Iterator[str]) -> Iterator[str]:
    """The faults, and last the one that stopped the check where the file itself cannot be read."""
    try:
        yield from faults
    except LedgerError as error:
        yield str(error)


def check_all(store: Store, seen: dict[str, int]) -> Iterator[str]:
    """Every check in turn, counting documents and claims in `seen`."""
    yield from store.find_faults()
    with store.reading() as connection:
        yield from check_ties(connection)
        yield from rowchecks.find_orphans(connection)
        rows = rowchecks.RowCheck(connection)
        for row in stream(connection, select(DOCUMENTS).order_by(DOCUMENTS.c.seq)):
            seen["documents"] += 1
            yield from check_document(connection, row, seen, rows)
        for table in METADATA.sorted_tables:
            if table not in (DOCUMENTS, READINGS, CLAIMS, EVENT_ROWS):
                for row in stream(connection, select(table).order_by(table.c.seq)):
                    yield from check_seal(table, row)


def stream(connection: Connection, query: Any) -> Iterator[Row[Any]]:
    """Rows of a query, a batch at a time."""
    size = 1 if DOCUMENTS.c.text in set(query.selected_columns) else BATCH
    return iter(connection.execute(query.execution_options(yield_per=size)))


def check_seal(table: Table, row: Row[Any]) -> Iterator[str]:
    """A row against its seal."""
    values = row._mapping
    if seal_row(table, {name: values[name] for name in SEALED[table.name]}) != row.seal:
        yield f"{table.name} row {row.seq}: was changed after it was written"


def check_ties(connection: Connection) -> Iterator[str]:
    """Rows whose document or reading is gone, and documents that nothing has read."""
    for table, column, other, key in (
        (READINGS, READINGS.c.document, DOCUMENTS, DOCUMENTS.c.id),
        (CLAIMS, CLAIMS.c.reading, READINGS, READINGS.c.seq),
        (SILENCES, SILENCES.c.reading, READINGS, READINGS.c.seq),
        (DOCUMENTS, DOCUMENTS.c.id, READINGS, READINGS.c.document),
    ):
        query = select(table.c.seq).where(~exists().where(key == column)).order_by(table.c.seq)
        for row in stream(connection, query):
            yield f"{table.name} row {row.seq}: its row in {other.name} is gone"


def check_document(connection: Connection, row: Row[Any], seen: dict[str, int], rows: rowchecks.RowCheck) -> Iterator[str]:
    """A text against its hash and id, then all that was read in it."""
    where = f"document {row.name} ({row.id})"
    if hash_text(row.text) != row.sha256 or len(row.text) != row.length:
        yield f"{where}: its text was changed after it was read"
    if fingerprint("document", row.name, row.url, row.text) != row.id:
        yield f"{where}: its id is not that of its name, url and text"
    yield from check_seal(DOCUMENTS, row)
    readings = connection.execute(select(READINGS).where(READINGS.c.document == row.id).order_by(READINGS.c.seq)).all()
    for reading in readings:
        yield from check_reading(connection, reading, row.text, seen, rows)


def check_reading(connection: Connection, reading: Row[Any], text: str, seen: dict[str, int], rows: rowchecks.RowCheck) -> Iterator[str]:
    """A reading: its seal, its cuts, its counts, its claims, its imported rows."""
    where = f"reading {reading.seq} of document {reading.document}"
    yield from check_seal(READINGS, reading)
    cuts = read_cuts(reading.cuts)
    if cuts is None or any(cut.end > len(text) for cut in cuts):
        yield f"{where}: its cuts are damaged or beyond the text"
    claims, faults = rows.check(reading.seq, reading.document, text)
    yield from faults
    for row in stream(connection, select(CLAIMS).where(CLAIMS.c.reading == reading.seq).order_by(CLAIMS.c.id)):
        claims += 1
        yield from check_claim(row, text, cuts or ())
    seen["claims"] += claims
    silences = connection.execute(select(func.count()).select_from(SILENCES).where(SILENCES.c.reading == reading.seq)).scalar()
    for noun, wanted, got in (("claims", reading.claims, claims), ("silences", reading.silences, silences)):
        if wanted != got:
            yield f"{where}: got {got} {noun}, {wanted} were written"


def read_cuts(stored: str) -> tuple[Cut, ...] | None:
    """Stored cuts -> cuts, None where they are damaged."""
    try:
        return tuple(Cut(**cut) for cut in json.loads(stored))
    except (ValueError, TypeError, BadRecord):
        return None


def check_claim(row: Row[Any], text: str, cuts: Iterable[Cut]) -> Iterator[str]:
    """A claim: its seal, its id made anew, its quote in the text, no cut under it."""
    where = f"claim {row.id}"
    yield from check_seal(CLAIMS, row)
    try:
        claim = Claim.from_json(json.loads(row.record))
    except (ValueError, TypeError, KeyError, BadRecord) as error:
        yield f"{where}: its record cannot be read ({error})"
        return
    if claim.id != row.id or claim.document_id != row.document:
        yield f"{where}: its id is not that of its content"
    if claim.start < 0 or text[claim.start : claim.end] != claim.quote:
        yield f"{where}: its quote does not stand at {claim.start}-{claim.end} of document {row.document}"
    if any(cut.start < claim.end and claim.start < cut.end for cut in cuts):
        yield f"{where}: overlaps a cut of document {row.document}"
