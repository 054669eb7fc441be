"""Incidents: what several reports tell of one happening, account by account, and what holds or parts them."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Literal

from amity.errors import BadRecord
from amity.records.claims import When
from amity.records.kinds import Json, Status

DifferenceKind = Literal["number", "date", "place", "actor", "target", "polarity", "status"]
Relation = Literal["contradiction", "update", "difference"]
OriginKind = Literal["agency", "outlet", "voice", "document"]


@dataclass(frozen=True, slots=True)
class Term:
    """One reason for or against joining two claims: its name, its log-odds (natural), and what was compared."""

    name: str
    odds: float
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims (a < b by id) of one incident, and why: the sum of the terms is the log-odds that they tell the same."""

    a: str
    b: str
    terms: tuple[Term, ...]

    @property
    def odds(self) -> float:
        """Sum of the terms, natural log-odds."""
        return sum(t.odds for t in self.terms)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number a text gives of something, as bounds (both included): "at least seven people" is 7..inf of people."""

    low: float
    high: float
    noun: str
    words: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise BadRecord(f"figure {self.words!r}: got {self.low}..{self.high}, allowed is low <= high")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an account comes from in the end: `key` is equal for all that rest on it, `why` the words that say so."""

    key: str
    name: str
    kind: OriginKind
    why: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Documents (ids, earliest first) that print one text whole or in part; `shares` is each one's part of its own words (0..1)."""

    documents: tuple[str, ...]
    shares: tuple[float, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Telling:
    """What one account says happened: one act, in whose words, and how it stands there."""

    claim: str
    document: str
    quote: str
    act: str
    actor: str
    actor_side: str
    target: str
    target_side: str
    status: Status
    when: When | None
    published: str | None
    places: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def denies(self) -> bool:
        """Whether the telling says that it did not happen."""
        return self.status == "denied"


@dataclass(frozen=True, slots=True)
class Account:
    """One account of an incident: a voice on one origin, all that it tells, and the documents that print it.

    `copies` counts documents beyond the first.
    """

    voice: str
    origin: Origin
    documents: tuple[str, ...]
    tellings: tuple[Telling, ...]

    @property
    def copies(self) -> int:
        """Documents beyond the first."""
        return len(self.documents) - 1

    @property
    def denies(self) -> bool:
        """Whether any telling denies."""
        return any(t.denies for t in self.tellings)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tellings part (claims `a` earlier told than `b`): in what, how grave, both values, and the rule."""

    kind: DifferenceKind
    relation: Relation
    a: str
    b: str
    a_says: str
    b_says: str
    why: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A party that an incident speaks of but that no account lets speak, and what it would speak to."""

    party: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Grade:
    """Credibility of a claim, 1 (confirmed) to 6 (cannot be judged), with the rule that gave it and what it was given."""

    claim: str
    value: int
    rule: str
    why: str

    def __post_init__(self) -> None:
        if not 1 <= self.value <= 6:
            raise BadRecord(f"grade of claim {self.claim}: got {self.value}, allowed is 1 to 6")


@dataclass(frozen=True, slots=True)
class Stage:
    """How the incident stood from a day on: a status, or `lapsed` where a planned day went by and nothing was told."""

    day: str
    status: Status | Literal["lapsed"]
    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening as all reports tell it. `id` is that of its first claim by id, so that it outlives new claims mostly.

    `first` and `last` are the bounds of its time (ISO days; None where nothing tells), `links` the reasons that
    hold it together, `marks` what people noted on it.
    """

    id: str
    title: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    types: tuple[str, ...]
    parties: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    first: str | None
    last: str | None
    accounts: tuple[Account, ...]
    differences: tuple[Difference, ...]
    silent: tuple[Silent, ...]
    grades: tuple[Grade, ...]
    stages: tuple[Stage, ...]
    links: tuple[Link, ...]
    independent: int
    copies: int
    marks: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """The incident as plain values; open bounds of figures are null, since JSON knows no infinity."""
        return dict(plain_value(asdict(self)))

    @property
    def status(self) -> str:
        """How it stands at last."""
        return self.stages[-1].status if self.stages else "reported"

    @property
    def contradicted(self) -> bool:
        """Whether two of its tellings cannot both be true."""
        return any(d.relation == "contradiction" for d in self.differences)


def plain_value(value: Any) -> Any:
    """Nested values -> the same with lists for tuples and None for infinities."""
    if isinstance(value, dict):
        return {k: plain_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(v) for v in value]
    return None if isinstance(value, float) and math.isinf(value) else value
