"""Claims, or anyone's event rows -> ties and changes. Method and figures: docs/ties.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.ties.changes import find_changes, find_changes_from_events
    from amity.ties.estimate import compute_ties, compute_ties_from_events
    from amity.ties.evidence import events_of, read_evidence
    from amity.ties.options import DENSE, REPORTS, TieOptions
    from amity.ties.turns import ChangeOptions

# Loaded on first use: numpy costs a tenth of a second that `amity --help` need not pay.
_HOME = {
    "DENSE": "options",
    "REPORTS": "options",
    "ChangeOptions": "turns",
    "TieOptions": "options",
    "compute_ties": "estimate",
    "compute_ties_from_events": "estimate",
    "events_of": "evidence",
    "find_changes": "changes",
    "find_changes_from_events": "changes",
    "read_evidence": "evidence",
}
__all__ = [
    "DENSE",
    "REPORTS",
    "ChangeOptions",
    "TieOptions",
    "compute_ties",
    "compute_ties_from_events",
    "events_of",
    "find_changes",
    "find_changes_from_events",
    "read_evidence",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"amity.ties.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
