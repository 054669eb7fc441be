"""Bargaining over one issue, from numbers that an expert put in: what three old models make of them, side by side.

Nothing here is evidence. Positions, salience and capability are judgements; the outcome is what follows from them
under a model, and the models disagree. It is kept apart from forecasts, is never stored with them, and is never scored.

Source: weighted mean and median voter as in Black 1958 and Achen 2006 (the compromise that is hard to beat); the
challenge model after Bueno de Mesquita 1985, in the public form with risk exponents. Published replications do not
reproduce its original figures, so none are claimed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from amity.errors import BadInput
from amity.outlook.columns import Floats
from amity.records import Bargain, Issue, Stake

LABEL = "expert input, not evidence"
# Rounds of the challenge model, and the move (share of the scale) below which it has settled.
ROUNDS, SETTLED = 25, 0.001
FIELDS = {"name", "position", "salience", "capability"}


def read_issue(path: Path) -> Issue:
    """A YAML file -> the issue; Raises BadInput naming file and actor."""
    import yaml

    try:
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"bargain {path}: cannot be read ({error.strerror}); give the path of a YAML file") from None
    except yaml.YAMLError as error:
        raise BadInput(f"bargain {path}: is no YAML ({str(error).splitlines()[0]}); see docs/outlook.md for the form") from None
    if not isinstance(row, dict) or not isinstance(row.get("actors"), list):
        raise BadInput(f"bargain {path}: got no list `actors`, see docs/outlook.md for the form")
    low, high = (float(x) for x in row.get("scale", (0, 100)))
    means = row.get("means") or {}
    stakes = tuple(_read_stake(path, actor, (low, high)) for actor in row["actors"])
    if len(stakes) < 2 or len({s.name for s in stakes}) < len(stakes) or low >= high:
        raise BadInput(
            f"bargain {path}: got {len(stakes)} actors on {low}..{high}, allowed is two or more of different names on a rising scale"
        )
    return Issue(str(row.get("issue", path.stem)), low, high, str(means.get("low", "")), str(means.get("high", "")), stakes)


def _read_stake(path: Path, row: object, scale: tuple[float, float]) -> Stake:
    if not isinstance(row, dict) or set(row) != FIELDS:
        raise BadInput(f"bargain {path}: got actor {row!r}, allowed are the fields {', '.join(sorted(FIELDS))}")
    try:
        stake = Stake(str(row["name"]), float(row["position"]), float(row["salience"]), float(row["capability"]))
    except (TypeError, ValueError):
        raise BadInput(f"bargain {path}: got actor {row['name']!r} with {row!r}, allowed are numbers") from None
    if not (scale[0] <= stake.position <= scale[1] and 0.0 <= stake.salience <= 1.0 and stake.capability > 0.0):
        raise BadInput(
            f"bargain {path}: got {stake.name!r} at {stake.position}, salience {stake.salience}, capability {stake.capability}, "
            f"allowed is {scale[0]:g}..{scale[1]:g}, 0..1, above 0"
        )
    return stake


def solve_bargain(issue: Issue) -> Bargain:
    """An issue -> the three outcomes, and how far each swings when an input is a fifth off."""
    mean, median, path, ends = _solve(issue)
    swing = np.zeros(3)
    span = issue.high - issue.low
    for i, stake in enumerate(issue.stakes):
        for change in (-0.2, 0.2):
            for changed in (
                replace(stake, position=float(np.clip(stake.position + change * span, issue.low, issue.high))),
                replace(stake, salience=float(np.clip(stake.salience * (1 + change), 0.0, 1.0))),
                replace(stake, capability=stake.capability * (1 + change)),
            ):
                other = _solve(replace(issue, stakes=(*issue.stakes[:i], changed, *issue.stakes[i + 1 :])))
                swing = np.maximum(swing, np.abs(np.array([other[0], other[1], other[2][-1]]) - [mean, median, path[-1]]))
    return Bargain(LABEL, issue, mean, median, path[-1], path, ends, (float(swing[0]), float(swing[1]), float(swing[2])))


def _solve(issue: Issue) -> tuple[float, float, tuple[float, ...], tuple[float, ...]]:
    at, salience, capability = np.array([(s.position, s.salience, s.capability) for s in issue.stakes]).T
    span = issue.high - issue.low
    x = (at - issue.low) / span
    weight = capability * salience
    weight = weight if weight.sum() > 0 else capability
    mean, median = float(x @ weight / weight.sum()), weighted_median(x, weight)
    path = [median]
    for _ in range(ROUNDS):
        moved = _challenge(x, salience, capability)
        path.append(weighted_median(moved, weight))
        settled = float(np.abs(moved - x).max()) < SETTLED
        x = moved
        if settled:
            break
    return (
        issue.low + span * mean,
        issue.low + span * median,
        tuple(issue.low + span * p for p in path),
        tuple((issue.low + span * x).tolist()),
    )


def weighted_median(at: Floats, weight: Floats) -> float:
    """Positions and weights -> the position that beats or ties every other by pairwise weighted vote.

    >>> weighted_median(np.array([0.0, 0.4, 1.0]), np.array([1.0, 1.0, 3.0]))
    1.0
    """
    order = np.argsort(at, kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    return float(at[order][int(np.searchsorted(share, 0.5 - 1e-12))])


def _challenge(x: Floats, salience: Floats, capability: Floats) -> Floats:
    """One round: each actor challenges those from whom it expects to gain, and yields to the best offer it meets.

    The chance that i wins against j is the weight of third parties nearer to i, among all that care; utilities are
    one less distance to the power of the actor's risk exponent (Bueno de Mesquita 1985: safe actors near the
    median take few risks). Who is challenged with success moves to the challenger, or half way where the
    challenged expects to gain as well.
    """
    n = len(x)
    risk = _risk(x, salience, capability)
    gain = _expected_gain(x, salience, capability, risk)
    moved = x.copy()
    for j in range(n):
        offers = [(gain[i, j], i) for i in range(n) if i != j and gain[i, j] > 0.0 and abs(x[i] - x[j]) > 1e-9]
        if not offers:
            continue
        _, i = max(offers, key=lambda o: (o[0] - max(gain[j, o[1]], 0.0), -abs(x[o[1]] - x[j])))
        if gain[j, i] <= 0.0:
            moved[j] = x[i]
        elif gain[i, j] > gain[j, i]:
            moved[j] = x[j] + (x[i] - x[j]) * (1.0 - gain[j, i] / gain[i, j]) / 2.0
    return moved


def _win(x: Floats, salience: Floats, capability: Floats) -> Floats:
    """Chance that i wins against j: of the weight times how much nearer each party stands to one of the two."""
    nearer = np.abs(x[None, None, :] - x[None, :, None]) - np.abs(x[None, None, :] - x[:, None, None])
    votes = (capability * salience)[None, None, :] * nearer
    total = np.abs(votes).sum(2)
    return np.asarray(np.where(total > 0, np.maximum(votes, 0.0).sum(2) / np.maximum(total, 1e-12), 0.5))


def _expected_gain(x: Floats, salience: Floats, capability: Floats, risk: Floats) -> Floats:
    """What i expects of challenging j, on its own utilities: winning brings j to it, losing takes it to j, against no challenge."""
    apart = np.abs(x[:, None] - x[None, :])
    win = _win(x, salience, capability)
    success = 2.0 - 4.0 * (0.5 - 0.5 * apart) ** risk[:, None]
    failure = 2.0 - 4.0 * (0.5 + 0.5 * apart) ** risk[:, None]
    status_quo = 2.0 - 4.0 * 0.5 ** risk[:, None]
    s = salience[None, :]
    return np.asarray(s * (win * success + (1.0 - win) * failure) + (1.0 - s) * success - status_quo)


def _risk(x: Floats, salience: Floats, capability: Floats) -> Floats:
    """Risk exponent of each actor, 1/2 (takes risks) to 2 (plays safe), by how safe its position already is."""
    win = _win(x, salience, capability)
    safety = win.sum(1)
    low, high = safety.min(), safety.max()
    r = np.zeros(len(x)) if high - low < 1e-12 else (2.0 * safety - high - low) / (high - low)
    return np.asarray((1.0 - r / 3.0) / (1.0 + r / 3.0))
