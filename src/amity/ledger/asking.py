"""Questions -> SQL: which claims, readings and documents are current on a day, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, tuple_, union_all

from amity.ledger.answers import ClaimFilter
from amity.ledger.schema import CLAIMS, DOCUMENTS, JUDGEMENTS, READINGS, UNREAD
from amity.ledger.times import day_bounds, stamp_end

Condition = ColumnElement[bool]
Ids = Sequence[str]
NEWER = READINGS.alias("newer")
REJECTED = JUDGEMENTS.alias("rejected")
ACCEPTED = JUDGEMENTS.alias("accepted")


def is_current(moment: str | None) -> list[Condition]:
    """Conditions for the newest reading of each report, as of a moment (None: now)."""
    newer = [NEWER.c.report == READINGS.c.report]
    newer.append(tuple_(NEWER.c.read_at, NEWER.c.seq) > tuple_(READINGS.c.read_at, READINGS.c.seq))
    if moment is None:
        return [~exists().where(*newer)]
    return [READINGS.c.read_at <= moment, ~exists().where(*newer, NEWER.c.read_at <= moment)]


def is_standing(moment: str | None) -> Condition:
    """Condition for a claim that nobody has rejected, or that was accepted again later."""
    undone = [ACCEPTED.c.about == REJECTED.c.about, ACCEPTED.c.verdict == "accept"]
    undone.append(tuple_(ACCEPTED.c.judged_at, ACCEPTED.c.seq) > tuple_(REJECTED.c.judged_at, REJECTED.c.seq))
    stands = [REJECTED.c.about == CLAIMS.c.id, REJECTED.c.verdict == "reject"]
    if moment is not None:
        undone.append(ACCEPTED.c.judged_at <= moment)
        stands.append(REJECTED.c.judged_at <= moment)
    return ~exists().where(*stands, ~exists().where(*undone))


def involves(a: Ids, b: Ids | None, directed: bool) -> Condition:
    """Condition for claims of one party, or between two; every branch is answered by one index."""
    ways = [(a, b)] if directed else [(a, b), (b, a)]
    branches = [select(CLAIMS.c.seq).where(*ends) for actors, recipients in ways for ends in match_ends(actors, recipients)]
    return CLAIMS.c.seq.in_(union_all(*branches))


def match_ends(actors: Ids | None, recipients: Ids | None) -> list[list[Condition]]:
    """The ways in which a claim's two ends can be the parties: each end by its own id or by its side's."""
    sides = (
        [None] if ids is None else [columns[0].in_(ids), columns[1].in_(ids)]
        for ids, columns in zip((actors, recipients), ENDS, strict=True)
    )
    first, second = sides
    return [[end for end in (actor, recipient) if end is not None] for actor in first for recipient in second]


ENDS: tuple[tuple[Any, Any], ...] = ((CLAIMS.c.actor_id, CLAIMS.c.actor_side), (CLAIMS.c.recipient_id, CLAIMS.c.recipient_side))


def select_claims(wanted: ClaimFilter, a: Ids | None = None, b: Ids | None = None, documents: Ids | None = None) -> Select[Any]:
    """A filter, with its names resolved to ids -> the records of the claims, oldest event first."""
    moment = stamp_end(wanted.as_of) if wanted.as_of else None
    query = select(CLAIMS.c.record).join(READINGS, READINGS.c.seq == CLAIMS.c.reading).where(*is_current(moment))
    if not wanted.rejected:
        query = query.where(is_standing(moment))
    if a is not None:
        query = query.where(involves(a, b, wanted.directed))
    if documents is not None:
        query = query.where(READINGS.c.document.in_(documents))
    order = (CLAIMS.c.day_from.nulls_last(), CLAIMS.c.document, CLAIMS.c.id)
    return query.where(*match_columns(wanted)).order_by(*order).limit(wanted.limit)


def match_columns(wanted: ClaimFilter) -> list[Condition]:
    """The conditions on a claim's own columns."""
    found: list[Condition] = []
    if wanted.kind is not None:
        found.append(CLAIMS.c.kind == wanted.kind)
    if wanted.types:
        found.append(CLAIMS.c.type.in_(wanted.types))
    if wanted.statuses:
        found.append(CLAIMS.c.status.in_(wanted.statuses))
    if wanted.anonymous is not None:
        found.append(CLAIMS.c.anonymous == wanted.anonymous)
    if wanted.since:
        found.append(CLAIMS.c.day_to >= stamp_end(day_bounds(wanted.since)[0] or wanted.since)[:10])
    if wanted.until:
        found.append(CLAIMS.c.day_from <= stamp_end(wanted.until)[:10])
    if wanted.published_by:
        day = stamp_end(wanted.published_by)[:10]
        found.append(or_(last_published() <= day, and_(READINGS.c.published.is_(None), CLAIMS.c.day_to <= day)))
    return found


def last_published() -> ColumnElement[str]:
    """The day of publication as it is compared, without the mark of what is inferred: of an interval of two days the last."""
    told = READINGS.c.published
    return case((told.like("____-__-__?/____-__-__?"), func.substr(told, 13, 10)), else_=func.replace(told, "?", ""))


def select_documents(as_of: str | None) -> Select[Any]:
    """The current version and reading of each report, by name."""
    moment = stamp_end(as_of) if as_of else None
    query = select(*DOCUMENT_COLUMNS).join(READINGS, READINGS.c.document == DOCUMENTS.c.id)
    return query.where(*is_current(moment)).order_by(DOCUMENTS.c.name, DOCUMENTS.c.id)


DOCUMENT_COLUMNS: tuple[Any, ...] = (
    *(DOCUMENTS.c[name] for name in ("id", "name", "url", "text")),
    *(READINGS.c[name] for name in ("format", "title", "outlet", "published", "published_basis", "cuts", "warnings")),
)


def select_version(document: str) -> Select[Any]:
    """One text by its id, as its newest reading took it."""
    query = select(*DOCUMENT_COLUMNS).join(READINGS, READINGS.c.document == DOCUMENTS.c.id)
    return query.where(DOCUMENTS.c.id == document).order_by(READINGS.c.read_at.desc(), READINGS.c.seq.desc()).limit(1)


def select_unread(as_of: str | None) -> Select[Any]:
    """The last failure of each name that has not been read since, as of a moment."""
    later = UNREAD.alias("later")
    read = exists().where(DOCUMENTS.c.name == UNREAD.c.name, READINGS.c.document == DOCUMENTS.c.id, READINGS.c.read_at >= UNREAD.c.read_at)
    again = [later.c.name == UNREAD.c.name, tuple_(later.c.read_at, later.c.seq) > tuple_(UNREAD.c.read_at, UNREAD.c.seq)]
    query = select(UNREAD.c.name, UNREAD.c.reason, UNREAD.c.remedy)
    if as_of:
        moment = stamp_end(as_of)
        again.append(later.c.read_at <= moment)
        read = read.where(READINGS.c.read_at <= moment)
        query = query.where(UNREAD.c.read_at <= moment)
    return query.where(~exists().where(and_(*again)), ~read).order_by(UNREAD.c.name)


def same_document(key: str) -> Condition:
    """Condition for a document named by its id, its name or its url."""
    return or_(DOCUMENTS.c.id == key, DOCUMENTS.c.name == key, and_(DOCUMENTS.c.url == key, DOCUMENTS.c.url != ""))
