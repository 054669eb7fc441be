"""The tables of the ledger, for any database that SQLAlchemy Core speaks to.

`documents` are texts (one row a version), `readings` say what a maker of rules and model took a text for at
a time, `claims` and `silences` belong to a reading. Which of them are current is never stored: it is the
newest reading of each report (`report` names name and url together). Every row carries a `seal` over its
other columns, so that damage is found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from amity.records import fingerprint

# 2 added `forecasts`, 3 imported rows; an older file is given what it lacks when it is next opened for writing.
SCHEMA_VERSION = 3
METADATA = MetaData()

# Neither SQLite nor PostgreSQL stores lone surrogates or NUL in text. They are written as the non-character
# U+FFFE and four hexadecimal digits (as is U+FFFE itself, so that nothing is ambiguous), valid in JSON too.
ESCAPE = "\ufffe"
UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufffe]")
ESCAPED = re.compile("\ufffe([0-9a-f]{4})")


def escape_text(text: str) -> str:
    """Any text -> text that a database stores; only what is unstorable changes.

    >>> unescape_text(escape_text("\\ud83d\\ude00 \\ufffe")) == "\\ud83d\\ude00 \\ufffe"
    True
    """
    return UNSTORABLE.sub(lambda match: f"{ESCAPE}{ord(match.group()):04x}", text)


def unescape_text(text: str) -> str:
    """The inverse of `escape_text`."""
    return ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if ESCAPE in text else text


class ExactText(TypeDecorator[str]):
    """A text column that gives back every code point exactly as it was put in."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Compared by code points everywhere; PostgreSQL would else compare as the server's language does."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The form that is stored."""
        return None if value is None else escape_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The form that was put in; a number or bytes (only damage puts one there) come back as their text."""
        return None if value is None else unescape_text(value if isinstance(value, str) else str(value))


def define_table(name: str, *columns: Column[Any], **rest: Any) -> Table:
    """A table with a running number in front and a seal at the end."""
    number = Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    extra = rest.get("also", ())
    return Table(name, METADATA, number, *columns, Column("seal", Text, nullable=False), *extra, sqlite_autoincrement=True)


def text_column(name: str, nullable: bool = False) -> Column[str]:
    """A column of exact text, filled unless said otherwise."""
    return Column(name, ExactText, nullable=nullable)


FORMS = define_table("ledger_schema", Column("version", Integer, nullable=False), text_column("made_at"))

DOCUMENTS = define_table(
    "documents",
    Column("id", ExactText, nullable=False, unique=True),
    *map(text_column, ("report", "name", "url", "text", "sha256")),
    Column("length", Integer, nullable=False),
    also=(Index("ix_documents_name", "name", postgresql_using="hash"), Index("ix_documents_report", "report")),
)

READINGS = define_table(
    "readings",
    Column("document", ExactText, ForeignKey("documents.id"), nullable=False),
    *map(text_column, ("report", "maker", "read_at", "format", "title", "outlet")),
    text_column("published", nullable=True),
    *map(text_column, ("published_basis", "cuts", "warnings")),
    Column("claims", Integer, nullable=False),
    Column("silences", Integer, nullable=False),
    also=(Index("ix_readings_report", "report", "read_at", "seq"), Index("ix_readings_document", "document")),
)

CLAIMS = define_table(
    "claims",
    Column("reading", ForeignKey("readings.seq"), nullable=False),
    *map(text_column, ("id", "document", "kind", "type", "actor_id", "actor_side")),
    *(text_column(name, nullable=True) for name in ("recipient_id", "recipient_side")),
    text_column("status"),
    Column("anonymous", Boolean, nullable=False),
    *(text_column(name, nullable=True) for name in ("earliest", "latest", "published", "day_from", "day_to")),
    *map(text_column, ("read_at", "record")),
    also=(
        UniqueConstraint("reading", "id"),
        Index("ix_claims_id", "id"),
        # A party stands for itself and its side, so a pair is looked up in four ways, each by its own index.
        Index("ix_claims_actor_recipient", "actor_id", "recipient_id"),
        Index("ix_claims_actor_side", "actor_id", "recipient_side"),
        Index("ix_claims_side_recipient", "actor_side", "recipient_id"),
        Index("ix_claims_side_side", "actor_side", "recipient_side"),
        Index("ix_claims_recipient", "recipient_id"),
        Index("ix_claims_recipient_side", "recipient_side"),
        Index("ix_claims_day", "day_from"),
    ),
)

SILENCES = define_table(
    "silences",
    Column("reading", ForeignKey("readings.seq"), nullable=False),
    Column("sentence", Integer, nullable=False),
    *map(text_column, ("rule", "missing")),
    also=(Index("ix_silences_reading", "reading", "sentence"),),
)

UNREAD = define_table(
    "unread",
    *map(text_column, ("name", "reason", "remedy", "read_at")),
    also=(
        Index("ix_unread_name", "name", "read_at", "seq").ddl_if(dialect="sqlite"),
        Index("ix_unread_name_hash", "name", postgresql_using="hash").ddl_if(dialect="postgresql"),
    ),
)

JUDGEMENTS = define_table(
    "judgements",
    *map(text_column, ("about", "verdict", "who", "judged", "judged_at", "why")),
    also=(Index("ix_judgements_about", "about", "verdict"),),
)

PARTIES = define_table(
    "parties",
    *map(text_column, ("id", "name", "folded")),
    also=(
        UniqueConstraint("id", "name").ddl_if(dialect="sqlite"),
        Index("ix_parties_id_name", "id", text("md5(name)"), unique=True).ddl_if(dialect="postgresql"),
        Index("ix_parties_folded", "folded", postgresql_using="hash"),
    ),
)

FORECASTS = define_table(
    "forecasts",
    Column("id", ExactText, nullable=False, unique=True),
    *map(text_column, ("kind", "a", "b", "issued", "until", "maker", "issued_at", "record")),
    also=(Index("ix_forecasts_until", "until"),),
)

# PostgreSQL's ordered indexes hold at most 2,700 bytes, so that what may be longer (names) is indexed there by its hash.
# What no second row may share, by table; `seq` is such a column everywhere.
UNIQUE: Mapping[str, tuple[str, ...]] = {"documents": ("id",), "claims": ("reading", "id"), "parties": ("id", "name"), "forecasts": ("id",)}


def sealed_columns(table: Table) -> list[str]:
    """The columns a seal is over: all but the running number, the seal, and a text that has its own hash."""
    apart = {"seq", "seal", "text"} if table is DOCUMENTS else {"seq", "seal"}
    return [column.name for column in table.columns if column.name not in apart]


# Pages that define more tables add theirs.
SEALED: dict[str, list[str]] = {table.name: sealed_columns(table) for table in METADATA.sorted_tables}


def seal_row(table: Table, row: Mapping[str, Any]) -> str:
    """A row -> 16 digits that change when any sealed column does."""
    return fingerprint(table.name, *(row[name] for name in SEALED[table.name]))


def with_seal(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row, sealed and ready to be inserted."""
    return row | {"seal": seal_row(table, row)}
