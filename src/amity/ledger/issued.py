"""Forecasts issued: kept as they were said, so that they can be graded and never improved afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from amity.ledger.schema import FORECASTS
from amity.ledger.times import stamp_end, stamp_now, stamp_time
from amity.ledger.writing import insert_rows, write_json
from amity.records import Forecast

# Ids looked up in one question; SQLite allows 32,766 variables.
BATCH = 5000
PLAIN = ("id", "kind", "a", "b", "issued", "until", "maker")


def write_forecasts(connection: Connection, forecasts: Sequence[Forecast], issued_at: str | None) -> int:
    """Forecasts -> their rows, but for those that are there already; how many rows were written."""
    moment = stamp_time(issued_at) if issued_at else stamp_now()
    fresh = {f.id: f for f in forecasts}
    ids = list(fresh)
    for start in range(0, len(ids), BATCH):
        query = select(FORECASTS.c.id).where(FORECASTS.c.id.in_(ids[start : start + BATCH]))
        for row in connection.execute(query):
            fresh.pop(row.id, None)
    rows = [
        {name: getattr(f, name) for name in PLAIN} | {"issued_at": moment, "record": write_json(f.to_json())}
        for f in fresh.values()
    ]  # fmt: skip
    insert_rows(connection, FORECASTS, rows)
    return len(rows)


def select_forecasts(due: str | None, as_of: str | None) -> Select[Any]:
    """The records of forecasts in order of issue: all, or those due by a day, or those issued by a moment."""
    query = select(FORECASTS.c.record).order_by(FORECASTS.c.seq)
    query = query if due is None else query.where(FORECASTS.c.until <= due)
    return query if as_of is None else query.where(FORECASTS.c.issued_at <= stamp_end(as_of))


def make_forecast(record: str) -> Forecast:
    """A stored record -> the forecast."""
    return Forecast.from_json(json.loads(record))
