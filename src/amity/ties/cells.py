"""Event rows -> cells: one per pair and day, with the weight of its cooperative and of all its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.errors import BadInput
from amity.records import DatedEvent

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Events as columns: day number, pair (an index into `pairs`), cooperative or not, verbal or not, weight."""

    pairs: tuple[tuple[str, str], ...]
    pair: Ints
    day: Ints
    good: NDArray[np.bool_]
    verbal: NDArray[np.bool_]
    weight: Floats


@dataclass(frozen=True, slots=True)
class Cells:
    """One entry per pair and day, in order of pair, then day; `good` of `total` is cooperative weight.

    `first[i]` is where pair i begins and `first[-1]` the end; `of_row` tells each row's cell.
    """

    pair: Ints
    day: Ints
    good: Floats
    total: Floats
    first: Ints
    of_row: Ints


def rows_of(events: Sequence[DatedEvent]) -> Rows:
    """Events -> columns, pairs in order of their ids; rows of no weight or with one party only are passed over.

    Raises BadInput for a quad other than 1-4 or a weight outside 0..1.
    """
    kept = [e for e in events if e.weight != 0.0 and e.actor != e.recipient]
    for event in kept:
        if event.quad not in (1, 2, 3, 4) or not 0.0 < event.weight <= 1.0:
            raise BadInput(f"event {event}: got quad {event.quad} and weight {event.weight}, allowed is quad 1-4 and weight 0-1")
    keys = [(e.actor, e.recipient) if e.actor < e.recipient else (e.recipient, e.actor) for e in kept]
    pairs = tuple(sorted(set(keys)))
    index = {key: i for i, key in enumerate(pairs)}
    quad = np.fromiter((e.quad for e in kept), np.int64, len(kept))
    return Rows(
        pairs,
        np.fromiter((index[k] for k in keys), np.int64, len(kept)),
        np.fromiter((e.day for e in kept), np.int64, len(kept)),
        quad <= 2,
        quad % 2 == 1,
        np.fromiter((e.weight for e in kept), np.float64, len(kept)),
    )


def cells_of(rows: Rows, only: NDArray[np.bool_] | None = None) -> Cells:
    """Columns -> cells, of the rows where `only` is true; the order of rows does not change a bit of the sums."""
    keep = np.arange(len(rows.pair)) if only is None else np.flatnonzero(only)
    order = np.lexsort((rows.weight[keep], rows.good[keep], rows.day[keep], rows.pair[keep]))
    sorted_rows = keep[order]
    pair, day, good, weight = rows.pair[sorted_rows], rows.day[sorted_rows], rows.good[sorted_rows], rows.weight[sorted_rows]
    new = np.ones(len(pair), bool)
    new[1:] = (pair[1:] != pair[:-1]) | (day[1:] != day[:-1])
    start = np.flatnonzero(new)
    of_row = np.empty(len(pair), np.int64)
    of_row[order] = np.cumsum(new) - 1
    sums = [np.add.reduceat(column, start) if len(start) else np.zeros(0) for column in (weight * good, weight)]
    first = np.searchsorted(pair[start], np.arange(len(rows.pairs) + 1))
    return Cells(pair[start], day[start], sums[0], sums[1], first, of_row)
