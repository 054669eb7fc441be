"""Worlds: what is drawn follows what was planted."""

from __future__ import annotations

import numpy as np
import pytest

from amity.errors import BadInput
from amity.worlds import WorldOptions, make_world


def test_a_seed_names_a_world() -> None:
    """The same seed gives the same world, another seed another."""
    assert make_world(1, 4, 50).events == make_world(1, 4, 50).events != make_world(2, 4, 50).events


def test_events_follow_the_truth() -> None:
    """The share of cooperative events is that of the planted chances, and their number that of the rate."""
    world = make_world(1, 12, 400, WorldOptions(rate=0.5))
    place = {pair: i for i, pair in enumerate(world.pairs)}
    due = [world.chance[place[min(e.actor, e.recipient), max(e.actor, e.recipient)], e.day] for e in world.events]
    assert np.mean([e.quad <= 2 for e in world.events]) == pytest.approx(np.mean(due), abs=0.02)
    assert len(world.events) == pytest.approx(66 * 400 * 0.5, rel=0.05)


def test_breaks_move_the_truth() -> None:
    """On the day of a break the chance jumps the way it says."""
    world = make_world(1, 8, 400, WorldOptions(breaks=10, sd=0.01))
    assert len(world.breaks) == 10
    for b in world.breaks:
        path = world.chance[world.pairs.index((b.a, b.b))]
        assert (path[b.day] - path[b.day - 1]) * b.direction > 0.2


def test_too_many_breaks_are_refused() -> None:
    """More breaks than pairs is an error that says so."""
    with pytest.raises(BadInput, match="4 breaks"):
        make_world(1, 3, 50, WorldOptions(breaks=4))
