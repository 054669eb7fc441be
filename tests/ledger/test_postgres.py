"""The PostgreSQL store: what it finds, what it refuses, and that its views show what SQLite's show."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amity.errors import LedgerError
from amity.face import open_face
from amity.ledger import ClaimFilter, Ledger, open_ledger
from amity.ledger.asking import select_claims
from amity.records import Document, EventRow, Judgement, RowBlock, RowParty, RowType

MET = ("Syria", "Russia", "CONSULT", "2018-06-04", "reported")
HIT = ("Israel", "Iran", "ASSAULT", "2018-05-10", "denied")
AID = ("Quds Force", "Syria", "AID", "2018-04-01", "rumoured")
VIEWS = ("v_documents", "v_claims", "v_rows", "v_acts", "v_standings", "v_months", "v_sources", "v_skipped", "v_parties", "v_judgements")
Make = Callable[[], str]


@pytest.fixture
def filled(make_database: Make, make_reading: Any) -> str:
    """The address of a ledger of two reports, a judgement and an imported row."""
    address = make_database()
    with open_ledger(address) as ledger:
        fill(ledger, make_reading)
    return address


def fill(ledger: Ledger, make_reading: Any) -> None:
    """The same content for any store."""
    ledger.add_all([make_reading("a.txt", [MET, HIT, AID], before="By our desk\n")], "2024-01-01")
    ledger.add_all([make_reading("b.txt", [MET], url="https://example.org/b")], "2024-01-02")
    ledger.judge(Judgement(next(c.id for c in ledger.claims() if c.type == "AID"), "reject", "ada", "2024-01-03"))
    syria = RowParty("state:SYR", "Syria", "Syria", "state:SYR", "SYR")
    kind = RowType("CAMEO", "190", "fight", "ASSAULT", None, 4, -9.0, ("military",), "reported")
    israel = syria._replace(id="state:ISR", name="Israel", side="Israel", side_id="state:ISR", words="ISR")
    event = EventRow(1, 0, 7, syria, israel, 0, 4, kind, 17000, 17002, 17003, "Golan", 80)
    ledger.add_rows([RowBlock(Document("rows.tab:1-1", "SYR ISR", "keds rows", outlet="keds"), (event,), (), "rows 1")], "2024-01-04")


def execute(address: str, *statements: str) -> None:
    """SQL behind the ledger's back."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_the_views_show_what_those_of_sqlite_show(filled: str, make_reading: Any, tmp_path: Path) -> None:
    """Every view gives the same columns and the same rows from both stores."""
    with open_ledger(tmp_path / "x.db") as ledger:
        fill(ledger, make_reading)
    with open_face(filled) as server, open_face(tmp_path / "x.db") as file:
        for view in VIEWS:
            ours, theirs = (sorted(map(plain, ledger.sql(f"SELECT * FROM {view}"))) for ledger in (server, file))
            assert ours == theirs, view
            assert ours or view == "v_standings", view


def plain(row: dict[str, Any]) -> list[tuple[str, str]]:
    """A row as text, true and false as the 1 and 0 of SQLite."""
    values = {k: int(v) if isinstance(v, bool) else float(v) if k in ("score", "confidence") else v for k, v in row.items()}
    return [(k, str(v)) for k, v in values.items()]


DAMAGE = {
    "text changed": ("UPDATE documents SET text = replace(text, 'Israel', 'Isreal')", "its text was changed"),
    "claim deleted": ("DELETE FROM claims WHERE type = 'AID'", "got 2 claims, 3 were written"),
    "judgement deleted": ("DELETE FROM judgements", "table judgements: got 0 rows, 1 were written"),
    "column changed": ("UPDATE claims SET actor_side = 'state:USA' WHERE seq = 1", "claims row 1: was changed"),
    "row changed": ("UPDATE event_rows SET confidence = 99", "were changed after they were written"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_planted_damage_is_found(filled: str, case: str) -> None:
    """Whoever switches the guards off for a moment is found out by seals and counts."""
    statement, words = DAMAGE[case]
    table = re.split(r"UPDATE |FROM ", statement)[1].split()[0]
    off, on = (f"ALTER TABLE {table} {word} TRIGGER keep_{table}" for word in ("DISABLE", "ENABLE"))
    execute(filled, off, statement, on)
    with open_ledger(filled) as ledger:
        faults = ledger.verify().faults
    assert any(words in fault for fault in faults), faults
    assert not any("guard" in fault for fault in faults)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TRIGGER keep_claims ON claims", "guard keep_claims"),
        ("ALTER TABLE claims DISABLE TRIGGER keep_claims", "guard keep_claims"),
        ("CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "guard ledger_keep"),
    ],
)
def test_a_missing_guard_is_found(filled: str, statement: str, words: str) -> None:
    """A guard that was taken away, switched off or made toothless is itself a fault."""
    with open_ledger(filled) as ledger:
        assert ledger.verify().holds
        execute(filled, statement)
        assert [fault for fault in ledger.verify().faults if fault.startswith(words)]


def test_a_table_cannot_be_emptied(filled: str) -> None:
    """TRUNCATE is refused as any other change is."""
    with open_ledger(filled) as ledger, pytest.raises(LedgerError, match="never changed"), ledger.store.writing() as connection:
        connection.exec_driver_sql("TRUNCATE claims CASCADE")


def test_what_cannot_be_opened_is_one_sentence(make_database: Make, server: str) -> None:
    """No server, no database, another program's tables, an empty one not to be made, a newer form; no password is shown."""
    other, empty, newer = make_database(), make_database(), make_database()
    execute(other, "CREATE TABLE documents (id int)")
    open_ledger(newer).close()
    execute(newer, "INSERT INTO ledger_schema (version, made_at, seal) VALUES (99, '2030', '')")
    cases = [
        ("postgresql://ada:secret@127.0.0.1:1/x", True, "cannot be reached"),
        (server.format("nowhere"), True, "createdb"),
        (other, True, "another program"),
        (empty, False, "is empty"),
        (newer, True, "newer amity"),
        ("postgresql://host", True, "names no database"),
    ]
    for address, create, words in cases:
        with pytest.raises(LedgerError, match=words) as told:
            open_ledger(address, create=create)
        assert "\n" not in str(told.value) and "secret" not in str(told.value)


def test_a_reading_connection_cannot_write(filled: str) -> None:
    """What is asked through the SQL face changes nothing."""
    with open_face(filled) as ledger:
        with pytest.raises(LedgerError, match="read-only"):
            list(ledger.sql("CREATE TABLE mine (id int)"))
        assert len(ledger.sql("SELECT 1 AS one")) == 1


def test_names_of_any_length_are_kept(make_database: Make, make_reading: Any) -> None:
    """A name of 20,000 random code points, of a document and of a party, is stored and found."""
    name = "".join(map(chr, random.Random(2).choices(range(0x4E00, 0x9FFF), k=20_000)))
    reading = make_reading(name, [MET])
    claim = replace(reading.claims[0], actor=replace(reading.claims[0].actor, name=name))
    with open_ledger(make_database()) as ledger:
        ledger.add(reading.document, [claim])
        assert ledger.document(name) == reading.document
        assert [c.id for c in ledger.claims(ClaimFilter(a=name))] == [claim.id]


def test_a_pair_is_looked_up_by_index(filled: str) -> None:
    """With walks through tables forbidden, a pair's claims are found by the indexes of their ends."""
    with open_ledger(filled) as ledger, ledger.store.reading() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        query = select_claims(ClaimFilter(), ["state:SYR"], ["state:RUS"])
        text = query.compile(connection, compile_kwargs={"literal_binds": True, "render_postcompile": True})
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {text}".replace("%", "%%")).scalars())
    assert "Seq Scan on claims" not in plan and "ix_claims_" in plan
