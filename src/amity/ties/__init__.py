"""Claims, or anyone's event rows -> ties and changes. Method and figures: docs/ties.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.ties.alignment import Alignments, align_all
    from amity.ties.camps import BlocOptions, blocs, divide, frustration, graph_of_ties
    from amity.ties.changes import find_changes, find_changes_from_events
    from amity.ties.cohesion import compute_cohesion, find_members, follow_cohesion
    from amity.ties.estimate import compute_ties, compute_ties_from_events, guess_stances
    from amity.ties.evidence import Evidence, events_of, read_evidence
    from amity.ties.fitting import Fit, fit_options, load_options, save_options
    from amity.ties.following import days_of, follow_blocs
    from amity.ties.headings import find_headings
    from amity.ties.kept import (
        Company,
        PairState,
        company_of_pair,
        digest_rules,
        name_changes,
        pool_states,
        sum_up,
        tie_of_pair,
        undated_documents,
    )
    from amity.ties.options import DENSE, REPORTS, TieOptions
    from amity.ties.signed.blocs import compute_frustration, find_blocs, find_count
    from amity.ties.signed.certificates import check_partition
    from amity.ties.signed.graph import read_graph
    from amity.ties.signed.mending import rank_fraying, rank_mending
    from amity.ties.signed.triads import count_triads
    from amity.ties.sources import read_source
    from amity.ties.spells import find_spells
    from amity.ties.turns import ChangeOptions

# Loaded on first use: numpy costs a tenth of a second that `amity --help` need not pay.
_HOME = {
    "align_all": "alignment",
    "Alignments": "alignment",
    "BlocOptions": "camps",
    "blocs": "camps",
    "ChangeOptions": "turns",
    "check_partition": "signed.certificates",
    "Company": "kept",
    "company_of_pair": "kept",
    "compute_cohesion": "cohesion",
    "compute_frustration": "signed.blocs",
    "compute_ties": "estimate",
    "compute_ties_from_events": "estimate",
    "count_triads": "signed.triads",
    "days_of": "following",
    "DENSE": "options",
    "digest_rules": "kept",
    "divide": "camps",
    "events_of": "evidence",
    "Evidence": "evidence",
    "find_blocs": "signed.blocs",
    "find_count": "signed.blocs",
    "find_changes": "changes",
    "find_changes_from_events": "changes",
    "find_headings": "headings",
    "find_members": "cohesion",
    "find_spells": "spells",
    "Fit": "fitting",
    "fit_options": "fitting",
    "follow_blocs": "following",
    "follow_cohesion": "cohesion",
    "frustration": "camps",
    "graph_of_ties": "camps",
    "guess_stances": "estimate",
    "load_options": "fitting",
    "name_changes": "kept",
    "PairState": "kept",
    "pool_states": "kept",
    "rank_fraying": "signed.mending",
    "rank_mending": "signed.mending",
    "read_evidence": "evidence",
    "read_graph": "signed.graph",
    "read_source": "sources",
    "REPORTS": "options",
    "save_options": "fitting",
    "sum_up": "kept",
    "tie_of_pair": "kept",
    "TieOptions": "options",
    "undated_documents": "kept",
}
__all__ = [
    "DENSE",
    "REPORTS",
    "Alignments",
    "BlocOptions",
    "ChangeOptions",
    "Company",
    "Evidence",
    "Fit",
    "PairState",
    "TieOptions",
    "align_all",
    "blocs",
    "check_partition",
    "company_of_pair",
    "compute_cohesion",
    "compute_frustration",
    "compute_ties",
    "compute_ties_from_events",
    "count_triads",
    "days_of",
    "digest_rules",
    "divide",
    "events_of",
    "find_blocs",
    "find_changes",
    "find_changes_from_events",
    "find_count",
    "find_headings",
    "find_members",
    "find_spells",
    "fit_options",
    "follow_blocs",
    "follow_cohesion",
    "frustration",
    "graph_of_ties",
    "guess_stances",
    "load_options",
    "name_changes",
    "pool_states",
    "rank_fraying",
    "rank_mending",
    "read_evidence",
    "read_graph",
    "read_source",
    "save_options",
    "sum_up",
    "tie_of_pair",
    "undated_documents",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"amity.ties.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
