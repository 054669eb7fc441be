"""show: records -> terminal tables and one self-contained HTML file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from amity.show.picture import Picture

if TYPE_CHECKING:
    from amity.show.report import write_report as write_report
    from amity.show.terminal import print_claims as print_claims
    from amity.show.terminal import print_summary as print_summary
    from amity.show.terminal import print_tie as print_tie
    from amity.show.terminal import print_ties as print_ties
    from amity.show.terminal import print_why as print_why
    from amity.show.turns import print_changes as print_changes

# Jinja and rich are loaded on first use, so that the command line starts quickly.
_LATE = {
    "write_report": "amity.show.report",
    "print_changes": "amity.show.turns",
    "print_claims": "amity.show.terminal",
    "print_summary": "amity.show.terminal",
    "print_tie": "amity.show.terminal",
    "print_ties": "amity.show.terminal",
    "print_why": "amity.show.terminal",
}
__all__ = ["Picture", *_LATE]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
