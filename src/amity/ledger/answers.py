"""What is asked of the ledger and what it answers: small frozen records, cheap to import."""

from __future__ import annotations

from dataclasses import dataclass, field

from amity.errors import BadInput, BadRecord
from amity.records import STATUSES, Claim, ClaimKind, Document, Silence, Status, fingerprint


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; what is left out (None, empty) does not narrow.

    `a` and `b` are ids or names of parties, in either role unless `directed` (then a is the actor); a party
    stands for itself and for all that act on its side. `since` and `until` are days, both included, and
    compared with the time of the event, or with the day of publication where the claim has no time.
    `as_of` is a day or time: only what had been read and judged by then. `published_by` is a day: only
    what had been published by then, or, where no publication is known, had happened. `anonymous` asks for claims that
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
    published_by: str | None = None
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
class Reading:
    """What one maker of rules and model found in one document; claims with one id are kept once, the first.

    `maker` is by default that of the claims; `report` names what the text is a version of (name and url).
    Raises BadRecord where a claim's quotation does not stand in the document, or stands in what is not read.
    """

    document: Document
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...] = ()
    maker: str | None = None
    report: str = field(init=False)

    def __post_init__(self) -> None:
        for claim in self.claims:
            check_claim(self.document, claim)
        kept = {claim.id: claim for claim in reversed(self.claims)}
        object.__setattr__(self, "claims", tuple(reversed(kept.values())))
        if self.maker is None:
            object.__setattr__(self, "maker", self.claims[0].maker if self.claims else "")
        object.__setattr__(self, "report", fingerprint("report", self.document.name, self.document.url))


def check_claim(document: Document, claim: Claim) -> None:
    """Refuse a claim whose quotation is not in its document, or stands in what is not read."""
    where = f"claim {claim.id} of {document.name}, {claim.start}-{claim.end}"
    if claim.document_id != document.id:
        raise BadRecord(f"{where}: got document id {claim.document_id}, allowed is {document.id}")
    if claim.start < 0 or document.text[claim.start : claim.end] != claim.quote:
        raise BadRecord(f"{where}: got a quote that does not stand there, allowed is the document's text")
    if cut := document.cut_at(claim.start, claim.end):
        raise BadRecord(f"{where}: overlaps the cut {cut.start}-{cut.end} ({cut.reason}), allowed is text that is read")


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
