"""The doctor on a sound ledger, on none, and on one that was harmed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from amity.ledger import open_ledger
from amity.records import Document


def doctor(ledger: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the verb."""
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(ledger), "doctor", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of one report, as an older amity read it."""
    with open_ledger(tmp_path / "a.db") as opened:
        opened.add(Document("a.txt", "Norway met Sweden.", "text"), (), maker="amity 0.0.1")
    return tmp_path / "a.db"


def test_a_sound_ledger_is_told_with_what_could_be_better(ledger: Path) -> None:
    """Every part is looked at, no fault is found, and an older reading has its remedy."""
    done = doctor(ledger, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and {"amity", "packages", "extra", "machine", "model", "tables", "ledger", "disk"} <= {
        f["part"] for f in found
    }
    assert [f["remedy"] for f in found if "older amity" in f["said"]] == ["read the same files again: amity read REPORTS"]


def test_no_ledger_is_a_note_with_its_remedy(tmp_path: Path) -> None:
    """Before the first reading nothing is wrong, and the verb that makes a ledger is named; none is made."""
    done = doctor(tmp_path / "none.db")
    assert done.returncode == 0 and "amity --ledger" in done.stdout.splitlines()[-1]
    assert not (tmp_path / "none.db").exists()


def test_a_harmed_ledger_is_a_fault(ledger: Path) -> None:
    """A guard that was taken away, and a file that is no ledger, end with exit code 3 and what to do."""
    raw = sqlite3.connect(ledger)
    raw.execute("DROP TRIGGER keep_claims_update")
    raw.close()
    done = doctor(ledger)
    assert done.returncode == 3 and "keep_claims_update" in done.stdout and "restore a copy" in done.stdout
    ledger.write_text("no ledger at all\n" * 100)
    done = doctor(ledger)
    assert done.returncode == 3 and "Traceback" not in done.stderr and "FAULT" in done.stdout
