"""Every verb that writes, killed at random moments, and a day of feeds in short."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def survive(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark of kills."""
    monkeypatch.syspath_prepend(str(ROOT))
    import bench.survive

    assert Path(sys.modules["bench"].__path__[0]) == ROOT / "bench"
    return bench.survive


@pytest.mark.parametrize("work", ["read", "judge", "watch"])
def test_a_work_that_is_killed_ends_as_if_it_had_not_been(survive: Any, tmp_path: Path, work: str) -> None:
    """After every kill the ledger opens and holds all that was said; let to its end, it is that of a run nobody killed."""
    survive.make_material(tmp_path)
    counts = survive.kill_work(work, tmp_path, 5, random.Random(3))
    wrong = {name: count for name, count in counts.items() if name not in ("kills", "done")}
    assert counts["kills"] == 5 and counts["done"] > 0 and wrong == dict.fromkeys(wrong, 0)


def test_a_day_of_feeds_is_read_once(survive: Any, tmp_path: Path) -> None:
    """From a server that fails one time in ten every page is read once, whatever was restarted."""
    counts = survive.soak(tmp_path, 60, random.Random(4))
    assert (counts["soak_pages"], counts["soak_lost"], counts["soak_twice"], counts["soak_faults"]) == (30, 0, 0, 0)
