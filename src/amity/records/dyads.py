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
class Spell:
    """A standing over time: a tie of its own, with start, end and evidence.

    `start` is the first day it is told to have held, `last` the day it was last stated, `end` the day something
    told later contradicts it (None: it stands), by the claim `ended_by`. `weight` is of its surest claim, 0..1.
    """

    type: str
    actor: str
    recipient: str
    start: str
    last: str
    end: str | None
    weight: float
    claims: tuple[str, ...]
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """How two parties (a < b by id) stand on a day.

    `warmth` is the propensity to cooperate, -1..1, with a 90 % interval `low`..`high`; `alignment` -1..1, with
    one of its own, is on whose side they stand (None where nothing speaks for it); `standings` are those
    stated and `spells` when; `claims` the rows behind. `state` is how they stand in words ("strained allies"),
    `lean` 1 with, -1 against, 0 neither or strained, the likelier way where `sign` asks that an interval decides;
    `trend` 1 warming, -1 cooling, 0 as ever. `toward` and `back` are the warmth of a's acts to b and of b's to a.
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
    alignment_low: float | None = None
    alignment_high: float | None = None
    lean: int = 0
    trend: int = 0
    state: str = ""
    spells: tuple[Spell, ...] = ()
    toward: float | None = None
    back: float | None = None

    @property
    def strained(self) -> bool:
        """Whether it is a partnership under strain: neither with nor yet against each other."""
        return self.state.startswith("strained")

    @property
    def sign(self) -> int:
        """1 or -1 where the interval of alignment leaves 0 out, else where that of warmth does; 0 under strain, mixed or unknown."""
        if self.strained:
            return 0
        if self.alignment_low is not None and self.alignment_high is not None and not self.alignment_low <= 0.0 <= self.alignment_high:
            return 1 if self.alignment_low > 0.0 else -1
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


@dataclass(frozen=True, slots=True)
class Change:
    """A turn in a tie: day, direction (1 warmer, -1 colder), size (0..2), first evidence.

    `before` and `after` (-1..1) are of `measure`: the warmth of acts, the alignment that standings state, or the
    volume: the weekly balance of acts, cooperative less conflictual, over the weight of the busier weeks.
    `undo` is what would take it back half the way, in words.
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
    undo: str = ""
