"""Levels: a pair that comes twice as often as said is raised, a world as said stays at 1, and bounds hold."""

from __future__ import annotations

import numpy as np

from amity.outlook.levels import LEAST, MOST, Levels, Union


def run(truth: np.ndarray, said: np.ndarray, days: int = 1500) -> Levels:
    """Days of independent event-days at true rates, told to levels as if the said rates had been the law's."""
    rng, levels = np.random.default_rng(4), Levels(len(truth))
    for _ in range(days):
        pair, quad = np.nonzero(rng.random(truth.shape) < -np.expm1(-truth))
        levels.next(pair, quad, said)
    return levels


def test_a_pair_busier_than_said_is_raised_and_the_others_are_left() -> None:
    """One pair of forty comes half as often again as said: its level rises, the mean of the others stays near 1."""
    said = np.full((40, 4), 0.05)
    truth = said.copy()
    truth[0] *= 1.5
    factors = run(truth, said).factors
    assert factors[0].min() > 1.15
    assert abs(factors[1:].mean() - 1.0) < 0.06


def test_a_whole_that_is_told_of_less_is_lowered() -> None:
    """Where all pairs come half as often as said, all are lowered."""
    said = np.full((40, 4), 0.05)
    assert np.abs(run(0.5 * said, said).factors.mean() - 0.5) < 0.06


def test_levels_keep_within_their_bounds() -> None:
    """Ten times or a hundredth of what was said moves rates no further than the bounds."""
    said = np.full((3, 4), 0.02)
    assert run(10 * said, said).factors.max() <= MOST
    assert run(0.01 * said, said).factors.min() >= LEAST


def test_levels_of_several_laws_are_those_of_each_by_itself() -> None:
    """Two laws side by side have the levels that each has alone; draws spread about them, none outside the bounds."""
    said = np.stack([np.full((5, 4), 0.02), np.full((5, 4), 0.04)])
    both, alone, rng = Levels(5, 2), [Levels(5), Levels(5)], np.random.default_rng(2)
    for _ in range(800):
        pair, quad = np.nonzero(rng.random((5, 4)) < 0.03)
        both.next(pair, quad, said)
        for levels, rates in zip(alone, said, strict=True):
            levels.next(pair, quad, rates)
    assert np.allclose(both.factors, np.stack([levels.factors for levels in alone]))
    draws = [both.draw(rng) for _ in range(400)]
    drawn, whole = (np.stack(part) for part in zip(*draws, strict=True))
    assert drawn.min() >= LEAST and drawn.max() <= MOST
    # At the bounds draws pile up on one side, so only levels well within are compared.
    assert np.abs(np.median(drawn, 0) - both.own)[both.own < 1.2].max() < 0.1
    assert drawn.std(0).min() > 0.05
    assert np.abs(np.median(whole, 0) - both.whole).max() < 0.05


def test_quads_that_fall_on_one_day_lower_the_union() -> None:
    """If two quads always come together, "either" is half as frequent as the sum of their rates says."""
    rng, union, rates = np.random.default_rng(1), Union(), np.full(30, 0.04)
    for _ in range(2000):
        union.next(np.flatnonzero(rng.random(30) < 0.02), rates)
    assert abs(union.factors(rates)[0] - 0.5) < 0.08
    assert union.factors(np.array([0.5]))[0] == 1.0
