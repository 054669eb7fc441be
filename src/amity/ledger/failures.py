"""Database errors as one sentence each: which ledger, what failed, what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from amity.errors import LedgerError

# By the beginning of SQLite's name for the error; the first that fits is told. An input or output error of
# the shared-memory file means that its 32 KB found no room.
REASONS: tuple[tuple[str, str], ...] = (
    ("SQLITE_FULL", "the disk is full; free some space and run the command again"),
    ("SQLITE_IOERR_SHM", "the disk is full or does not allow shared memory; free some space or use a local disk"),
    ("SQLITE_BUSY", "another process has been writing for a minute; wait for it or end it, then run the command again"),
    ("SQLITE_READONLY", "the place is read-only; copy the ledger to a place that you can write to"),
    ("SQLITE_CANTOPEN", "the file cannot be opened; check that it is there and that its directory is writable"),
    ("SQLITE_NOTADB", "the file is no ledger; give another path"),
    ("SQLITE_CORRUPT", "the file is damaged; restore a copy, or read the articles again into a new ledger"),
    ("SQLITE_TOOBIG", "a text is larger than the database takes (1 GB); split the file"),
    ("SQLITE_IOERR", "the disk cannot be read or written; check the disk and its free space"),
    ("SQLITE_CONSTRAINT", "a row breaks the ledger's rules"),
)

# The same by the beginning of PostgreSQL's code for the error; a server that cannot be reached gives none.
SERVER_REASONS: tuple[tuple[str, str], ...] = (
    ("53100", "the server's disk is full; free some space there and run the command again"),
    ("53300", "the server takes no more connections; end some, or raise max_connections"),
    ("28", "the server does not let this user in; check the user and the password in the address"),
    ("3D000", "the server has no such database; make it with `createdb NAME`"),
    ("42501", "this user may not do that; let the owner of the database grant it"),
    ("25006", "the server is read-only; give the address of the one that is written to"),
    ("55P03", "another process has been writing for a minute; wait for it or end it, then run the command again"),
    ("54000", "a name is longer than the server indexes (2,700 bytes); shorten it"),
    ("23505", "rows are never changed, and a row with this key is there"),
    ("23", "a row breaks the ledger's rules"),
)
UNREACHED = "the server cannot be reached; see that it runs and that the address is right"

# What a failed transaction leaves behind, said where somebody may fear for it.
KEPT = {"written": " (it is as it was before)"}


@contextmanager
def told(address: str, done: str) -> Iterator[None]:
    """Turn a database's or the system's error inside into one LedgerError about the ledger at `address`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise LedgerError(f"ledger {address}: could not be {done}{KEPT.get(done, '')}, {give_reason(error)}") from error
    except OSError as error:
        raise LedgerError(f"ledger {address}: could not be {done}, {error.strerror or error}; check the path and the disk") from error


def give_reason(error: Exception) -> str:
    """The cause and its remedy, from the database's own name for the error."""
    cause = getattr(error, "orig", None) or error
    if hasattr(cause, "sqlstate"):
        return give_server_reason(cause)
    name = getattr(cause, "sqlite_errorname", "")
    for start, reason in REASONS:
        if name.startswith(start):
            return reason if start != "SQLITE_CONSTRAINT" else f"{reason} ({cause})"
    return f"the database says {str(cause).splitlines()[0] if str(cause) else name}"


def give_server_reason(cause: Exception) -> str:
    """The cause and its remedy, from PostgreSQL's code for the error, or from its words where it gave none."""
    code, told = getattr(cause, "sqlstate", None), (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    if code is None:
        words = next((reason for start, reason in SERVER_REASONS if SAID.get(start, "\0") in str(cause)), UNREACHED)
        return f"{words} ({told[:200]})"
    for start, reason in SERVER_REASONS:
        if code.startswith(start):
            return f"{reason} ({told[:200]})" if code.startswith("23") else reason
    return f"the database says {told[:200]}"


# Words by which a refusal at the door is told from a server that is not there: it comes without a code.
SAID = {"28": "authentication failed", "3D000": "does not exist", "53300": "too many clients"}
