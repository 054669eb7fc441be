"""Scores: what they are of known cases, and laws that hold for any."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amity.outlook.chances import fit_steps, jeffreys
from amity.outlook.scores import brier, calibration_error, crps_of_draws, crps_of_points, log_score, reliability

CHANCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(CHANCES)
def test_scores_lie_in_their_bounds_and_do_not_mind_order(rows: list[tuple[float, bool]]) -> None:
    """Brier and calibration error lie in 0..1, the log score is never negative, and the order of rows changes nothing."""
    said, came = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    for score in (brier, log_score, calibration_error):
        assert score(said, came) >= 0.0
        assert abs(score(said, came) - score(said[::-1], came[::-1])) < 1e-9
    assert brier(said, came) <= 1.0 + 1e-12 and calibration_error(said, came) <= 1.0 + 1e-12
    assert sum(b.cases for b in reliability(said, came)) == len(rows)


def test_crps_of_draws_and_of_points_agree() -> None:
    """The CRPS by many quantile levels is that by draws, and a point forecast's is its distance."""
    rng = np.random.default_rng(0)
    draws = rng.gamma(2.0, 3.0, 4000)
    levels = (np.arange(200) + 0.5) / 200
    assert abs(crps_of_points(levels, np.quantile(draws, levels), 4.0) - crps_of_draws(draws, 4.0)) < 0.05
    assert crps_of_draws(np.full(10, 3.0), 5.0) == 2.0


@given(CHANCES)
def test_the_isotonic_map_rises_and_stays_inside(rows: list[tuple[float, bool]]) -> None:
    """Whatever it is fitted on, the map never falls, and never says never or always."""
    said, came = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    steps = fit_steps(said, came, least=3.0)
    mapped = steps.map(np.linspace(0, 1, 50))
    assert (np.diff(mapped) >= -1e-12).all()
    assert mapped.min() > 0.0
    assert mapped.max() < 1.0


def test_jeffreys_holds_the_truth_about_as_often_as_it_says() -> None:
    """The 90 % interval of a share holds the true one in 85 to 96 of 100 of many samples."""
    rng = np.random.default_rng(1)
    inside = []
    for p in (0.05, 0.3, 0.5):
        for hits in rng.binomial(40, p, 400):
            low, high = jeffreys(float(hits), 40.0)
            inside.append(low <= p <= high)
    assert 0.85 <= np.mean(inside) <= 0.96
