"""`verify` finds damage that was planted in the file behind the ledger's back."""

from __future__ import annotations

import shutil
import sqlite3
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from amity.errors import LedgerError
from amity.ledger import Verification, open_ledger
from amity.records import Judgement, Unread

MET = ("Syria", "Russia", "CONSULT", "2018-06-04", "reported")
HIT = ("Israel", "Iran", "ASSAULT", "2018-05-10", "denied")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, make_reading: Any) -> Path:
    """A closed ledger of two reports, a judgement and an unread file."""
    path = tmp_path_factory.mktemp("sound") / "x.ledger"
    with open_ledger(path) as ledger:
        ledger.add_all([make_reading(name, [MET, HIT, MET], before="By our desk\n") for name in ("a.txt", "b.txt")])
        ledger.judge(Judgement(next(ledger.claims()).id, "note", "ada", "2024-01-01"))
        ledger.add_unread(Unread("c.txt", "is empty"))
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> str:
    """A copy of the sound ledger, to be damaged."""
    return shutil.copy(sound, str(tmp_path / "x.ledger"))


def verify(path: str) -> Verification:
    """The verification of the ledger at a path."""
    with open_ledger(path) as ledger:
        return ledger.verify()


def test_a_sound_ledger_holds(path: str) -> None:
    """Nothing is found where nothing was changed, and what was looked at is counted."""
    found = verify(path)
    assert found == Verification(documents=2, claims=6, faults=()) and found.holds


DAMAGE = {
    "text changed": ("UPDATE documents SET text = replace(text, 'Israel', 'Isreal') WHERE seq = 1", "its text was changed"),
    "text cut short": ("UPDATE documents SET text = substr(text, 1, 20) WHERE seq = 1", "quote does not stand"),
    "text and its hash of another size": ("UPDATE documents SET length = 3 WHERE seq = 1", "its text was changed"),
    "text no longer UTF-8": ("UPDATE documents SET text = CAST(x'ff' || CAST(text AS BLOB) AS TEXT) WHERE seq = 1", "its text was changed"),
    "name changed": ("UPDATE documents SET name = 'z.txt' WHERE seq = 1", "its id is not that of its name"),
    "document deleted": ("DELETE FROM documents WHERE seq = 2", "its row in documents is gone"),
    "last document deleted": ("DELETE FROM documents WHERE seq = 2", "table documents: got 1 rows, 2 were written"),
    "reading deleted": ("DELETE FROM readings WHERE seq = 1", "its row in readings is gone"),
    "claim deleted": ("DELETE FROM claims WHERE seq = 3", "got 2 claims, 3 were written"),
    "silence deleted": ("DELETE FROM silences WHERE seq = 1", "got 1 silences, 2 were written"),
    "judgement deleted": ("DELETE FROM judgements", "table judgements: got 0 rows, 1 were written"),
    "unread deleted": ("DELETE FROM unread", "table unread: got 0 rows, 1 were written"),
    "offsets moved": ("UPDATE claims SET record = json_set(record, '$.start', 13, '$.end', 33) WHERE seq = 1", "quote does not stand"),
    "one offset moved": ("UPDATE claims SET record = json_set(record, '$.start', 14) WHERE seq = 1", "its record cannot be read"),
    "quote changed": ("UPDATE claims SET record = replace(record, 'Syria CONSULT', 'Syrib CONSULT') WHERE seq = 1", "quote does not stand"),
    "type changed": ("UPDATE claims SET record = json_set(record, '$.type', 'ASSAULT') WHERE seq = 1", "its id is not that of its content"),
    "score changed": ("UPDATE claims SET record = json_set(record, '$.score', -9) WHERE seq = 1", "claims row 1: was changed"),
    "column changed": ("UPDATE claims SET actor_side = 'state:USA' WHERE seq = 1", "claims row 1: was changed"),
    "id changed": ("UPDATE claims SET id = '0123456789abcdef' WHERE seq = 1", "its id is not that of its content"),
    "record no JSON": ("UPDATE claims SET record = '{' WHERE seq = 1", "its record cannot be read"),
    "record of another shape": ("UPDATE claims SET record = '[1]' WHERE seq = 1", "its record cannot be read"),
    "actor of another shape": ("UPDATE claims SET record = json_set(record, '$.actor', 7) WHERE seq = 1", "its record cannot be read"),
    "cut over a claim": (
        """UPDATE readings SET cuts = '[{"start":0,"end":20,"reason":"byline","note":""}]' WHERE seq = 1""",
        "overlaps a cut",
    ),
    "cut beyond the text": (
        """UPDATE readings SET cuts = '[{"start":0,"end":9999,"reason":"byline","note":""}]' WHERE seq = 1""",
        "beyond the text",
    ),
    "cuts no JSON": ("UPDATE readings SET cuts = 'x' WHERE seq = 1", "its cuts are damaged"),
    "reading dated anew": ("UPDATE readings SET read_at = '1999' WHERE seq = 1", "readings row 1: was changed"),
    "judgement changed": ("UPDATE judgements SET verdict = 'reject'", "judgements row 1: was changed"),
    "reason changed": ("UPDATE unread SET reason = 'is large'", "unread row 1: was changed"),
    "silence changed": ("UPDATE silences SET missing = 'x' WHERE seq = 2", "silences row 2: was changed"),
    "party changed": ("UPDATE parties SET id = 'state:XXX' WHERE seq = 1", "parties row 1: was changed"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_planted_damage_is_found(path: str, damage: Any, case: str) -> None:
    """Every kind of change to a row is told with the row."""
    statement, words = DAMAGE[case]
    damage(path, statement)
    found = verify(path)
    assert not found.holds and any(words in fault for fault in found.faults), found.faults


def test_a_missing_guard_is_found(path: str) -> None:
    """Taking a guard away is itself a fault, since rows could then be changed."""
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER keep_claims_update")
    raw.close()
    assert [fault for fault in verify(path).faults if "keep_claims_update" in fault]


def test_a_file_with_damaged_pages_is_told_not_raised(path: str) -> None:
    """A page of zeros in the file ends in faults, or in one sentence where the file cannot be opened at all."""
    size = Path(path).stat().st_size
    for page in range(2, size // 4096):
        whole = Path(path).read_bytes()
        Path(path).write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        try:
            with open_ledger(path) as ledger:
                assert not ledger.verify().holds, page
        except LedgerError as error:
            assert "the file is damaged; restore a copy" in str(error)
        finally:
            Path(path).write_bytes(whole)


def test_memory_does_not_grow_with_the_ledger(tmp_path: Path, make_reading: Any) -> None:
    """Verifying six times as many reports takes less than twice the memory, faults included."""
    peaks = []
    for reports in (20, 120):
        path = tmp_path / f"{reports}.ledger"
        with open_ledger(path) as ledger:
            ledger.add_all([make_reading(f"{number}.txt", [MET] * 20, before="x" * 20_000) for number in range(reports)])
            ledger.verify()
            tracemalloc.start()
            assert ledger.verify().claims == 20 * reports
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0], peaks
