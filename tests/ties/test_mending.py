"""Foes with the same friends rank first among those that may mend; young ties of former foes among those that may fray."""

from __future__ import annotations

from amity.ties import rank_fraying, rank_mending

CAMPS = [("a", "b", 1), ("b", "c", 1), ("x", "y", 1), ("y", "z", 1), ("a", "x", -1), ("b", "y", -1), ("c", "z", -1), ("a", "y", -1)]


def test_a_foe_inside_the_camp_ranks_first() -> None:
    """Two foes of one camp share friends; foes of two camps share none."""
    found = rank_mending([[*CAMPS, ("a", "c", -1)]])
    assert {found[0].a, found[0].b} == {"a", "c"}
    assert (found[0].shared, found[0].apart) == (1, 0)
    assert all(r.score <= 0 for r in found[1:])


def test_the_young_friend_that_was_a_foe_frays_first() -> None:
    """Of friends the one of another camp, new, and a foe before, is likeliest to leave; age counts networks in a row."""
    now = [row for row in CAMPS if row[:2] != ("c", "z")] + [("c", "z", 1)]
    found = rank_fraying([CAMPS, CAMPS, now])
    assert {found[0].a, found[0].b} == {"c", "z"}
    assert found[0].former
    assert found[0].age == 1
    assert {r.age for r in found[1:]} == {3}


def test_names_and_order_change_nothing() -> None:
    """Scores are of the network alone: relabelled and turned about it gives the same ones."""
    turned = [(f"n{b}", f"n{a}", w) for a, b, w in reversed(CAMPS)]
    assert sorted(r.score for r in rank_mending([CAMPS])) == sorted(r.score for r in rank_mending([turned]))


def test_a_network_without_foes_has_none_to_mend() -> None:
    """Nothing to rank gives an empty list."""
    assert rank_mending([[("a", "b", 1)]]) == []
    assert rank_fraying([[("a", "b", -1)]]) == []
