"""A folder as the pages take it for granted: examples read into amity.db once, and files of the names that they use."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "exchange"))

from blocks import ROOT, read_blocks
from samples import write_samples

from amity.cli import app

FILES = (
    "damascus-01-qusayr-posts.txt",
    "damascus-02-qusayr-ridge.html",
    "sahel-01-ultimatum.txt",
    "sahel-05-tinzaouaten-rebels.html",
    "sahel-06-tinzaouaten-army.txt",
    "sahel-07-closed-skies.html",
    "damascus-07-debt.txt",
)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder; `reports/` and `examples/` hold five of the examples, all of which stand in amity.db."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("reports", "examples"):
        (folder / name).mkdir()
        for file in FILES:
            shutil.copy(ROOT / "examples" / file, folder / name / file)
    write_samples(folder)
    for old, new in (("icews.tab", "events.tab"), ("icews.tab", "events.2018.tab"), ("a.export.CSV", "20240315.export.CSV")):
        shutil.copy(folder / old, folder / new)
    for page, name in (("howto-folder.md", "scenario.yaml"), ("outlook.md", "issue.yaml")):
        given = [b.text for b in read_blocks(ROOT / "docs" / page) if b.kind == "yaml"]
        (folder / name).write_text(given[-1], encoding="utf-8")
    read = CliRunner().invoke(app, ["--ledger", str(folder / "amity.db"), "read", str(folder / "reports")])
    assert read.exit_code == 0, read.output
    return folder
