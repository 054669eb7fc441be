"""Planted calendar slips are named as they are read, and their right twins are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.reading import read_paths
from amity.records import Document
from amity.worlds.slips import SLIPS, plant_slips

# What slips of a date told as past but after publication, or against the order told, need is the tree, which the room of claims has.
TEXTUAL = [k for k in SLIPS if k not in ("later", "order")]


@pytest.mark.parametrize("kind", TEXTUAL)
def test_a_planted_slip_is_named(kind: str, tmp_path: Path) -> None:
    """Each of the planted slips of a kind gives a warning, and the same report without it none."""
    slips = [s for s in plant_slips(3, 70) if s.kind == kind]
    for number, slip in enumerate(slips):
        (tmp_path / f"{number}-wrong.txt").write_text(slip.wrong)
        (tmp_path / f"{number}-right.txt").write_text(slip.right)
    named = {d.name: d.warnings for d in read_paths([tmp_path]) if isinstance(d, Document)}
    assert len(named) == 2 * len(slips)
    assert all(bool(w) == name.endswith("-wrong.txt") for name, w in named.items()), named
