"""The Python face: its page holds line by line, its notebook runs, frames come out and go in, nothing heavy loads early."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import amity

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python.md"


def test_the_page_holds_and_names_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/python.md gives what it says, and every public name stands on the page."""
    monkeypatch.chdir(tmp_path)
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags)
    assert failed == 0 and tried > 20
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in amity.__all__ if f"amity.{name}" not in text] == []


def test_the_notebook_runs(tmp_path: Path) -> None:
    """examples/tour.ipynb runs from top to bottom and shows tables."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.read(ROOT / "examples" / "tour.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT / "examples")}}).execute()
    shown = [o["data"].get("text/html", "") for c in notebook.cells if c.cell_type == "code" for o in c.outputs if "data" in o]
    assert len(shown) >= 5 and all("<table" in html for html in shown)


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_frames_go_in_and_come_out(library: str, tmp_path: Path) -> None:
    """A frame of each library becomes claims, and the claims come back as a frame of it with the same names."""
    data = {
        "day": ["2024-06-09", "2024-06-10"],
        "who": ["Chad", "Mali"],
        "whom": ["Niger", 'the "Xyzzy" front'],
        "what": ["AID", "CONSULT"],
    }
    module: Any = __import__(library)
    frame = module.table(data) if library == "pyarrow" else module.DataFrame(data)
    with amity.open(tmp_path / "x.db") as ledger:
        columns = {"date": "day", "actor": "who", "recipient": "whom", "type": "what"}
        assert ledger.import_frame(frame, columns).events == 2
        out = getattr(ledger.claims(), "to_arrow" if library == "pyarrow" else f"to_{library}")()
        assert list(out["actor"].to_pylist() if library == "pyarrow" else out["actor"]) == ["Chad", "Mali"]
        assert ledger.verify().holds


def test_hostile_names_do_not_run_in_a_notebook(tmp_path: Path) -> None:
    """A party called by a script tag is shown as text."""
    (tmp_path / "m.csv").write_text("d,a,b,t\n2024-01-01,<script>x</script>,Mali,AID\n")
    (tmp_path / "m.yaml").write_text("columns: {date: d, actor: a, recipient: b, type: t}")
    with amity.open(tmp_path / "x.db") as ledger:
        ledger.import_files("csv", tmp_path / "m.csv", mapping=tmp_path / "m.yaml")
        html = ledger.claims()._repr_html_()
        assert "<script>" not in html and "&lt;script&gt;" in html


def test_sql_cannot_change_a_ledger(tmp_path: Path) -> None:
    """A question that writes is refused; nothing is added."""
    with amity.open(tmp_path / "x.db") as ledger:
        with pytest.raises(amity.AmityError):
            list(ledger.sql("INSERT INTO parties (id, name, folded, seal) VALUES ('a', 'b', 'c', 'd')"))
        assert ledger.stats().parties == 0 and len(ledger.sql("SELECT 1 AS one")) == 1


def test_import_amity_loads_nothing_heavy() -> None:
    """`import amity` alone brings in no store, no frames, no model."""
    code = "import sys, amity; print(' '.join(sys.modules))"
    loaded = set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())
    assert not {"numpy", "sqlalchemy", "polars", "pandas", "pyarrow", "yaml", "onnxruntime"} & loaded
