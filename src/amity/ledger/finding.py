"""Names and ids as people give them -> ids of the ledger; what answers to nothing is told with what is near."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, Table, select

from amity.errors import NotFound, suggest
from amity.ledger.asking import same_document
from amity.ledger.schema import CLAIMS, DOCUMENTS, PARTIES, READINGS

PREFIX = re.compile(r"[0-9a-f]{1,16}")
# How the id of a joint party begins; the ids of its members follow, parted by semicolons.
JOINT = "joint:"
# Names that are looked through for a near one; more would take longer than the question.
MOST_NAMES = 20_000


def find_parties(connection: Connection, key: str) -> list[str]:
    """An id or a name in any case -> the ids of all parties that bear it; Raises NotFound with near names."""
    query = select(PARTIES.c.id).where((PARTIES.c.id == key) | (PARTIES.c.folded == key.casefold()))
    found = sorted(set(connection.execute(query).scalars()))
    found += find_joint(connection, {*found, key})
    if found:
        return found
    names = connection.execute(select(PARTIES.c.name).distinct().limit(MOST_NAMES)).scalars()
    near = {name.casefold(): name for name in names}
    hint = suggest(key.casefold(), near)
    for folded, name in near.items():
        hint = hint.replace(folded, name) if folded in hint else hint
    raise NotFound(f"party {key!r}: no claim in the ledger names it{hint}")


def find_joint(connection: Connection, members: set[str]) -> list[str]:
    """Ids and side ids of joint parties ("they" of three states) that one of the members belongs to."""
    query = select(PARTIES.c.id).where(PARTIES.c.id >= JOINT, PARTIES.c.id < JOINT[:-1] + ";").distinct().order_by(PARTIES.c.id)
    sides = (joint.removeprefix(JOINT) for joint in connection.execute(query).scalars())
    return [name for side in sides if members & set(side.split(";")) for name in (JOINT + side, side)]


def find_documents(connection: Connection, key: str) -> list[str]:
    """An id, a unique beginning of one, a name or a url -> the ids of its versions, newest reading first.

    Raises NotFound where nothing answers, or where a beginning or a name is that of several reports.
    """
    query = select(DOCUMENTS.c.id, DOCUMENTS.c.report, DOCUMENTS.c.name).join(READINGS, READINGS.c.document == DOCUMENTS.c.id)
    newest = (READINGS.c.read_at.desc(), READINGS.c.seq.desc())
    rows = connection.execute(query.where(same_document(key)).order_by(*newest)).all()
    if not rows:
        return [find_id(connection, DOCUMENTS, key)]
    if len({row.report for row in rows}) > 1:
        ids = ", ".join(dict.fromkeys(row.id for row in rows))
        raise NotFound(f"document {key!r}: several reports bear this name; give one of the ids {ids[:200]}")
    return list(dict.fromkeys(row.id for row in rows))


def find_claim(connection: Connection, prefix: str, more: Sequence[str] = ()) -> str:
    """The beginning of a claim's id -> the whole id; Raises NotFound where none or several begin so, `more` among them."""
    if more:
        raise NotFound(f"claim {prefix!r}: several ids begin so ({', '.join(more[:4])}); give more of its digits")
    return find_id(connection, CLAIMS, prefix)


def begins_claim(connection: Connection, prefix: str) -> bool:
    """Whether the id of any claim that was read (not imported) begins so."""
    query = select(CLAIMS.c.seq).where(CLAIMS.c.id >= prefix, CLAIMS.c.id < prefix + "g").limit(1)
    return connection.execute(query).first() is not None


def find_id(connection: Connection, table: Table, prefix: str) -> str:
    """The only id of the table that begins so; Raises NotFound, with ids or names that are near."""
    noun = table.name.removesuffix("s")
    column = table.c.id
    if PREFIX.fullmatch(prefix):
        # The letter after f closes the range of all ids that begin so, and the index answers it.
        query = select(column).where(column >= prefix, column < prefix + "g").distinct().order_by(column).limit(4)
        found = list(connection.execute(query).scalars())
        if len(found) == 1:
            return str(found[0])
        if found:
            raise NotFound(f"{noun} {prefix!r}: several ids begin so ({', '.join(found)}); give more of its digits")
        hint = near_ids(connection, table, prefix)
    else:
        hint = near_names(connection, prefix) if table is DOCUMENTS else ", allowed are the first digits of an id such as 3f9a"
    raise NotFound(f"{noun} {prefix!r}: the ledger has none{hint}")


def near_ids(connection: Connection, table: Table, prefix: str) -> str:
    """The ids just before and after, as the end of a sentence."""
    column = table.c.id
    before = connection.execute(select(column).where(column < prefix).order_by(column.desc()).limit(1)).scalars()
    after = connection.execute(select(column).where(column > prefix).order_by(column).limit(1)).scalars()
    near = [*before, *after]
    return f"; the nearest are {' and '.join(near)}" if near else "; it is empty"


def near_names(connection: Connection, key: str) -> str:
    """Names of documents like this one, as the end of a sentence."""
    return suggest(key, connection.execute(select(DOCUMENTS.c.name).distinct().limit(MOST_NAMES)).scalars())
