"""Claims -> dated rows with a weight: the evidence a tie is computed from, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from amity.records import Claim, DatedEvent, Party, Status
from amity.ties.days import span_of
from amity.ties.ground import is_ground, spare_friends
from amity.ties.headings import Heading, read_way
from amity.ties.stated import Standing

# How much of an event one claim of it is, 0..1 of a reported one. Set by reason, not learnt.
STATUS_WEIGHT: dict[Status, float] = {
    "reported": 1.0,  # told as having happened
    "rumoured": 0.5,  # an even bet that it happened
    "threatened": 0.5,  # the deed is not done, but the threat is itself an unfriendly act
    "planned": 0.4,  # many plans fall through; announcing one is an act all the same
    "requested": 0.3,  # asking tells of the asker's wish, little of the pair
    "hypothetical": 0.0,  # nobody says that it happened or will
    "denied": 0.0,  # a denial takes the claim back; it is no evidence of the reverse
}


# Standings of a passage: where a sentence states one, what it says of relations that turn is of the same two. One that states what lasts
# ("its ally Sudria urged the two to restore ties") often says it of others.
PASSING = {"COURTING", "STRAINED", "DISTANT"}

# What an unnamed voice is worth beside a named one, 0..1. Set by reason: most of what desks read of alliances comes from
# officials who ask not to be named, and most of it holds.
UNNAMED = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What claims say about pairs; `left_out` counts the claims not used, by reason; `names` by party id.

    `denials` are standings that claims deny: they end a spell, and are votes for nothing. `headings` is what their quotations say of
    which way relations turn, once for each quotation and pair.
    """

    events: tuple[DatedEvent, ...]
    standings: tuple[Standing, ...]
    names: dict[str, str]
    left_out: Counter[str]
    denials: tuple[Standing, ...] = ()
    headings: tuple[Heading, ...] = ()


def read_evidence(
    claims: Iterable[Claim], until: int | None = None, weights: Mapping[str, float] | None = None, origins: Mapping[str, str] | None = None
) -> Evidence:
    """Claims -> evidence; with `until` (day number, closed) only what was told and had happened by then.

    The day is the middle of the claim's bounds, but never after its publication; without a date it is the day of
    publication, and without that the last day that its document dates anything to. A claim of no weight or
    day, about one party only, about a side and itself, or about an unnamed unknown is left out and counted. A claim
    given twice counts once. Its weight is status, times confidence, times credibility (`UNNAMED` sources, and
    `weights` by claim id, 0..1, where the caller has graded them), divided by its place among the claims of one origin
    that tell the same of a pair on a day: the second telling counts half, the third a third. `origins` by claim id names the
    incident and origin of a telling where incidents were found: two papers that print one text are then one origin, whatever
    day each dates the act to.
    """
    unique = {c.id: c for c in claims}.values()
    told, last = _Tellings(origins or {}), _last_days(unique)
    events: list[DatedEvent] = []
    standings: list[Standing] = []
    denials: list[Standing] = []
    headings: dict[tuple[str, int, frozenset[str]], Heading] = {}
    names: Counter[tuple[str, str]] = Counter()
    left_out: Counter[str] = Counter()
    for claim in sorted(unique, key=lambda c: (-STATUS_WEIGHT[c.status] * c.confidence, c.id)):
        day = day_of(claim) if day_of(claim) is not None else last.get(claim.document_id)
        weight = STATUS_WEIGHT[claim.status] * credit(claim) * (weights or {}).get(claim.id, 1.0)
        reason = _why_not(claim, weight, day, until)
        if reason:
            left_out[reason] += 1
        denied = claim.kind == "standing" and claim.status == "denied" and reason == "status denied"
        if (reason and not denied) or day is None or claim.recipient is None or (until is not None and day > until):
            continue
        for (actor, actor_name), (recipient, recipient_name) in pairs_of(claim.actor, claim.recipient):
            share = weight / told.count(claim, actor, recipient, day) if weight else 0.0
            if denied:
                denials.append(Standing(day, actor, recipient, claim.type, credit(claim), claim.id, None, True))
                continue
            names.update([(actor, actor_name), (recipient, recipient_name)])
            place = (claim.document_id, claim.start, frozenset((actor, recipient)))
            if (claim.kind == "event" or claim.type in PASSING) and place not in headings and (way := read_way(claim.quote)):
                headings[place] = Heading(day, actor, recipient, way, share, claim.id)
            if claim.kind == "standing":
                standings.append(Standing(day, actor, recipient, claim.type, share, claim.id, _since(claim)))
            else:
                events.append(DatedEvent(day, actor, recipient, claim.quad or 0, claim.score or 0.0, share, claim.id, claim.type))
    events, spared = spare_friends(events, standings, {c.id for c in unique if is_ground(c)})
    if spared:
        left_out["a strike on a place in a friend's land"] += spared
    events.sort(key=lambda e: (e.day, e.claim))
    standings.sort(key=lambda s: (s.day, s.claim))
    denials.sort(key=lambda s: (s.day, s.claim))
    turned = sorted(headings.values(), key=lambda h: (h.day, h.claim, h.actor, h.recipient))
    return Evidence(tuple(events), tuple(standings), _commonest(names), left_out, tuple(denials), tuple(turned))


class _Tellings:
    """How often one origin has told the same of a pair on a day."""

    def __init__(self, origins: Mapping[str, str]) -> None:
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.origins = origins

    def count(self, claim: Claim, actor: str, recipient: str, day: int) -> int:
        """Count this telling -> its place among those of its origin, 1 for the first."""
        found = self.origins.get(claim.id)
        key = (found or origin_of(claim), claim.type, actor, recipient, "" if found else str(day))
        self.seen[key] += 1
        return self.seen[key]


def origin_of(claim: Claim) -> str:
    """On whose word a claim rests in the end: the last named source of its chain, else its document.

    Two papers that quote one agency are one origin; two claims of one report without source are one too.
    """
    return next((s.name for s in reversed(claim.sources) if s.name and not s.anonymous), claim.document_id)


def credit(claim: Claim) -> float:
    """How far a claim is believed for what it says and on whose word, 0..1: confidence of reading, less for an unnamed source."""
    unnamed = bool(claim.sources) and claim.sources[-1].anonymous
    return claim.confidence * (UNNAMED if unnamed else 1.0)


def _last_days(claims: Iterable[Claim]) -> dict[str, int]:
    """Documents without publication -> the last day that they date anything to: they cannot be older."""
    found: dict[str, int] = {}
    for claim in claims:
        day = day_of(claim)
        if day is not None:
            found[claim.document_id] = max(found.get(claim.document_id, day), day)
    return found


def _since(claim: Claim) -> int | None:
    """First day of a claim's own date, None where it has none."""
    span = span_of(claim.date.earliest) if claim.date else None
    return span[0] if span else None


def events_of(claims: Iterable[Claim]) -> list[DatedEvent]:
    """Claims -> the dated event rows of those that count; `read_evidence` also tells what was left out.

    >>> events_of([])
    []
    """
    return list(read_evidence(claims).events)


def side_of(party: Party) -> str:
    """The id a party counts under: its side's, else its own."""
    return party.side_id or party.id


def sides_of(party: Party) -> list[tuple[str, str]]:
    """The ids and names a party counts under; "they" of three states counts under each of them.

    >>> sides_of(Party("joint:state:MLI;state:NER", "Mali; Niger", "Mali; Niger", "state:MLI;state:NER", False, "they", 0, 4))
    [('state:MLI', 'Mali'), ('state:NER', 'Niger')]
    """
    ids, names = side_of(party).split(";"), _name_of(party).split("; ")
    return list(zip(ids, names, strict=True)) if len(ids) == len(names) else [(side_of(party), _name_of(party))]


def pairs_of(actor: Party, recipient: Party) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """The pairs of sides (ids and names) that an act is between: each of the actor with each of the recipient.

    Of several that act among themselves each two are a pair once; a side and itself are none.
    """
    sides = sides_of(actor), sides_of(recipient)
    both = combinations(sides[0], 2) if sides[0] == sides[1] else product(*sides)
    return [(a, r) for a, r in both if a[0] != r[0]]


def day_of(claim: Claim) -> int | None:
    """The day number a claim is evidence for, None where it has neither date nor publication.

    A standing told to hold since some day is evidence for the day it is told.
    """
    told = span_of(claim.published)
    first = span_of(claim.date.earliest) if claim.date else None
    last = span_of(claim.date.latest) if claim.date else None
    lasts = claim.kind == "standing" and claim.date is not None and claim.date.edtf.endswith("/..")
    if first is None or last is None or (lasts and told):
        return (told[0] + told[1]) // 2 if told else None
    middle = (first[0] + last[1]) // 2
    return min(middle, told[1]) if told else middle


def _why_not(claim: Claim, weight: float, day: int | None, until: int | None) -> str:
    """The reason a claim does not count, or nothing."""
    if claim.recipient is None:
        return "no recipient"
    sides = (side_of(claim.actor), side_of(claim.recipient))
    told = span_of(claim.published)
    later = until is not None and ((day or 0) > until or (told is not None and told[0] > until))
    checks = (
        (weight <= 0.0, f"status {claim.status}" if STATUS_WEIGHT[claim.status] == 0.0 else "no confidence"),
        (day is None, "no date"),
        (sides[0] == sides[1] and ";" not in sides[0], "one side only"),
        (any(_is_nobody(p) for p in (claim.actor, claim.recipient)), "unnamed unknown party"),
        (claim.kind == "event" and claim.quad not in (1, 2, 3, 4), "event without quad"),
        (later, "after as_of"),
    )
    return next((reason for holds, reason in checks if holds), "")


def _is_nobody(party: Party) -> bool:
    side = side_of(party)
    return not side or (party.anonymous and side.startswith("unknown:"))


def _name_of(party: Party) -> str:
    return (party.side if party.side_id else party.name) or side_of(party)


def _commonest(names: Counter[tuple[str, str]]) -> dict[str, str]:
    """The name each party bears most often; of equals the first in the alphabet."""
    best: dict[str, tuple[int, str]] = {}
    for (party, name), count in names.items():
        best[party] = min(best.get(party, (1, "")), (-count, name))
    return {party: name for party, (_, name) in best.items()}
