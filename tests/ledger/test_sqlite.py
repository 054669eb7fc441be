"""The SQLite store: places that cannot hold a ledger, files that are none, its views and its indexes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import sqlite

from amity.errors import LedgerError
from amity.ledger import ClaimFilter, Ledger, open_ledger
from amity.ledger.asking import select_claims
from amity.records import Judgement

MET = ("Syria", "Russia", "CONSULT", "2018-06-04", "reported")
HIT = ("Israel", "Iran", "ASSAULT", "2018-05-10", "denied")
ROOT = Path(__file__).resolve().parents[2]


def test_addresses_of_no_store_are_told(tmp_path: Path) -> None:
    """An address of no known kind is refused with what is allowed; a sqlite address is a path."""
    with pytest.raises(LedgerError, match="allowed are a file's path"):
        open_ledger("mysql://host/ledger")
    with open_ledger(f"sqlite:///{tmp_path}/x.ledger") as ledger:
        assert ledger.stats().documents == 0
    assert (tmp_path / "x.ledger").exists()


def test_places_that_cannot_hold_a_ledger(tmp_path: Path) -> None:
    """A directory, a missing directory, a missing file and a file in the way are one sentence each, and make nothing."""
    (tmp_path / "file").write_text("x")
    cases = [
        (tmp_path, True, "is a directory"),
        (tmp_path / "none" / "x.ledger", True, "mkdir -p"),
        (tmp_path / "x.ledger", False, "amity read"),
        (tmp_path / "file" / "x.ledger", True, "there is no directory"),
        (tmp_path / ("n" * 300), True, "name too long"),
    ]
    for path, create, words in cases:
        with pytest.raises(LedgerError, match=f"(?i){words}") as told:
            open_ledger(path, create=create)
        assert "\n" not in str(told.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_files_that_are_no_ledger_are_left_alone(tmp_path: Path) -> None:
    """A text, another program's database, a damaged file and an empty one not to be created are refused, unchanged."""
    path = tmp_path / "x"
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE documents (id)")
    other.close()
    database = (tmp_path / "other").read_bytes()
    cases = [
        (b"not a database, only a text" * 99, "no ledger"),
        (database, "another program"),
        (database[:100] + b"\xff" * 8092, "damaged"),
        (b"", "empty file"),
    ]
    for content, words in cases:
        path.write_bytes(content)
        with pytest.raises(LedgerError, match=words):
            open_ledger(path, create=bool(content))
        assert path.read_bytes() == content


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    """A file of no bytes, as a killed first run leaves it, is made a ledger."""
    path = tmp_path / "x.ledger"
    path.touch()
    with open_ledger(path) as ledger:
        assert ledger.verify().holds


def test_a_newer_form_is_refused(tmp_path: Path) -> None:
    """A ledger of a newer amity is told with the upgrade and left as it is."""
    path = tmp_path / "x.ledger"
    open_ledger(path).close()
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO ledger_schema (version, made_at, seal) VALUES (99, '2030-01-01', '')")
    raw.commit()
    raw.close()
    with pytest.raises(LedgerError, match=r"form 99 of a newer amity.*pip install --upgrade"):
        open_ledger(path)


def test_names_of_files_are_not_read_as_addresses(tmp_path: Path) -> None:
    """Question marks, hashes, percent signs and bytes that are no UTF-8 in a path are part of the path."""
    for name in ("what?mode=ro", "50%20#1", "ünï.ledger", os.fsdecode(b"\xff.ledger")):
        open_ledger(tmp_path / name).close()
        assert (tmp_path / name).stat().st_size > 0
        open_ledger(tmp_path / name, create=False).close()


READ_ONLY = """
import os, sys
from amity.errors import LedgerError
from amity.ledger import open_ledger
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    open_ledger(sys.argv[1])
except LedgerError as error:
    print(error)
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_read_only_place_is_told(tmp_path: Path, there: bool) -> None:
    """A ledger in a place that the user cannot write to, or to be made there, is one sentence with the remedy."""
    place = tmp_path / "place"
    place.mkdir()
    if there:
        open_ledger(place / "x.ledger").close()
        (place / "x.ledger").chmod(0o444)
    place.chmod(0o555)
    for parent in (tmp_path, *tmp_path.parents):
        if parent.name.startswith(("pytest-", "popen-", "test_")):
            parent.chmod(0o755)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    run = subprocess.run([sys.executable, "-c", READ_ONLY, str(place / "x.ledger")], capture_output=True, text=True, check=False)
    if "Permission denied" in run.stderr:
        pytest.skip("another user may not even read the package here")
    assert "is read-only" in run.stdout and run.stdout.count("\n") == 1, run.stderr
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path, make_reading: Any) -> None:
    """With SQLite's own bound on pages as the full disk: one sentence, all earlier adds there, later ones possible."""
    with open_ledger(tmp_path / "x.ledger") as ledger:
        ledger.add_all([make_reading("a.txt", [MET])])
        pages = 0

        def bound(raw: Any, _record: object) -> None:
            raw.execute(f"PRAGMA max_page_count = {pages}")

        event.listen(ledger.store.engine, "connect", bound)  # type: ignore[attr-defined]
        with ledger.store.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        ledger.close()
        with pytest.raises(LedgerError, match="disk is full; free some space") as told:
            ledger.add_all([make_reading("b.txt", [MET, HIT] * 500)])
        assert "\n" not in str(told.value)
        assert ledger.stats().documents == 1 and ledger.verify().holds
        pages = 1_000_000
        ledger.close()
        assert ledger.add_all([make_reading("b.txt", [MET, HIT] * 500)])[0].claims == 1000


def test_the_views_show_what_the_ledger_shows(tmp_path: Path, make_reading: Any) -> None:
    """v_claims and v_documents, read by any SQLite client, agree with claims() and documents()."""
    with open_ledger(tmp_path / "x.ledger") as ledger:
        ledger.add_all([make_reading("a.txt", [MET, HIT])], "2024-01-01")
        ledger.add_all([make_reading("a.txt", [HIT, MET])], "2024-01-02")
        ledger.add_all([make_reading("b.txt", [MET])], "2024-01-03")
        ledger.judge(Judgement(next(ledger.claims()).id, "reject", "ada", "2024-01-04"))
        shown, texts = list(ledger.claims()), {d.name: d.text for d in ledger.documents()}
    raw = sqlite3.connect(f"file:{tmp_path / 'x.ledger'}?mode=ro", uri=True)
    rows = raw.execute('SELECT id, document, actor, recipient_side, quote, start, "end", score FROM v_claims').fetchall()
    sides = {c.id: c.recipient.side_id for c in shown if c.recipient}
    assert set(rows) == {(c.id, c.document, c.actor.name, sides[c.id], c.quote, c.start, c.end, c.score) for c in shown}
    assert dict(raw.execute("SELECT name, text FROM v_documents")) == texts
    assert raw.execute("SELECT versions, claims FROM v_documents WHERE name = 'a.txt'").fetchall() == [(2, 2)]
    raw.close()


def test_the_page_on_the_ledger_names_what_the_views_have(tmp_path: Path) -> None:
    """docs/ledger.md lists every column of the views, and its query runs."""
    page = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    open_ledger(tmp_path / "x.ledger").close()
    raw = sqlite3.connect(tmp_path / "x.ledger")
    for view in ("v_documents", "v_claims"):
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({view})")]
        assert f"| `{view}` | `{', '.join(columns)}` |" in page
    assert raw.execute(page.split("```sql")[1].split("```")[0]).fetchall() == []
    raw.close()


def explain(ledger: Ledger, query: Any) -> list[str]:
    """SQLite's plan for a query, a line a step."""
    compiled = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True})
    with ledger.store.reading() as connection:
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]


def test_a_pair_is_looked_up_by_index(tmp_path: Path, make_reading: Any) -> None:
    """No table is walked through for the claims of a pair or a party, and each kind of end has its index."""
    with open_ledger(tmp_path / "x.ledger") as ledger:
        ledger.add_all([make_reading("a.txt", [MET, HIT])])
        pair = explain(ledger, select_claims(ClaimFilter(as_of="2024-01-01"), ["state:SYR"], ["state:RUS"]))
        party = explain(ledger, select_claims(ClaimFilter(), ["state:SYR"]))
    assert not [step for step in pair + party if step.startswith("SCAN")]
    for index in ("actor_recipient", "actor_side", "side_recipient", "side_side"):
        assert any(f"ix_claims_{index} " in step for step in pair), index
    assert any("ix_claims_recipient_side " in step for step in party)


def test_the_file_is_in_write_ahead_mode_and_safe(tmp_path: Path) -> None:
    """Connections wait, keep foreign keys, and reach the disk before they report."""
    with open_ledger(tmp_path / "x.ledger") as ledger, ledger.store.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 60_000}


def test_the_room_is_imported_without_its_database() -> None:
    """Importing the room loads no SQLAlchemy, which would cost a third of a second at every start."""
    code = "import sys, amity.ledger; print('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
