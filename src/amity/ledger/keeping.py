"""What is kept beside the claims so that a large ledger answers at once: tables that may be thrown away and made anew.

They are no part of the ledger's truth: no seal, no guard, never looked at by `verify`, and made only when asked for. A mark
tells what they were computed from; where it is not that of the ledger, what is kept is brought forward or left aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    or_,
    select,
    union_all,
)

from amity.ledger.asking import is_current, is_standing
from amity.ledger.book import make_claim
from amity.ledger.rowreading import holds_rows
from amity.ledger.schema import CLAIMS, JUDGEMENTS, PARTIES, READINGS, ExactText
from amity.records import Claim

Pair = tuple[str, str]
KEPT = MetaData()
# The form of these tables; others are thrown away.
FORM = 1
# Changed rows written with one statement.
BATCH = 2000

MARKS = Table(
    "kept_mark",
    KEPT,
    Column("form", Integer, primary_key=True),
    Column("rules", ExactText, nullable=False),
    Column("reading", BigInteger, nullable=False),
    Column("judgement", BigInteger, nullable=False),
    Column("last_day", Integer, nullable=False),
)
PAIRS = Table(
    "kept_pairs",
    KEPT,
    *(Column(name, ExactText, primary_key=True) for name in ("a", "b")),
    Column("last_day", Integer, nullable=False),
    *(Column(name, ExactText, nullable=False) for name in ("voices", "names", "evidence")),
)
CHANGES = Table(
    "kept_changes",
    KEPT,
    *(Column(name, ExactText, primary_key=True) for name in ("a", "b")),
    Column("place", Integer, primary_key=True),
    *(Column(name, ExactText, nullable=False) for name in ("day", "record")),
    Index("ix_kept_changes_day", "day"),
)
FOLK = Table(
    "kept_parties",
    KEPT,
    Column("id", ExactText, primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("place", Integer, nullable=True),
    *(Column(name, ExactText, nullable=False) for name in ("votes", "company")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is kept was computed by these rules from all readings and judgements up to these numbers."""

    rules: str
    reading: int
    judgement: int


@dataclass(frozen=True, slots=True)
class KeptPair:
    """One pair as it is kept: its last day, its voices, counted names and evidence as JSON, its changes as (day, JSON)."""

    last: int
    voices: str
    names: str
    evidence: str
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptParty:
    """One party: the name most in use, its place in the company (None: none), its votes and what the company says, as JSON."""

    id: str
    name: str
    place: int | None
    votes: str
    company: str


def find_mark(connection: Connection) -> tuple[Mark, int] | None:
    """The mark of what is kept and the last day of all; None where nothing is kept, or tables of another form."""
    if not inspect(connection).has_table(MARKS.name):
        return None
    row = connection.execute(select(MARKS).where(MARKS.c.form == FORM)).first()
    return (Mark(row.rules, row.reading, row.judgement), row.last_day) if row else None


def mark_now(connection: Connection, rules: str) -> Mark:
    """The mark that a state computed now would bear."""
    last = (connection.execute(select(func.max(table.c.seq))).scalar() or 0 for table in (READINGS, JUDGEMENTS))
    return Mark(rules, *last)


def can_be_kept(connection: Connection) -> bool:
    """Whether the ledger holds claims that were read alone: ties over imported rows are computed by another law."""
    return not holds_rows(connection)


def find_pairs(connection: Connection, since: Mark | None) -> set[Pair]:
    """All pairs that claims may speak of; with a mark those of reports that were read or judged since."""
    sides = select(CLAIMS.c.actor_side, CLAIMS.c.recipient_side).where(CLAIMS.c.recipient_side.is_not(None)).distinct()
    blank = or_(CLAIMS.c.actor_side == "", CLAIMS.c.recipient_side == "")
    own = (func.coalesce(func.nullif(side, ""), id) for side, id in ENDS)
    queries: list[Any] = [sides, select(*own).where(blank).distinct()]
    if since:
        touched = select(READINGS.c.seq).where(READINGS.c.report.in_(select_touched(since)))
        queries = [query.where(CLAIMS.c.reading.in_(touched)) for query in queries]
    found = (row for query in queries for row in connection.execute(query) if row[0] and row[1])
    return {(min(a, b), max(a, b)) for actor, recipient in found for a in members(actor) for b in members(recipient) if a != b}


ENDS: tuple[tuple[Any, Any], ...] = ((CLAIMS.c.actor_side, CLAIMS.c.actor_id), (CLAIMS.c.recipient_side, CLAIMS.c.recipient_id))


def select_touched(since: Mark) -> Any:
    """The reports that were read since a mark, or a claim of which was judged."""
    read = select(READINGS.c.report).where(READINGS.c.seq > since.reading)
    judged = select(JUDGEMENTS.c.about).where(JUDGEMENTS.c.seq > since.judgement)
    claims = select(READINGS.c.report).join(CLAIMS, CLAIMS.c.reading == READINGS.c.seq).where(CLAIMS.c.id.in_(judged))
    return union_all(read, claims)


def members(side: str) -> set[str]:
    """A side -> itself, and those it is made of where it is a joint one."""
    return {side, *side.split(";")} - {""}


class PairReader:
    """Claims that stand, of one pair of sides after another, on one state of the ledger."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def joint(self) -> dict[str, list[str]]:
        """The joint parties that each side belongs to."""
        found: dict[str, list[str]] = defaultdict(list)
        sides = select(PARTIES.c.id).where(PARTIES.c.id.like("%;%")).distinct().order_by(PARTIES.c.id)
        for side in self.connection.execute(sides).scalars():
            for member in members(side) - {side}:
                found[member].append(side)
        return found

    @cached_property
    def blank(self) -> bool:
        """Whether some claim has a party without a side; each end is looked up by its index."""
        ends = (CLAIMS.c.actor_side, CLAIMS.c.recipient_side)
        return any(self.connection.execute(select(CLAIMS.c.seq).where(end == "").limit(1)).first() is not None for end in ends)

    def between(self, a: str, b: str) -> list[Claim]:
        """Two sides -> all claims between them, those of joint parties that they belong to among them."""
        ones, others = ([side, *self.joint.get(side, ())] for side in (a, b))
        return self.read(select_between(self.blank), {"ones": ones, "others": others})

    def of_documents(self, documents: Iterable[str]) -> list[Claim]:
        """All claims of these texts."""
        return self.read(select_standing(READINGS.c.document.in_(sorted(documents))))

    def of_ids(self, ids: Iterable[str]) -> list[Claim]:
        """The claims with these ids."""
        return [claim for some in batches(sorted(ids)) for claim in self.read(select_standing(CLAIMS.c.id.in_(some)))]

    def read(self, query: Any, given: Mapping[str, Any] | None = None) -> list[Claim]:
        """The claims of a query."""
        return [make_claim(record) for record in self.connection.execute(query, given).scalars()]


@lru_cache
def select_between(blank: bool) -> Select[Any]:
    """The records of claims that stand between `ones` and `others`; `blank`: some have no side and count under their own id.

    Put together once: it takes SQLAlchemy longer than the database takes to answer.
    """
    ways = (("ones", "others"), ("others", "ones"))
    ends = [(x, y) for one, other in ways for x in is_side(0, one, blank) for y in is_side(1, other, blank)]
    return select_standing(CLAIMS.c.seq.in_(union_all(*(select(CLAIMS.c.seq).where(*both) for both in ends))))


def is_side(end: int, given: str, blank: bool) -> list[Any]:
    """Conditions for one end of a claim to be of one of the sides given under a name, each answered by an index."""
    side, id = ENDS[end]
    sides: Any = bindparam(given, expanding=True)
    return [side.in_(sides), *([(side == "") & id.in_(sides)] if blank else [])]


def select_standing(condition: Any) -> Select[Any]:
    """The records of claims that are current, stand, and fulfil a condition."""
    query = select(CLAIMS.c.record).join(READINGS, READINGS.c.seq == CLAIMS.c.reading)
    return query.where(condition, *is_current(None), is_standing(None))


def kept_voices(connection: Connection) -> Iterator[tuple[Pair, int, str, str]]:
    """All that is kept of pairs: the pair, its last day, its voices and names as JSON."""
    for row in connection.execute(select(PAIRS.c.a, PAIRS.c.b, PAIRS.c.last_day, PAIRS.c.voices, PAIRS.c.names)):
        yield (row.a, row.b), row.last_day, row.voices, row.names


def kept_evidence(connection: Connection, a: str, b: str) -> str | None:
    """The evidence of one pair, as JSON."""
    return connection.execute(select(PAIRS.c.evidence).where(PAIRS.c.a == a, PAIRS.c.b == b)).scalar()


def kept_party(connection: Connection, id: str) -> KeptParty | None:
    """What is kept of one party."""
    row = connection.execute(select(FOLK).where(FOLK.c.id == id)).first()
    return KeptParty(*row) if row else None


def kept_names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of some parties."""
    return {row.id: row.name for row in connection.execute(select(FOLK.c.id, FOLK.c.name).where(FOLK.c.id.in_(sorted(ids))))}


def kept_changes(connection: Connection, since: str) -> list[str]:
    """The changes from a day on, as JSON, in order of day, then pair, then as they were found."""
    order = (CHANGES.c.day, CHANGES.c.a, CHANGES.c.b, CHANGES.c.place)
    return list(connection.execute(select(CHANGES.c.record).where(CHANGES.c.day >= since).order_by(*order)).scalars())


def make_tables(connection: Connection) -> None:
    """The tables that are kept, and an index that the ledger alone can do without, anew where they are of another form."""
    if not find_mark(connection):
        KEPT.drop_all(connection)
    KEPT.create_all(connection)
    connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS ix_claims_last ON {CLAIMS.name} (day_to, day_from)")


def write_pairs(connection: Connection, pairs: Mapping[Pair, KeptPair | None], all_of_them: bool) -> None:
    """Put pairs in the place of what was kept of them, or of all; None: nothing counts between the two any more."""
    for table in (PAIRS, CHANGES):
        if all_of_them:
            connection.execute(delete(table))
        for some in batches([{"one": a, "other": b} for a, b in pairs] if not all_of_them else []):
            connection.execute(delete(table).where(table.c.a == bindparam("one"), table.c.b == bindparam("other")), some)
    held = {pair: state for pair, state in pairs.items() if state}
    rows = [
        {"a": a, "b": b, "last_day": s.last, "voices": s.voices, "names": s.names, "evidence": s.evidence} for (a, b), s in held.items()
    ]
    insert_all(connection, PAIRS, rows)
    told = [
        {"a": a, "b": b, "place": place, "day": day, "record": record}
        for (a, b), s in held.items()
        for place, (day, record) in enumerate(s.changes)
    ]
    insert_all(connection, CHANGES, told)


def write_company(connection: Connection, parties: Iterable[KeptParty], mark: Mark, last_day: int) -> None:
    """Put what all pairs together say, and the mark, in the place of what was kept."""
    connection.execute(delete(FOLK))
    rows = [{"id": p.id, "name": p.name, "place": p.place, "votes": p.votes, "company": p.company} for p in parties]
    insert_all(connection, FOLK, rows)
    connection.execute(delete(MARKS))
    row = {"form": FORM, "rules": mark.rules, "reading": mark.reading, "judgement": mark.judgement, "last_day": last_day}
    connection.execute(insert(MARKS), row)


def drop_tables(connection: Connection) -> None:
    """Throw away what is kept."""
    KEPT.drop_all(connection)
    connection.exec_driver_sql("DROP INDEX IF EXISTS ix_claims_last")


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, some thousands a statement."""
    for some in batches(rows):
        connection.execute(insert(table), some)


def batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Rows -> lists of at most BATCH."""
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])
