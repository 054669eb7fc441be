"""Imported rows of the ledger -> claims, made as they are looked at, and the columns that ties are computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from amity.ledger import asking
from amity.ledger.answers import ClaimFilter
from amity.ledger.rowtables import EVENT_ROWS, ROW_PARTIES, ROW_PLACES, ROW_TYPES, id_of, number_of
from amity.ledger.rowwriting import type_of
from amity.ledger.schema import DOCUMENTS, JUDGEMENTS, READINGS
from amity.ledger.times import day_bounds, stamp_end
from amity.records import Claim, DatedEvent, Party, RowParty, RowType, Source, When

ROWS = EVENT_ROWS.c
EPOCH = date(1970, 1, 1).toordinal()
# Texts of blocks held while rows are walked through in order of days; a block is some 200 kB.
TEXTS_HELD = 64
# Rows fetched at a time.
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Shared:
    """What rows share, by number; loaded once for a question."""

    parties: dict[int, RowParty]
    types: dict[int, RowType]
    places: dict[int, str]


def holds_rows(connection: Connection) -> bool:
    """Whether anything was ever imported; most ledgers hold none, and are asked nothing more."""
    return connection.execute(select(ROWS.seq).limit(1)).first() is not None


def load_shared(connection: Connection) -> Shared:
    """The numbered parties, types and places."""
    parties = {r.seq: RowParty(r.id, r.name, r.side, r.side_id, r.words) for r in connection.execute(select(ROW_PARTIES))}
    types = {r.seq: type_of(r) for r in connection.execute(select(ROW_TYPES))}
    return Shared(parties, types, {r.seq: r.name for r in connection.execute(select(ROW_PLACES))})


def select_rows(wanted: ClaimFilter, shared: Shared, a: Sequence[str] | None, b: Sequence[str] | None) -> Select[Any] | None:
    """A filter, with its names resolved to ids -> rows in order of day; None where no row can fit."""
    types = [n for n, t in shared.types.items() if fits_type(t, wanted)]
    if wanted.anonymous or wanted.kind == "standing" or not types:
        return None
    moment = stamp_end(wanted.as_of) if wanted.as_of else None
    query = select(EVENT_ROWS, READINGS.c.document).join(READINGS, READINGS.c.seq == ROWS.reading).where(*asking.is_current(moment))
    if len(types) < len(shared.types):
        query = query.where(ROWS.type.in_(types))
    if a is not None:
        query = query.where(involves(shared, a, b, wanted.directed))
    return query.where(*match_days(wanted)).order_by(ROWS.first_day, READINGS.c.document, ROWS.seq)


def fits_type(type: RowType, wanted: ClaimFilter) -> bool:
    """Whether rows of this type can be among those wanted."""
    return (not wanted.types or type.type in wanted.types) and (not wanted.statuses or type.status in wanted.statuses)


def involves(shared: Shared, a: Sequence[str], b: Sequence[str] | None, directed: bool) -> ColumnElement[bool]:
    """Condition for rows of one party, or between two, each with all that act on its side."""
    ones, others = ([n for n, p in shared.parties.items() if {p.id, p.side_id} & set(ids)] if ids else None for ids in (a, b))
    there: ColumnElement[bool] = ROWS.actor.in_(ones or ())
    back: ColumnElement[bool] = ROWS.recipient.in_(ones or ())
    if b is not None:
        there, back = there & ROWS.recipient.in_(others or ()), back & ROWS.actor.in_(others or ())
    return there if directed else or_(there, back)


def match_days(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """The conditions on a row's days."""
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(ROWS.last_day >= day_number(stamp_end(day_bounds(wanted.since)[0] or wanted.since)))
    if wanted.until:
        found.append(ROWS.first_day <= day_number(stamp_end(wanted.until)))
    if wanted.published_by:
        day = day_number(stamp_end(wanted.published_by))
        found.append(or_(ROWS.published <= day, ROWS.published.is_(None) & (ROWS.last_day <= day)))
    return found


def day_number(stamp: str) -> int:
    """A time of the ledger -> days since 1970-01-01."""
    return date.fromisoformat(stamp[:10]).toordinal() - EPOCH


@lru_cache(maxsize=65536)
def day_text(day: int) -> str:
    """The inverse of `day_number`, as ISO text."""
    return date.fromordinal(EPOCH + day).isoformat()


def find_rejected(connection: Connection, moment: str | None) -> frozenset[int]:
    """Numbers of the ids that people have rejected and not accepted again; few, so that they are held."""
    query = select(JUDGEMENTS.c.about, JUDGEMENTS.c.verdict).where(JUDGEMENTS.c.verdict.in_(("reject", "accept")))
    query = query if moment is None else query.where(JUDGEMENTS.c.judged_at <= moment)
    last = {row.about: row.verdict for row in connection.execute(query.order_by(JUDGEMENTS.c.judged_at, JUDGEMENTS.c.seq))}
    return frozenset(number_of(i) for i, verdict in last.items() if verdict == "reject" and asking_id(i))


def asking_id(text: str) -> bool:
    """Whether a text can be a claim's id."""
    return len(text) == 16 and all(c in "0123456789abcdef" for c in text)


class Walker:
    """Rows -> claims, holding the texts of the blocks last met."""

    def __init__(self, connection: Connection, shared: Shared) -> None:
        self.connection, self.shared = connection, shared
        self.block = lru_cache(maxsize=TEXTS_HELD)(self._load)

    def _load(self, reading: int) -> Any:
        columns = (DOCUMENTS.c.id, DOCUMENTS.c.name, DOCUMENTS.c.text, READINGS.c.outlet, READINGS.c.maker)
        return self.connection.execute(
            select(*columns).join(READINGS, READINGS.c.document == DOCUMENTS.c.id).where(READINGS.c.seq == reading)
        ).one()

    def claim(self, row: Any) -> Claim:
        """One row -> its claim."""
        block, type = self.block(row.reading), self.shared.types[row.type]
        recipient = self.shared.parties[row.recipient] if row.recipient else None
        what = f"{type.scheme} {type.code}" + (f" ({type.label})" if type.label else "")
        first, last = day_text(row.first_day), day_text(row.last_day)
        return Claim(
            document=block.name,
            document_id=block.id,
            start=row.start,
            end=row.end,
            quote=block.text[row.start : row.end],
            kind="event",
            actor=party_of(self.shared.parties[row.actor], row.actor_start, row.start),
            recipient=party_of(recipient, row.recipient_start, row.start) if recipient else None,
            type=type.type,
            mode=type.mode,
            quad=type.quad,
            contexts=type.contexts,
            score=type.score,
            status=type.status,
            sources=(Source(block.outlet, "document", False),),
            date=When(first if first == last else f"{first}/{last}", first, last, f"row {row.line}"),
            place=self.shared.places[row.place] if row.place else None,
            confidence=row.confidence / 100.0,
            why=(f"row {row.line} of {block.name.rpartition(':')[0]}", f"{what} is {type.type}"),
            published=None if row.published is None else day_text(row.published),
            maker=block.maker,
        )


def party_of(party: RowParty, start: int, row_start: int) -> Party:
    """A numbered party with its place in the document; one whose words stand nowhere stands empty at the row's start."""
    words = party.words if start >= 0 else ""
    at = start if start >= 0 else row_start
    return Party(party.id, party.name, party.side, party.side_id, False, words, at, at + len(words))


def walk_rows(connection: Connection, wanted: ClaimFilter, named: tuple[Sequence[str] | None, ...]) -> Iterator[Claim]:
    """A filter with its names resolved (parties a and b, documents) -> claims of rows, oldest first."""
    shared = load_shared(connection)
    a, b, documents = named
    query = select_rows(wanted, shared, a, b)
    if query is None:
        return
    if documents is not None:
        query = query.where(READINGS.c.document.in_(documents))
    rejected = frozenset() if wanted.rejected else find_rejected(connection, stamp_end(wanted.as_of) if wanted.as_of else None)
    walker = Walker(connection, shared)
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        if row.id not in rejected:
            yield walker.claim(row)


def find_row(connection: Connection, prefix: str) -> list[tuple[str, Any]]:
    """The beginning of an id -> up to four ids of rows that begin so, each with its newest row."""
    low, high = (number_of(prefix.ljust(16, digit)) for digit in "0f")
    found = connection.execute(select(EVENT_ROWS).where(ROWS.id.between(low, high)).order_by(ROWS.id, ROWS.seq.desc()).limit(8)).all()
    return list({id_of(row.id): (id_of(row.id), row) for row in reversed(found)}.values())


def read_events(connection: Connection, wanted: ClaimFilter) -> tuple[list[DatedEvent], dict[str, str]]:
    """A filter of days and clocks -> the rows that count in ties, with the names of their sides; a million in seconds.

    Rows without recipient or quad, about one side only, or of no confidence are passed over. A joint party counts
    under each of its members. The day is the middle of the row's days, never after its publication.
    """
    shared = load_shared(connection)
    query = select_rows(wanted, shared, None, None)
    if query is None:
        return [], {}
    columns = (ROWS.id, ROWS.actor, ROWS.recipient, ROWS.type, ROWS.first_day, ROWS.last_day, ROWS.published, ROWS.confidence)
    query = query.with_only_columns(*columns).order_by(None)
    rejected = find_rejected(connection, stamp_end(wanted.as_of) if wanted.as_of else None)
    sides = {n: list(zip(p.side_id.split(";"), p.side.split("; "), strict=False)) for n, p in shared.parties.items()}
    kinds = {n: (t.quad, t.score or 0.0, t.type) for n, t in shared.types.items() if t.quad and t.status == "reported"}
    found: list[DatedEvent] = []
    row: Any
    for row in connection.execute(query):
        id, actor, recipient, type, first, last, published, confidence = row
        if type not in kinds or recipient is None or not confidence or id in rejected:
            continue
        quad, score, name = kinds[type]
        day = first if first == last else (first + last) // 2
        if published is not None and published < day:
            day = published
        for a, _ in sides[actor]:
            for b, _ in sides[recipient]:
                if a != b:
                    found.append(DatedEvent(day, a, b, quad, score, confidence / 100.0, id_of(id), name))
    return found, {i: name for pairs in sides.values() for i, name in pairs}


def count_current(connection: Connection) -> int:
    """Rows of the newest readings that nobody has rejected."""
    query = select(func.count()).select_from(EVENT_ROWS).join(READINGS, READINGS.c.seq == ROWS.reading).where(*asking.is_current(None))
    rejected = find_rejected(connection, None)
    gone = (connection.execute(query.where(ROWS.id == number)).scalar() or 0 for number in rejected) if holds_rows(connection) else ()
    return int(connection.execute(query).scalar() or 0) - sum(gone)
