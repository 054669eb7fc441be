"""What is asked of the ledger and what it answers: small frozen records, cheap to import."""

from __future__ import annotations

from dataclasses import dataclass

from amity.errors import BadInput
from amity.records import STATUSES, ClaimKind, Status


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; what is left out (None, empty) does not narrow.

    `a` and `b` are ids or names of parties, in either role unless `directed` (then a is the actor); a party
    stands for itself and for all that act on its side. `since` and `until` are days, both included, and
    compared with the time of the event, or with the day of publication where the claim has no time.
    `as_of` is a day or time: only what had been read and judged by then. `anonymous` asks for claims that
    rest on an unnamed source (or on none such). `documents` are ids or names; a version that is no longer
    current is shown only by an `as_of` before its successor. `limit` 0 gives nothing.
    """

    a: str | None = None
    b: str | None = None
    directed: bool = False
    kind: ClaimKind | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    documents: tuple[str, ...] = ()
    anonymous: bool | None = None
    rejected: bool = False
    limit: int | None = None

    def __post_init__(self) -> None:
        wrong = [s for s in self.statuses if s not in STATUSES]
        if wrong:
            raise BadInput(f"claim filter: got status {wrong[0]!r}, allowed are {', '.join(STATUSES)}")
        if self.limit is not None and self.limit < 0:
            raise BadInput(f"claim filter: got limit {self.limit}, allowed is 0 or more")
        if self.b is not None and self.a is None:
            raise BadInput(f"claim filter: got party b {self.b!r} without a, name the first party in a")


@dataclass(frozen=True, slots=True)
class Added:
    """What one `add` wrote: a document seen for the first time, or a version (other text under a known name).

    All counts are 0 where the same reading was `known`; a new reading of known text counts its claims only.
    """

    documents: int
    versions: int
    claims: int
    known: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` looked at and every fault it found; `unlisted` counts faults beyond those listed."""

    documents: int
    claims: int
    faults: tuple[str, ...]
    unlisted: int = 0

    @property
    def holds(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of what the ledger holds: documents by name, their texts, readings of these, claims now and ever."""

    documents: int
    versions: int
    readings: int
    claims: int
    current_claims: int
    silences: int
    unread: int
    judgements: int
    parties: int
    first_read: str | None
    last_read: str | None
