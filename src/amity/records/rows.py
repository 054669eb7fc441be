"""Rows of other people's event data: a stretch of a file kept word for word, and what each row of it says.

A file of a million rows is kept as documents of some hundred rows each. What a row says is held in numbers and
shared parts, so that a row costs microseconds and tens of bytes; it becomes a `Claim` only when it is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from amity.records.documents import Document
from amity.records.kinds import Status


class RowParty(NamedTuple):
    """A party as rows name it: who it was taken for, and the words of the row; shared by all rows that say the same."""

    id: str
    name: str
    side: str
    side_id: str
    words: str


class RowType(NamedTuple):
    """What a code of a scheme was taken for: `type` is UNCODED, and quad and score None, where the codebook has no such act."""

    scheme: str
    code: str
    label: str
    type: str
    mode: str | None
    quad: int | None
    score: float | None
    contexts: tuple[str, ...]
    status: Status


class EventRow(NamedTuple):
    """One row: its line in the file (from 1), its stretch of the document, who, whom, what, when, where, how sure.

    `start` and `end` are code points of the document, first closed, last open; `actor_start` and `recipient_start`
    are where the words of the parties begin (-1: they stand nowhere). Days are counted from 1970-01-01, both ends
    closed. `confidence` is in percent, 0..100.
    """

    line: int
    start: int
    end: int
    actor: RowParty
    recipient: RowParty | None
    actor_start: int
    recipient_start: int
    type: RowType
    first_day: int
    last_day: int
    published: int | None
    place: str | None
    confidence: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line of a file that gave no event: its number (from 1), the rule that refused it, and what was wrong."""

    line: int
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Some hundred rows of one file: the document that holds them word for word, its events, its bad lines.

    The document's `outlet` is the dataset, its `format` the kind of file, its `name` the file and its lines.
    """

    document: Document
    rows: tuple[EventRow, ...]
    bad: tuple[BadRow, ...]
    maker: str


# What stands as the type of a row whose code the codebook has no type for; it has no quad and counts in no tie.
UNCODED = "UNCODED"
