"""amity reads reports about alliances and keeps the map: who stands with whom, how firmly, on whose word.

    import amity
    from pathlib import Path

    with amity.open("amity.db") as ledger:
        for step in amity.read_into(ledger, [Path("reports")], amity.Pipeline()):
            print(step.name, step.claims)
        ties = amity.compute_ties(ledger.claims())

Names are loaded when first asked for, so that `import amity` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from amity.errors import AmityError
from amity.records import Change, Claim, Document, Tie

if TYPE_CHECKING:
    from amity.ledger import open_ledger as open
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
    "open": ("amity.ledger", "open_ledger"),
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
