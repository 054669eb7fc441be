"""What the watch remembers beside the ledger: sources, items found and how far each has come, changes and who was told.

A step and its result are one transaction, so that after any crash an item is where it was before the step or after it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from amity.errors import LedgerError

# waiting: found, not fetched; kept: its bytes are on the disk; read: its claims are in the ledger; done: its changes are noted.
State = Literal["waiting", "kept", "read", "done", "refused"]
TABLES = """
CREATE TABLE IF NOT EXISTS sources (name TEXT PRIMARY KEY, etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',
    next_at REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, offset INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS items (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, source TEXT NOT NULL, kind TEXT NOT NULL,
    place TEXT NOT NULL, published TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL DEFAULT 0, file TEXT NOT NULL DEFAULT '', offset INTEGER NOT NULL DEFAULT 0, form TEXT NOT NULL DEFAULT '',
    documents TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS ix_items_state ON items (state, next_at);
CREATE TABLE IF NOT EXISTS archives (name TEXT PRIMARY KEY, length INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rules (host TEXT PRIMARY KEY, text TEXT NOT NULL, said INTEGER NOT NULL, asked_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS changes (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, a TEXT NOT NULL, b TEXT NOT NULL, way TEXT NOT NULL,
    day INTEGER NOT NULL, found_at TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (change INTEGER NOT NULL, sink TEXT NOT NULL, PRIMARY KEY (change, sink));
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be read: a `page` by its address, or a `file` by its path; `file` and `offset` say where its bytes are kept."""

    key: str
    source: str
    kind: str
    place: str
    published: str = ""
    state: State = "waiting"
    tries: int = 0
    file: str = ""
    offset: int = 0
    form: str = ""
    documents: str = ""
    reason: str = ""


ITEM = "key, source, kind, place, published, state, tries, file, offset, form, documents, reason"


class Memory:
    """The state of one watch; held by one process at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.raw = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        try:
            self.raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.raw.execute("PRAGMA synchronous = FULL")
            self.raw.execute("BEGIN EXCLUSIVE")
            for statement in TABLES.split(";\n"):
                self.raw.execute(statement)
            self.raw.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self.raw.close()
            if "locked" in str(error):
                raise LedgerError(
                    f"watch {path}: another amity watches here; end it, or give this one a folder of its own with --state"
                ) from None
            raise LedgerError(f"watch {path}: cannot be written ({error}); check the place and the disk") from None
        except sqlite3.DatabaseError as error:
            self.raw.close()
            raise LedgerError(f"watch {path}: is damaged ({error}); move it away, then all sources are looked at anew") from None

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """A transaction that is on the disk when it is left well; Raises LedgerError where the disk does not take it."""
        try:
            self.raw.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.raw.execute("ROLLBACK")
                raise
            self.raw.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK")
            raise LedgerError(f"watch {self.path}: could not be written ({error}); free some space or check the place") from None

    def source(self, name: str) -> dict[str, Any]:
        """What is known of a source, with zeros for a new one."""
        self.raw.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (name,))
        cursor = self.raw.execute("SELECT etag, modified, next_at, failures, offset, note FROM sources WHERE name = ?", (name,))
        return dict(zip([c[0] for c in cursor.description], cursor.fetchone(), strict=True))

    def set_source(self, name: str, **values: Any) -> None:
        """Note what changed of a source."""
        self._set("sources", "name", name, values)

    def set_item(self, key: str, **values: Any) -> None:
        """Note how far an item has come."""
        self._set("items", "key", key, values)

    def _set(self, table: str, column: str, key: str, values: dict[str, Any]) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        self.raw.execute(f"UPDATE {table} SET {names} WHERE {column} = ?", (*values.values(), key))

    def add_items(self, items: Iterable[Item]) -> int:
        """Items found -> how many were new."""
        rows = [(i.key, i.source, i.kind, i.place, i.published, i.state, i.file, i.offset, i.form) for i in items]
        before = self.raw.total_changes
        self.raw.executemany(
            "INSERT OR IGNORE INTO items (key, source, kind, place, published, state, file, offset, form)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        return self.raw.total_changes - before

    def items(self, state: State, now: float | None = None, most: int = 1000) -> list[Item]:
        """Items of a state in the order in which they were found; with `now` only those whose time has come."""
        # A clock that was set back must not put off what waits: no wait is longer than a day.
        due = "" if now is None else " AND (next_at <= :now OR next_at > :now + 90000)"
        query = f"SELECT {ITEM} FROM items WHERE state = :state{due} ORDER BY seq LIMIT :most"
        return [Item(*row) for row in self.raw.execute(query, {"state": state, "now": now, "most": most})]

    def count(self) -> dict[str, int]:
        """Items by state."""
        return dict(self.raw.execute("SELECT state, count(*) FROM items GROUP BY state ORDER BY state").fetchall())

    def next_time(self) -> float | None:
        """When the next waiting item may be tried, None where none waits."""
        found: float | None = self.raw.execute("SELECT min(next_at) FROM items WHERE state = 'waiting'").fetchone()[0]
        return found

    def last_archive(self) -> tuple[str, int]:
        """The WARC file written last and its length that counts."""
        found = self.raw.execute("SELECT name, length FROM archives ORDER BY name DESC LIMIT 1").fetchone()
        return (str(found[0]), int(found[1])) if found else ("", 0)

    def set_archive(self, name: str, length: int) -> None:
        """Note how much of a WARC file counts."""
        self.raw.execute("INSERT OR REPLACE INTO archives VALUES (?, ?)", (name, length))

    def rules(self, host: str, now: float, holds: float) -> tuple[str, bool] | None:
        """What a host's robots.txt said, if it was asked lately."""
        found = self.raw.execute("SELECT text, said, asked_at FROM rules WHERE host = ?", (host,)).fetchone()
        return (found[0], bool(found[1])) if found and 0 <= now - found[2] < (holds if found[1] else 600.0) else None

    def set_rules(self, host: str, text: str, said: bool, now: float) -> None:
        """Note what a host's robots.txt says."""
        self.raw.execute("INSERT OR REPLACE INTO rules VALUES (?, ?, ?, ?)", (host, text, int(said), now))

    def add_change(self, row: Sequence[Any], near: int) -> bool:
        """A change (key, a, b, way, day, found_at, record) -> whether it is new: none of its pair and way within so many days is noted."""
        key, a, b, way, day = row[:5]
        query = "SELECT 1 FROM changes WHERE key = ? OR (a = ? AND b = ? AND way = ? AND abs(day - ?) <= ?)"
        if self.raw.execute(query, (key, a, b, way, day, near)).fetchone():
            return False
        self.raw.execute("INSERT INTO changes (key, a, b, way, day, found_at, record) VALUES (?, ?, ?, ?, ?, ?, ?)", tuple(row))
        return True

    def changes(self, sink: str | None = None, last: int = 1000) -> list[tuple[int, str, str, str]]:
        """Changes noted (number, key, found_at, record), oldest first: those that a sink was not told of, or the last ones."""
        if sink is None:
            query = "SELECT seq, key, found_at, record FROM changes ORDER BY seq DESC LIMIT ?"
            return list(reversed(self.raw.execute(query, (last,)).fetchall()))
        query = (
            "SELECT seq, key, found_at, record FROM changes WHERE seq NOT IN (SELECT change FROM told WHERE sink = ?) ORDER BY seq LIMIT ?"
        )
        return self.raw.execute(query, (sink, last)).fetchall()

    def set_told(self, change: int, sink: str) -> None:
        """Note that a sink was told of a change."""
        self.raw.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", (change, sink))
