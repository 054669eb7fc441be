"""Guards of the SQLite store: triggers that refuse every change, and the marks that a row is gone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from amity.ledger.schema import METADATA, UNIQUE


def guard_statements() -> Iterator[str]:
    """The triggers: no update, no delete, and no insert that would replace a row."""
    for table in METADATA.sorted_tables:
        for verb in ("UPDATE", "DELETE"):
            yield guard_statement(f"keep_{table.name}_{verb.lower()}", f"BEFORE {verb} ON {table.name}", table)
        taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table.name} WHERE {same})" for same in same_keys(table))
        yield guard_statement(f"keep_{table.name}_replace", f"BEFORE INSERT ON {table.name} WHEN {taken}", table)


def guard_statement(name: str, when: str, table: Table) -> str:
    """One trigger that ends the statement with the reason."""
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'rows of {table.name} are never changed, add a new one'); END"


def same_keys(table: Table) -> Iterator[str]:
    """Conditions under which a new row would take the place of one that is there."""
    yield "seq = NEW.seq"
    if table.name in UNIQUE:
        yield " AND ".join(f"{column} = NEW.{column}" for column in UNIQUE[table.name])


def find_missing_guards(connection: Connection) -> list[str]:
    """Guards that somebody took away; without them rows can be changed unseen."""
    there = {row[0] for row in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    wanted = [statement for statement in guard_statements() if statement not in there]
    return [f"guard {statement.split()[2]}: is missing or changed, rows can be altered unseen" for statement in wanted]


def find_gaps(connection: Connection) -> list[str]:
    """Tables with fewer rows than they have given out numbers: a row that failed takes no number, so rows are gone."""
    faults = []
    for table in METADATA.sorted_tables:
        count = connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar() or 0
        given = connection.exec_driver_sql("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table.name,)).scalar() or 0
        if count != given:
            faults.append(f"table {table.name}: got {count} rows, {given} were written")
    return faults
