"""The face: a dozen names, and a start that loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import amity

HEAVY = {
    "highspy", "jinja2", "lxml", "networkx", "numpy", "onnxruntime", "rapidfuzz", "scipy", "sqlalchemy", "tokenizers", "trafilatura",
    "yaml",
}  # fmt: skip


def test_the_face_is_these_names() -> None:
    """A new public name is a decision, so it is pinned here."""
    assert amity.__all__ == [
        "AmityError", "BlocOptions", "Change", "Claim", "Document", "Pipeline", "Tie", "blocs", "compute_ties", "find_changes",
        "frustration", "open", "read_documents", "read_into", "write_report",
    ]  # fmt: skip
    assert all(getattr(amity, name) is not None for name in amity.__all__)


def test_help_loads_nothing_heavy() -> None:
    """The command line answers without the model, the store or the parsers."""
    code = "import sys, amity.cli; print(' '.join(sys.modules))"
    loaded = set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())
    assert not HEAVY & loaded


def test_the_docstring_example_works(tmp_path: Path) -> None:
    """Reading into a ledger and computing ties, as the docstring shows it."""
    (tmp_path / "a.txt").write_text("Norway condemned Sweden on Monday.\n\nSweden expelled the ambassador of Norway.\n", encoding="utf-8")
    with amity.open(tmp_path / "x.db") as ledger:
        steps = list(amity.read_into(ledger, [tmp_path / "a.txt"], amity.Pipeline()))
        assert [s.known for s in steps] == [False]
        assert steps[0].claims >= 1
        again = list(amity.read_into(ledger, [tmp_path / "a.txt"], amity.Pipeline()))
        assert [s.known for s in again] == [True]
        assert ledger.verify().holds
        assert isinstance(amity.compute_ties(ledger.claims()), list)
