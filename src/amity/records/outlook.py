"""What is said of days to come: forecasts with their basis, how well such forecasts did, and what came of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal, get_args

from amity.errors import BadRecord
from amity.records.kinds import Json, fingerprint

# conflict: at least one act of material conflict (quad 4) between the two; rupture and thaw: a change of the tie
# towards colder or warmer begins; act: at least one act of the named type by a towards b.
ForecastKind = Literal["conflict", "rupture", "thaw", "act"]
FORECAST_KINDS: tuple[ForecastKind, ...] = get_args(ForecastKind)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The chance that something happens between two parties after `issued`, up to and including `until` (ISO days).

    `chance` and its 90 % interval `low`..`high` are probabilities; `words` are those of ICD 203. `base` is the base
    rate, `skill` the Brier skill of such forecasts out of time over the better of base rate and persistence, None
    where it could not be measured. `basis` says whether the chance comes of the model or is the base rate itself.
    `grounds` are sentences, `claims` the rows they rest on; `type` is set for the kind "act", where a acts on b.
    `counts` are the 5, 25, 50, 75 and 95 % points of the number of such acts, where a simulation gave them.
    """

    kind: ForecastKind
    a: str
    b: str
    a_name: str
    b_name: str
    issued: str
    until: str
    horizon: int
    chance: float
    low: float
    high: float
    words: str
    base: float
    skill: float | None
    basis: Literal["model", "base rate"]
    grounds: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    type: str = ""
    counts: tuple[float, ...] = ()
    maker: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.chance <= self.high <= 1.0:
            raise BadRecord(
                f"forecast {self.a} {self.b}: got {self.low} <= {self.chance} <= {self.high}, allowed is in order within 0 to 1"
            )
        if self.horizon < 1 or self.until <= self.issued:
            raise BadRecord(f"forecast {self.a} {self.b}: got {self.issued} to {self.until}, allowed is a day later or more")
        parts = (self.kind, self.a, self.b, self.type, self.issued, self.horizon, self.chance, self.maker)
        object.__setattr__(self, "id", fingerprint("forecast", *parts))

    def to_json(self) -> Json:
        """The forecast as plain values."""
        return asdict(self) | {"grounds": list(self.grounds), "claims": list(self.claims), "counts": list(self.counts)}

    @classmethod
    def from_json(cls, row: Json) -> Forecast:
        """The inverse of `to_json`; Raises BadRecord where a field is missing."""
        try:
            values = {k: row[k] for k in cls.__dataclass_fields__ if k != "id"}
        except KeyError as missing:
            raise BadRecord(f"forecast {row.get('id', '?')}: got no field {missing}, see docs/outlook.md") from None
        return cls(**values | {k: tuple(row[k]) for k in ("grounds", "claims", "counts")})


@dataclass(frozen=True, slots=True)
class Skill:
    """How forecasts of a kind and horizon (days) did on `rows` later days of pairs, out of time; Brier scores.

    `skill` is one less the score over the better of base rate and persistence; `error` is the expected
    calibration error. `events` of the rows came true.
    """

    kind: str
    horizon: int
    rows: int
    events: int
    brier: float
    base: float
    persistence: float
    ewma: float
    error: float

    @property
    def skill(self) -> float:
        """Share of the better simple score that the forecast saves; below 0 it does harm."""
        best = min(self.base, self.persistence)
        return 1.0 - self.brier / best if best > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """Forecasts as of a day, how well such forecasts did before, and in words what was left out and why."""

    as_of: str
    forecasts: tuple[Forecast, ...]
    skills: tuple[Skill, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """A forecast whose time has come: whether it came true, its Brier and log score (nats), and the claims that decide."""

    forecast: Forecast
    happened: bool
    brier: float
    log: float
    claims: tuple[str, ...] = ()
    crps: float | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """A point of the reliability diagram: mean chance said, share that came true, how many."""

    said: float
    came: float
    cases: int


@dataclass(frozen=True, slots=True)
class Report:
    """How the forecasts of one kind and horizon did: scores, those of always saying their base rate, the diagram."""

    kind: str
    horizon: int
    cases: int
    happened: int
    brier: float
    base: float
    log: float
    error: float
    crps: float | None
    bins: tuple[Bin, ...]

    @property
    def skill(self) -> float:
        """Share of the base rate's Brier score that was saved."""
        return 1.0 - self.brier / self.base if self.base > 0.0 else 0.0


EffectMeasure = Literal[
    "days with deeds of conflict", "days with conflict", "days with cooperation",
    "chance of a deed of conflict", "balance of acts", "chance of a rupture",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario changes in one measure of a pair, as a mean over paired runs: `changed` less `base`.

    `low`..`high` is the 90 % interval of the mean difference, from what the data leave open of the law and from the
    number of runs. A pair of parties that a scenario does not reach has 0 in it. The balance of acts is cooperation less
    conflict over both, -1..1, as of the last day; a rupture is a fall of it by half a point or more.
    """

    measure: EffectMeasure
    a: str
    b: str
    base: float
    changed: float
    difference: float
    low: float
    high: float

    @property
    def claimed(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, slots=True)
class Stand:
    """How a party stands in the blocs before and after: its bloc's other members, how torn it is (0..1), the cost to move it."""

    party: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    torn_before: float | None
    torn_after: float | None
    flip_before: float | None
    flip_after: float | None
    moves: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer to a scenario, told as differences; parties by id, `names` as pairs of id and name.

    `sensitivity` gives, for how strongly pairs are taken to stir their neighbours (a factor on the fitted effect),
    the greatest difference in a pair that the scenario does not touch. `frustration` is the cost of the best blocs,
    before and after, and whether both are proven least.
    """

    question: str
    as_of: str
    days: int
    runs: int
    differences: tuple[Effect, ...]
    stands: tuple[Stand, ...]
    frustration: tuple[float, float, bool] | None
    sensitivity: tuple[tuple[float, Effect], ...]
    notes: tuple[str, ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """A party in a ranking of who is likeliest next: its score (higher is likelier, no chance), what past acts speak for it."""

    party: str
    name: str
    score: float
    grounds: tuple[str, ...]
    claims: tuple[str, ...]
