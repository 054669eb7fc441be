"""Strikes that name only where they fell: in the land of a friend they hit those who hold the place, not the friend.

Reports tell bombs by place ("struck Sennar", "raids inside Ostria"), and a place stands for the state whose land it is. That is right
of an enemy. Who is otherwise told to stand with that state bombs its rebels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from amity.records import Claim, DatedEvent
from amity.ties.stated import Standing
from amity.ties.votes import STANDING_VALUE, act_share, by_pair, fade, pair_of

FORCE = frozenset({"ASSAULT", "COERCE"})
# What makes a friend: enemies too agree, meet and withdraw.
FRIENDLY = frozenset({"ALLIED", "PATRON", "MEMBER", "AID", "COOPERATE", "SUPPORT"})
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

    A friend is one who is told to help, back or stand with the other, where all else that is told of the two, each by its share as a
    vote on alignment and by how near in time, speaks for rather than against.
    """
    if not grounds:
        return events, 0
    told, stated = by_pair(e for e in events if e.claim not in grounds), by_pair(standings)

    def is_spared(event: DatedEvent) -> bool:
        pair = pair_of(event.actor, event.recipient)
        return event.claim in grounds and _is_friend(event.day, told.get(pair, ()), stated.get(pair, ()))

    kept = [e for e in events if not is_spared(e)]
    return kept, len(events) - len(kept)


def _is_friend(day: int, events: Sequence[DatedEvent], standings: Sequence[Standing]) -> bool:
    """Whether what is told of a pair, before and after a day alike, speaks of friends, the nearest the most."""
    kinds = {e.type for e in events if e.weight > 0} | {s.type for s in standings if s.weight > 0}
    if kinds.isdisjoint(FRIENDLY):
        return False
    acts = sum(act_share(e) * ((e.score > 0) - (e.score < 0)) * fade(abs(day - e.day)) for e in events)
    votes = ((STANDING_VALUE.get(s.type, (0.0, 0.0)), s) for s in standings)
    return acts + sum(value * share * s.weight * fade(abs(day - s.day)) for (value, share), s in votes) > 0
