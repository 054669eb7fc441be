"""Cohesion: what holds a named bloc together, and the pair that pulls it apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amity.errors import BadInput
from amity.records import DatedEvent, Tie
from amity.ties.cohesion import compute_cohesion, follow_cohesion

BARE = Tie("a", "b", "A", "B", "2020-01-01", 0.0, -0.5, 0.5, None, None, None, 3, (), (), ())


def make_tie(a: str, b: str, alignment: float | None, *standings: str, claims: tuple[str, ...] = ()) -> Tie:
    """A tie with an alignment and what is stated of it."""
    return replace(BARE, a=a, b=b, alignment=alignment, standings=standings, claims=claims)


TIES = [
    make_tie("a", "b", 0.9, "ALLIED"),
    make_tie("a", "c", 0.3, "ALLIED", "STRAINED", claims=tuple("1234567")),
    make_tie("b", "c", None),
    make_tie("a", "x", -0.7),
    make_tie("c", "x", 0.1),
    make_tie("x", "y", 0.9),
]


def test_cohesion_of_three() -> None:
    """Means within and without, the strained pair, and its last claims."""
    found = compute_cohesion(TIES, "axis", ["c", "a", "b"])
    assert (found.within, found.outside, found.strain) == (pytest.approx(0.6), pytest.approx(-0.3), 0.5)
    assert (found.pairs, found.possible, found.day) == (2, 3, "2020-01-01")
    assert (found.weakest, found.weakest_alignment, found.claims) == (("a", "c"), 0.3, tuple("34567"))


def test_a_bloc_of_which_nothing_is_said() -> None:
    """No pair spoken for: every figure is None, none is made up."""
    found = compute_cohesion([], "axis", ["p", "q"])
    assert (found.within, found.low, found.outside, found.strain, found.weakest, found.pairs) == (None, None, None, None, None, 0)


def test_a_bloc_of_one_is_refused() -> None:
    """One member is no bloc; the remedy is said."""
    with pytest.raises(BadInput, match="--members"):
        compute_cohesion(TIES, "axis", ["a"])


def test_a_planted_rift_shows() -> None:
    """Two of three allies fall out in the second year: cohesion falls, strain rises, and the pair is named."""
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    first = [DatedEvent(day, a, b, 2, 7.0) for day in range(0, 365, 7) for a, b in pairs]
    second = [
        DatedEvent(day, a, b, 4, -9.0) if (a, b) == ("b", "c") else DatedEvent(day, a, b, 2, 7.0)
        for day in range(365, 1460, 7)
        for a, b in pairs
    ]
    before, after = follow_cohesion([*first, *second], "pact", ["a", "b", "c"], ["1970-12-31", "1973-12-31"])
    assert before.within is not None and after.within is not None
    assert before.within - after.within > 0.4
    assert (before.strain, after.strain, after.weakest) == (0.0, pytest.approx(1 / 3), ("b", "c"))
