"""amity reads reports about alliances and keeps the map: who stands with whom, how firmly, on whose word.

    import amity

    ledger = amity.open("amity.db")
    ledger.read("reports/")
    ledger.claims(a="Syria", since="2024-11").to_polars()
    ledger.ties(as_of="2024-11-30")

Names are loaded when first asked for, so that `import amity` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from amity.errors import AmityError
from amity.records import Change, Claim, Document, Tie

if TYPE_CHECKING:
    from amity.face import open_face as open
    from amity.pipeline import Pipeline, read_documents, read_into
    from amity.show import write_report
    from amity.ties import BlocOptions, blocs, compute_ties, find_changes, frustration

__version__ = "0.1.0"
_HOME = {
    "BlocOptions": ("amity.ties", "BlocOptions"),
    "Pipeline": ("amity.pipeline", "Pipeline"),
    "blocs": ("amity.ties", "blocs"),
    "compute_ties": ("amity.ties", "compute_ties"),
    "find_changes": ("amity.ties", "find_changes"),
    "frustration": ("amity.ties", "frustration"),
    "open": ("amity.face", "open_face"),
    "read_documents": ("amity.pipeline", "read_documents"),
    "read_into": ("amity.pipeline", "read_into"),
    "write_report": ("amity.show", "write_report"),
}
__all__ = [
    "AmityError",
    "BlocOptions",
    "Change",
    "Claim",
    "Document",
    "Pipeline",
    "Tie",
    "blocs",
    "compute_ties",
    "find_changes",
    "frustration",
    "open",
    "read_documents",
    "read_into",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """The public names that need a room, imported when first asked for."""
    if name in _HOME:
        module, attribute = _HOME[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module 'amity' has no attribute {name!r}")
