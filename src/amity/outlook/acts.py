"""Columns -> the chance of each type of act by each party towards the other, within a few days.

A row is a directed pair and a type that the one has done to the other before, on a day. One ridge logistic law a horizon
is fitted over all rows alike, for one pair's own past tells too little of one type; it is calibrated and scored on later
parts of time, as those of `fitting.py`. The base rate is that of the type. No law, no forecasts: a pair's base rate of one of
sixteen types says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from amity.outlook.chances import Logit, Steps, fit_logit, fit_steps
from amity.outlook.columns import Bools, Columns, Floats, Ints
from amity.outlook.days import day_text
from amity.outlook.panel import HALF_LIVES, LEAST_EVENTS, SILENCE
from amity.outlook.scores import brier, calibration_error
from amity.outlook.words import say_likelihood
from amity.records import Forecast, Skill

# Rows of the past that a law is fitted, calibrated and scored on; keys are sampled to keep below. Some seconds.
MOST_ROWS = 300_000
# Forecasts of a horizon that are given, the likeliest: of the tens of thousands of pairs of event data most are all but nil.
MOST_TOLD = 1000
# Pairs looked at, the busiest first, and occasions in each part of time below which there is no law.
MOST_PAIRS, LEAST_CAME = 3000, 20
# Shares of time as in `fitting.py`.
TEST_CUTS, FINAL_CUT = (0.50, 0.75), 0.75
MOST_CLAIMS = 5
FEATURES = (
    *(f"same act {h:g} d" for h in HALF_LIVES), "same act the other way 30 d", "same kind of act 30 d", "any act of this party 30 d",
    "any act between them 7 d", "any act between them 120 d", "days since the same act", "how common the type is", "own rate of the type",
)  # fmt: skip
EWMA = FEATURES.index("same act 30 d")


@dataclass(frozen=True, slots=True)
class Doings:
    """Events of the busiest pairs in order of day: key = (pair * 2 + way) * types + type; `way` 0 where the first party acts."""

    types: tuple[str, ...]
    quads: Ints
    pairs: Ints
    key: Ints
    day: Ints
    happened: Bools
    row: Ints

    @property
    def keys(self) -> int:
        """How many keys there are."""
        return len(self.pairs) * 2 * len(self.types)


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows in order of day: the key, the day, features."""

    key: Ints
    day: Ints
    features: Floats


@dataclass(frozen=True, slots=True)
class ActLaw:
    """The law of a horizon with its skill, and the base rate of each type."""

    horizon: int
    logit: Logit
    steps: Steps
    skill: Skill
    base: Floats


def forecast_acts(
    columns: Columns, origins: Sequence[int], horizons: Sequence[int], now: int, told: tuple[Mapping[str, str], str]
) -> tuple[list[Forecast], list[Skill], list[str]]:
    """Columns, days of the past to question, horizons, today, names and maker -> forecasts, skills, and why there are none."""
    doings = read_doings(columns)
    if not doings.types:
        return [], [], []
    today = sample_rows(doings, [now])
    past = sample_rows(doings, origins, max(1, -(-len(today.key) * len(origins) // (2 * MOST_ROWS))))
    found: list[Forecast] = []
    skills, bare = [], []
    for horizon in horizons:
        law = fit_acts(doings, past, horizon, now)
        skills += [law.skill] if isinstance(law, ActLaw) else []
        if isinstance(law, ActLaw) and law.skill.skill > 0.0:
            found += _forecasts(law, (doings, columns, today), now, told)
        else:
            bare.append(str(horizon))
    why = [f"No chances of single types of acts in {', '.join(bare)} days: the past is too short or thin to learn them."] if bare else []
    return found, skills, why


def read_doings(columns: Columns) -> Doings:
    """Columns -> the typed events of pairs with events enough, the busiest MOST_PAIRS."""
    count = np.bincount(columns.pair, minlength=len(columns.pairs))
    busiest = np.argsort(-count, kind="stable")[:MOST_PAIRS]
    pairs = np.sort(busiest[count[busiest] >= LEAST_EVENTS])
    place = np.full(len(columns.pairs), -1, np.int64)
    place[pairs] = np.arange(len(pairs))
    types = tuple(sorted({e.type for e in columns.rows if e.type}))
    number = {t: i for i, t in enumerate(types)}
    kind = np.array([number.get(e.type, -1) for e in columns.rows], np.int64).reshape(-1)
    keep = np.flatnonzero((place[columns.pair] >= 0) & (kind >= 0))
    quads = np.zeros(len(types), np.int64)
    quads[kind[keep]] = columns.quad[keep]
    key = (place[columns.pair[keep]] * 2 + ~columns.forward[keep]) * max(len(types), 1) + kind[keep]
    return Doings(types, quads, pairs, key, columns.day[keep], columns.happened[keep], keep)


def sample_rows(doings: Doings, origins: Sequence[int], thin: int = 1) -> Sample:
    """Doings and days in order -> a row for each act done so far, by pairs heard of in the year before; events of the day are known.

    With `thin` one in so many keys is taken, by a hash, the same on every day.
    """
    kinds, size = len(doings.types), (len(doings.pairs), 2, len(doings.types))
    heat = np.zeros((*size, len(HALF_LIVES)))
    last, seen, total, at = np.full(size, -(10**6), np.int64), np.zeros(size), np.zeros(kinds), 0
    before: int | None = None
    first = int(doings.day[0]) if len(doings.day) else 0
    found = []
    for day in origins:
        end = int(np.searchsorted(doings.day, day, side="right"))
        key, when = doings.key[at:end], doings.day[at:end]
        for k, half in enumerate(HALF_LIVES):
            heat[..., k] *= 0.5 ** ((day - before) / half) if before is not None else 1.0
            np.add.at(heat.reshape(-1, len(HALF_LIVES))[:, k], key, 0.5 ** ((day - when) / half))
        np.maximum.at(last.reshape(-1), key, when)
        np.add.at(seen.reshape(-1), key, 1.0)
        total += np.bincount(key % kinds, minlength=kinds)
        at, before = end, day
        live = np.flatnonzero(day - last.max((1, 2)) <= SILENCE)
        age = max(day - first + 1, 30)
        features = _features(heat[live], day - last[live], (seen[live], total / (age * max(len(live), 1))), (doings.quads, age))
        keys = (live[:, None] * 2 * kinds + np.arange(2 * kinds)[None, :]).ravel()
        done = (seen[live].reshape(-1) > 0.0) & (keys * 2654435761 % 2**32 % thin == 0)
        keys = keys[done]
        found.append((keys, np.full(len(keys), day, np.int64), features[done]))
    if not found:
        return Sample(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, len(FEATURES))))
    return Sample(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _features(heat: Floats, gap: Ints, counts: tuple[Floats, Floats], law: tuple[Ints, int]) -> Floats:
    """Heat (pair, way, type, half-life), days since, counts of keys and rates of types -> `FEATURES`, a row a key."""
    seen, common = counts
    quads, age = law
    alike = np.stack([heat[:, :, quads == q, 1].sum(2) for q in quads], axis=2)
    size = heat.shape[:3]
    wide = [np.broadcast_to(v, size) for v in (heat[..., 1].sum(2)[:, :, None], *(heat[..., k].sum((1, 2))[:, None, None] for k in (0, 2)))]
    columns = [np.log1p(heat[..., k]) for k in range(len(HALF_LIVES))]
    columns += [np.log1p(heat[:, ::-1, :, 1]), np.log1p(alike), *(np.log1p(v) for v in wide), np.log1p(np.minimum(gap, 3650))]
    columns += [np.broadcast_to(np.log(common + 1e-6), size), np.log((seen + 0.2) / age)]
    return np.stack(columns, axis=3).reshape(-1, len(columns))


def came_within(doings: Doings, sample: Sample, first: int, last: int) -> Bools:
    """Whether an act of the row's key, told as fact, falls on its day + first .. day + last (both closed)."""
    span = 10**6
    keys = np.sort(doings.key[doings.happened] * span + doings.day[doings.happened] + span // 2)
    at = sample.key * span + sample.day + span // 2
    return np.asarray(np.searchsorted(keys, at + last, side="right") > np.searchsorted(keys, at + first, side="left"))


def fit_acts(doings: Doings, past: Sample, horizon: int, now: int) -> ActLaw | str:
    """Rows of the past -> the law of a horizon, or why there is none."""
    keep = past.day + horizon <= now
    rows = Sample(past.key[keep], past.day[keep], past.features[keep])
    came = came_within(doings, rows, 1, horizon)
    if not len(came):
        return "no past day has an outcome yet"
    cuts = np.quantile(rows.day, TEST_CUTS)
    fit, check = rows.day + horizon <= cuts[0], (rows.day > cuts[0]) & (rows.day + horizon <= cuts[1])
    test = rows.day > cuts[1]
    days = np.unique(rows.day)
    worth = min(1.0, float(np.diff(days).min()) / horizon) if len(days) > 1 else 1.0
    if min(came[part].sum() * worth for part in (fit, check, test)) < LEAST_CAME:
        return "too few past occasions"
    said = _learn(rows, came, (fit, check), worth)[2]
    skill = _score(doings, rows, came, (fit | check, test, said), horizon)
    cut = np.quantile(rows.day, FINAL_CUT)
    logit, steps, _ = _learn(rows, came, (rows.day + horizon <= cut, rows.day > cut), worth)
    return ActLaw(horizon, logit, steps, skill, _shares(rows.key % len(doings.types), came, len(doings.types)))


def _learn(rows: Sample, came: Bools, parts: tuple[Bools, Bools], worth: float) -> tuple[Logit, Steps, Floats]:
    logit = fit_logit(rows.features[parts[0]], came[parts[0]])
    said = logit.chances(rows.features)
    steps = fit_steps(said[parts[1]], came[parts[1]], worth)
    return logit, steps, steps.map(said)


def _shares(kind: Ints, came: Bools, kinds: int) -> Floats:
    """The share that came true of each type."""
    return np.asarray((np.bincount(kind[came], minlength=kinds) + 0.5) / (np.bincount(kind, minlength=kinds) + 1.0))


def _score(doings: Doings, rows: Sample, came: Bools, parts: tuple[Bools, Bools, Floats], horizon: int) -> Skill:
    """Scores on the last part beside the type's base rate, persistence (the same act in as many days before), and the EWMA."""
    past, test, said = parts
    kinds, truth = len(doings.types), came[test]
    base = _shares(rows.key[past] % kinds, came[past], kinds)[rows.key[test] % kinds]
    before = came_within(doings, rows, 1 - horizon, 0)
    again = [came[past & group].mean() if (past & group).any() else came[past].mean() for group in (before, ~before)]
    smooth = fit_logit(rows.features[past][:, [EWMA]], came[past]).chances(rows.features[test][:, [EWMA]])
    scores = (brier(said[test], truth), brier(base, truth), brier(np.where(before[test], *again), truth), brier(smooth, truth))
    return Skill("act", horizon, int(test.sum()), int(truth.sum()), *scores, calibration_error(said[test], truth))


def _forecasts(law: ActLaw, at: tuple[Doings, Columns, Sample], now: int, told: tuple[Mapping[str, str], str]) -> list[Forecast]:
    """The law on today's rows -> forecasts, the likeliest first."""
    doings, columns, today = at
    raw = law.logit.chances(today.features)
    chances = law.steps.map(raw)
    order = np.lexsort((today.key, -chances)).tolist()[:MOST_TOLD]
    rank = np.argsort(doings.key, kind="stable")
    bounds = np.searchsorted(doings.key[rank], (today.key, today.key + 1))
    names, maker = told
    found = []
    for i in order:
        key, kinds = int(today.key[i]), len(doings.types)
        ends = columns.pairs[int(doings.pairs[key // kinds // 2])]
        a, b = ends[:: -1 if key // kinds % 2 else 1]
        rows = rank[bounds[0][i] : bounds[1][i]]
        low, high = law.steps.interval(float(raw[i]))
        chance, base = float(chances[i]), float(law.base[key % kinds])
        found.append(
            Forecast(
                "act", a, b, names.get(a, a), names.get(b, b), day_text(now), day_text(now + law.horizon), law.horizon, chance,
                min(low, chance), max(high, chance), say_likelihood(chance), base, law.skill.skill, "model",
                _grounds(doings.day[rows], now, law.logit.parts(today.features[i])), _newest(columns, doings.row[rows]),
                type=doings.types[key % kinds], maker=maker,
            )
        )  # fmt: skip
    return found


def _grounds(days: Ints, now: int, parts: Floats) -> tuple[str, ...]:
    """Days of the same act and what each feature adds -> sentences."""
    lately = [(int((days > now - d).sum()), d) for d in (30, 365)]
    told = "; ".join(f"{n} in the last {d} days" for n, d in lately)
    lines = [f"the same act: {told}; last {now - int(days.max())} days ago"]
    order = np.argsort(-np.abs(parts))[:2]
    lines += [
        f"{'raises' if parts[k] > 0 else 'lowers'} it: {FEATURES[k]} ({parts[k]:+.1f} log-odds)" for k in order if abs(parts[k]) >= 0.1
    ]
    return tuple(lines)


def _newest(columns: Columns, rows: Ints) -> tuple[str, ...]:
    """The newest claims of the same act."""
    claims = (columns.rows[i].claim for i in rows[np.argsort(-columns.day[rows], kind="stable")])
    return tuple(dict.fromkeys(c for c in claims if c))[:MOST_CLAIMS]
