"""How pairs stand: event rows, ties with their intervals, changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event row for ties: days since 1970-01-01, quad 1-4, score -10..10, weight 0..1, the claim it rests on, its type."""

    day: int
    actor: str
    recipient: str
    quad: int
    score: float
    weight: float = 1.0
    claim: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class TiePoint:
    """A dyad on one day: chance that the next event is cooperative, with its 90 % interval."""

    day: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tie:
    """How two parties (a < b by id) stand on a day.

    `warmth` is the propensity to cooperate, -1..1, with a 90 % interval; `alignment` -1..1 is a quantity
    of its own (None where nothing speaks for it); `standings` are those stated; `claims` the rows behind.
    """

    a: str
    b: str
    a_name: str
    b_name: str
    as_of: str
    warmth: float
    low: float
    high: float
    verbal: float | None
    material: float | None
    alignment: float | None
    events: int
    standings: tuple[str, ...]
    series: tuple[TiePoint, ...]
    claims: tuple[str, ...]

    @property
    def sign(self) -> int:
        """1 or -1 where the interval leaves 0 out, else 0 (mixed or unknown)."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


@dataclass(frozen=True, slots=True)
class Change:
    """A turn in a tie: day, direction (1 warmer, -1 colder), size (0..2), first evidence.

    `before` and `after` (-1..1) are of `measure`: the warmth of acts, the alignment that standings state, or the
    volume: the weekly balance of acts, cooperative less conflictual, over the weight of the busier weeks.
    """

    a: str
    b: str
    a_name: str
    b_name: str
    day: str
    direction: int
    size: float
    before: float
    after: float
    claims: tuple[str, ...]
    measure: Literal["warmth", "alignment", "volume"] = "warmth"
