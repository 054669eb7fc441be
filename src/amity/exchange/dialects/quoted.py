"""What dialects of quoted CSV share: a record -> its fields and where each begins in the text."""

from __future__ import annotations

import csv

from amity.exchange.records import Record
from amity.exchange.slots import Refused, starts_of

# Code points of one cell; the csv module's own limit is 131,072.
LARGEST_CELL = 1_000_000


def read_fields(record: Record, count: int, delimiter: str = ",") -> tuple[list[str], list[int] | None]:
    """A record -> its fields, and where each begins; None where the row is quoted, so that the words must be looked for.

    Raises Refused where their number is not `count`.
    """
    if '"' not in record.text:
        fields = record.text.split(delimiter)
        starts = starts_of(fields, record.start)
    else:
        csv.field_size_limit(LARGEST_CELL)
        try:
            rows = (
                list(csv.reader([record.text], delimiter=delimiter)) if "\n" not in record.text else list(_spanning(record.text, delimiter))
            )
        except csv.Error as error:
            raise Refused("columns", f"is no row of CSV ({error})") from None
        if len(rows) != 1:
            raise Refused("columns", f"holds {len(rows)} rows")
        fields, starts = rows[0], []
    if len(fields) != count:
        raise Refused("columns", f"got {len(fields)} fields, {count} are in the head")
    return fields, starts or None


def _spanning(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))


def find_words(record: Record, fields: list[str], starts: list[int] | None, column: int) -> int:
    """Where the words of a column stand in the document, -1 where they do not stand as they are (a doubled quote within)."""
    if starts is not None:
        return starts[column]
    # Cells before it hold at least their own letters and a delimiter each, so the search may begin there.
    least = sum(map(len, fields[:column])) + column
    at = record.text.find(fields[column], min(least, len(record.text)))
    return -1 if at < 0 or not fields[column] else record.start + at
