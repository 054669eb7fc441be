"""Claims -> dated rows with a weight: the evidence a tie is computed from, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from amity.records import Claim, DatedEvent, Party, Status
from amity.ties.days import span_of

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


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing between two parties on a day, with its weight 0..1 and its claim."""

    day: int
    actor: str
    recipient: str
    type: str
    weight: float
    claim: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What claims say about pairs; `left_out` counts the claims not used, by reason; `names` by party id."""

    events: tuple[DatedEvent, ...]
    standings: tuple[Standing, ...]
    names: dict[str, str]
    left_out: Counter[str]


def read_evidence(claims: Iterable[Claim], until: int | None = None) -> Evidence:
    """Claims -> evidence; with `until` (day number, closed) only what was told and had happened by then.

    The day is the middle of the claim's bounds, but never after its publication; without a date it is
    the day of publication. A claim of no weight or day, about one party only, about a side and itself,
    or about an unnamed unknown is left out and counted. A claim given twice counts once.
    """
    events: list[DatedEvent] = []
    standings: list[Standing] = []
    names: Counter[tuple[str, str]] = Counter()
    left_out: Counter[str] = Counter()
    for claim in {c.id: c for c in claims}.values():
        weight, day = STATUS_WEIGHT[claim.status] * claim.confidence, day_of(claim)
        reason = _why_not(claim, weight, day, until)
        if reason or day is None or claim.recipient is None:
            left_out[reason] += 1
            continue
        for (actor, actor_name), (recipient, recipient_name) in product(sides_of(claim.actor), sides_of(claim.recipient)):
            if actor == recipient:
                continue
            names.update([(actor, actor_name), (recipient, recipient_name)])
            if claim.kind == "standing":
                standings.append(Standing(day, actor, recipient, claim.type, weight, claim.id))
            else:
                events.append(DatedEvent(day, actor, recipient, claim.quad or 0, claim.score or 0.0, weight, claim.id))
    events.sort(key=lambda e: (e.day, e.claim))
    standings.sort(key=lambda s: (s.day, s.claim))
    return Evidence(tuple(events), tuple(standings), _commonest(names), left_out)


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


def day_of(claim: Claim) -> int | None:
    """The day number a claim is evidence for, None where it has neither date nor publication."""
    told = span_of(claim.published)
    first = span_of(claim.date.earliest) if claim.date else None
    last = span_of(claim.date.latest) if claim.date else None
    if first is None or last is None:
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
        (sides[0] == sides[1], "one side only"),
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
