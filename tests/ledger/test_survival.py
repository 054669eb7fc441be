"""The ledger after its writer was killed, and on a disk that is really full."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 24


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark that kills writers and fills disks, in its small form."""
    monkeypatch.syspath_prepend(str(ROOT))
    import bench.faults

    assert Path(sys.modules["bench"].__path__[0]) == ROOT / "bench"
    return bench.faults


def test_killed_writers_lose_and_double_nothing(faults: Any, tmp_path: Path) -> None:
    """After every kill -9 the ledger opens and holds, all that was reported done is there whole, and once."""
    counts = faults.kill_writers(tmp_path, KILLS, seed=7)
    wrong = {name: count for name, count in counts.items() if name not in ("kills", "reports_done")}
    assert counts["kills"] == KILLS and counts["reports_done"] > 0
    assert wrong == dict.fromkeys(wrong, 0)


def test_a_really_full_disk_harms_nothing(faults: Any) -> None:
    """On a small disk the add that finds no room is one sentence; nothing before it is lost, and room lets it go on."""
    with faults.small_disk() as disk:
        if disk is None:
            pytest.skip("mounting a small disk is not permitted here; max_page_count stands in, in test_sqlite.py")
        counts = faults.fill_disk(disk)
    assert counts["full_reports_done"] > 0 and counts["full_refusals"] == 3
    assert (counts["full_faults"], counts["full_claims_lost"], counts["full_then_added"]) == (0, 0, faults.CLAIMS)
    assert "the disk is full; free some space" in counts["full_sentence"]
