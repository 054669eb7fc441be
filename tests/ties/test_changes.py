"""Changes: planted breaks are found, quiet pairs stay quiet, a handful of claims is no turn."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.records import DatedEvent
from amity.ties import find_changes_from_events
from amity.ties.days import day_text, first_day_of
from amity.worlds import World, WorldOptions, make_world

YEARS = 1000 / 365.25


def steady(seed: int, breaks: int) -> World:
    """120 pairs over 1000 days whose ties do not drift, with about two events a week."""
    return make_world(seed, 16, 1000, WorldOptions(sd=0.01, rate=0.3, breaks=breaks, jump=3.0))


def test_planted_breaks_are_found() -> None:
    """At two events a week at least 75 of 100 planted breaks are told the right way within three months of the day."""
    world = steady(seed=3, breaks=60)
    changes = find_changes_from_events(world.events)
    near = [
        any((c.a, c.b, c.direction) == (b.a, b.b, b.direction) and abs(first_day_of(c.day, "") - b.day) <= 90 for c in changes)
        for b in world.breaks
    ]
    assert sum(near) / len(near) >= 0.75


def test_a_world_without_breaks_is_quiet() -> None:
    """Where nothing breaks, less than 0.15 changes are told a pair and year."""
    world = steady(seed=4, breaks=0)
    assert len(find_changes_from_events(world.events)) / (len(world.pairs) * YEARS) < 0.15


def test_a_war_between_enemies_is_a_change() -> None:
    """A hundredfold rise in hostile acts is told though their share stays."""
    calm = [DatedEvent(day, "a", "b", 3 + (day % 14 == 0), -5.0) for day in range(0, 700, 7)]
    war = [DatedEvent(day, "a", "b", 4, -10.0) for day in range(700, 730) for _ in range(14)]
    changes = find_changes_from_events(calm + war)
    assert [(c.day, c.direction, c.measure) for c in changes] == [(day_text(700), -1, "volume")]


@pytest.mark.parametrize(("kind", "contrary", "told"), [("1", 1, False), ("1", 2, False), ("1", 8, True)])
def test_a_handful_of_claims(kind: str, contrary: int, told: bool) -> None:
    """After eight kind acts, one or two hostile ones are no turn; eight are."""
    events = [DatedEvent(30 * i, "a", "b", int(kind), 3.0) for i in range(8)]
    events += [DatedEvent(240 + 20 * i, "a", "b", 4, -9.0, claim=f"c{i}") for i in range(contrary)]
    changes = find_changes_from_events(events)
    assert bool(changes) is told
    if told:
        assert changes[0].direction == -1 and changes[0].day == day_text(240) and changes[0].claims[0] == "c0"
        assert changes[0].measure == "warmth"


EVENTS = st.lists(
    st.builds(DatedEvent, st.integers(0, 600), st.sampled_from("abc"), st.sampled_from("abc"), st.integers(1, 4), st.just(0.0)), max_size=80
)


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.integers(-900, 900), st.randoms(use_true_random=False))
def test_order_and_shift_of_time(events: list[DatedEvent], by: int, rng: random.Random) -> None:
    """Shuffled and shifted rows give the same changes, shifted."""
    moved = [replace(e, day=e.day + by) for e in events]
    rng.shuffle(moved)
    now, then = find_changes_from_events(events), find_changes_from_events(moved)
    assert [(c.a, c.b, first_day_of(c.day, "") + by, c.size) for c in now] == [(c.a, c.b, first_day_of(c.day, ""), c.size) for c in then]
