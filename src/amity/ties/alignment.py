"""Standings and scored events -> alignment, -1..1: on whose side a party is taken to stand with another.

Alignment is not warmth. Warmth asks whether the next act will be friendly, and a mediator scores high with
both camps; alignment asks what is said of the pair and how heavy its acts are. This is its first form.
"""

from __future__ import annotations

from collections.abc import Iterable

from amity.records import DatedEvent
from amity.ties.evidence import Standing

Pair = tuple[str, str]

# What a stated standing says of alignment (-1..1), and how much it weighs against one act of the highest
# score. Set by the meaning of the words in the codebook, not learnt. LEVERAGE and PRESENCE tell of power,
# not of side, and stand among neither; a standing not listed says nothing.
STANDING_VALUE: dict[str, tuple[float, float]] = {
    "ALLIED": (1.0, 3.0),  # the plain statement
    "PATRON": (0.9, 3.0),  # sustained by arms, money or cover
    "MEMBER": (0.7, 2.0),  # of the other party, as a bloc
    "COURTING": (0.2, 1.0),  # wants closer relations, has not got them
    "MEDIATES": (0.0, 1.0),  # between the two
    "DISTANT": (0.0, 2.0),  # keeps out
    "STRAINED": (0.0, 3.0),  # a partnership under doubt: pulls what else is said towards 0
    "HOSTILE": (-1.0, 3.0),
}
# Value and weight of belonging to one body with the other party: a hint, for large bodies hold rivals.
FELLOW_MEMBERS = (0.5, 1.0)

# Days in which what was said of a pair loses half its weight. A year: alliances are named again in most
# reports on them, and an alliance not named for some years should fade. Chosen by hand.
HALF_LIFE = 365.0
# Weight of "neither" that everything is held against, so that one line alone cannot say +1 or -1.
DOUBT = 1.0
# Greatest |score| of an event.
TOP_SCORE = 10.0


def align_pairs(pairs: Iterable[Pair], events: Iterable[DatedEvent], standings: Iterable[Standing], as_of: int) -> dict[Pair, float]:
    """Evidence up to a day -> the alignment of each pair that anything speaks for.

    An event counts by its score: an assault of -10 as a full vote against, talks of +1 as a tenth of a vote.
    """
    said: dict[Pair, list[tuple[float, float]]] = {pair: [] for pair in pairs}
    standings = list(standings)
    for event in events:
        share = abs(event.score) / TOP_SCORE * event.weight * _fade(as_of - event.day)
        said.get(pair_of(event.actor, event.recipient), []).append((1.0 if event.score > 0 else -1.0, share))
    for standing in standings:
        value, weight = STANDING_VALUE.get(standing.type, (0.0, 0.0))
        share = weight * standing.weight * _fade(as_of - standing.day)
        said.get(pair_of(standing.actor, standing.recipient), []).append((value, share))
    for pair, share in _fellows(said, standings, as_of).items():
        said[pair].append((FELLOW_MEMBERS[0], FELLOW_MEMBERS[1] * share))
    return {pair: _weigh(votes) for pair, votes in said.items() if any(share > 0 for _, share in votes)}


def pair_of(a: str, b: str) -> Pair:
    """Two ids -> the pair in order."""
    return (a, b) if a < b else (b, a)


def _weigh(votes: list[tuple[float, float]]) -> float:
    # Sorted, so that the order of the evidence does not change the last bit of the sum.
    votes = sorted(votes)
    return sum(value * share for value, share in votes) / (DOUBT + sum(share for _, share in votes))


def _fade(days: int) -> float:
    return float(0.5 ** (max(days, 0) / HALF_LIFE))


def _fellows(pairs: Iterable[Pair], standings: list[Standing], as_of: int) -> dict[Pair, float]:
    """Those of the pairs that belong to one body -> the weight of the best-attested such body."""
    belongs: dict[str, dict[str, float]] = {}
    for s in standings:
        if s.type == "MEMBER":
            bodies = belongs.setdefault(s.actor, {})
            bodies[s.recipient] = max(bodies.get(s.recipient, 0.0), s.weight * _fade(as_of - s.day))
    shared: dict[Pair, float] = {}
    for a, b in pairs:
        both = belongs.get(a, {}).keys() & belongs.get(b, {}).keys()
        if both:
            shared[a, b] = max(min(belongs[a][body], belongs[b][body]) for body in both)
    return shared
