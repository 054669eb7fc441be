"""The loops of ties, cell after cell in plain arithmetic: the same lines run as they stand, or compiled by numba where it is installed.

A cell waits for the one before it, so columns of numpy cannot take them together. `pip install "amity[fast]"` brings numba; the
compiled lines give the same numbers to 1e-12 (a test holds it). Nothing here knows of numpy but by what it is given: lists of
lists, or arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp
from typing import Any

# Newton steps to the posterior mode: enough to come within 0.001 log-odds of it for any weight up to 50 and
# any variance up to 4 (held by a test). Their number is fixed, so that no pair depends on its company.
NEWTON_STEPS = 5
# A step after which the next would be lost in rounding: Newton's error is at most half the square of his last step.
STILL = 1e-7
# Log-odds beyond which a chance is 0 or 1, so that no exponential overflows.
FAR = 700.0
# Cells from which the compiled lines are taken: to load numba takes half a second, as long as to run through a hundred thousand
# cells plainly, and what has so many is seldom run through once.
MANY_CELLS = 50_000


def walk_cells(ends: Any, columns: Any, state: Any, cover: Any, out: Any) -> None:
    """The filter of `filter.py` through the cells of pairs, in place.

    `ends` (pairs + 1) is where the cells of each pair begin; `columns` are decay and noise (cells, components), seen, weight and
    mean (cells); `state` (pairs, components) and `cover` (pairs, components, components) come as before the first cell and are left as
    after the last; `out` (cells, 4) takes mean and variance of the log-odds before and after.
    """
    decay, noise, seen, weight, mean = columns
    size = len(noise[0])
    reach = [0.0] * size
    for pair in range(len(ends) - 1):
        dev, var = state[pair], cover[pair]
        for c in range(ends[pair], ends[pair + 1]):
            kept, gained, good, worth, now = decay[c], noise[c], seen[c], weight[c], out[c]
            before, before_var = mean[c], 0.0
            for i in range(size):
                dev[i] *= kept[i]
                before += dev[i]
                row, total = var[i], gained[i]
                for j in range(size):
                    row[j] *= kept[i] * kept[j]
                    total += row[j]
                row[i] += gained[i]
                reach[i] = total
                before_var += total
            at, p = before, 1.0 / (1.0 + exp(-before)) if before > -FAR else 0.0
            if (good - worth * p) * before <= 0.0:
                at, p = 0.0, 0.5
            for _ in range(NEWTON_STEPS):
                step = (at - before - before_var * (good - worth * p)) / (1.0 + before_var * worth * p * (1.0 - p))
                at -= step
                p = 1.0 / (1.0 + exp(-at)) if at > -FAR else 0.0
                if -STILL < step < STILL:
                    break
            told = worth * p * (1.0 - p)
            shrink = 1.0 / (1.0 + before_var * told)
            pull, cut = (at - before) / before_var, told * shrink
            for i in range(size):
                dev[i] += reach[i] * pull
                row, share = var[i], reach[i] * cut
                for j in range(size):
                    row[j] -= share * reach[j]
            now[0], now[1], now[2], now[3] = before, before_var, at, before_var * shrink


def fade_cells(values: Any, kept: Any) -> None:
    """Rows of values (rows, cells) -> their fading sums, in place: each takes the sum before it times what is kept of that (cells)."""
    for row in values:
        for c in range(1, len(kept)):
            row[c] += row[c - 1] * kept[c]


def compiled(lines: Callable[..., None], cells: int) -> Callable[..., None] | None:
    """One of the loops, and of how many cells -> itself compiled, None where that does not pay or numba is not installed."""
    return _compile(lines) if cells >= MANY_CELLS else None


@cache
def _compile(lines: Callable[..., None]) -> Callable[..., None] | None:
    """A loop -> itself compiled, kept beside the module or in the user's cache, where either can be written."""
    try:
        from numba import njit
    except ImportError:
        return None
    try:
        return njit(cache=True, error_model="numpy")(lines)
    except RuntimeError:  # no place to keep it
        return njit(error_model="numpy")(lines)
