"""Judgements of people on actors: what stands, what follows, in any order of rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.actors import derive_clusters, judge_actors
from amity.actors.judging import DIFFERENT, SAME, UNDO, UNSURE
from amity.errors import BadInput
from amity.records import Judgement

IDS = [f"unknown:{c}" for c in "abcdef"]


def judge(a: str, b: str, verdict: str) -> Judgement:
    """A row of one judge on one day."""
    return judge_actors(a, b, verdict, "me", "2024-01-01")


def test_same_joins_through_a_third() -> None:
    """a = b and b = c make one cluster, led by the actor of the tables."""
    clusters = derive_clusters([judge("unknown:a", "unknown:b", SAME), judge("unknown:b", "group:z", SAME)])
    assert {clusters.of(i) for i in ("unknown:a", "unknown:b", "group:z")} == {"group:z"}


def test_undo_and_later_verdicts_stand() -> None:
    """The latest row on a pair counts, whichever way round the pair is written; undo leaves nothing."""
    rows = [judge("unknown:a", "unknown:b", SAME), judge("unknown:b", "unknown:a", UNSURE)]
    assert derive_clusters(rows).verdicts == {("unknown:a", "unknown:b"): UNSURE}
    assert derive_clusters([*rows, judge("unknown:a", "unknown:b", UNDO)]).verdicts == {}
    assert derive_clusters(rows).shown == {}


def test_contradiction_is_told() -> None:
    """A pair judged different that others join is named as a conflict."""
    rows = [judge("unknown:a", "unknown:b", SAME), judge("unknown:b", "unknown:c", SAME), judge("unknown:a", "unknown:c", DIFFERENT)]
    assert derive_clusters(rows).conflicts == (("unknown:a", "unknown:c"),)


def test_other_judgements_are_left_alone() -> None:
    """Judgements about claims give no cluster."""
    assert derive_clusters([Judgement("3f9c+a71b", "join", "me", "2024-01-01")]).verdicts == {}


@pytest.mark.parametrize(("a", "b", "verdict"), [("x:a", "x:a", SAME), ("x:a", "x:b", "perhaps")])
def test_bad_judgements_are_refused(a: str, b: str, verdict: str) -> None:
    """One id twice, or a verdict that there is not, is refused with what is allowed."""
    with pytest.raises(BadInput, match="allowed"):
        judge_actors(a, b, verdict, "me", "2024-01-01")


@given(
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=8).flatmap(lambda e: st.tuples(st.just(e), st.permutations(e)))
)
def test_order_of_joining_does_not_matter(orders: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    """The same joins in another order give the same clusters."""
    first, second = ([judge(a, b, SAME) for a, b in edges if a != b] for edges in orders)
    assert derive_clusters(first).shown == derive_clusters(second).shown
