"""How parties fall into blocs: who stands with whom in all, at what cost, and the proof that no less will do."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

# What may name a party: an id in a ledger, whatever a graph's nodes are elsewhere.
Label = Hashable
# "two": every connected part falls into at most two blocs; "many": into as many as are best; "count": all into as many as were asked for.
BlocRule = Literal["two", "many", "count"]
# "cycles": the cycles at hand prove the bound; "search": a solver's exhausted search does; "": nothing closes the gap.
Proof = Literal["cycles", "search", ""]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A set of ties of which at least one must be frustrated, and the share of weight it proves.

    `ties` meet every party an even number of times. Under "two" an odd number of them are negative: friends
    of friends who are foes, foes of foes who are foes. Under "many" and "count" exactly one is.
    """

    ties: tuple[tuple[Label, Label], ...]
    share: float


@dataclass(frozen=True, slots=True)
class OddCouple:
    """A frustrated tie: friends in different blocs (weight above 0) or foes in one (below 0)."""

    a: Label
    b: Label
    weight: float


@dataclass(frozen=True, slots=True)
class Bloc:
    """The members of one bloc, best-tied first; blocs of one `part` are connected by ties, those of two are not.

    Where a number of blocs was asked for, parties of no tie may share one, and all are of one part.
    """

    members: tuple[Label, ...]
    part: int


@dataclass(frozen=True, slots=True)
class BlocMember:
    """One party in its bloc: weight of its ties, of those frustrated, and what it would cost to move it.

    `flip` is the change of total cost if it alone goes where it costs least (never below 0 in an optimum;
    0: it might as well stand there), `flip_to` the bloc it would go to, None to stand alone. Where a number of blocs was asked
    for, the last party of a bloc cannot leave it: `flip` may then be below 0, which is what the number costs there.
    """

    party: Label
    bloc: int
    weight: float
    frustrated: float
    flip: float
    flip_to: int | None

    @property
    def share(self) -> float:
        """Part of its weight that is frustrated, 0..1: how torn it is."""
        return self.frustrated / self.weight if self.weight else 0.0


@dataclass(frozen=True, slots=True)
class Partition:
    """Blocs of a signed network with their cost and the proof of it.

    `cost` is the weight frustrated by `blocs`; `bound` what any partition must frustrate at least. They meet
    where `certified`. `contradictions` prove the bound piece by piece: in each piece (a tuple) no tie
    carries more shares than its weight, and where all weights are whole the sum is rounded up.
    Where a number of blocs was asked for, they prove what any number must frustrate; that more is needed is proven by search.
    `left_out` counts what took no part, by reason. Where parties are those of ties, `day` is theirs and `names`
    their names by id.
    """

    rule: BlocRule
    blocs: tuple[Bloc, ...]
    cost: float
    bound: float
    proof: Proof
    contradictions: tuple[tuple[Contradiction, ...], ...]
    odd: tuple[OddCouple, ...]
    members: tuple[BlocMember, ...]
    ties: int
    negative: int
    weight: float
    seconds: float
    left_out: tuple[tuple[str, int], ...] = ()
    day: str = ""
    names: tuple[tuple[str, str], ...] = ()

    def name_of(self, party: Label) -> str:
        """The name of a party, else its id."""
        return dict(self.names).get(str(party), str(party))

    @property
    def certified(self) -> bool:
        """Whether the cost is proven least."""
        return self.proof != ""

    @property
    def balance(self) -> float:
        """1 where no tie is frustrated, 0 where half of the weight is: 1 - 2 cost / weight (Aref and Wilson 2018)."""
        return 1.0 - 2.0 * self.cost / self.weight if self.weight else 1.0


@dataclass(frozen=True, slots=True)
class Triads:
    """Threes of parties all tied to each other: how many, and how many with an even number of enmities."""

    count: int
    balanced: int

    @property
    def share(self) -> float | None:
        """Share of balanced ones, 0..1, None where there is no triad."""
        return self.balanced / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class BlocMove:
    """A party that stands in another bloc than the time before; None where it stood or stands in no bloc of two or more."""

    party: Label
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class BlocMoment:
    """Blocs on a day of several: `tracks[i]` is the number that bloc i of the partition keeps from day to day.

    A bloc of one party has track None. `moves` are since the moment before, of parties tied on both days.
    """

    day: str
    partition: Partition
    tracks: tuple[int | None, ...]
    triads: Triads
    moves: tuple[BlocMove, ...]


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How a named bloc of parties holds together on a day, in alignment (-1..1).

    `within` is the mean over the pairs of members that anything speaks for: `pairs` of the `possible`;
    `low` and `high` its 90 % interval where the ties have one. `outside` is the mean over ties of members
    with others. `strain` is the share (0..1) of those pairs that stand below 0 or are stated strained or
    hostile. `weakest` is the pair that pulls the bloc apart, `weakest_alignment` how it stands, `claims` the
    last rows it rests on. What nothing speaks for is None.
    """

    bloc: str
    day: str
    members: tuple[str, ...]
    within: float | None
    low: float | None
    high: float | None
    outside: float | None
    strain: float | None
    pairs: int
    possible: int
    weakest: tuple[str, str] | None = None
    weakest_alignment: float | None = None
    claims: tuple[str, ...] = ()
