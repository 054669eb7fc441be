"""The slot for databases: what a store must offer, and the one list of those there are.

To add one: write a class that keeps `Store`'s contract, name its scheme in `STORES`, and run
`tests/ledger/test_store_contract.py` over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from amity.errors import LedgerError
from amity.ledger.sqlite import open_sqlite

SCHEME = re.compile(r"([a-z][a-z0-9+]{1,30})://(.*)", re.DOTALL)


class Store(Protocol):
    """A database that holds the ledger's tables and lets nobody change a row."""

    address: str

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the ledger until it is left; database errors leave as LedgerError."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection that alone may write; all is kept when it is left well, nothing when it is left by an error."""

    def find_faults(self) -> list[str]:
        """What is wrong with the database itself: damaged pages, missing rows, missing guards against change."""

    def close(self) -> None:
        """Let go of all connections."""


def open_file(address: str, create: bool) -> Store:
    """`sqlite:///path` -> its store."""
    return open_sqlite(Path(address.partition("://")[2].removeprefix("/")), create)


def open_server(address: str, create: bool) -> Store:
    """A server's address -> its store; the driver is imported only when it is wanted."""
    from amity.ledger.postgres import open_postgres

    return open_postgres(address, create)


STORES: tuple[tuple[str, Callable[[str, bool], Store]], ...] = (
    ("sqlite", open_file),
    ("postgresql", open_server),
    ("postgres", open_server),
)


def open_store(address: str | Path, create: bool) -> Store:
    """A path, `sqlite:///path` or `postgresql://user@host/name` -> its store; Raises LedgerError where no store answers to the address."""
    match = SCHEME.fullmatch(str(address))
    if not match:
        return open_sqlite(Path(address), create)
    for name, opener in STORES:
        if match[1] == name:
            return opener(str(address), create)
    raise LedgerError(f"ledger: got address {match[1]}://, allowed are a file's path, sqlite:///path or postgresql://user@host/name")
