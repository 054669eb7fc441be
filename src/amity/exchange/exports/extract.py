"""What is exported: claims that can be walked through again and again, their documents, and the ties made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from amity.exchange.roots import root_of
from amity.exchange.types import load_codebook
from amity.records import Change, Claim, Document, Party, Tie

# Statuses under which an act is not told as having happened or coming.
NOT_TOLD = frozenset({"denied", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Extract:
    """A part of a ledger: `claims` and `documents` start anew at every call; `made` is when and by what, for the record."""

    claims: Callable[[], Iterator[Claim]]
    documents: Callable[[], Iterable[Document]]
    ties: tuple[Tie, ...] = ()
    changes: tuple[Change, ...] = ()
    title: str = "Who stands with whom"
    made_at: str = "1970-01-01T00:00:00Z"
    maker: str = "amity"


def codes_of(claim: Claim) -> dict[str, Any]:
    """The codes that go out with every export: PLOVER type and mode, CAMEO root, quad class, root of PLV; empty for a standing."""
    known = load_codebook().get(claim.type)
    if claim.kind != "event" or known is None:
        return {"plover": None, "cameo_root": None, "quad_class": None, "plv_root": None}
    plover = claim.type + (f"-{claim.mode}" if claim.mode else "")
    return {"plover": plover, "cameo_root": known["cameo"], "quad_class": claim.quad, "plv_root": root_of(claim.type, claim.status)[0]}


def side_of(party: Party) -> tuple[str, str]:
    """The id and name that a party counts under."""
    return (party.side_id, party.side) if party.side_id else (party.id, party.name)


def day_of(claim: Claim) -> str | None:
    """The first day of a claim's time, else of its publication, ISO; None where neither is a whole day."""
    text = claim.date.earliest if claim.date else (claim.published or "")[:10]
    return text if len(text) == 10 else None


def last_day_of(claim: Claim) -> str | None:
    """The last day of a claim's time."""
    return claim.date.latest if claim.date else day_of(claim)
