"""The SQL views as PostgreSQL speaks them: translated from the one text that the SQLite store has, so that they cannot drift apart."""

from __future__ import annotations

import re

from amity.ledger import faces, views

# Fields of a claim's record that are no text; all others are text.
KINDS = {
    "score": "double precision",
    "confidence": "double precision",
    "start": "integer",
    "end": "integer",
    "quad": "integer",
    "anonymous": "boolean",
}
FIELD = re.compile(r"json_extract\((\w+(?:\.\w+)?), '\$\.([\w.]+)'\)")
# SQLite's words and PostgreSQL's for the same, in this order.
WORDS: tuple[tuple[str, str], ...] = (
    ("CREATE VIEW IF NOT EXISTS", "CREATE OR REPLACE VIEW"),
    ("CREATE VIEW v_", "CREATE OR REPLACE VIEW v_"),
    ("printf('%016x', e.id)", "lpad(to_hex(e.id), 16, '0')"),
    ("min(actor_side, recipient_side)", "least(actor_side, recipient_side)"),
    ("max(actor_side, recipient_side)", "greatest(actor_side, recipient_side)"),
    (
        "v_claims c, json_each(c.record, '$.sources') s",
        "v_claims c, json_array_elements(c.record::json -> 'sources') WITH ORDINALITY s(value, key)",
    ),
    ("s.key AS place", "s.key - 1 AS place"),
)
DAY = re.compile(r"date\((\w+\.\w+) \* 86400, 'unixepoch'\)")
COUNTED = re.compile(r"sum\(quad = (\d)\)")


def view_statements() -> list[str]:
    """The views, in the order in which they are made."""
    return [translate_view(text) for text in (*faces.view_statements(), *views.view_statements())]


def translate_view(text: str) -> str:
    """A view of the SQLite store -> the same for PostgreSQL, ready for a driver that reads % as a mark."""
    for ours, theirs in WORDS:
        text = text.replace(ours, theirs)
    text = DAY.sub(r"to_char(date '1970-01-01' + \1, 'YYYY-MM-DD')", text)
    text = COUNTED.sub(r"count(*) FILTER (WHERE quad = \1)", text)
    return FIELD.sub(write_field, text).replace("%", "%%")


def write_field(match: re.Match[str]) -> str:
    """One field of a record: by its path, as what it is.

    >>> translate_view("json_extract(c.record, '$.actor.name')"), translate_view("json_extract(record, '$.quad')")
    ("(c.record::json #>> '{actor,name}')", "(record::json #>> '{quad}')::integer")
    """
    column, path = match.groups()
    kind = KINDS.get(path)
    text = f"({column}::json #>> '{{{path.replace('.', ',')}}}')"
    return f"{text}::{kind}" if kind else text
