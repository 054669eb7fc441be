"""Features -> chances: a ridge logistic fit, and an isotonic map from what was said to what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.outlook.columns import Bools, Floats

# Weight of the ridge on standardised features, in rows: one strange pair shall not swing a coefficient.
RIDGE = 10.0
# Steps of Newton's method; it converges in six or seven on every panel seen.
STEPS = 25


@dataclass(frozen=True, slots=True)
class Logit:
    """A logistic law: `weights` for standardised features, the constant last."""

    mean: Floats
    scale: Floats
    weights: Floats

    def chances(self, features: Floats) -> Floats:
        """Features -> chances, one a row."""
        return squash((features - self.mean) / self.scale @ self.weights[:-1] + self.weights[-1])

    def parts(self, features: Floats) -> Floats:
        """Features of one row -> what each adds to the log-odds, against the mean row."""
        return np.asarray((features - self.mean) / self.scale * self.weights[:-1])


def squash(x: Floats) -> Floats:
    """Log-odds -> chance."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0))))


def fit_logit(features: Floats, came: Bools, weight: Floats | None = None, ridge: float = RIDGE) -> Logit:
    """Features and outcomes -> the logistic law of least penalised log loss, by Newton's method with a ridge.

    The constant is not shrunk, so the mean chance is the share that came true.
    """
    mean, scale = features.mean(0), np.maximum(features.std(0), 1e-6)
    x = np.column_stack([(features - mean) / scale, np.ones(len(features))])
    share = np.clip(came.mean(), 1e-4, 1.0 - 1e-4)
    w = np.zeros(x.shape[1])
    w[-1] = np.log(share / (1.0 - share))
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-3
    many = np.ones(len(x)) if weight is None else weight
    for _ in range(STEPS):
        p = squash(x @ w)
        slope = x.T @ (many * (p - came)) + penalty * np.append(w[:-1], 0.0)
        curve = (x * (many * np.maximum(p * (1.0 - p), 1e-6))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        here, size = _loss(x, came, many, penalty, w), 1.0
        while size > 1e-4 and _loss(x, came, many, penalty, w - size * step) > here:
            size /= 2.0
        w -= size * step
        if np.abs(size * step).max() < 1e-5:
            break
    return Logit(mean, scale, w)


def _loss(x: Floats, came: Bools, many: Floats, penalty: Floats, w: Floats) -> float:
    """What the fit makes least: log loss and ridge."""
    odds = x @ w
    return float((many * (np.logaddexp(0.0, odds) - came * odds)).sum() + 0.5 * (penalty[:-1] * w[:-1] ** 2).sum())


@dataclass(frozen=True, slots=True)
class Steps:
    """A rising step map: a chance said in [at[i], at[i+1]) came true in `share[i]` of `worth[i]` independent cases."""

    at: Floats
    share: Floats
    worth: Floats

    def map(self, said: Floats) -> Floats:
        """Chances said -> chances, linear between the middles of steps so that order is kept."""
        return np.asarray(np.interp(said, self.at, self.share))

    def interval(self, said: float) -> tuple[float, float]:
        """The 90 % interval of the chance, by Jeffreys' rule on the cases of its step."""
        i = int(np.clip(np.searchsorted(self.at, said), 0, len(self.at) - 1))
        return jeffreys(float(self.share[i] * self.worth[i]), float(self.worth[i]))


def fit_steps(said: Floats, came: Bools, worth: float = 1.0, least: float = 20.0) -> Steps:
    """Chances and outcomes -> the isotonic map, pooled until each step holds `least` independent cases.

    `worth` is how many independent cases one row is (overlapping windows are worth less than one). Each
    step is pulled towards the overall share by one case, so that no step says never or always.

    Source: pool adjacent violators, Ayer et al. 1955.
    """
    order = np.argsort(said, kind="stable")
    overall = (float(came.sum()) + 0.5) / (len(came) + 1.0)
    blocks: list[list[float]] = []  # cases, came true, sum of chances said
    size = max(1, int(np.ceil(least / worth)))
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        blocks.append([float(len(rows)), float(came[rows].sum()), float(said[rows].sum())])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][0] >= blocks[-1][1] / blocks[-1][0]:
            last = blocks.pop()
            blocks[-1] = [p + q for p, q in zip(blocks[-1], last, strict=True)]
    n, hits, total = np.array(blocks).T
    return Steps(total / n, (hits * worth + overall) / (n * worth + 1.0), n * worth)


def jeffreys(hits: float, cases: float, z: float = 1.6448536269514722) -> tuple[float, float]:
    """Hits of cases -> 90 % interval of the share, the logit-normal nearest to Jeffreys' beta law.

    >>> low, high = jeffreys(0.0, 0.0)
    >>> low < 0.05, high > 0.95
    (True, True)
    """
    a, b = hits + 0.5, max(cases - hits, 0.0) + 0.5
    middle = _digamma(a) - _digamma(b)
    reach = z * float(np.sqrt(_trigamma(a) + _trigamma(b)))
    low, high = squash(np.array([middle - reach, middle + reach]))
    return float(low), float(high)


def _digamma(x: float) -> float:
    shift = 0.0
    while x < 6.0:
        shift -= 1.0 / x
        x += 1.0
    return shift + float(np.log(x)) - 1.0 / (2 * x) - 1.0 / (12 * x**2) + 1.0 / (120 * x**4)


def _trigamma(x: float) -> float:
    shift = 0.0
    while x < 6.0:
        shift += 1.0 / x**2
        x += 1.0
    return shift + 1.0 / x + 1.0 / (2 * x**2) + 1.0 / (6 * x**3) - 1.0 / (30 * x**5)
