"""How fast a large ledger answers, on SQLite and on PostgreSQL: `python -m bench large`.

A ledger of CLAIMS claims (200 parties, pairs as skewed as the press has them, ten years) is filled behind the store's back,
so that the making takes minutes less; then a median pair's claims, a week's claims and a walk through all are asked for by the
ledger itself. `tie` and `changes` of the command line walk through all claims, so that their time at five million is
reckoned from the walk. PostgreSQL is measured where AMITY_TEST_POSTGRES names a server (`{}` stands for the database).
Milliseconds are of the wall, the least of nine, since others
may use the machine. `data` is not used.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from amity.ledger import ClaimFilter, Ledger, Reading, open_ledger
from amity.ledger.schema import CLAIMS
from amity.ledger.writing import claim_row, write_json
from bench.faults import make_reading

MANY = 300_000
PARTIES = 200
DAYS = 3650
COLUMNS = tuple(c.name for c in CLAIMS.columns if c.name not in ("seq",))


def make_rows(first: Reading, count: int) -> Iterator[tuple[Any, ...]]:
    """A reading of one claim -> rows of as many claims, of other parties and days, in the order of CLAIMS."""
    chance, row = random.Random(3), claim_row(first.claims[0], 1, "2024-01-01T00:00:00.000000Z") | {"seal": ""}
    record, base = json.loads(row["record"]), date(2014, 1, 1)
    names = [f"state:{n:03}" for n in range(PARTIES)]
    weights = [1 / (n + 1) for n in range(PARTIES)]
    actors, recipients = (chance.choices(names, weights, k=count) for _ in range(2))
    for number, (a, b) in enumerate(zip(actors, recipients, strict=True)):
        day = (base + timedelta(days=chance.randrange(DAYS))).isoformat()
        record["actor"] |= {"id": a, "side_id": a, "name": a, "side": a}
        record["recipient"] |= {"id": b, "side_id": b, "name": b, "side": b}
        record["date"] |= {"edtf": day, "earliest": day, "latest": day}
        ends = {"actor_id": a, "actor_side": a, "recipient_id": b, "recipient_side": b}
        days = dict.fromkeys(("earliest", "latest", "day_from", "day_to"), day)
        told = row | ends | days | {"id": f"{number:016x}", "record": write_json(record)}
        yield tuple(told[name] for name in COLUMNS)


def begin(ledger: Ledger) -> None:
    """The first reading and all parties, by the ledger itself."""
    ledger.add_all([make_reading(1, 1)], "2024-01-01")
    with ledger.store.writing() as connection:
        rows = ", ".join(f"('state:{n:03}', 'state:{n:03}', 'state:{n:03}', '')" for n in range(PARTIES))
        connection.exec_driver_sql(f"INSERT INTO parties (id, name, folded, seal) VALUES {rows}")


def fill_sqlite(path: Path, count: int) -> None:
    """A ledger in a file."""
    with open_ledger(path) as ledger:
        begin(ledger)
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'claims'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    insert = f"INSERT INTO claims ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    raw.executemany(insert, make_rows(make_reading(1, 1), count))
    raw.commit()
    raw.execute("ANALYZE")
    raw.close()


def fill_postgres(address: str, count: int) -> None:
    """A ledger on a server."""
    import psycopg

    with open_ledger(address) as ledger:
        begin(ledger)
    with psycopg.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY claims ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in make_rows(make_reading(1, 1), count):
                copy.write_row(row)
        cursor.execute("ANALYZE claims")


def ask(ledger: Ledger) -> dict[str, float]:
    """Milliseconds of each question, and claims walked through in a second."""

    def least(wanted: ClaimFilter) -> tuple[float, int]:
        times, found = [], 0
        for _ in range(9):
            start = time.perf_counter()
            found = sum(1 for _ in ledger.claims(wanted))
            times.append(1000 * (time.perf_counter() - start))
        return min(times), found

    pair, pair_claims = least(ClaimFilter(a="state:020", b="state:031"))
    busy, busy_claims = least(ClaimFilter(a="state:001", b="state:002"))
    week, week_claims = least(ClaimFilter(since="2023-12-20", until="2023-12-26"))
    start = time.process_time()
    walked = sum(1 for _ in ledger.claims(ClaimFilter(limit=30_000)))
    walk = walked / (time.process_time() - start)
    return {
        "pair_ms": pair, "pair_claims": pair_claims, "busy_pair_ms": busy, "busy_pair_claims": busy_claims,
        "week_ms": week, "week_claims": week_claims, "walked_a_second": walk, "walk_of_5_million_s": 5_000_000 / walk,
    }  # fmt: skip


def run(data: Path | None, count: int = MANY) -> dict[str, float | int | str]:
    """Figures of both stores."""
    out: dict[str, float | int | str] = {"claims": count, "load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        fill_sqlite(Path(folder) / "a.db", count)
        out["sqlite_gb"] = (Path(folder) / "a.db").stat().st_size / 1e9
        with open_ledger(Path(folder) / "a.db") as ledger:
            out |= {f"sqlite_{name}": value for name, value in ask(ledger).items()}
    if server := os.environ.get("AMITY_TEST_POSTGRES"):
        import psycopg

        name = f"amity_bench_{os.getpid()}"
        with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
            try:
                fill_postgres(server.format(name), count)
                with open_ledger(server.format(name)) as ledger:
                    out |= {f"postgres_{key}": value for key, value in ask(ledger).items()}
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    else:
        out["postgres"] = "not measured, AMITY_TEST_POSTGRES names no server"
    return out
