"""Forecasts in the ledger: kept once, given back as they were, never changed, and added to older files."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from amity.errors import LedgerError
from amity.ledger import Ledger, open_ledger
from amity.records import Forecast


def make_forecast(**changes: object) -> Forecast:
    """A forecast of conflict between two parties for a month."""
    fields: dict[str, object] = {
        "kind": "conflict", "a": "state:MLI", "b": "state:NER", "a_name": "Mali", "b_name": "Niger", "issued": "2024-01-01",
        "until": "2024-01-31", "horizon": 30, "chance": 0.2, "low": 0.1, "high": 0.3, "words": "very unlikely", "base": 0.1,
        "skill": None, "basis": "base rate", "grounds": ("nothing",), "claims": ("c1",),
    }  # fmt: skip
    return Forecast(**(fields | changes))  # type: ignore[arg-type]


def test_forecasts_come_back_as_they_went_in_and_once(ledger: Ledger) -> None:
    """A forecast given twice is kept once; `due` leaves out those whose time has not come."""
    early, late = make_forecast(), make_forecast(issued="2024-02-01", until="2024-03-02")
    assert ledger.issue([early, late, early]) == 2
    assert ledger.issue([early]) == 0
    assert list(ledger.forecasts()) == [early, late]
    assert list(ledger.forecasts(due="2024-01-31")) == [early]
    assert ledger.verify().holds


def test_a_forecast_cannot_be_changed(ledger: Ledger) -> None:
    """The database refuses to touch a forecast that was issued."""
    ledger.issue([make_forecast()])
    for statement in ("UPDATE forecasts SET record = ''", "DELETE FROM forecasts"):
        with pytest.raises(LedgerError, match="never changed"), ledger.store.writing() as connection:
            connection.exec_driver_sql(statement)
    assert list(ledger.forecasts()) == [make_forecast()]


def test_an_older_ledger_gets_the_table_when_opened(tmp_path: Path) -> None:
    """A file of form 1 opens, keeps its rows, takes forecasts and verifies."""
    path = tmp_path / "old.db"
    open_ledger(path).close()
    raw = sqlite3.connect(path)
    raw.execute("DROP TABLE forecasts")
    raw.execute("DELETE FROM sqlite_sequence WHERE name = 'forecasts'")
    guards = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_schema'")]
    kept = [row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_schema'")]
    for name in guards:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("DELETE FROM ledger_schema")
    raw.execute("DELETE FROM sqlite_sequence WHERE name = 'ledger_schema'")
    raw.commit()
    from amity.ledger.schema import FORMS, seal_row

    row = {"version": 1, "made_at": "2024-01-01T00:00:00.000000Z"}
    raw.execute("INSERT INTO ledger_schema (version, made_at, seal) VALUES (1, ?, ?)", (row["made_at"], seal_row(FORMS, row)))
    for sql in kept:
        raw.execute(sql)
    raw.commit()
    raw.close()
    with open_ledger(path) as ledger:
        assert ledger.issue([make_forecast()]) == 1
        assert ledger.verify().holds, ledger.verify().faults
