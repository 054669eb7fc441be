"""Standings and scored events -> alignment, -1..1: on whose side a party is taken to stand with another.

Alignment is not warmth. Warmth asks whether the next act will be friendly, and a mediator scores high with
both camps; alignment asks what is said of the pair, how heavy its acts are, and who its friends' foes are.

What speaks of a pair itself are votes (`votes_of`). What the others' votes say of it is the low-rank part of
all votes together: if parties stood in camps, the matrix of their alignments would have the rank of the
camps, so what votes have in common is kept and what is peculiar to a pair is shrunk (`company_of`). A pair's
alignment is a normal posterior: the company is the prior, its own votes are the evidence.

Source: iterated soft-thresholding of eigenvalues (Mazumder, Hastie and Tibshirani 2010) on votes that fade;
that a partition by the leading eigenvector finds camps is measured in docs/ties.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from amity.records import DatedEvent
from amity.ties.evidence import Standing
from amity.ties.options import Z90

Pair = tuple[str, str]
Floats = NDArray[np.float64]

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
# A type of act that tells less of sides than its score: a deployment is often at a friend's side.
ACT_SHARE = {"MOBILIZE": 0.5}
# Variance of one vote of weight 1 around the pair's alignment, and of the alignment of a pair of which nothing
# is known. The first makes one plain statement (weight 3) a sign at 90 %; the second is that of a value spread evenly.
VOTE_VAR = 0.7
OPEN_VAR = 0.34
# Weight of votes at which a pair speaks for itself as much as its company does in the low-rank part, the
# eigenvalue below which what votes have in common is taken for chance, and rounds to (near) rest.
SHARE = 1.0
CHANCE = 0.5
ROUNDS = 12
# Parties whose company is worked out: those of whom most is said. The work grows with the cube of their number (a second for
# five hundred); of the thousands of names in event data the rest have an act or two each, and speak for themselves.
MOST_PARTIES = 500


@dataclass(frozen=True, slots=True)
class Aligned:
    """Alignment with its 90 % interval, -1..1, and the weight of the votes on the pair itself (0: only its company speaks)."""

    mean: float
    low: float
    high: float
    votes: float


@dataclass(frozen=True, slots=True)
class Alignments:
    """The alignment of every two parties that anything speaks of: own votes (mean and weight) by pair, and the company's word.

    `index` gives a party's place in `company`; a party of whom little is said among thousands has none.
    """

    parties: tuple[str, ...]
    votes: dict[Pair, tuple[float, float]]
    company: Floats
    index: dict[str, int]

    def between(self, a: str, b: str) -> Aligned | None:
        """Two parties -> their alignment; None where neither a vote nor the company of both speaks."""
        value, weight = self.votes.get(pair_of(a, b), (0.0, 0.0))
        known = a in self.index and b in self.index
        said = float(np.clip(self.company[self.index[a], self.index[b]], -0.95, 0.95)) if known else 0.0
        if weight == 0.0 and abs(said) < 0.01:
            return None
        prior_var = OPEN_VAR * (1.0 - said * said)
        precision = 1.0 / prior_var + weight / VOTE_VAR
        mean = (said / prior_var + value * weight / VOTE_VAR) / precision
        reach = Z90 / float(np.sqrt(precision))
        return Aligned(mean, max(-1.0, mean - reach), min(1.0, mean + reach), weight)

    def find_poles(self) -> Pair | None:
        """The parties around whom two camps would form, None where no two are against each other.

        First the one of whom most speaks, among those against the second: the one that the others are most against.
        """
        against, spoken = dict.fromkeys(self.parties, 0.0), dict.fromkeys(self.parties, 0.0)
        for pair, (value, weight) in sorted(self.votes.items()):
            for party in pair:
                against[party] -= value * weight
                spoken[party] += weight
        second = max(self.parties, key=lambda p: (against[p], p), default="")
        foes = [p for p in self.parties if self.votes.get(pair_of(p, second), (0.0, 0.0))[0] < 0.0]
        return (max(foes, key=lambda p: (spoken[p], p)), second) if foes else None

    def lean(self, party: str, poles: Pair) -> float:
        """How much nearer a party stands to the first pole than to the second, -2..2; a pole stands fully with itself."""
        first, second = ((1.0 if party == pole else self._mean(party, pole)) for pole in poles)
        return first - second

    def _mean(self, a: str, b: str) -> float:
        aligned = self.between(a, b)
        return aligned.mean if aligned else 0.0


def align_all(events: Iterable[DatedEvent], standings: Iterable[Standing], as_of: int) -> Alignments:
    """Evidence up to a day -> the alignment of every two parties.

    An event counts by its score: an assault of -10 as a full vote against, talks of +1 as a tenth of a vote.
    """
    votes = votes_of(events, standings, as_of)
    parties = tuple(sorted({p for pair in votes for p in pair}))
    index = {party: i for i, party in enumerate(most_told(parties, votes))}
    return Alignments(parties, votes, company_of(votes, index), index)


def align_pairs(pairs: Iterable[Pair], events: Iterable[DatedEvent], standings: Iterable[Standing], as_of: int) -> dict[Pair, Aligned]:
    """Evidence up to a day -> the alignment of each of the pairs that anything speaks for."""
    all_of_them = align_all(events, standings, as_of)
    found = {pair: all_of_them.between(*pair) for pair in pairs}
    return {pair: aligned for pair, aligned in found.items() if aligned}


def pair_of(a: str, b: str) -> Pair:
    """Two ids -> the pair in order."""
    return (a, b) if a < b else (b, a)


def act_share(event: DatedEvent) -> float:
    """An event -> its weight as a vote on alignment, 0..1: its share of the highest score, times how surely it happened."""
    return abs(event.score) / TOP_SCORE * event.weight * ACT_SHARE.get(event.type, 1.0)


def votes_of(events: Iterable[DatedEvent], standings: Iterable[Standing], as_of: int) -> dict[Pair, tuple[float, float]]:
    """Evidence -> mean value and weight of the votes on each pair; no entry where none has weight."""
    events, standings = list(events), list(standings)
    acts = _acts_of(events, as_of)
    said: dict[Pair, list[tuple[float, float]]] = {}
    for standing in standings:
        value, weight = STANDING_VALUE.get(standing.type, (0.0, 0.0))
        said.setdefault(pair_of(standing.actor, standing.recipient), []).append((value, weight * fade_standing(standing, as_of)))
    for pair, share in _fellows(standings, as_of).items():
        said.setdefault(pair, []).append((FELLOWS[0], FELLOWS[1] * share))
    for pair, share in _together(events, as_of).items():
        said.setdefault(pair, []).append((TOGETHER[0], TOGETHER[1] * share))
    found = {}
    for pair in acts.keys() | said.keys():
        value, weight = acts.get(pair, (0.0, 0.0))
        cut = weight / (1.0 + weight / ACTS_AT_MOST)
        found[pair] = _weigh([(value, cut), *said.get(pair, [])])
    return {pair: vote for pair, vote in found.items() if vote[1] > 0.0 and pair[0] != pair[1]}


def _acts_of(events: list[DatedEvent], as_of: int) -> dict[Pair, tuple[float, float]]:
    """Events -> mean value and weight of the acts of each pair; sums are exact, so that their order does not change a bit."""
    shares: dict[Pair, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    left: dict[int, float] = {}
    for event in events:
        day = event.day
        if day not in left:
            left[day] = fade(as_of - day, ACT_HALF_LIFE)
        shares[pair_of(event.actor, event.recipient)][event.score > 0].append(act_share(event) * left[day])
    sums = {pair: (fsum(bad), fsum(good)) for pair, (bad, good) in shares.items()}
    return {pair: ((good - bad) / (good + bad) if good + bad else 0.0, good + bad) for pair, (bad, good) in sums.items()}


def most_told(parties: tuple[str, ...], votes: dict[Pair, tuple[float, float]], most: int = MOST_PARTIES) -> tuple[str, ...]:
    """Parties -> those with the most weight of votes, `most` of them, in the order given.

    >>> most_told(("a", "b", "c"), {("a", "b"): (1.0, 3.0), ("b", "c"): (1.0, 1.0)}, 2)
    ('a', 'b')
    """
    if len(parties) <= most:
        return parties
    told = dict.fromkeys(parties, 0.0)
    for (a, b), (_, weight) in sorted(votes.items()):
        told[a] += weight
        told[b] += weight
    kept = set(sorted(parties, key=lambda p: (-told[p], p))[:most])
    return tuple(p for p in parties if p in kept)


def company_of(votes: dict[Pair, tuple[float, float]], index: dict[str, int]) -> Floats:
    """Votes by pair -> what they have in common, a symmetric matrix over the parties; 0 where nothing is shared.

    >>> company_of({("a", "b"): (1.0, 3.0)}, {"a": 0, "b": 1}).round(2).tolist()[0][1] < 0.5
    True
    """
    size = len(index)
    mean, trust = np.zeros((size, size)), np.zeros((size, size))
    for (a, b), (value, weight) in votes.items():
        if a not in index or b not in index:
            continue
        i, j = index[a], index[b]
        mean[i, j] = mean[j, i] = value
        trust[i, j] = trust[j, i] = weight / (weight + SHARE)
    common = np.zeros((size, size))
    for _ in range(ROUNDS if size else 0):
        values, axes = np.linalg.eigh(trust * mean + (1.0 - trust) * common)
        kept = np.maximum(values - CHANCE, 0.0)
        common = np.clip((axes * kept) @ axes.T, -1.0, 1.0)
    return np.asarray(common)


def _weigh(votes: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Votes -> their weighted mean and their weight, sorted so that the order of the evidence does not change a bit."""
    ordered = sorted(votes)
    total = sum(share for _, share in ordered)
    return (sum(value * share for value, share in ordered) / total if total > 0.0 else 0.0), total


def fade_standing(standing: Standing, as_of: int) -> float:
    """A standing -> what is left of its weight on a day, 0..1."""
    return standing.weight * fade(as_of - standing.day, LASTING.get(standing.type, HALF_LIFE))


def fade(days: int, half_life: float = HALF_LIFE) -> float:
    """Days passed -> what is left of the weight of what was said, 0..1."""
    return float(0.5 ** (max(days, 0) / half_life))


def _fellows(standings: list[Standing], as_of: int) -> dict[Pair, float]:
    """Pairs that belong to one body -> the weight of the best-attested such body."""
    members: dict[str, dict[str, float]] = {}
    for s in standings:
        if s.type == "MEMBER":
            held = members.setdefault(s.recipient, {})
            held[s.actor] = max(held.get(s.actor, 0.0), fade_standing(s, as_of))
    return _best_pairs(members.values())


def _together(events: list[DatedEvent], as_of: int) -> dict[Pair, float]:
    """Pairs that did one act together (one claim, one recipient) -> the weight of the heaviest such act."""
    groups: dict[tuple[str, str], dict[str, float]] = {}
    # Of imported rows nearly every one is a claim of its own.
    shared = {claim for claim, rows in Counter(e.claim for e in events).items() if claim and rows > 1}
    for event in events if shared else ():
        if event.claim in shared:
            groups.setdefault((event.claim, event.recipient), {})[event.actor] = event.weight * fade(as_of - event.day, ACT_HALF_LIFE)
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
