"""Claims of one pair -> what is kept of it, and from what is kept the same ties and changes as from all claims.

Most of a tie is told by the pair's own claims alone. What is not (the day of the last news, the names most in use, and what
the company of all says of the two) is worked out from the kept summaries of all pairs, some hundred bytes each.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from amity.records import Change, Claim, DatedEvent, Tie
from amity.ties.alignment import Alignments, align_votes
from amity.ties.changes import find_changes
from amity.ties.days import day_text
from amity.ties.estimate import ties_of
from amity.ties.evidence import Evidence, day_of, read_evidence, sides_of
from amity.ties.headings import TABLE, Heading
from amity.ties.options import REPORTS
from amity.ties.stated import Standing
from amity.ties.votes import Pair, Voices, find_shared, hear_pair, pair_of, pool_votes


@dataclass(frozen=True, slots=True)
class PairState:
    """What is kept of a pair: evidence (without names) and its last day, voices, how often its parties bore which name, changes."""

    evidence: Evidence
    last: int
    voices: Voices
    names: tuple[tuple[str, str, int], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """What all pairs together say: the last day of all, each party's name, and the alignment of every two."""

    at: int
    names: dict[str, str]
    alignments: Alignments


@cache
def digest_rules() -> str:
    """The rules by which ties are computed -> 16 digits that change when any page or table of them, or the library of numbers, does."""
    pages = (path.read_bytes() for path in (*sorted(Path(__file__).parent.glob("*.py")), TABLE))
    return sha256(b"\0".join([np.__version__.encode(), *pages])).hexdigest()[:16]


def undated_documents(claims: Iterable[Claim]) -> set[str]:
    """Claims -> the documents of those without a day, which are dated by what else their document tells."""
    return {c.document_id for c in claims if day_of(c) is None}


def sum_up(pair: Pair, claims: Iterable[Claim]) -> PairState | None:
    """A pair, all claims between the two and all of the documents that date them -> what is kept; None where nothing counts."""
    held = {c.id: c for c in claims}
    everything = read_evidence(held.values())
    evidence = only_of(everything, pair)
    rows: list[DatedEvent | Standing] = [*evidence.events, *evidence.standings]
    if not rows:
        return None
    last = max(row.day for row in rows)
    names: Counter[tuple[str, str]] = Counter()
    for row in rows:
        claim = held[row.claim]
        for party, sides in ((row.actor, sides_of(claim.actor)), (row.recipient, sides_of(claim.recipient or claim.actor))):
            names[party, dict(sides)[party]] += 1
    voices = hear_pair(evidence.events, evidence.standings, find_shared(everything.events), last)
    counts = tuple((party, name, count) for (party, name), count in sorted(names.items()))
    return PairState(evidence, last, voices, counts, tuple(find_changes(evidence)))


def only_of(evidence: Evidence, pair: Pair) -> Evidence:
    """Evidence -> that of one pair, without names."""
    events = tuple(e for e in evidence.events if pair_of(e.actor, e.recipient) == pair)
    standings, denials = (
        tuple(s for s in rows if pair_of(s.actor, s.recipient) == pair) for rows in (evidence.standings, evidence.denials)
    )
    turned = tuple(h for h in evidence.headings if pair_of(h.actor, h.recipient) == pair)
    return Evidence(events, standings, {}, Counter(), denials, turned)


def pool_states(voices: Mapping[Pair, Voices], names: Mapping[str, Mapping[str, int]], at: int) -> Company:
    """The voices of all pairs, how often each party bore which name, and the last day of all -> what they say together."""
    best = {party: min((-count, name) for name, count in counts.items())[1] for party, counts in names.items()}
    return Company(at, best, align_votes(pool_votes(voices, at)))


def tie_of_pair(pair: Pair, evidence: Evidence, company: Company) -> Tie:
    """A pair, its evidence as it is kept, and the company -> its tie; of the company only what it says of these two is looked at."""
    near = company.alignments.between(*pair)
    return ties_of(replace(evidence, names=company.names), day_text(company.at), REPORTS, {pair: near} if near else {})[0]


def company_of_pair(pair: Pair, at: int, names: dict[str, str], vote: tuple[float, float] | None, said: float | None) -> Company:
    """What is kept of the company of one pair -> a company of these two; `said` is None where one of them has no place in it."""
    index = {} if said is None else dict(zip(pair, (0, 1), strict=True))
    matrix = np.full((2, 2), said or 0.0)
    return Company(at, names, Alignments(pair, {pair: vote} if vote else {}, matrix, index))


def name_changes(changes: Iterable[Change], names: Mapping[str, str]) -> list[Change]:
    """Changes as kept -> with the names of their parties, in the order in which changes are told."""
    named = (replace(c, a_name=names.get(c.a, c.a), b_name=names.get(c.b, c.b)) for c in changes)
    return sorted(named, key=lambda c: (c.day, c.a, c.b, c.direction))


def write_voices(voices: Voices) -> str:
    """Voices -> JSON; numbers come back to the last bit."""
    return json.dumps([voices.acts, voices.said, voices.members, voices.joint], separators=(",", ":"))


def read_voices(text: str) -> Voices:
    """The inverse of `write_voices`.

    >>> read_voices(write_voices(Voices((1, 0.1, 0.2), (("ALLIED", 3, 1.0),)))).said
    (('ALLIED', 3, 1.0),)
    """
    acts, *lists = json.loads(text)
    said, members, joint = (tuple(map(tuple, rows)) for rows in lists)
    return Voices(tuple(acts) if acts else None, said, members, joint)


def write_evidence(evidence: Evidence) -> str:
    """Evidence of one pair -> JSON; numbers come back to the last bit."""
    kinds = (evidence.events, evidence.standings, evidence.denials, evidence.headings)
    return json.dumps([[[getattr(row, name) for name in row.__slots__] for row in rows] for rows in kinds], separators=(",", ":"))


def load_evidence(text: str) -> Evidence:
    """The inverse of `write_evidence`.

    >>> load_evidence(write_evidence(Evidence((DatedEvent(1, "a", "b", 2, 0.1),), (), {}, Counter()))).events[0].score
    0.1
    """
    events, standings, denials, turned = json.loads(text)
    stated, denied = (tuple(Standing(*row) for row in rows) for rows in (standings, denials))
    return Evidence(tuple(DatedEvent(*row) for row in events), stated, {}, Counter(), denied, tuple(Heading(*row) for row in turned))


def write_change(change: Change) -> str:
    """A change -> JSON."""
    return json.dumps(asdict(change), separators=(",", ":"))


def read_change(text: str) -> Change:
    """The inverse of `write_change`."""
    row: dict[str, Any] = json.loads(text)
    return Change(**(row | {"claims": tuple(row["claims"])}))


def vote_rows(company: Company) -> dict[str, dict[str, Sequence[float]]]:
    """Company -> the votes on each pair, under its first party by its second."""
    found: dict[str, dict[str, Sequence[float]]] = {}
    for (a, b), vote in company.alignments.votes.items():
        found.setdefault(a, {})[b] = vote
    return found
