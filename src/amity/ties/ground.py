"""Strikes that name only where they fell: in the land of a friend they hit those who hold the place, not the friend.

Reports tell bombs by place ("struck Sennar", "raids inside Ostria"), and a place stands for the state whose land it is. That is right
of an enemy. Who is otherwise told to stand with that state bombs its rebels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from amity.records import Claim, DatedEvent
from amity.ties.stated import Standing
from amity.ties.votes import STANDING_VALUE, act_share, by_pair, fade, pair_of

FORCE = frozenset({"ASSAULT", "COERCE"})
# A land that follows these is where an act took place.
INSIDE = re.compile(r"\b(?:in|inside|within|across|over|throughout)(?:\s+(?:the|(?:north|south|east|west|central)\S*))*\s+$", re.IGNORECASE)


def is_ground(claim: Claim) -> bool:
    """Whether of those who bore an act of force a claim names only the place, or the land in which it lies."""
    if claim.type not in FORCE or claim.recipient is None:
        return False
    if claim.recipient.id.startswith("place:"):
        return True
    before = claim.recipient.start - claim.start
    return claim.recipient.id.startswith("state:") and before > 0 and INSIDE.search(claim.quote[:before]) is not None


def spare_friends(events: list[DatedEvent], standings: Iterable[Standing], grounds: Collection[str]) -> tuple[list[DatedEvent], int]:
    """Events, standings and the claims that name only a place -> events without those on a friend's ground, and how many those were.

    A friend is one of whom all else that is told of the two, each by its share as a vote on alignment and by how near in time, speaks
    for it rather than against.
    """
    fallen = [e for e in events if e.claim in grounds]
    if not fallen:
        return events, 0
    told, stated = by_pair(e for e in events if e.claim not in grounds), by_pair(standings)
    pairs = [pair_of(e.actor, e.recipient) for e in fallen]
    spared = {id(e) for e, p in zip(fallen, pairs, strict=True) if _balance(e.day, told.get(p, ()), stated.get(p, ())) > 0}
    return [e for e in events if id(e) not in spared], len(spared)


def _balance(day: int, events: Iterable[DatedEvent], standings: Iterable[Standing]) -> float:
    """What is told of a pair before and after a day alike: more than 0 where most of it, and the nearest, speaks for a friend."""
    acts = sum(act_share(e) * ((e.score > 0) - (e.score < 0)) * fade(abs(day - e.day)) for e in events)
    votes = ((STANDING_VALUE.get(s.type, (0.0, 0.0)), s) for s in standings)
    return acts + sum(value * share * s.weight * fade(abs(day - s.day)) for (value, share), s in votes)
