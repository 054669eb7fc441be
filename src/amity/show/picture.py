"""What a report is drawn from, and its pairs: every claim finds one home."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from amity.records import Change, Claim, Document, Incident, Outlook, Partition, Tie, Triads, Unread

if TYPE_CHECKING:
    from amity.show.sources import Sheet


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a report shows, as it stood on `as_of` (a day, ISO text); `notes` are said with the method.

    The last five are shown where they are given: a picture of claims and ties alone is whole.
    """

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...]
    claims: tuple[Claim, ...]
    ties: tuple[Tie, ...]
    changes: tuple[Change, ...]
    as_of: str
    title: str = "Who stands with whom"
    notes: tuple[str, ...] = ()
    incidents: tuple[Incident, ...] = ()
    blocs: Partition | None = None
    triads: Triads | None = None
    outlook: Outlook | None = None
    sources: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two parties with what is known of them; `tie` is None where too little speaks for an estimate.

    Claims stand in order of time, those without any date first.
    """

    a: str
    b: str
    a_name: str
    b_name: str
    anchor: str
    tie: Tie | None
    claims: tuple[Claim, ...]
    changes: tuple[Change, ...]

    @property
    def label(self) -> str:
        """Both names, for headings and tables."""
        return f"{self.a_name} – {self.b_name}"

    @property
    def named(self) -> bool:
        """Whether both parties are named."""
        return is_named(self.a) and is_named(self.b)


Pair = tuple[str, str]


def is_named(id: str) -> bool:
    """Whether a party's id stands for one that is named: `unknown:` parties are known by their words alone.

    >>> is_named("state:SYR"), is_named("unknown:three-states"), is_named("")
    (True, False, False)
    """
    return bool(id) and not id.startswith("unknown:")


def order_pair(a: str, b: str) -> Pair:
    """Two ids -> the pair in the order of ties (a < b)."""
    return (a, b) if a <= b else (b, a)


def pairs_of(claim: Claim) -> tuple[Pair, ...]:
    """A claim -> the pairs it may speak of: the two parties themselves, then the two sides; none without a counterpart."""
    if claim.recipient is None:
        return ()
    both = ((claim.actor.id, claim.recipient.id), (claim.actor.side_id, claim.recipient.side_id))
    return tuple(order_pair(*p) for p in both if p[0] != p[1])


def claim_bounds(claim: Claim) -> tuple[str, str] | None:
    """A claim -> first and last possible day; the publication bounds it where no time is told, None where nothing does."""
    if claim.date:
        return claim.date.earliest, claim.date.latest
    return day_bounds(claim.published) if claim.published else None


def day_bounds(edtf: str) -> tuple[str, str] | None:
    """EDTF text of a day, month, year or interval -> its first and last day; None where it is none.

    >>> day_bounds("2018-06"), day_bounds("2018-05-24?/2018-06-08?"), day_bounds("unknown")
    (('2018-06-01', '2018-06-30'), ('2018-05-24', '2018-06-08'), None)
    """
    low, slash, high = edtf.partition("/")
    if slash:
        ends = day_bounds(low), day_bounds(high)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else ends[0]
    found = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-([0-3]\d))?(?!\d)", edtf)
    if not found:
        return None
    year, month, day = found.groups()
    if day:
        return found.group(0), found.group(0)
    if month:
        return f"{year}-{month}-01", f"{year}-{month}-{monthrange(int(year), int(month))[1]:02d}"
    return f"{year}-01-01", f"{year}-12-31"


def claim_order(claim: Claim) -> tuple[str, str, int, str]:
    """The key that puts claims in order of time, then of text."""
    bounds = claim_bounds(claim)
    return (bounds[0] if bounds else "", claim.document_id, claim.start, claim.id)


def gather_dyads(picture: Picture) -> tuple[tuple[Dyad, ...], tuple[Claim, ...]]:
    """A picture -> its dyads, named parties first, most evidence first among them, and the claims that name no counterpart.

    Every claim stands in exactly one place: the first tie that rests on it, else the tie of its parties or
    sides, else a dyad without a tie.
    """
    ties = {order_pair(t.a, t.b): t for t in picture.ties}
    turned: dict[Pair, list[Change]] = defaultdict(list)
    for change in sorted(picture.changes, key=lambda c: c.day):
        turned[order_pair(change.a, change.b)].append(change)
    homes = find_homes(picture, ties)
    held: dict[Pair, list[Claim]] = defaultdict(list)
    alone: list[Claim] = []
    for claim in sorted(picture.claims, key=claim_order):
        home = homes.get(claim.id) or next((p for p in pairs_of(claim) if p in ties), None) or next(iter(pairs_of(claim)[-1:]), None)
        (held[home] if home else alone).append(claim)
    pairs = sorted(set(ties) | set(held) | set(turned), key=lambda p: (not (is_named(p[0]) and is_named(p[1])), -len(held.get(p, ())), p))
    anchors = name_anchors(pairs)
    dyads = (build_dyad(p, anchors[p], ties.get(p), tuple(held.get(p, ())), tuple(turned.get(p, ()))) for p in pairs)
    return tuple(dyads), tuple(alone)


def find_homes(picture: Picture, ties: dict[Pair, Tie]) -> dict[str, Pair]:
    """Claim id -> the first tie that rests on it."""
    homes: dict[str, Pair] = {}
    for pair, tie in ties.items():
        for claim in tie.claims:
            homes.setdefault(claim, pair)
    return homes


def build_dyad(pair: Pair, anchor: str, tie: Tie | None, claims: tuple[Claim, ...], changes: tuple[Change, ...]) -> Dyad:
    """A pair with its tie, claims and changes -> the dyad; names come from the tie, else from the claims."""
    names = {tie.a: tie.a_name, tie.b: tie.b_name} if tie else {}
    for change in changes:
        names |= {change.a: change.a_name, change.b: change.b_name}
    for claim in claims:
        for party in (claim.actor, claim.recipient):
            if party:
                names.setdefault(party.side_id, party.side)
                names.setdefault(party.id, party.name)
    return Dyad(*pair, names.get(pair[0], pair[0]), names.get(pair[1], pair[1]), anchor, tie, claims, changes)


def name_anchors(pairs: list[Pair]) -> dict[Pair, str]:
    """Pairs -> unique anchors that can stand in an address.

    >>> name_anchors([("group:a b", "state:X"), ("group:a-b", "state:X")])
    {('group:a b', 'state:X'): 'dyad-group-a-b--state-X', ('group:a-b', 'state:X'): 'dyad-group-a-b--state-X-2'}
    """
    used: set[str] = set()
    anchors = {}
    for pair in sorted(pairs):
        plain = "dyad-" + "--".join(re.sub(r"[^A-Za-z0-9]+", "-", end).strip("-") for end in pair)
        anchors[pair] = next(a for a in chain([plain], (f"{plain}-{n}" for n in count(2))) if a not in used)
        used.add(anchors[pair])
    return anchors
