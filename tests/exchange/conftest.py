"""Sample files of every dialect, and an import that gives its last state."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from samples import write_samples

from amity.ledger import Ledger, open_ledger
from amity.trade import Arrival, ImportOptions, import_files

Import = Callable[..., Arrival]


@pytest.fixture
def samples(tmp_path: Path) -> dict[str, list[Path]]:
    """Files of every kind."""
    folder = tmp_path / "files"
    folder.mkdir()
    return write_samples(folder)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An empty ledger."""
    return open_ledger(tmp_path / "x.db")


@pytest.fixture
def bring_in(ledger: Ledger) -> Import:
    """Imports files of a kind; csv with the mapping beside the file."""

    def run(kind: str, paths: list[Path]) -> Arrival:
        mapping = paths[0].parent / "mine.yaml" if kind == "csv" else None
        return list(import_files(ledger, kind, paths, ImportOptions(mapping)))[-1]

    return run
