"""Blocs: the least frustrated partition, against brute force, under the laws of signed networks, with proof."""

from __future__ import annotations

from itertools import product
from random import Random

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import BadInput
from amity.records import Partition
from amity.ties.signed.blocs import compute_frustration, find_blocs
from amity.ties.signed.certificates import check_partition
from amity.ties.signed.kernel import reduce_graph

Rows = list[tuple[int, int, float]]
FINDERS = {"two": compute_frustration, "many": find_blocs}


@st.composite
def networks(draw: st.DrawFn, most: int = 7, weights: st.SearchStrategy[float] | None = None) -> Rows:
    """Signed networks of a few parties; weights whole unless told."""
    size = draw(st.integers(2, most))
    pairs = [(a, b) for a in range(size) for b in range(a)]
    kept = draw(st.lists(st.sampled_from(pairs), unique=True))
    values = st.integers(-3, 3).filter(bool).map(float) if weights is None else weights
    return [(a, b, draw(values)) for a, b in kept]


def brute_force(rows: Rows, rule: str) -> float:
    """The least cost over all partitions."""
    size = 1 + max((max(a, b) for a, b, _ in rows), default=0)
    labels = product(range(2 if rule == "two" else size), repeat=size)
    return min(sum(abs(w) for a, b, w in rows if (label[a] == label[b]) != (w > 0)) for label in labels)


@pytest.mark.parametrize("rule", ["two", "many"])
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_no_partition_costs_less(rule: str, data: st.DataObject) -> None:
    """Cost and bound are the least cost over all partitions, and the proof holds."""
    rows = data.draw(networks(7 if rule == "two" else 6))
    found = FINDERS[rule](rows)
    assert found.certified
    assert found.cost == found.bound == brute_force(rows, rule)
    proven = check_partition(found, rows)
    assert found.proof == "search" or proven == found.cost


@pytest.mark.parametrize("rule", ["two", "many"])
@given(rows=networks(6, st.floats(-2.0, 2.0).filter(lambda w: abs(w) > 0.01)))
@settings(max_examples=60, deadline=None)
def test_weights_need_not_be_whole(rule: str, rows: Rows) -> None:
    """With any weights the cost is the least to a millionth of the weight of all ties."""
    found = FINDERS[rule](rows)
    assert found.certified
    assert found.cost == pytest.approx(brute_force(rows, rule), abs=1e-5)
    check_partition(found, rows)


@given(rows=networks(7), turned=st.sets(st.integers(0, 6)))
@settings(max_examples=60, deadline=None)
def test_switching_changes_no_index(rows: Rows, turned: set[int]) -> None:
    """Turning all ties of some parties over leaves the frustration index as it is."""
    switched = [(a, b, w if (a in turned) == (b in turned) else -w) for a, b, w in rows]
    assert compute_frustration(switched).cost == compute_frustration(rows).cost


@pytest.mark.parametrize("rule", ["two", "many"])
@given(rows=networks(6), order=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_names_and_order_change_no_cost(rule: str, rows: Rows, order: Random) -> None:
    """Other labels and another order of rows and ends give the same cost."""
    names = list("abcdef")
    order.shuffle(names)
    other = [(names[b], names[a], w) for a, b, w in rows]
    order.shuffle(other)
    assert FINDERS[rule](other).cost == FINDERS[rule](rows).cost


@given(rows=networks(7))
@settings(max_examples=60, deadline=None)
def test_blocs_cost_no_more_than_camps(rows: Rows) -> None:
    """As many blocs as are best never cost more than two."""
    assert find_blocs(rows).cost <= compute_frustration(rows).cost


@pytest.mark.parametrize("rule", ["two", "many"])
def test_long_chains_reduce_to_nothing(rule: str) -> None:
    """A ring of 20,000 with one enemy pair is decided by rule, without a search and without deep recursion."""
    ring = [(i, (i + 1) % 20_000, -1.0 if i == 7 else 1.0) for i in range(20_000)]
    found = FINDERS[rule](ring)
    assert (found.cost, found.proof) == (1.0, "cycles")
    assert check_partition(found, ring) == 1.0
    assert len(found.contradictions[0][0].ties) == 20_000


def test_parts_that_no_tie_joins_are_kept_apart() -> None:
    """Two worlds in one network give the blocs of each, numbered by part; a party without ties stands alone."""
    graph = networkx.Graph()
    graph.add_edge("a", "b", sign=1)
    graph.add_edge("b", "c", sign=-1)
    graph.add_edge("x", "y", sign=-1)
    graph.add_node("z")
    found = compute_frustration(graph)
    assert [(b.part, set(b.members)) for b in found.blocs] == [(0, {"a", "b"}), (0, {"c"}), (1, {"x"}), (1, {"y"}), (2, {"z"})]


def test_odd_couples_and_flips_are_told() -> None:
    """Friends of two foes: who is torn, what the odd tie is, and what it would cost to go over."""
    found = compute_frustration([("a", "b", -3), ("a", "c", 2), ("b", "c", 1)])
    assert [(o.a, o.b, o.weight) for o in found.odd] == [("b", "c", 1.0)]
    torn = {m.party: (m.frustrated, m.flip) for m in found.members}
    assert torn == {"a": (0.0, 5.0), "b": (1.0, 2.0), "c": (1.0, 1.0)}
    assert found.balance == pytest.approx(1 - 2 * 1 / 6)


def test_no_flip_gains_in_an_optimum() -> None:
    """A proven partition has no party that would gain by going elsewhere."""
    for rows in ([(a, b, 1 if (a * b) % 3 else -1) for a in range(12) for b in range(a)],):
        for finder in FINDERS.values():
            assert all(m.flip >= 0 for m in finder(rows).members)


def test_a_time_limit_gives_bounds() -> None:
    """With no time to speak of the cost and the bound enclose the truth, and nothing is called proven."""
    rows = [(a, b, 1 if (a * 7 + b * 13 + a * b) % 5 > 2 else -1) for a in range(60) for b in range(a)]
    found: Partition = compute_frustration(rows, time_limit=1e-9)
    assert not found.certified
    assert 0 <= found.bound <= found.cost < found.weight
    check_partition(found, rows)


def test_a_time_limit_of_nothing_is_refused() -> None:
    """Zero seconds is an error that says what is allowed."""
    with pytest.raises(BadInput, match="above 0"):
        compute_frustration([], time_limit=0)


def test_reduction_pays_and_keeps_the_cost() -> None:
    """A star, a chain and a triangle of foes are decided before any search."""
    from amity.ties.signed.graph import read_graph

    kernel = reduce_graph(read_graph([("a", "b", -1), ("b", "c", -1), ("c", "a", -1), ("a", "d", 1)]), "two")
    assert (len(kernel.u), kernel.cost) == (0, 1.0)
