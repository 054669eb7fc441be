"""Records -> rows: what one `add` writes, inside the writer's one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from amity.ledger.answers import Added, Reading
from amity.ledger.schema import CLAIMS, DOCUMENTS, JUDGEMENTS, PARTIES, READINGS, SILENCES, UNREAD, with_seal
from amity.ledger.times import day_bounds, stamp_now, stamp_time
from amity.records import Claim, Judgement, Party, Unread

KNOWN = Added(documents=0, versions=0, claims=0, known=True)


def write_reading(connection: Connection, reading: Reading, read_at: str | None) -> Added:
    """A reading -> its rows, or none where the same maker has read the same text."""
    document = reading.document
    past = past_readings(connection, reading.report)
    moment = stamp_time(read_at) if read_at else max([stamp_now(), *(row.read_at for row in past[:1])])
    if is_known(past, reading, None if read_at is None else moment):
        return KNOWN
    if document.id not in {row.document for row in past}:
        insert_rows(connection, DOCUMENTS, [document_row(reading)])
    seq = insert_rows(connection, READINGS, [reading_row(reading, moment)])
    insert_rows(connection, CLAIMS, [claim_row(claim, seq, moment) for claim in reading.claims])
    insert_rows(connection, SILENCES, [name_fields(silence) | {"reading": seq} for silence in reading.silences])
    write_parties(connection, reading.claims)
    other_text = bool(past) and past[0].document != document.id
    return Added(documents=int(not past), versions=int(other_text), claims=len(reading.claims), known=False)


def past_readings(connection: Connection, report: str) -> Sequence[Any]:
    """Every reading of a report, the newest first."""
    query = select(READINGS.c.document, READINGS.c.maker, READINGS.c.read_at).where(READINGS.c.report == report)
    return connection.execute(query.order_by(READINGS.c.read_at.desc(), READINGS.c.seq.desc())).all()


def is_known(past: Sequence[Any], reading: Reading, moment: str | None) -> bool:
    """Whether this maker has read this text; a text that has come back after another is read anew.

    `moment` None is the running clock, which is later than all that is past.
    """
    if (reading.document.id, reading.maker) not in {(row.document, row.maker) for row in past}:
        return False
    newest = past[0]
    return newest.document == reading.document.id or (moment is not None and moment <= newest.read_at)


def insert_rows(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> int:
    """Insert rows with their seals; the running number of the row where there is one."""
    if not rows:
        return 0
    sealed = [with_seal(table, row) for row in rows]
    if len(sealed) > 1:
        connection.execute(insert(table), sealed)
        return 0
    key = connection.execute(insert(table), sealed[0]).inserted_primary_key
    return int(key[0]) if key else 0


def document_row(reading: Reading) -> dict[str, Any]:
    """The text and what names it."""
    document = reading.document
    return {
        "id": document.id,
        "report": reading.report,
        "name": document.name,
        "url": document.url,
        "text": document.text,
        "sha256": hash_text(document.text),
        "length": len(document.text),
    }


def hash_text(text: str) -> str:
    """SHA-256 of the text's UTF-8, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def reading_row(reading: Reading, moment: str) -> dict[str, Any]:
    """What the maker took the text for, and how much it found."""
    document = reading.document
    plain = ("format", "title", "outlet", "published", "published_basis")
    return {name: getattr(document, name) for name in plain} | {
        "document": document.id,
        "report": reading.report,
        "maker": reading.maker,
        "read_at": moment,
        "cuts": write_json(document.cuts),
        "warnings": write_json(document.warnings),
        "claims": len(reading.claims),
        "silences": len(reading.silences),
    }


def write_json(value: Any) -> str:
    """Records -> JSON with every code point as itself, so that two lone surrogates never become one character."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=name_fields)


def name_fields(record: Any) -> dict[str, Any]:
    """A record -> its fields by name; `dataclasses.asdict` copies deeply, which took most of the time of an add."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def claim_row(claim: Claim, reading: int, moment: str) -> dict[str, Any]:
    """The claim as indexed columns and as its full record."""
    date, recipient = claim.date, claim.recipient
    first, last = (date.earliest, date.latest) if date else day_bounds(claim.published)
    return {
        "reading": reading,
        "id": claim.id,
        "document": claim.document_id,
        "kind": claim.kind,
        "type": claim.type,
        "actor_id": claim.actor.id,
        "actor_side": claim.actor.side_id,
        "recipient_id": recipient.id if recipient else None,
        "recipient_side": recipient.side_id if recipient else None,
        "status": claim.status,
        "anonymous": any(source.anonymous for source in claim.sources),
        "earliest": date.earliest if date else None,
        "latest": date.latest if date else None,
        "published": claim.published,
        "day_from": first,
        "day_to": last,
        "read_at": moment,
        "record": write_json(claim),
    }


def write_parties(connection: Connection, claims: Iterable[Claim]) -> None:
    """Remember every name under which a party or its side was met, so that filters can be given names."""
    pairs = sorted({pair for claim in claims for party in (claim.actor, claim.recipient) if party for pair in name_party(party)})
    if not pairs:
        return
    query = select(PARTIES.c.id, PARTIES.c.name).where(PARTIES.c.id.in_({party for party, _ in pairs}))
    there = {(row.id, row.name) for row in connection.execute(query)}
    insert_rows(connection, PARTIES, [{"id": i, "name": n, "folded": n.casefold()} for i, n in pairs if (i, n) not in there])


def name_party(party: Party) -> Iterable[tuple[str, str]]:
    """The ids and names that a party brings: its own and its side's."""
    return ((party.id, party.name), (party.side_id, party.side))


def write_unread(connection: Connection, unread: Unread, read_at: str | None) -> bool:
    """A file that gave no document -> its row, unless the last try gave the same; whether a row was written."""
    query = select(UNREAD).where(UNREAD.c.name == unread.name).order_by(UNREAD.c.read_at.desc(), UNREAD.c.seq.desc()).limit(1)
    last = connection.execute(query).first()
    if last and (last.reason, last.remedy) == (unread.reason, unread.remedy):
        return False
    moment = stamp_time(read_at) if read_at else max(stamp_now(), last.read_at if last else "")
    insert_rows(connection, UNREAD, [name_fields(unread) | {"read_at": moment}])
    return True


def write_judgement(connection: Connection, judgement: Judgement) -> bool:
    """A decision -> its row, unless the very same is there; whether a row was written."""
    row = {
        "about": judgement.about,
        "verdict": judgement.verdict,
        "who": judgement.who,
        "judged": judgement.when,
        "judged_at": stamp_time(judgement.when),
        "why": judgement.why,
    }
    query = select(JUDGEMENTS.c.seq).where(*(JUDGEMENTS.c[name] == value for name, value in row.items()))
    if connection.execute(query).first():
        return False
    insert_rows(connection, JUDGEMENTS, [row])
    return True
