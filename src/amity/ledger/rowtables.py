"""The tables of imported rows: who, what and where as numbers, so that a million rows cost a minute and some tens of MB.

A block of rows is a document with a reading as any other; `event_rows` stands for `claims` there. What rows share
(parties, codes, places) is kept once and numbered. A row has no seal of its own: one seal covers the rows of a reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, Table

from amity.ledger.schema import METADATA, SEALED, define_table, sealed_columns, text_column

ROW_PARTIES = define_table("row_parties", *(text_column(name) for name in ("id", "name", "side", "side_id", "words")))

ROW_TYPES = define_table(
    "row_types",
    *(text_column(name) for name in ("scheme", "code", "label", "type")),
    text_column("mode", nullable=True),
    Column("quad", Integer, nullable=True),
    Column("score", Float, nullable=True),
    *(text_column(name) for name in ("contexts", "status")),
)

ROW_PLACES = define_table("row_places", text_column("name"))

ROW_SEALS = define_table(
    "row_seals",
    Column("reading", ForeignKey("readings.seq"), nullable=False, unique=True),
    Column("rows", Integer, nullable=False),
    text_column("digest"),
)

EVENT_ROWS = Table(
    "event_rows",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("reading", Integer, ForeignKey("readings.seq"), nullable=False),
    # The 64 bits of the claim's id, as a signed number.
    Column("id", BigInteger, nullable=False),
    Column("line", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("actor", Integer, nullable=False),
    Column("recipient", Integer, nullable=True),
    Column("actor_start", Integer, nullable=False),
    Column("recipient_start", Integer, nullable=False),
    Column("type", Integer, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("published", Integer, nullable=True),
    Column("place", Integer, nullable=True),
    Column("confidence", Integer, nullable=False),
    Index("ix_event_rows_reading", "reading"),
    sqlite_autoincrement=True,
)

DICTIONARIES: tuple[Table, ...] = (ROW_PARTIES, ROW_TYPES, ROW_PLACES)
SEALED.update({table.name: sealed_columns(table) for table in (*DICTIONARIES, ROW_SEALS)})
# The columns of a row but its running number, in the order in which they are written and sealed.
ROW_COLUMNS: tuple[str, ...] = tuple(column.name for column in EVENT_ROWS.columns if column.name != "seq")


def digest_rows(rows: Iterable[Sequence[Any]]) -> str:
    """Rows of one reading, in the order in which they were written -> 16 digits that change when any number does."""
    return sha256("\n".join(map(repr, map(tuple, rows))).encode()).hexdigest()[:16]


def number_of(id: str) -> int:
    """A claim's id (16 hexadecimal digits) -> the signed 64-bit number that stands for it.

    >>> number_of("ffffffffffffffff"), number_of("000000000000000a")
    (-1, 10)
    """
    number = int(id, 16)
    return number - (1 << 64) if number >> 63 else number


def id_of(number: int) -> str:
    """The inverse of `number_of`.

    >>> id_of(-1)
    'ffffffffffffffff'
    """
    return f"{number & 0xFFFFFFFFFFFFFFFF:016x}"
