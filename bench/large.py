"""How fast a large ledger answers, on SQLite and on PostgreSQL: `python -m bench large`.

A ledger of CLAIMS claims (twenty a report, 200 parties, pairs as skewed as the press has them, ten years) is filled by the
database itself, behind the store's back, so that making it takes a minute and not an hour. Then are asked, of the ledger as
a user's command asks: a pair of middling and the busiest one's claims, a week's claims, a walk through claims, and, from what
`amity keep` keeps, the tie of both pairs and the changes of the last year. Up to KEPT_TRULY claims what is kept is computed;
beyond it is filled in as well, of the same size (`keep_us_a_claim` is what computing it costs), and only a new report is
taken in truly. PostgreSQL is measured where AMITY_TEST_POSTGRES names a server (`{}` stands for the database).
Milliseconds are of the wall and (`_cpu_`) of this process, the least of nine, since others may use the machine.
`data` is not used.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from amity import kept
from amity.ledger import ClaimFilter, Ledger, open_ledger
from amity.ledger.schema import CLAIMS, DOCUMENTS, READINGS
from amity.ledger.writing import claim_row, document_row, reading_row, write_json
from amity.records import Party, When
from bench.faults import make_reading

MANY = 300_000
KEPT_TRULY = 400_000
# Tries of a question, and milliseconds of the processor from which one is enough.
TRIES, SLOW = 9, 300.0
PARTIES, SLOTS, DAYS, A_REPORT = 200, 10_000, 3650, 20
FIRST_DAY = "2014-01-01"
PAIR, BUSY = ("state:020", "state:031"), ("state:001", "state:002")
# What stands in a row for what differs from row to row, and SQL for it.
MARKS = {
    "@a": "f.id",
    "@b": "g.id",
    "@day": "d.day",
    "@claim": "printf('%016x', i)",
    "@doc": "printf('r%08d', i / 20)",
    "@type": "CASE (i / 7) % 3 WHEN 0 THEN 'ASSAULT' ELSE 'AID' END",
    "5557": "(CASE (i / 7) % 3 WHEN 0 THEN 4 ELSE 2 END)",
    "5559": "(CASE (i / 7) % 3 WHEN 0 THEN -9.0 ELSE 7.0 END)",
    "7771": "(i % 20) * 100",
    "7773": "(i % 20) * 100 + length",
}


def claim_template() -> dict[str, Any]:
    """The columns of a claim, with marks for what differs."""
    claim = make_reading(1, 1).claims[0]
    first, second = (Party(m, m, m, m, False, "they", 7771, 7771) for m in ("@a", "@b"))
    day = When("@day", "@day", "@day", "stated")
    told = replace(claim, actor=first, recipient=second, date=day, type="@type", quad=5557, score=5559, document_id="@doc", document="@doc")
    row = claim_row(told, 1, "2024-01-01T00:00:00.000000Z") | {"id": "@claim", "document": "@doc", "seal": ""}
    text = write_json(told).replace(f'"id":"{told.id}"', '"id":"@claim"')
    for name, mark in (("start", "7771"), ("end", "7773")):
        text = text.replace(f'"{name}":{getattr(told, name)},"', f'"{name}":{mark},"', 1)
    return row | {"record": text, "reading": 0, "length": len(claim.quote)}


def sql_of(value: Any, length: int) -> str:
    """A value of a template -> the SQL that gives it, with its marks filled."""
    if value is None or isinstance(value, bool | int | float):
        return "NULL" if value is None else str(value).upper()
    parts = [(value, False)]
    for mark in MARKS:
        parts = [bit for text, done in parts for bit in ([(text, True)] if done else split_at(text, mark))]
    bits = (
        f"({MARKS[text].replace('length', str(length))})" if done else "'" + text.replace("'", "''") + "'" for text, done in parts if text
    )
    return " || ".join(bits) or "''"


def split_at(text: str, mark: str) -> list[tuple[str, bool]]:
    """A text -> its parts between marks, and the marks."""
    parts = [((mark, True), (part, False)) for part in text.split(mark)]
    return [bit for pair in parts for bit in pair][1:]


def fill_statements(count: int, numbers: str, tables: str) -> Iterable[str]:
    """SQL that fills documents, readings and claims; `numbers` is SQL for rows i from 0 up to {}, `tables` how a table begins."""
    yield f"{tables} bench_days (place INTEGER PRIMARY KEY, day TEXT)"
    yield f"{tables} bench_folk (place INTEGER PRIMARY KEY, id TEXT)"
    from datetime import date, timedelta

    first = date.fromisoformat(FIRST_DAY)
    yield "INSERT INTO bench_days VALUES " + ", ".join(f"({n}, '{first + timedelta(days=n)}')" for n in range(DAYS))
    weights = [1 / (n + 1) for n in range(PARTIES)]
    slots = [f"state:{n:03}" for n in range(PARTIES) for _ in range(max(1, round(SLOTS * weights[n] / sum(weights))))]
    yield "INSERT INTO bench_folk VALUES " + ", ".join(f"({n}, '{slots[n % len(slots)]}')" for n in range(SLOTS))
    yield "INSERT INTO parties (id, name, folded, seal) VALUES " + ", ".join(f"('{s}', '{s}', '{s}', '')" for s in sorted(set(slots)))
    reading = make_reading(1, 1)
    made = {"seal": "", "id": "@doc", "document": "@doc", "report": "@doc", "name": "@doc"}
    texts = document_row(reading) | made
    given = reading_row(reading, "2024-01-01T00:00:00.000000Z") | made | {"claims": A_REPORT}
    for table, row in ((DOCUMENTS, texts), (READINGS, given)):
        names = [c.name for c in table.columns if c.name != "seq"]
        values = ", ".join(sql_of(row[n], 0) for n in names)
        source = numbers.format(count // A_REPORT)
        yield f"INSERT INTO {table.name} (seq, {', '.join(names)}) SELECT i / 20 + 2, {values} FROM (SELECT i * 20 AS i FROM {source}) n"
    row = claim_template()
    names = [c.name for c in CLAIMS.columns if c.name not in ("seq", "reading")]
    values = ", ".join(sql_of(row[n], row["length"]) for n in names)
    yield (
        f"INSERT INTO claims (reading, {', '.join(names)}) SELECT i / 20 + 2, {values} FROM {numbers.format(count)}"
        f" JOIN bench_folk f ON f.place = (i * 7919) % {SLOTS} JOIN bench_folk g ON g.place = (i / {SLOTS} * 4729 + i * 31 + 17) % {SLOTS}"
        f" JOIN bench_days d ON d.place = (i * 37 + i / {DAYS} * 11) % {DAYS}"
    )


def fill_sqlite(path: Path, count: int) -> None:
    """A ledger in a file."""
    with open_ledger(path) as ledger:
        ledger.add_all([make_reading(1, 1)], "2024-01-01")
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -1000000")
    ours = "tbl_name IN ('claims', 'documents', 'readings', 'parties') AND sql IS NOT NULL"
    waiting = raw.execute(f"SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND {ours}").fetchall()
    for kind, name, _ in waiting:
        raw.execute(f"DROP {kind} {name}")
    numbers = "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {}) SELECT i FROM n) n"
    for statement in fill_statements(count, numbers, "CREATE TEMP TABLE"):
        raw.execute(statement)
    for _, _, statement in waiting:
        raw.execute(statement)
    raw.commit()
    raw.close()


def fill_postgres(address: str, count: int) -> None:
    """A ledger on a server."""
    import psycopg

    with open_ledger(address) as ledger:
        ledger.add_all([make_reading(1, 1)], "2024-01-01")
    with psycopg.connect(address, autocommit=True) as connection:
        made = "indexname LIKE 'ix_%%' AND tablename = 'claims'"
        waiting = connection.execute(f"SELECT indexname, indexdef FROM pg_indexes WHERE {made}", ()).fetchall()
        for name, _ in waiting:
            connection.execute(f"DROP INDEX {name}".encode())
        for statement in fill_statements(count, "(SELECT generate_series(0::bigint, {} - 1) AS i) n", "CREATE TEMP TABLE"):
            statement = statement.replace("printf('%016x', i)", "lpad(to_hex(i), 16, '0')")
            connection.execute(statement.replace("printf('r%08d', i / 20)", "'r' || lpad((i / 20)::text, 8, '0')").encode())
        for _, statement in waiting:
            connection.execute(statement.encode())
        for table in ("claims", "readings", "documents"):
            connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), (SELECT max(seq) FROM {table}))".encode())
        connection.execute("ANALYZE")


def least(ask: Callable[[], int]) -> tuple[float, float, int]:
    """The least of some tries in milliseconds of the wall and of the processor, and what was counted; a slow question is asked once."""
    walls, turns, found = [], [], 0
    for _ in range(TRIES):
        start, busy = time.perf_counter(), time.process_time()
        found = ask()
        walls.append(1000 * (time.perf_counter() - start))
        turns.append(1000 * (time.process_time() - busy))
        if turns[0] > SLOW:
            break
    return min(walls), min(turns), found


def fill_kept(ledger: Ledger) -> None:
    """What is kept of every pair, of the size that it has, without computing it: for the times of questions only."""
    from amity.ledger import keeping
    from amity.ties.kept import digest_rules

    with ledger.store.reading() as connection:
        reader, pairs = keeping.PairReader(connection), sorted(keeping.find_pairs(connection, None))
        states = {pair: kept.compute_pair(reader, pair) for pair in (PAIR, tuple(sorted(("state:150", "state:160"))))}
        like = next(s for s in states.values() if s)
        last, mark = max(s.last for s in states.values() if s), keeping.mark_now(connection, digest_rules())
        # Half a change a pair, as the press has them in ten years.
        told = like.changes or (make_change(),)
        for n, (a, b) in enumerate(pairs):
            names = ((a, a, 9), (b, b, 9))
            turns = tuple(replace(c, a=a, b=b, day=f"20{14 + n % 10}-06-01") for c in told[: n % 2])
            states.setdefault((a, b), replace(like, names=names, last=last, changes=turns))
        company = kept.gather_company(connection, states, None)
    with ledger.store.writing() as connection:
        keeping.make_tables(connection)
        keeping.write_pairs(connection, {pair: kept.pack_pair(state) for pair, state in states.items()}, True)
        keeping.write_company(connection, kept.pack_company(company), mark, company.at)


def make_change() -> Any:
    """A change as a pair of the ledger would have it."""
    from amity.records import Change

    return Change("a", "b", "a", "b", "2020-01-01", 1, 0.5, 0.0, 0.5, (f"{7:016x}", f"{9:016x}"))


def show_changes(ledger: Ledger) -> int:
    """The changes since the first of 2023 with the claims they cite."""
    found = kept.find_changes(ledger, "2023") or []
    kept.cited_claims(ledger, found)
    return len(found)


def ask(ledger: Ledger, count: int) -> dict[str, float]:
    """Milliseconds of each question, and claims walked through in a second."""
    figures: dict[str, float] = {}

    def time_it(name: str, question: Callable[[], int]) -> None:
        figures[f"{name}_ms"], figures[f"{name}_cpu_ms"], figures[f"{name}_found"] = least(question)

    time_it("pair", lambda: sum(1 for _ in ledger.claims(ClaimFilter(a=PAIR[0], b=PAIR[1]))))
    time_it("busy_pair", lambda: sum(1 for _ in ledger.claims(ClaimFilter(a=BUSY[0], b=BUSY[1]))))
    time_it("week_unkept", lambda: sum(1 for _ in ledger.claims(ClaimFilter(since="2023-12-20", until="2023-12-26"))))
    start = time.process_time()
    if count <= KEPT_TRULY:
        figures["pairs"] = kept.keep(ledger).pairs
    else:
        fill_kept(ledger)
    figures["keep_us_a_claim"] = 1e6 * (time.process_time() - start) / count if count <= KEPT_TRULY else float("nan")
    time_it("week", lambda: sum(1 for _ in ledger.claims(ClaimFilter(since="2023-12-20", until="2023-12-26"))))
    time_it("tie", lambda: len(kept.find_tie(ledger, *PAIR) or ()))
    time_it("busy_tie", lambda: len(kept.find_tie(ledger, *BUSY) or ()))
    time_it("changes_of_a_year", lambda: show_changes(ledger))
    ledger.add_all([make_reading(2, 1)], "2024-01-02")
    start = time.process_time()
    figures["new_report_pairs"] = kept.keep(ledger).computed
    figures["new_report_s"] = time.process_time() - start
    start = time.process_time()
    walked = sum(1 for _ in ledger.claims(ClaimFilter(a="state:000", limit=20_000)))
    figures["walked_a_second"] = walked / (time.process_time() - start)
    return figures


def run(data: Path | None, count: int = MANY) -> dict[str, float | int | str]:
    """Figures of both stores."""
    out: dict[str, float | int | str] = {"claims": count, "load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        fill_sqlite(Path(folder) / "a.db", count)
        out["sqlite_gb"] = (Path(folder) / "a.db").stat().st_size / 1e9
        with open_ledger(Path(folder) / "a.db") as ledger:
            out |= {f"sqlite_{name}": value for name, value in ask(ledger, count).items()}
    if server := os.environ.get("AMITY_TEST_POSTGRES"):
        import psycopg

        name = f"amity_bench_{os.getpid()}"
        with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
            try:
                fill_postgres(server.format(name), count)
                with open_ledger(server.format(name)) as ledger:
                    out |= {f"postgres_{key}": value for key, value in ask(ledger, count).items()}
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    else:
        out["postgres"] = "not measured, AMITY_TEST_POSTGRES names no server"
    return out


if __name__ == "__main__":
    print(run(None, int(sys.argv[1])))
