"""A panel and occasions -> a fitted, calibrated law for one kind and horizon, with its skill out of time.

Time is cut in three: the law is fitted on the first part, calibrated on the second, and scored on the last, where
no outcome window reaches over a cut. The law that forecasts is fitted anew by the same recipe with the last part
taken in. Where rows or occasions are too few, or the skill on the last part is not above zero, there is no law:
the base rate is given instead, and the reason said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.outlook.chances import Logit, Steps, fit_logit, fit_steps, jeffreys
from amity.outlook.columns import Bools, Floats, Ints
from amity.outlook.panel import FEATURES, Panel, came_true, occasions_between
from amity.outlook.scores import brier, calibration_error
from amity.records import Skill

# Shares of time: fitted until the first, calibrated until the second, scored after it; the last two for the law that
# forecasts. A quarter for the score is enough to tell a skill of .05 on a few hundred occasions.
TEST_CUTS = (0.50, 0.75)
FINAL_CUT = 0.75
# Independent occasions (pairs and windows that came true) below which a part says too little to fit, calibrate or score on.
LEAST_FIT, LEAST_CHECK = 30.0, 8.0
# The one feature of the EWMA that is printed beside: deeds of conflict with a half-life of 30 days.
EWMA = FEATURES.index("deeds of conflict 30 d")


@dataclass(frozen=True, slots=True)
class Law:
    """What one kind and horizon is forecast by: the law (None: the base rate alone), its skill, and why not.

    `base` has a 90 % interval and rests on so many independent `cases`.
    """

    kind: str
    horizon: int
    base: float
    base_low: float
    base_high: float
    cases: float
    logit: Logit | None
    steps: Steps | None
    skill: Skill | None
    reason: str

    def chances(self, features: Floats) -> Floats:
        """Features -> chances."""
        if self.logit is None or self.steps is None:
            return np.full(len(features), self.base)
        return self.steps.map(self.logit.chances(features))

    def interval(self, features: Floats, chance: float) -> tuple[float, float]:
        """Features of one row and its chance -> the 90 % interval of the chance, which holds it."""
        if self.logit is None or self.steps is None:
            return self.base_low, self.base_high
        low, high = self.steps.interval(float(self.logit.chances(features[None, :])[0]))
        return min(low, chance), max(high, chance)


@dataclass(frozen=True, slots=True)
class Occasions:
    """When a kind of thing happened: pair and day; `known` is the last day up to which nothing is missing."""

    kind: str
    pair: Ints
    day: Ints
    known: int


def fit_law(panel: Panel, occasions: Occasions, horizon: int, step: int) -> Law:
    """A panel with origins `step` days apart, and occasions -> the law for one horizon."""
    rows = panel.where(panel.day + horizon <= occasions.known)
    came = came_true(rows, occasions.pair, occasions.day, horizon)
    worth = min(1.0, step / horizon)
    hits, cases = float(came.sum()) * worth, len(came) * worth
    low, high = jeffreys(hits, cases)
    base = min(max((hits + 0.5) / (cases + 1.0), low), high)

    def bare(reason: str, skill: Skill | None = None) -> Law:
        return Law(occasions.kind, horizon, base, low, high, cases, None, None, skill, reason)

    if len(came) == 0:
        return bare("no past day has an outcome yet")
    cuts = np.quantile(rows.day, TEST_CUTS)
    fit, check = (rows.day + horizon <= cuts[0]), (rows.day > cuts[0]) & (rows.day + horizon <= cuts[1])
    test = rows.day > cuts[1]
    found = [float(came[part].sum()) * worth for part in (fit, check, test)]
    if found[0] < LEAST_FIT or min(found[1:]) < LEAST_CHECK:
        return bare(f"too few past occasions: {', '.join(f'{f:.0f}' for f in found)} to fit, calibrate and score on")
    said = _calibrated(rows, came, (fit, check), worth)[1]
    skill = _score(rows, came, (fit | check, test), said, occasions, horizon)
    if skill.skill <= 0.0:
        return bare(f"no skill out of time (Brier {skill.brier:.4f} against {min(skill.base, skill.persistence):.4f})", skill)
    cut = np.quantile(rows.day, FINAL_CUT)
    law, _ = _calibrated(rows, came, ((rows.day + horizon <= cut), rows.day > cut), worth)
    return Law(occasions.kind, horizon, base, low, high, cases, *law, skill, "")


def _calibrated(rows: Panel, came: Bools, parts: tuple[Bools, Bools], worth: float) -> tuple[tuple[Logit, Steps], Floats]:
    """Fit on the first part, calibrate on the second -> the law, and the chances it gives every row."""
    fit, check = parts
    logit = fit_logit(rows.features[fit], came[fit])
    said = logit.chances(rows.features)
    steps = fit_steps(said[check], came[check], worth)
    return (logit, steps), steps.map(said)


def _score(rows: Panel, came: Bools, parts: tuple[Bools, Bools], said: Floats, occasions: Occasions, horizon: int) -> Skill:
    """Chances -> their scores on the second part, beside simple ones fitted on the first.

    Persistence says whether the same happened in as many days before; it is given its own two shares from the
    first part, which makes it harder to beat than a bare yes or no. The EWMA has its own logistic fit.
    """
    past, test = parts
    before = occasions_between(rows, occasions.pair, occasions.day, 1 - horizon, 0) > 0
    share = [came[past & group].mean() if (past & group).any() else came[past].mean() for group in (before, ~before)]
    smooth = fit_logit(rows.features[past][:, [EWMA]], came[past]).chances(rows.features[test][:, [EWMA]])
    truth = came[test]
    return Skill(
        occasions.kind,
        horizon,
        int(test.sum()),
        int(truth.sum()),
        brier(said[test], truth),
        brier(np.full(len(truth), came[past].mean()), truth),
        brier(np.where(before, *share)[test], truth),
        brier(smooth, truth),
        calibration_error(said[test], truth),
    )
