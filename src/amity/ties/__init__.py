"""Claims, or anyone's event rows -> ties and changes. Method and figures: docs/ties.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.ties.camps import BlocOptions, blocs, divide, frustration, graph_of_ties
    from amity.ties.changes import find_changes, find_changes_from_events
    from amity.ties.cohesion import compute_cohesion, find_members, follow_cohesion
    from amity.ties.estimate import compute_ties, compute_ties_from_events
    from amity.ties.evidence import events_of, read_evidence
    from amity.ties.following import days_of, follow_blocs
    from amity.ties.options import DENSE, REPORTS, TieOptions
    from amity.ties.signed.blocs import compute_frustration, find_blocs
    from amity.ties.signed.certificates import check_partition
    from amity.ties.signed.graph import read_graph
    from amity.ties.signed.triads import count_triads
    from amity.ties.turns import ChangeOptions

# Loaded on first use: numpy costs a tenth of a second that `amity --help` need not pay.
_HOME = {
    "BlocOptions": "camps",
    "blocs": "camps",
    "ChangeOptions": "turns",
    "check_partition": "signed.certificates",
    "compute_cohesion": "cohesion",
    "compute_frustration": "signed.blocs",
    "compute_ties": "estimate",
    "compute_ties_from_events": "estimate",
    "count_triads": "signed.triads",
    "days_of": "following",
    "DENSE": "options",
    "divide": "camps",
    "events_of": "evidence",
    "find_blocs": "signed.blocs",
    "find_changes": "changes",
    "find_changes_from_events": "changes",
    "find_members": "cohesion",
    "follow_blocs": "following",
    "follow_cohesion": "cohesion",
    "frustration": "camps",
    "graph_of_ties": "camps",
    "read_evidence": "evidence",
    "read_graph": "signed.graph",
    "REPORTS": "options",
    "TieOptions": "options",
}
__all__ = [
    "DENSE",
    "REPORTS",
    "BlocOptions",
    "ChangeOptions",
    "TieOptions",
    "blocs",
    "check_partition",
    "compute_cohesion",
    "compute_frustration",
    "compute_ties",
    "compute_ties_from_events",
    "count_triads",
    "days_of",
    "divide",
    "events_of",
    "find_blocs",
    "find_changes",
    "find_changes_from_events",
    "find_members",
    "follow_blocs",
    "follow_cohesion",
    "frustration",
    "graph_of_ties",
    "read_evidence",
    "read_graph",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"amity.ties.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
