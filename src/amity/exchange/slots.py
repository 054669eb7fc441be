"""The slot for dialects: what reads one kind of other people's data, and what it may call upon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from amity.errors import BadInput, suggest
from amity.exchange.files import RowFile
from amity.exchange.naming import Namer
from amity.exchange.records import Layout, Record
from amity.records import EventRow

EPOCH = date(1970, 1, 1).toordinal()


class Refused(Exception):
    """A row that gives no event: the rule, and what was wrong; caught by the import, counted with its line."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(rule, detail)
        self.rule, self.detail = rule, detail


@dataclass(frozen=True, slots=True)
class Given:
    """What a dialect may call upon: the namer of parties, the files of this import, the user's mapping and options."""

    namer: Namer
    files: Sequence[RowFile]
    mapping: Path | None = None
    options: Mapping[str, str] = field(default_factory=dict)


class Dialect(Protocol):
    """One kind of file. `begin` is asked once a file, `code` once a record.

    `dataset` is what claims name as their source, `version` goes into the maker, so that a better reading is a new one.
    """

    dataset: str
    layout: Layout
    version: str

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""

    def begin(self, file: RowFile, first: Record) -> bool:
        """Get ready for a file; whether its first record is a head and no row. Raises BadInput where columns are missing."""

    def code(self, record: Record) -> EventRow:
        """A record -> its event; Raises Refused."""


class Columns:
    """The head of a file -> where each wanted column stands; Raises BadInput naming those that are missing."""

    def __init__(self, file: str, head: Sequence[str], wanted: Sequence[str], optional: Sequence[str] = ()) -> None:
        there = {name.strip().strip('"').lower(): i for i, name in enumerate(head)}
        missing = [w for w in wanted if w.lower() not in there]
        if missing:
            near = suggest(missing[0].lower(), there)
            raise BadInput(f"import {file}: got no column {missing[0]!r} in the head ({', '.join(head)[:200]}){near}")
        self.of = {name: there[name.lower()] for name in (*wanted, *optional) if name.lower() in there}
        self.count = len(head)

    def __getitem__(self, name: str) -> int:
        return self.of[name]

    def get(self, name: str) -> int | None:
        """The place of an optional column."""
        return self.of.get(name)


@lru_cache(maxsize=65536)
def day_number(text: str) -> int:
    """`2018-06-04`, `20180604` or either with a time of day -> days since 1970-01-01; Raises Refused.

    >>> day_number("1970-01-02"), day_number("19700102"), day_number("1970-01-02 00:00:00.000")
    (1, 1, 1)
    """
    try:
        if text[4:5] == "-":
            return date(int(text[:4]), int(text[5:7]), int(text[8:10])).toordinal() - EPOCH
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).toordinal() - EPOCH
    except (ValueError, OverflowError):
        raise Refused("bad date", f"got {text[:40]!r}, allowed is a day such as 2018-06-04") from None


def starts_of(fields: Sequence[str], start: int) -> list[int]:
    """Fields parted by one character -> where each begins, from the place of the first."""
    out = []
    for text in fields:
        out.append(start)
        start += len(text) + 1
    return out
