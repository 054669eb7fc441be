"""The PostgreSQL store: a ledger on a server, for many machines at once; extra `[postgres]`.

Writers take turns by one advisory lock, as they do in a SQLite file, so that what a writer looked up cannot change under
it; readers see one state (repeatable read) and wait for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event, func, insert, inspect, make_url, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from amity.errors import LedgerError
from amity.ledger import failures, serverguards, serverviews
from amity.ledger.schema import FORMS, METADATA, SCHEMA_VERSION, with_seal
from amity.ledger.times import stamp_now

# The number of the lock that writers take turns by ("amty"); any other program of the same database keeps its own.
LOCK = 0x616D7479
# Milliseconds a writer waits for another, as in the SQLite store.
WAIT_MILLISECONDS = 60_000
# Seconds until a server that does not answer is given up.
CONNECT_SECONDS = 10


class PostgresStore:
    """A ledger in one database of a server; keeps the contract of `stores.Store`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.address = engine.url.set(drivername="postgresql").render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one state of the ledger, which cannot write."""
        with failures.told(self.address, "read"), self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write, kept whole or not at all; rows are counted as they are written."""
        with failures.told(self.address, "written"), self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {WAIT_MILLISECONDS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            counts = connection.info["written"] = Counter[str]()
            yield connection
            serverguards.add_counts(connection, counts)

    def find_faults(self) -> list[str]:
        """Rows that are gone by the counts of those written, guards that are gone; pages are the server's own business."""
        with self.reading() as connection:
            return serverguards.find_gaps(connection) + serverguards.find_missing_guards(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_postgres(address: str, create: bool) -> PostgresStore:
    """`postgresql://user@host/database` -> its store, with tables made in an empty database where `create` is set.

    Raises LedgerError where the server or the database cannot be reached, or holds something else or a newer form.
    """
    store = PostgresStore(make_engine(address))
    try:
        prepare_tables(store, create)
    except BaseException:
        store.close()
        raise
    return store


def make_engine(address: str) -> Engine:
    """Connections to the server; UTC and UTF-8 whatever the server's own habits."""
    try:
        url = make_url("postgresql+psycopg://" + address.partition("://")[2])
        if not url.database:
            raise ArgumentError("it names no database")
        given = {"connect_timeout": CONNECT_SECONDS, "application_name": "amity", "client_encoding": "utf8"}
        engine = create_engine(url, connect_args=given, max_overflow=-1, pool_pre_ping=True)
    except (ArgumentError, ValueError) as error:
        raise LedgerError(
            f"ledger: got a PostgreSQL address that cannot be used ({error}), allowed is postgresql://user@host/name"
        ) from None
    except (ImportError, NoSuchModuleError):
        raise LedgerError('ledger: PostgreSQL needs one more package; run `pip install "amity[postgres]"`') from None
    event.listen(engine, "after_cursor_execute", count_rows)
    return engine


def count_rows(connection: Connection, cursor: Any, statement: str, parameters: Any, _context: object, many: bool) -> None:
    """Add the rows of an insert to the count that the writer leaves behind."""
    written = connection.info.get("written")
    if written is not None and statement.startswith("INSERT INTO "):
        written[statement.split(None, 3)[2]] += len(parameters) if many else cursor.rowcount


def prepare_tables(store: PostgresStore, create: bool) -> None:
    """Check that the database holds a ledger of a known form, or make it one while it is empty."""
    with store.reading() as connection:
        form = read_form(connection, store.address)
    if form is None and not create:
        raise LedgerError(f"ledger {store.address}: is empty; fill it with `amity --ledger {store.address} read PATHS`")
    if form is None or form < SCHEMA_VERSION:
        with store.writing() as connection:
            if (read_form(connection, store.address) or 0) < SCHEMA_VERSION:
                make_tables(connection)


def read_form(connection: Connection, address: str) -> int | None:
    """The schema version of the database, None while it is empty; Raises LedgerError where it is not ours or newer."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if FORMS.name not in tables:
        if tables & {table.name for table in METADATA.sorted_tables}:
            raise LedgerError(f"ledger {address}: holds the tables of another program; give a database of its own, made with `createdb`")
        return None
    version = connection.execute(select(func.max(FORMS.c.version))).scalar() or 0
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"ledger {address}: got form {version} of a newer amity, allowed is up to {SCHEMA_VERSION}; run `pip install --upgrade amity`"
        )
    return version


def make_tables(connection: Connection) -> None:
    """Tables, guards and views that are not there yet, and the form's number; no row is touched."""
    METADATA.create_all(connection)
    for statement in (*serverguards.guard_statements(), *serverviews.view_statements()):
        connection.exec_driver_sql(statement)
    connection.execute(insert(FORMS), [with_seal(FORMS, {"version": SCHEMA_VERSION, "made_at": stamp_now()})])
