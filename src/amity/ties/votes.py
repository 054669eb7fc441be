"""Standings and scored events -> the votes on whose side two parties stand, pair by pair.

What speaks of a pair is summed up as of the last day that it was told (`Voices`), and fades from there to any later day by
one factor. So the voices of a pair change only when something new is told of it, and can be kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

from amity.records import DatedEvent
from amity.ties.headings import Heading
from amity.ties.stated import Standing

Pair = tuple[str, str]
Row = TypeVar("Row", DatedEvent, Standing, Heading)

# What a stated standing says of alignment (-1..1), and how much it weighs against one act of the highest
# score. Set by the meaning of the words in the codebook, not learnt. LEVERAGE and PRESENCE tell of power,
# not of side, and stand among neither; a standing not listed says nothing.
STANDING_VALUE: dict[str, tuple[float, float]] = {
    "ALLIED": (1.0, 3.0),  # the plain statement
    "PATRON": (0.9, 3.0),  # sustained by arms, money or cover
    "MEMBER": (0.7, 2.0),  # of the other party, as a bloc
    "COURTING": (0.3, 1.0),  # wants closer relations, has not got them
    "MEDIATES": (0.0, 0.5),  # between the two
    "DISTANT": (0.0, 1.0),  # keeps out
    "STRAINED": (-0.3, 3.0),  # a partnership under doubt: what else is said no longer holds in full
    "HOSTILE": (-1.0, 3.0),
}
# Value and weight of belonging to one body with the other party, and of one act done together: hints, for
# large bodies hold rivals and enemies sign one paper.
FELLOWS = (0.5, 1.0)
TOGETHER = (0.6, 0.5)

# Days in which what was said of a pair loses half its weight. A year for what passes (strain, courting): it is told
# again while it lasts. Three for what lasts: of a hundred defence pacts a year ends one or two (ATOP), but an alliance
# not named for many years should fade. Chosen by hand.
HALF_LIFE = 365.0
LASTING = {"ALLIED": 1095.0, "PATRON": 1095.0, "MEMBER": 1095.0, "HOSTILE": 1095.0}
# The same for acts: a quarter of a year. What was done tells of a side for as long as the quarrel lasts; of 30, 90 and 365
# days 90 parted the camps of the Gulf War best (docs/ties.md), one case only.
ACT_HALF_LIFE = 90.0
# Greatest |score| of an event, and the most votes that all acts of a pair may have together: a thousand
# talks are no more than a few statements that the two are allies.
TOP_SCORE = 10.0
ACTS_AT_MOST = 6.0
# Types of act that tell less or more of sides than their score: a deployment is often at a friend's side, and who blames another in public
# has taken sides. Of 1, 1.5, 2, 2.5 and 3 for blame, 2 and up have most signs of the development reports right and fewest opposite.
ACT_SHARE = {"MOBILIZE": 0.5, "ACCUSE": 2.0}


@dataclass(frozen=True, slots=True)
class Voices:
    """What speaks of one pair, each with the day it was last told and its weight on that day.

    `acts`: weight against, weight for. `said`: by type of standing. `members`: (member, body) as surest stated. `joint`: acts
    of a claim that tells of several, as (claim, actor, recipient), from which those who act together are found.
    """

    acts: tuple[int, float, float] | None = None
    said: tuple[tuple[str, int, float], ...] = ()
    members: tuple[tuple[str, str, int, float], ...] = ()
    joint: tuple[tuple[str, str, str, int, float], ...] = ()


def pair_of(a: str, b: str) -> Pair:
    """Two ids -> the pair in order."""
    return (a, b) if a < b else (b, a)


def act_share(event: DatedEvent) -> float:
    """An event -> its weight as a vote on alignment, 0..1: its share of the highest score, times how surely it happened."""
    return abs(event.score) / TOP_SCORE * event.weight * ACT_SHARE.get(event.type, 1.0)


def fade(days: int, half_life: float = HALF_LIFE) -> float:
    """Days passed -> what is left of the weight of what was said, 0..1."""
    return float(0.5 ** (max(days, 0) / half_life))


def fade_standing(standing: Standing, as_of: int) -> float:
    """A standing -> what is left of its weight on a day, 0..1."""
    return standing.weight * fade(as_of - standing.day, half_life_of(standing.type))


def half_life_of(kind: str) -> float:
    """A type of standing -> days in which what it says loses half its weight."""
    return LASTING.get(kind, HALF_LIFE)


def votes_of(events: Iterable[DatedEvent], standings: Iterable[Standing], as_of: int) -> dict[Pair, tuple[float, float]]:
    """Evidence -> mean value and weight of the votes on each pair; no entry where none has weight."""
    return pool_votes(gather_voices(by_pair(events), by_pair(standings), as_of), as_of)


def by_pair(rows: Iterable[Row]) -> dict[Pair, list[Row]]:
    """Rows -> those of each pair, in their order."""
    # Looked up by who acted on whom first: to put two ids in order takes longer than to find them.
    ways: dict[Pair, list[Row]] = {}
    found: dict[Pair, list[Row]] = {}
    for row in rows:
        way = (row.actor, row.recipient)
        held = ways.get(way)
        if held is None:
            held = ways[way] = found.setdefault(pair_of(*way), [])
        held.append(row)
    return found


def gather_voices(acts: Mapping[Pair, Sequence[DatedEvent]], said: Mapping[Pair, Sequence[Standing]], until: int) -> dict[Pair, Voices]:
    """Events and standings of each pair -> its voices; what is dated after `until` counts as of that day."""
    shared = find_shared(event for rows in acts.values() for event in rows)
    return {pair: hear_pair(acts.get(pair, ()), said.get(pair, ()), shared, until) for pair in acts.keys() | said.keys()}


def find_shared(events: Iterable[DatedEvent]) -> frozenset[str]:
    """Events -> the claims that tell of more than one; of imported rows nearly every one is a claim of its own."""
    return frozenset(claim for claim, rows in Counter(e.claim for e in events).items() if claim and rows > 1)


def hear_pair(events: Sequence[DatedEvent], standings: Sequence[Standing], shared: Collection[str], until: int) -> Voices:
    """The events and standings of one pair -> its voices; `shared` are the claims that tell of several acts."""
    joint = sorted((e.claim, e.actor, e.recipient, min(e.day, until), e.weight) for e in events if e.claim in shared) if shared else ()
    by_type: dict[str, list[Standing]] = {}
    for standing in standings:
        by_type.setdefault(standing.type, []).append(standing)
    said = tuple((kind, *_sum_said(kind, by_type[kind], until)) for kind in sorted(by_type))
    return Voices(_sum_acts(events, until), said, _surest_members(by_type.get("MEMBER", ()), until), tuple(joint))


def _sum_acts(events: Sequence[DatedEvent], until: int) -> tuple[int, float, float] | None:
    """Acts of a pair -> their last day, weight against and weight for on it; sums are exact, so that order does not change a bit."""
    if not events:
        return None
    last = min(max(e.day for e in events), until)
    bad: list[float] = []
    good: list[float] = []
    for event in events:
        score, passed = event.score, last - event.day
        # As `act_share`, unrolled: of a million rows calls take half the time.
        share = (
            abs(score)
            / TOP_SCORE
            * event.weight
            * ACT_SHARE.get(event.type, 1.0)
            * (0.5 ** (passed / ACT_HALF_LIFE) if passed > 0 else 1.0)
        )
        (good if score > 0 else bad).append(share)
    return last, fsum(bad), fsum(good)


def _sum_said(kind: str, standings: Sequence[Standing], until: int) -> tuple[int, float]:
    """Standings of one type of a pair -> their last day and what they weigh together on it."""
    last = min(max(s.day for s in standings), until)
    return last, fsum(s.weight * fade(last - s.day, half_life_of(kind)) for s in standings)


def _surest_members(standings: Sequence[Standing], until: int) -> tuple[tuple[str, str, int, float], ...]:
    """Statements that one of a pair belongs to the other -> by direction the last day, and the weight of the surest on it."""
    if not standings:
        return ()
    last = min(max(s.day for s in standings), until)
    held: dict[Pair, float] = {}
    for s in standings:
        held[s.actor, s.recipient] = max(held.get((s.actor, s.recipient), 0.0), fade_standing(s, last))
    return tuple((member, body, last, weight) for (member, body), weight in sorted(held.items()))


def pool_votes(voices: Mapping[Pair, Voices], as_of: int) -> dict[Pair, tuple[float, float]]:
    """The voices of all pairs, and a day -> mean value and weight of the votes on each pair; no entry where none has weight."""
    fellows, together = _fellows(voices.values(), as_of), _together(voices.values(), as_of)
    found = {}
    for pair in voices.keys() | fellows.keys() | together.keys():
        votes = _own_votes(voices.get(pair, SILENT), as_of)
        if pair in fellows:
            votes.append((FELLOWS[0], FELLOWS[1] * fellows[pair]))
        if pair in together:
            votes.append((TOGETHER[0], TOGETHER[1] * together[pair]))
        found[pair] = _weigh(votes)
    return {pair: vote for pair, vote in found.items() if vote[1] > 0.0 and pair[0] != pair[1]}


SILENT = Voices()


def _own_votes(voices: Voices, as_of: int) -> list[tuple[float, float]]:
    """Voices of a pair -> (value, weight) of its acts together, and of each type of standing, on a day."""
    votes = []
    if voices.acts:
        last, bad, good = voices.acts
        left = fade(as_of - last, ACT_HALF_LIFE)
        weight = (good + bad) * left
        votes.append(((good - bad) / (good + bad) if good + bad else 0.0, weight / (1.0 + weight / ACTS_AT_MOST)))
    for kind, last, told in voices.said:
        value, weight = STANDING_VALUE.get(kind, (0.0, 0.0))
        votes.append((value, weight * told * fade(as_of - last, half_life_of(kind))))
    return votes


def _weigh(votes: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Votes -> their weighted mean and their weight, sorted so that the order of the evidence does not change a bit."""
    ordered = sorted(votes)
    total = sum(share for _, share in ordered)
    return (sum(value * share for value, share in ordered) / total if total > 0.0 else 0.0), total


def _fellows(voices: Iterable[Voices], as_of: int) -> dict[Pair, float]:
    """Pairs that belong to one body -> the weight of the best-attested such body."""
    bodies: dict[str, dict[str, float]] = {}
    for voice in voices:
        for member, body, last, weight in voice.members:
            bodies.setdefault(body, {})[member] = weight * fade(as_of - last, half_life_of("MEMBER"))
    return _best_pairs(bodies.values())


def _together(voices: Iterable[Voices], as_of: int) -> dict[Pair, float]:
    """Pairs that did one act together (one claim, one recipient) -> the weight of the heaviest such act."""
    groups: dict[tuple[str, str], dict[str, float]] = {}
    for voice in voices:
        for claim, actor, recipient, day, weight in voice.joint:
            groups.setdefault((claim, recipient), {})[actor] = weight * fade(as_of - day, ACT_HALF_LIFE)
    return _best_pairs(g for g in groups.values() if len(g) > 1)


def _best_pairs(groups: Iterable[dict[str, float]]) -> dict[Pair, float]:
    """Groups of parties with weights -> each pair within one, with the greatest lesser weight."""
    best: dict[Pair, float] = {}
    for group in groups:
        names = sorted(group)
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                best[a, b] = max(best.get((a, b), 0.0), min(group[a], group[b]))
    return best
