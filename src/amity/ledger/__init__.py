"""The store: documents and claims in, what was known on any day out; nothing is overwritten.

    with open_ledger("amity.ledger") as ledger:
        ledger.add(document, claims, silences, maker="rules 1")
        between = list(ledger.claims(ClaimFilter(a="Syria", b="Russia")))

Names are loaded on first use, since SQLAlchemy takes a third of a second to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from amity.ledger.answers import Added, ClaimFilter, Reading, Stats, Verification

if TYPE_CHECKING:
    from amity.ledger.book import Ledger, open_ledger

__all__ = ["Added", "ClaimFilter", "Ledger", "Reading", "Stats", "Verification", "open_ledger"]


def __getattr__(name: str) -> Any:
    """`Ledger` and `open_ledger`, imported when first asked for."""
    if name in ("Ledger", "open_ledger"):
        return getattr(import_module("amity.ledger.book"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
