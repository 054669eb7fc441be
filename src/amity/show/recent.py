"""A picture -> the latest acts and standings that speak for a change, where few claims prove none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amity.records import Claim
from amity.show.picture import Pair, Picture, claim_bounds, claim_order, day_bounds, is_named, pairs_of

# Days before the picture's own that count as late: about a season, so that a monthly press speaks some times.
LATE = 120
# Acts and standings shown: what one page holds.
MOST_ACTS = 12
MOST_STANCES = 6
# Confidence below which a claim is more likely misread than not, so that it opens no report.
LEAST_SURE = 0.5
# Standings that say that a tie moves.
MOVING = frozenset({"STRAINED", "COURTING", "DISTANT"})
# Statuses that count for no tie, so that they speak for no change.
UNSAID = frozenset({"denied", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Recent:
    """Acts and standings told of `since`..`until` (days, closed), newest first; `late` where that reaches the picture's own day."""

    since: str
    until: str
    late: bool
    acts: tuple[Claim, ...]
    stances: tuple[Claim, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Acts, then standings."""
        return self.acts + self.stances


def find_recent(picture: Picture) -> Recent | None:
    """A picture -> what its last LATE days tell of named parties, or the last LATE days that tell anything; None where nothing does.

    Of each pair and type the strongest stands for all: acts by |score| times confidence, standings by confidence.
    Denied and supposed acts, and claims more likely misread than not, speak for no change.
    """
    told = [(day, c) for c in picture.claims if speaks(c) and (day := news_day(c)) and day <= (picture.as_of or day)]
    acts = [(day, c) for day, c in told if c.kind == "event"]
    if not told:
        return None
    newest = max(day for day, _ in acts or told)
    late = not picture.as_of or newest >= days_before(picture.as_of)
    until = picture.as_of if late and picture.as_of else newest
    since = days_before(until)
    window = [c for day, c in told if since <= day <= until]
    best = choose_best((c for c in window if c.kind == "event"), MOST_ACTS, lambda c: abs(c.score or 0.0) * c.confidence)
    stances = choose_best((c for c in window if c.kind == "standing"), MOST_STANCES, lambda c: c.confidence)
    return Recent(since, until, late, best, stances)


def speaks(claim: Claim) -> bool:
    """Whether a claim tells of two named parties of different sides, and can speak for a change."""
    parties = (claim.actor, claim.recipient)
    named = all(p and not p.anonymous and is_named(p.id) and is_named(p.side_id or p.id) for p in parties)
    sure = claim.confidence >= LEAST_SURE and claim.status not in UNSAID
    return named and sure and (claim.kind == "event" or claim.type in MOVING) and bool(side_pair(claim))


def side_pair(claim: Claim) -> Pair | None:
    """A claim -> the pair of its sides; None within one side."""
    pairs = pairs_of(claim)
    inside = claim.recipient and claim.actor.side_id and claim.actor.side_id == claim.recipient.side_id
    return None if inside or not pairs else pairs[-1]


def news_day(claim: Claim) -> str | None:
    """A claim -> the day it is news of: when it first may have happened, or its publication where that came first or alone."""
    bounds = claim_bounds(claim)
    told = day_bounds(claim.published) if claim.published else None
    return min(bounds[0], told[1]) if bounds and told else bounds[0] if bounds else None


def days_before(day: str) -> str:
    """A day -> LATE days before it.

    >>> days_before("2025-04-30")
    '2024-12-31'
    """
    return (date.fromisoformat(day) - timedelta(days=LATE)).isoformat()


def choose_best(claims: Iterable[Claim], most: int, weigh: Callable[[Claim], float]) -> tuple[Claim, ...]:
    """Claims -> the `most` weightiest, one for each pair and type, newest first."""
    best: dict[tuple[Pair | None, str], Claim] = {}
    for claim in sorted(claims, key=lambda c: (-weigh(c), claim_order(c))):
        best.setdefault((side_pair(claim), claim.type), claim)
    chosen = list(best.values())[:most]
    return sort_newest(chosen)


def sort_newest(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims -> the same by day of news, newest first; of one day in the order of text."""
    return tuple(sorted(sorted(claims, key=claim_order), key=lambda c: news_day(c) or "", reverse=True))
