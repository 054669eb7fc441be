"""Short reports to be read, and the rows of a ledger as they stand."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from amity.engines import Engine, read_with
from amity.engines.local import Here
from amity.ledger import open_ledger
from amity.pipeline import Progress

DAY = "2024-05-01"
PAIRS = (("Norway", "Sweden"), ("Chad", "Niger"), ("Peru", "Chile"), ("Ghana", "Togo"))
ACTS = ("condemned the attack on", "signed a defence pact with", "expelled the ambassador of", "sent aid to", "threatened to sanction")


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 24 short reports, one file without words, and JSON Lines with a broken line."""
    folder = tmp_path_factory.mktemp("reports")
    for number in range(24):
        a, b = PAIRS[number % len(PAIRS)]
        lines = [f"{a} {ACTS[(number + i) % len(ACTS)]} {b} on {i + 1} March 2024, officials in town {number} said." for i in range(3)]
        (folder / f"report-{number:02}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    (folder / "empty.txt").write_text("... !!!\n", encoding="utf-8")
    (folder / "more.jsonl").write_text('{"text": "Oman met Qatar in Doha."}\n{"text": \n', encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def read_all(reports: Path) -> Any:
    """Read the folder into a ledger by an engine, on a fixed day -> the steps."""

    def read(engine: Engine, ledger: Path) -> list[Progress]:
        with open_ledger(ledger) as opened, engine as running:
            return list(read_with(running, opened, [reports], DAY))

    return read


@pytest.fixture(scope="session")
def dump() -> Any:
    """A ledger -> every row of every table, byte for byte, as SQL; but for the moment at which the tables were made."""

    def lines(ledger: Path) -> list[str]:
        raw = sqlite3.connect(ledger)
        found = [line for line in raw.iterdump() if 'INTO "ledger_schema"' not in line]
        raw.close()
        return found

    return lines


@pytest.fixture(scope="session")
def alone(read_all: Any, dump: Any, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The rows that the one-process engine writes."""
    path = tmp_path_factory.mktemp("alone") / "a.db"
    steps = read_all(Here(), path)
    assert len(steps) == 27 and sum(s.claims for s in steps) > 24 and sum(s.unread is not None for s in steps) == 2
    return dump(path)
