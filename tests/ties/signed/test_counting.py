"""A given number of blocs: the least frustrated division into just so many, against brute force, with proof."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import BadInput
from amity.ties import BlocOptions, blocs, divide, find_blocs, find_count
from amity.ties.signed.certificates import check_partition
from amity.worlds import make_signed_world

Rows = list[tuple[int, int, float]]
FOES = [(a, b, -1.0) for a, b in ("ab", "ac", "ad", "bc", "bd", "cd")]


@st.composite
def networks(draw: st.DrawFn) -> Rows:
    """Signed networks of two to six parties, each of whom has a tie."""
    size = draw(st.integers(2, 6))
    pairs = [(a, b) for a in range(size) for b in range(a)]
    kept = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1))
    return [(a, b, draw(st.integers(-3, 3).filter(bool).map(float))) for a, b in kept]


def brute_force(rows: Rows, count: int) -> float:
    """The least cost over all divisions of the parties into just so many blocs."""
    parties = sorted({p for a, b, _ in rows for p in (a, b)})
    divisions = (dict(zip(parties, label, strict=True)) for label in product(range(count), repeat=len(parties)) if len(set(label)) == count)
    return min(sum(abs(w) for a, b, w in rows if (home[a] == home[b]) != (w > 0)) for home in divisions)


@given(rows=networks(), count=st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_no_division_into_so_many_costs_less(rows: Rows, count: int) -> None:
    """There are as many blocs as asked for, cost and bound are the least over all such divisions, and the proof holds."""
    parties = {p for a, b, _ in rows for p in (a, b)}
    if count > len(parties):
        with pytest.raises(BadInput, match="the number of parties"):
            find_count(rows, count)
        return
    found = find_count(rows, count)
    assert len(found.blocs) == count and {p for b in found.blocs for p in b.members} == parties
    assert found.certified
    assert found.cost == found.bound == brute_force(rows, count)
    proven = check_partition(found, rows)
    assert found.proof == "search" or proven == found.cost


@given(rows=networks())
@settings(max_examples=60, deadline=None)
def test_the_best_number_costs_as_much_as_none(rows: Rows) -> None:
    """The number that is best anyway costs the same, by the same proof, and no number costs less."""
    free = find_blocs(rows)
    asked = find_count(rows, len(free.blocs))
    assert (asked.cost, asked.proof) == (free.cost, free.proof)


@pytest.mark.parametrize(("count", "cost"), [(1, 6.0), (2, 2.0), (3, 1.0), (4, 0.0)])
def test_four_foes(count: int, cost: float) -> None:
    """Four who are all foes frustrate the pairs that must share a bloc."""
    assert find_count(FOES, count).cost == cost


def test_moving_out_costs_or_is_what_the_number_costs() -> None:
    """A party that alone keeps its bloc from being empty is told with what the number costs there."""
    found = find_count([("a", "b", 2.0), ("b", "c", 1.0)], 2)
    assert [(m.party, m.flip) for m in found.members if m.flip < 0.0] == [("c", -1.0)]
    assert found.cost == 1.0


def test_options_ask_for_a_number() -> None:
    """The face takes a number of blocs, and refuses one of camps."""
    assert len(blocs(FOES, BlocOptions(count=3)).blocs) == 3
    with pytest.raises(BadInput, match="camps are two at most"):
        divide(FOES, "two", BlocOptions(count=3))
    with pytest.raises(BadInput, match="allowed is a number"):
        divide(FOES, "count")


def test_no_time_gives_bounds() -> None:
    """Where time runs out at once, cost and bound enclose what is least, and nothing is called proven."""
    rows = make_signed_world(0, 60, 300, 0.5).rows
    found = find_count(rows, 4, time_limit=0.01)
    assert not found.certified and 0.0 <= found.bound < found.cost
    assert check_partition(found, rows) <= found.bound
