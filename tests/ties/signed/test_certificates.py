"""Certificates: a proof that holds is taken, one that was touched is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amity.errors import BadRecord
from amity.records import Bloc, Contradiction, Partition
from amity.ties.signed.blocs import compute_frustration, find_blocs
from amity.ties.signed.certificates import check_partition

ROWS = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("c", "d", 1), ("d", "e", 1), ("c", "e", -1)]


@pytest.fixture
def found() -> Partition:
    """Two triangles of friends with one enmity each, joined at c."""
    return compute_frustration(ROWS)


def test_a_proof_holds(found: Partition) -> None:
    """Each triangle costs one, and the proof has a piece for each."""
    assert (found.cost, check_partition(found, ROWS), len(found.contradictions)) == (2.0, 2.0, 2)


def test_the_rules_ask_for_different_contradictions() -> None:
    """A triangle of three foes contradicts two camps, not three blocs."""
    foes = [("a", "b", -1), ("b", "c", -1), ("a", "c", -1)]
    two = compute_frustration(foes)
    assert check_partition(two, foes) == 1.0
    assert find_blocs(foes).cost == 0.0
    with pytest.raises(BadRecord, match="contradicts nothing"):
        check_partition(replace(find_blocs(foes), contradictions=two.contradictions), foes)


def spoil_cost(found: Partition) -> Partition:
    """A lower cost than the blocs have."""
    return replace(found, cost=1.0)


def spoil_blocs(found: Partition) -> Partition:
    """A party without a bloc."""
    return replace(found, blocs=(Bloc(("a", "b", "c", "d"), 0),))


def spoil_shares(found: Partition) -> Partition:
    """One contradiction used for both of the cost."""
    (first, *_), *rest = found.contradictions
    return replace(found, contradictions=((replace(first, share=2.0),), *rest))


def spoil_pieces(found: Partition) -> Partition:
    """The same triangle as two pieces."""
    first, *_ = found.contradictions
    return replace(found, contradictions=(first, first))


def spoil_ties(found: Partition) -> Partition:
    """A contradiction that is none."""
    return replace(found, contradictions=((Contradiction((("a", "b"), ("b", "c")), 1.0),),))


def spoil_reach(found: Partition) -> Partition:
    """Half of the proof taken away."""
    return replace(found, contradictions=found.contradictions[:1])


@pytest.mark.parametrize("spoil", [spoil_cost, spoil_blocs, spoil_shares, spoil_pieces, spoil_ties, spoil_reach])
def test_a_touched_proof_is_refused(found: Partition, spoil) -> None:  # type: ignore[no-untyped-def]
    """Whatever is touched, the recount tells."""
    with pytest.raises(BadRecord):
        check_partition(spoil(found), ROWS)


def test_a_proof_for_another_network_is_refused(found: Partition) -> None:
    """With one tie turned the proof no longer stands."""
    other = [("a", "b", -1), *ROWS[1:]]
    with pytest.raises(BadRecord):
        check_partition(found, other)
