"""Guards of the PostgreSQL store: triggers that refuse every change, and counts of the rows written, by which gone ones are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from amity.ledger.schema import METADATA

REFUSE = "BEGIN RAISE EXCEPTION 'rows of % are never changed, add a new one', TG_TABLE_NAME USING ERRCODE = '23000'; END"
# The server gives out running numbers beyond what is kept (a row that failed takes one), so that rows are counted apart.
COUNTS = "CREATE TABLE IF NOT EXISTS ledger_counts (name text PRIMARY KEY, given bigint NOT NULL)"
ADD = "INSERT INTO ledger_counts VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET given = ledger_counts.given + excluded.given"


def guard_statements() -> Iterator[str]:
    """The table of counts, the function that refuses, and one trigger a table: no update, no delete, no truncation."""
    yield COUNTS
    yield f"CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $keep${REFUSE}$keep$".replace("%", "%%")
    for table in METADATA.sorted_tables:
        yield (
            f"CREATE OR REPLACE TRIGGER keep_{table.name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep()"
        )


def add_counts(connection: Connection, written: Mapping[str, int]) -> None:
    """Add what a writer wrote to the counts, in its own transaction."""
    ours = {table.name for table in METADATA.sorted_tables}
    for name, count in sorted(written.items()):
        if name in ours and count:
            connection.exec_driver_sql(ADD, (name, count))


def find_missing_guards(connection: Connection) -> list[str]:
    """Guards that somebody took away, switched off or changed; without them rows can be changed unseen."""
    faults = []
    query = "SELECT prosrc FROM pg_proc WHERE proname = 'ledger_keep' AND pronamespace = current_schema()::regnamespace"
    if connection.exec_driver_sql(query).scalar() != REFUSE:
        faults.append("guard ledger_keep: is missing or changed, rows can be altered unseen")
    query = (
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname = 'keep_' || c.relname"
        " AND p.proname = 'ledger_keep' AND t.tgenabled = 'O' AND t.tgtype & 58 = 58"
    )
    there = set(connection.exec_driver_sql(query.replace("%", "%%")).scalars())
    lacking = [table.name for table in METADATA.sorted_tables if table.name not in there]
    return faults + [f"guard keep_{name}: is missing or changed, rows can be altered unseen" for name in lacking]


def find_gaps(connection: Connection) -> list[str]:
    """Tables with fewer or more rows than were written."""
    given = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, given FROM ledger_counts")}
    faults = []
    for table in METADATA.sorted_tables:
        count = connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar() or 0
        if count != given.get(table.name, 0):
            faults.append(f"table {table.name}: got {count} rows, {given.get(table.name, 0)} were written")
    return faults
