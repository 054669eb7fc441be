"""The ledger itself: one object whose methods write a record or answer a question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Row, Select, func, select

from amity.ledger import asking, finding, issued, rowreading, rowwriting, writing
from amity.ledger.answers import Added, ClaimFilter, Reading, Stats, Verification
from amity.ledger.rowtables import EVENT_ROWS
from amity.ledger.schema import CLAIMS, DOCUMENTS, FORMS, JUDGEMENTS, PARTIES, READINGS, SILENCES
from amity.ledger.stores import Store, open_store
from amity.ledger.times import day_bounds, stamp_end
from amity.ledger.verification import verify_ledger
from amity.records import Claim, Cut, DatedEvent, Document, Forecast, Judgement, RowBlock, Silence, Unread

# Rows fetched at a time while claims are walked through.
BATCH = 200


def open_ledger(address: str | Path, *, create: bool = True) -> Ledger:
    """A file's path (or `sqlite:///path`), or `postgresql://user@host/name` -> its ledger, made if there is none and `create` is set.

    Raises LedgerError, one sentence with the remedy, where the place or the file cannot be a ledger.
    """
    return Ledger(open_store(address, create))


class Ledger:
    """Documents, claims, silences and judgements, kept for good; a context manager that closes the store.

    What is current is the newest reading of each report; `as_of` (a day, included, or a time) answers as
    the ledger would have on that day. Times are ISO 8601; where none is given the clock of this machine is.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.numbers = rowwriting.Numbers()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; may be called twice."""
        self.store.close()

    def add(
        self,
        document: Document,
        claims: Sequence[Claim],
        silences: Sequence[Silence] = (),
        read_at: str | None = None,
        maker: str | None = None,
    ) -> Added:
        """A document and what was read in it -> what was new, all of it kept or nothing.

        The same document (name, url, text) by the same maker adds nothing; other text under the same name
        and url is a new version, another maker (by default that of the claims) a new reading. Without
        `read_at` a reading is never dated before the last one of the same report, wherever the clock stands.
        Raises BadRecord where a claim does not stand in the text, LedgerError where the store fails.
        """
        return self.add_all([Reading(document, tuple(claims), tuple(silences), maker)], read_at)[0]

    def add_all(self, readings: Sequence[Reading], read_at: str | None = None) -> list[Added]:
        """Several readings in one transaction -> what each added; all of them are kept, or none.

        For long runs: a transaction waits for the disk once, which takes longer than writing a document.
        """
        with self.store.writing() as connection:
            return [writing.write_reading(connection, reading, read_at) for reading in readings]

    def add_rows(self, blocks: Sequence[RowBlock], read_at: str | None = None) -> list[Added]:
        """Blocks of imported rows in one transaction -> what each added; a block known with its maker adds nothing."""
        try:
            with self.store.writing() as connection:
                self.numbers.refresh(connection)
                return [rowwriting.write_block(connection, block, self.numbers, read_at) for block in blocks]
        except BaseException:
            self.numbers = rowwriting.Numbers()
            raise

    def knows(self, document: Document, maker: str) -> bool:
        """Whether this maker's reading of this text is the one that stands, so that it need not be read again."""
        reading = Reading(document, (), (), maker)
        with self.store.reading() as connection:
            return writing.is_known(writing.past_readings(connection, reading.report), reading, None)

    def holds_read_claims(self) -> bool:
        """Whether any claim was read from a text, beside rows that were imported."""
        with self.store.reading() as connection:
            return connection.execute(select(CLAIMS.c.seq).limit(1)).first() is not None

    def add_unread(self, unread: Unread, read_at: str | None = None) -> bool:
        """A file that gave no document is counted with its reason; False where its last try gave the same."""
        with self.store.writing() as connection:
            return writing.write_unread(connection, unread, read_at)

    def judge(self, judgement: Judgement) -> bool:
        """A decision is kept; False where the very same is there. `reject` hides a claim, `accept` undoes that."""
        with self.store.writing() as connection:
            return writing.write_judgement(connection, judgement)

    def issue(self, forecasts: Sequence[Forecast], issued_at: str | None = None) -> int:
        """Forecasts are kept, each once -> how many were new; they can never be taken back or changed."""
        with self.store.writing() as connection:
            return issued.write_forecasts(connection, forecasts, issued_at)

    def forecasts(self, due: str | None = None, as_of: str | None = None) -> Iterator[Forecast]:
        """Forecasts issued, in order of issue; with `due` only those whose last day is at or before that day."""
        return (issued.make_forecast(row.record) for row in self.stream(issued.select_forecasts(due, as_of)))

    def documents(self, as_of: str | None = None) -> Iterator[Document]:
        """The current version of every report, by name, one at a time."""
        for row in self.stream(asking.select_documents(as_of), 1):
            yield make_document(row)

    def document(self, key: str) -> Document:
        """An id (any version), a unique beginning of one, a name or a url -> the document; Raises NotFound."""
        with self.store.reading() as connection:
            return make_document(connection.execute(asking.select_version(finding.find_documents(connection, key)[0])).one())

    def unread(self, as_of: str | None = None) -> list[Unread]:
        """Files that gave no document when last tried, by name."""
        return [Unread(**row._mapping) for row in self.stream(asking.select_unread(as_of))]

    def claims(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """Current claims that fit the filter, oldest event first; Raises NotFound at once for an unknown name."""
        wanted = wanted or ClaimFilter()
        with self.store.reading() as connection:
            a, b = (None if key is None else finding.find_parties(connection, key) for key in (wanted.a, wanted.b))
            named = [found for key in wanted.documents for found in finding.find_documents(connection, key)]
            rows = rowreading.holds_rows(connection)
        query = asking.select_claims(wanted, a, b, named if wanted.documents else None)
        found = (make_claim(row.record) for row in self.stream(query))
        if not rows:
            return found
        imported = self.walk_rows(wanted, (a, b, named if wanted.documents else None))
        return islice(merge(found, imported, key=order_of), wanted.limit)

    def walk_rows(self, wanted: ClaimFilter, named: tuple[Sequence[str] | None, ...]) -> Iterator[Claim]:
        """Claims of imported rows that fit a filter whose names (a, b, documents) are resolved to ids, oldest first."""
        with self.store.reading() as connection:
            yield from rowreading.walk_rows(connection, wanted, named)

    def events(self, wanted: ClaimFilter | None = None) -> tuple[list[DatedEvent], dict[str, str]]:
        """Imported rows that count in ties, and the names of their sides; a filter's days and clocks hold, its parties do not."""
        with self.store.reading() as connection:
            return rowreading.read_events(connection, wanted or ClaimFilter())

    def claim(self, prefix: str) -> Claim:
        """The first digits of a claim's id -> the claim, current or not; Raises NotFound with near ids."""
        with self.store.reading() as connection:
            rows = rowreading.find_row(connection, prefix) if finding.PREFIX.fullmatch(prefix) else []
            if len(rows) == 1 and not finding.begins_claim(connection, prefix):
                return rowreading.Walker(connection, rowreading.load_shared(connection)).claim(rows[0][1])
            found = finding.find_claim(connection, prefix, [i for i, _ in rows])
            query = select(CLAIMS.c.record).where(CLAIMS.c.id == found).order_by(CLAIMS.c.read_at.desc(), CLAIMS.c.seq.desc()).limit(1)
            return make_claim(connection.execute(query).scalar_one())

    def silences(self, document: str, sentence: int | None = None) -> list[Silence]:
        """Why sentences of a document (id or name) gave no claim, by its newest reading; Raises NotFound."""
        with self.store.reading() as connection:
            found = finding.find_documents(connection, document)[0]
            newest = (READINGS.c.read_at.desc(), READINGS.c.seq.desc())
            reading = connection.execute(select(READINGS.c.seq).where(READINGS.c.document == found).order_by(*newest).limit(1)).scalar()
            query = select(SILENCES.c.sentence, SILENCES.c.rule, SILENCES.c.missing).where(SILENCES.c.reading == reading)
            query = query if sentence is None else query.where(SILENCES.c.sentence == sentence)
            return [Silence(**row._mapping) for row in connection.execute(query.order_by(SILENCES.c.seq))]

    def judgements(self, about: str | None = None, as_of: str | None = None) -> list[Judgement]:
        """Decisions, oldest first; all of them, or those about one record."""
        table = JUDGEMENTS.c
        query = select(table.about, table.verdict, table.who, table.judged.label("when"), table.why).order_by(table.judged_at, table.seq)
        query = query if about is None else query.where(table.about == about)
        query = query if as_of is None else query.where(table.judged_at <= stamp_end(as_of))
        return [Judgement(**row._mapping) for row in self.stream(query)]

    def verify(self) -> Verification:
        """Every quote, text, row and count checked; the faults are listed, never raised."""
        return verify_ledger(self.store)

    def makers(self) -> dict[str, int]:
        """How many reports stand by the reading of each maker, by its name."""
        query = (
            select(READINGS.c.maker, func.count().label("reports"))
            .where(*asking.is_current(None))
            .group_by(READINGS.c.maker)
            .order_by(READINGS.c.maker)
        )
        return {row.maker: row.reports for row in self.stream(query)}

    def form(self) -> int:
        """The form of the ledger's tables: the schema version, as the database has it."""
        with self.store.reading() as connection:
            return int(connection.execute(select(func.max(FORMS.c.version))).scalar() or 0)

    def stats(self) -> Stats:
        """What the ledger holds, in counts."""
        with self.store.reading() as connection:
            return count_all(connection)

    def stream(self, query: Select[Any], size: int = BATCH) -> Iterator[Row[Any]]:
        """Rows of a query on one state of the ledger, a batch at a time."""
        with self.store.reading() as connection:
            yield from connection.execute(query.execution_options(yield_per=size))


def make_document(row: Row[Any]) -> Document:
    """A row of text and reading -> the document."""
    values = {name: getattr(row, name) for name in ("name", "text", "format", "url", "title", "outlet", "published", "published_basis")}
    return Document(**values, cuts=tuple(Cut(**cut) for cut in json.loads(row.cuts)), warnings=tuple(json.loads(row.warnings)))


def make_claim(record: str) -> Claim:
    """A stored record -> the claim."""
    return Claim.from_json(json.loads(record))


def order_of(claim: Claim) -> tuple[bool, str, str]:
    """The key by which claims are shown: oldest event first, those without any day last, then by document."""
    first = claim.date.earliest if claim.date else day_bounds(claim.published)[0]
    return first is None, first or "", claim.document_id


def count_all(connection: Connection) -> Stats:
    """The counts of `Ledger.stats`."""

    def count(query: Select[Any]) -> int:
        return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar() or 0)

    first, last = connection.execute(select(func.min(READINGS.c.read_at), func.max(READINGS.c.read_at))).one()
    return Stats(
        documents=count(select(DOCUMENTS.c.report).distinct()),
        versions=count(select(DOCUMENTS.c.seq)),
        readings=count(select(READINGS.c.seq)),
        claims=count(select(CLAIMS.c.seq)) + count(select(EVENT_ROWS.c.seq)),
        current_claims=count(asking.select_claims(ClaimFilter()).order_by(None)) + rowreading.count_current(connection),
        silences=count(select(SILENCES.c.seq)),
        unread=count(asking.select_unread(None).order_by(None)),
        judgements=count(select(JUDGEMENTS.c.seq)),
        parties=count(select(PARTIES.c.id).distinct()),
        first_read=first,
        last_read=last,
    )
