"""The SQLite store: one file in write-ahead mode, many readers and one writer at a time, nothing ever changed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import Engine

from amity.errors import LedgerError
from amity.ledger import faces, failures, guards, views
from amity.ledger.schema import FORMS, METADATA, SCHEMA_VERSION, with_seal
from amity.ledger.times import stamp_now

# "amty" in the file's header tells a ledger from any other SQLite file.
APPLICATION_ID = 0x616D7479
# Seconds a writer waits for another before it gives up; one add takes milliseconds, a 50 MB document a second.
WAIT_SECONDS = 60.0


class SqliteStore:
    """A ledger in one file; keeps the contract of `stores.Store`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = str(path)
        self.engine = make_engine(path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one state of the ledger."""
        with failures.told(self.address, "read"), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write, kept whole or not at all."""
        with failures.told(self.address, "written"), self.engine.connect() as plain:
            connection = plain.execution_options(amity_writes=True)
            with connection.begin():
                yield connection

    def find_faults(self) -> list[str]:
        """Damaged pages, rows that are gone by their running numbers, guards that are gone."""
        with self.reading() as connection:
            pages = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
            faults = [f"file {self.address}: {page}" for page in pages if page != "ok"]
            return faults + guards.find_gaps(connection) + guards.find_missing_guards(connection)

    def close(self) -> None:
        """Let go of all connections; the last one to go folds the write-ahead file into the ledger."""
        self.engine.dispose()


def open_sqlite(path: Path, create: bool) -> SqliteStore:
    """A file's path -> its store, made first where there is none and `create` is set.

    Raises LedgerError where the place cannot hold a ledger, or the file is none, or is of a newer amity.
    """
    path = Path(os.path.abspath(path))
    check_place(path, create)
    with failures.told(str(path), "opened"):
        if not path.exists():
            with suppress(FileExistsError):
                path.touch(exist_ok=True)
        store = SqliteStore(path)
        try:
            prepare_file(store, create)
        except BaseException:
            store.close()
            raise
    return store


def check_place(path: Path, create: bool) -> None:
    """Refuse a place where no ledger can be, before anything is written there."""
    try:
        there = path.exists()
        if path.is_dir():
            raise LedgerError(f"ledger {path}: is a directory, allowed is a file; give a file's path such as {path / 'amity.ledger'}")
        if not there and not create:
            raise LedgerError(f"ledger {path}: there is none; make one with `amity read PATHS --ledger {path}`")
        if not path.parent.is_dir():
            raise LedgerError(f"ledger {path}: there is no directory {path.parent}; make it with `mkdir -p {path.parent}`")
    except OSError as error:
        raise LedgerError(f"ledger {path}: cannot be opened ({error.strerror}); check the path and its permissions") from None
    for place in (path.parent, path) if there else (path.parent,):
        if not os.access(place, os.W_OK):
            raise LedgerError(
                f"ledger {path}: {place} is read-only, and a ledger must be writable; copy it to a place that you can write to"
            )


def make_engine(path: Path) -> Engine:
    """Connections to the file: full safety against power loss, foreign keys, a wait for other writers."""

    def connect() -> sqlite3.Connection:
        # Never made here: a file that vanished must not come back empty.
        address = f"file:{quote(os.fsencode(path))}?mode=rw"
        raw = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        raw.text_factory = read_text
        try:
            raw.execute("PRAGMA foreign_keys = ON")
            raw.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            raw.close()
            raise
        return raw

    engine = create_engine("sqlite:///ledger", creator=connect, max_overflow=-1)
    event.listen(engine, "begin", begin_transaction)
    return engine


def read_text(stored: bytes) -> str:
    """Stored bytes -> text; damaged bytes come through, so that `verify` can name their row."""
    return stored.decode("utf-8", "surrogateescape")


def begin_transaction(connection: Connection) -> None:
    """Writers take the write lock at once, so that what they read first cannot change under them."""
    writes = connection.get_execution_options().get("amity_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def prepare_file(store: SqliteStore, create: bool) -> None:
    """Check that the file is a ledger of a known form, or make it one while it is empty."""
    with store.reading() as connection:
        form = read_form(connection, store.address)
    if form is None and not create:
        raise LedgerError(f"ledger {store.address}: is an empty file; fill it with `amity read PATHS --ledger {store.address}`")
    if form is None:
        with store.writing() as connection:
            if read_form(connection, store.address) is None:
                make_tables(connection)
    elif form is not None and form < SCHEMA_VERSION:
        with store.writing() as connection:
            if (read_form(connection, store.address) or 0) < SCHEMA_VERSION:
                add_tables(connection)
    use_write_ahead(store)


def read_form(connection: Connection, address: str) -> int | None:
    """The schema version of the file, None while it is empty; Raises LedgerError where it is not ours or newer."""
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = inspect(connection).get_table_names()
    if not tables and mark in (0, APPLICATION_ID):
        return None
    if mark != APPLICATION_ID or FORMS.name not in tables:
        raise LedgerError(f"ledger {address}: is a database of another program, not a ledger; give another path")
    version = connection.execute(select(func.max(FORMS.c.version))).scalar() or 0
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"ledger {address}: got form {version} of a newer amity, allowed is up to {SCHEMA_VERSION}; run `pip install --upgrade amity`"
        )
    return version


def make_tables(connection: Connection) -> None:
    """Tables, guards, views and the form's number, in the writer's one transaction."""
    METADATA.create_all(connection)
    for statement in (*guards.guard_statements(), *faces.view_statements(), *views.view_statements()):
        connection.exec_driver_sql(statement)
    connection.execute(insert(FORMS), [with_seal(FORMS, {"version": SCHEMA_VERSION, "made_at": stamp_now()})])
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def add_tables(connection: Connection) -> None:
    """Give a ledger of an older form the tables and guards that it lacks; no row is touched."""
    METADATA.create_all(connection)
    there = {row[0] for row in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    lacking = {table.name for table in METADATA.sorted_tables if not any(f" ON {table.name} " in sql for sql in there)}
    for statement in guards.guard_statements():
        if statement.split(" ON ")[1].split()[0] in lacking:
            connection.exec_driver_sql(statement)
    for statement in views.view_statements():
        connection.exec_driver_sql(statement)
    connection.execute(insert(FORMS), [with_seal(FORMS, {"version": SCHEMA_VERSION, "made_at": stamp_now()})])


def use_write_ahead(store: SqliteStore) -> None:
    """Switch the file to write-ahead mode once; the switch does not wait for other connections, so we do."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        raw: Any = store.engine.raw_connection()
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        finally:
            raw.close()
        time.sleep(0.02)
