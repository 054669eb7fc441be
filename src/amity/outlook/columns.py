"""Event rows -> columns by pair: the form in which forecasts are fitted and simulated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amity.errors import BadInput
from amity.records import DatedEvent

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

QUADS = 4
# An event counts as having happened where its weight is above this: told as fact and read with confidence above
# a half. A rumour or a threat weighs at most a half, so it is a sign of things to come and never an outcome.
HAPPENED = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """Events in order of day: number of the day, pair, whether the pair's first party acts, quad 0-3, weight.

    `pairs` are ids in order within each pair and over pairs, `ends[i]` the two party numbers of pair i.
    """

    parties: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    ends: Ints
    pair: Ints
    day: Ints
    forward: Bools
    quad: Ints
    weight: Floats
    rows: tuple[DatedEvent, ...]

    @property
    def happened(self) -> Bools:
        """Which events are told as fact."""
        return self.weight > HAPPENED

    def until(self, day: int) -> Columns:
        """The same pairs with the events up to a day (closed) only."""
        n = int(np.searchsorted(self.day, day, side="right"))
        return replace(
            self,
            pair=self.pair[:n],
            day=self.day[:n],
            forward=self.forward[:n],
            quad=self.quad[:n],
            weight=self.weight[:n],
            rows=self.rows[:n],
        )


def columns_of(events: Iterable[DatedEvent]) -> Columns:
    """Events -> columns; rows of no weight or with one party only are passed over.

    Raises BadInput for a quad other than 1-4.

    >>> columns_of([DatedEvent(3, "b", "a", 4, -9.0)]).pairs
    (('a', 'b'),)
    """
    kept = sorted((e for e in events if e.weight > 0.0 and e.actor != e.recipient), key=_order)
    for event in kept:
        if event.quad not in (1, 2, 3, 4):
            raise BadInput(f"event {event}: got quad {event.quad}, allowed is 1-4")
    parties = tuple(sorted({p for e in kept for p in (e.actor, e.recipient)}))
    number = {p: i for i, p in enumerate(parties)}
    keys = [(e.actor, e.recipient) if e.actor < e.recipient else (e.recipient, e.actor) for e in kept]
    pairs = tuple(sorted(set(keys)))
    index = {key: i for i, key in enumerate(pairs)}
    ends = np.array([(number[a], number[b]) for a, b in pairs], np.int64).reshape(-1, 2)
    return Columns(
        parties,
        pairs,
        ends,
        np.fromiter((index[k] for k in keys), np.int64, len(kept)),
        np.fromiter((e.day for e in kept), np.int64, len(kept)),
        np.fromiter((e.actor < e.recipient for e in kept), np.bool_, len(kept)),
        np.fromiter((e.quad - 1 for e in kept), np.int64, len(kept)),
        np.fromiter((e.weight for e in kept), np.float64, len(kept)),
        tuple(kept),
    )


def _order(event: DatedEvent) -> tuple[int, str, str, int, str, float]:
    return event.day, event.actor, event.recipient, event.quad, event.claim, event.weight
