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

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.records import DatedEvent
from amity.ties.options import Z90
from amity.ties.stated import Standing
from amity.ties.votes import Pair, pair_of, votes_of

Floats = NDArray[np.float64]

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
    return align_votes(votes_of(events, standings, as_of))


def align_votes(votes: dict[Pair, tuple[float, float]]) -> Alignments:
    """The votes on each pair -> the alignment of every two parties."""
    parties = tuple(sorted({p for pair in votes for p in pair}))
    index = {party: i for i, party in enumerate(most_told(parties, votes))}
    return Alignments(parties, votes, company_of(votes, index), index)


def align_pairs(pairs: Iterable[Pair], events: Iterable[DatedEvent], standings: Iterable[Standing], as_of: int) -> dict[Pair, Aligned]:
    """Evidence up to a day -> the alignment of each of the pairs that anything speaks for."""
    all_of_them = align_all(events, standings, as_of)
    found = {pair: all_of_them.between(*pair) for pair in pairs}
    return {pair: aligned for pair, aligned in found.items() if aligned}


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
