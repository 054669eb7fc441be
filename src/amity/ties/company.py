"""What the company of a pair says of it before its own events: how kind or hostile each of the two has been to all.

A pair of few events borrows from the rest: a party at war with everyone is not met as one at peace. For each event
the smoothed share of cooperative events, of earlier days only, is taken for its actor as an actor, its
recipient as a recipient, and the whole; their log-odds, weighed by learnt numbers, shift the prior of the pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from amity.ties.cells import Cells, Floats, Ints, Rows, gather_cells
from amity.ties.options import TieOptions
from amity.ties.walk import compiled, fade_cells

# Events of either kind added to a smoothed share, so that one event is no record. Three of each, set by hand.
PRIOR = 3.0
# Log-odds are summed in steps of 2 to the -16, a hundredth of a thousandth of a chance.
VALUE_GRAIN = 2.0**-16


@dataclass(frozen=True, slots=True)
class Company:
    """Log-odds that the company adds: to each row on its day, and to each pair (both ways averaged) on the last day."""

    rows: Floats
    pairs: Floats


def weigh_company(rows: Rows, at: int, options: TieOptions) -> Company:
    """Columns -> what company adds, as of day `at` for the pairs (no row may be later)."""
    of_pairs = list(chain.from_iterable(rows.pairs))
    sides = sorted(set(of_pairs))
    index = {side: i for i, side in enumerate(sides)}
    ends = np.fromiter(map(index.__getitem__, of_pairs), np.int64, len(of_pairs)).reshape(-1, 2)
    keys = {
        "actor": ends.ravel()[2 * rows.pair + ~rows.forward],
        "recipient": ends.ravel()[2 * rows.pair + rows.forward],
        "all": np.zeros_like(rows.pair),
    }
    added, now = np.zeros(len(rows.pair)), np.zeros(len(rows.pairs))
    for role, key in keys.items():
        terms = [(half_life, weight) for name, half_life, weight in options.company if name == role]
        if terms:
            size = 1 if role == "all" else len(sides)
            cells = gather_cells(key, rows.day, rows.good, rows.weight, size)
            odds = np.zeros(len(cells.day))
            for half_life, weight in terms:
                before, last = _faded_odds(cells, half_life, at)
                odds += weight * before
                now += weight * (last[0] if role == "all" else last[ends].mean(axis=1))
            added += odds[cells.of_row]
    return Company(added, now)


def cell_means(cells: Cells, rows: Floats, weight: Floats) -> Floats:
    """A value of each row -> its weighted mean in each cell, to a grain at which the order of rows does not change a bit."""
    return np.asarray(np.bincount(cells.of_row, np.round(rows / VALUE_GRAIN) * VALUE_GRAIN * weight, len(cells.day)) / cells.total)


def _faded_odds(cells: Cells, half_life: float, at: int) -> tuple[Floats, Floats]:
    """Cells by key -> log-odds of the fading share before each cell, and of each key at the end of day `at`."""
    sums = np.stack([cells.good, cells.total])
    earlier = fade_sums(sums, cells, half_life) - sums
    last = np.zeros((2, len(cells.first) - 1))
    has = np.diff(cells.first) > 0
    end = cells.first[1:][has] - 1
    last[:, has] = (earlier + sums)[:, end] * np.exp2((cells.day[end] - at) / half_life)
    return _log_odds(earlier), _log_odds(last)


def _log_odds(sums: Floats) -> Floats:
    good, total = sums
    return np.asarray(np.log((good + PRIOR) / (total - good + PRIOR)))


def fade_sums(values: Floats, cells: Cells, half_life: float) -> Floats:
    """Rows of values by cell -> their fading sums over the cells of the key so far, this one with them.

    Sums of neighbours, then of neighbours' neighbours: as many rounds as twos in the longest key, all cells at once; where
    numba is installed, of many cells, one after the other.

    >>> day = np.array([0, 1, 2])
    >>> fade_sums(np.ones((1, 3)), Cells(day * 0, day, day, day, np.array([0, 3]), day), 1.0).tolist()
    [[1.0, 1.5, 1.75]]
    """
    kept = np.exp2(-_gaps(cells) / half_life)
    kept[cells.first[:-1][np.diff(cells.first) > 0]] = 0.0
    total, step, longest = values.copy(), 1, int(np.diff(cells.first).max(initial=0))
    if fade := compiled(fade_cells, len(kept)):
        fade(total, kept)
        return total
    while step < longest and kept.any():
        total[:, step:] += total[:, :-step] * kept[step:]
        kept[step:] *= kept[:-step].copy()
        kept[:step] = 0.0
        step *= 2
    return total


def _gaps(cells: Cells) -> Ints:
    """Days since the key's cell before; its first cell has 0."""
    gaps = np.diff(cells.day, prepend=0)
    gaps[cells.first[:-1][np.diff(cells.first) > 0]] = 0
    return np.asarray(gaps)
