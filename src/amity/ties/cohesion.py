"""Claims -> how a named bloc holds together, day by day, and the pair that pulls it apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import sqrt

from amity.errors import BadInput
from amity.records import Claim, Cohesion, DatedEvent, Tie
from amity.ties.camps import read_ties
from amity.ties.days import last_day_of
from amity.ties.evidence import read_evidence

# Standings that are strain by themselves, whatever else is said of a pair.
STRAIN = {"STRAINED", "HOSTILE"}
# How many of the last claims of the weakest pair are told: enough to judge it by, few enough to read.
LAST_EVIDENCE = 5


def follow_cohesion(rows: Sequence[Claim | DatedEvent], bloc: str, members: Collection[str], days: Iterable[str]) -> list[Cohesion]:
    """Claims or event rows and the ids of a bloc's members -> its cohesion at the end of each day, in order.

    Each day is computed from what could be known by then. Raises BadInput for fewer than two members.
    """
    rows = list(rows)
    return [compute_cohesion(read_ties(rows, day) or [], bloc, members, day) for day in sorted(set(days))]


def compute_cohesion(ties: Iterable[Tie], bloc: str, members: Collection[str], day: str = "") -> Cohesion:
    """Ties of one day and the ids of a bloc's members -> its cohesion.

    Means are over pairs, each alike. Raises BadInput for fewer than two members.
    """
    members = tuple(sorted(set(members)))
    if len(members) < 2:
        raise BadInput(
            f"cohesion of {bloc}: got {len(members)} member{'s' * (len(members) != 1)}, needed are two; name them with --members"
        )
    inner: list[Tie] = []
    outer: list[Tie] = []
    for tie in ties:
        ends = (tie.a in members) + (tie.b in members)
        if tie.alignment is not None and ends:
            (inner if ends == 2 else outer).append(tie)
        day = day or tie.as_of
    inner.sort(key=lambda t: (t.alignment or 0.0, t.a, t.b))
    weakest = inner[0] if inner else None
    low, high = _interval(inner)
    return Cohesion(
        bloc=bloc,
        day=day,
        members=members,
        within=_mean(inner),
        low=low,
        high=high,
        outside=_mean(outer),
        strain=sum(map(is_strained, inner)) / len(inner) if inner else None,
        pairs=len(inner),
        possible=len(members) * (len(members) - 1) // 2,
        weakest=(weakest.a, weakest.b) if weakest else None,
        weakest_alignment=weakest.alignment if weakest else None,
        claims=weakest.claims[-LAST_EVIDENCE:] if weakest else (),
    )


def is_strained(tie: Tie) -> bool:
    """Whether a pair stands below 0, or is a partnership under strain, or is stated strained or hostile."""
    return tie.strained or bool(STRAIN & set(tie.standings)) or (tie.alignment or 0.0) < 0.0


def find_members(claims: Iterable[Claim], body: str, as_of: str | None = None) -> list[str]:
    """Claims -> the ids of those that are stated members of a body (an id), as could be known by a day.

    >>> find_members([], "body:un")
    []
    """
    evidence = read_evidence(claims, last_day_of(as_of, "as_of") if as_of else None)
    return sorted({s.actor for s in evidence.standings if s.type == "MEMBER" and s.recipient == body})


def _mean(ties: list[Tie]) -> float | None:
    return sum(t.alignment or 0.0 for t in ties) / len(ties) if ties else None


def _interval(ties: list[Tie]) -> tuple[float | None, float | None]:
    """The 90 % interval of the mean, pairs taken for independent; None where ties tell no interval."""
    middle = _mean(ties)
    widths = [(t.alignment_high - t.alignment_low) / 2.0 for t in ties if t.alignment_low is not None and t.alignment_high is not None]
    if middle is None or len(widths) < len(ties):
        return None, None
    reach = sqrt(sum(w * w for w in widths)) / len(widths)
    return max(-1.0, middle - reach), min(1.0, middle + reach)
